"""Reforms compared with a baseline over the same replicates, draw for draw."""

from __future__ import annotations
