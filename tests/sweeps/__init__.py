"""Sweeps: plans, the store, what breaks, and results."""
