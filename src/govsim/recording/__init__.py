"""What was observed: books by month, outcomes, the ledger and the digest chain."""
