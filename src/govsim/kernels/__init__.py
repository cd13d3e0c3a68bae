"""Compiled scalar loops over arrays, and the fused stretch of days."""
