"""Scenario files: what a user writes, checked with help, and turned into what a run needs."""

from govsim.scenarios.loader import load_scenario
from govsim.scenarios.scenario import Scenario

__all__ = ["Scenario", "load_scenario"]
