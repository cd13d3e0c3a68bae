"""Sweeps: thousands of runs from one plan file, in a store that loses none of them."""
