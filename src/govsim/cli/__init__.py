"""The command line: few verbs, thin; what is heavy is imported inside a command."""

import gc
from typing import Final

from govsim.cli import odd_tables, reporting, running, scenario_files, sweeping, viewing
from govsim.cli.apps import app

__all__ = ["app", "main", "odd_tables", "reporting", "running", "scenario_files", "sweeping", "viewing"]

# What is imported stays; looking through it after every 700 new objects took 0.1 s of a small run.
_NEW_OBJECTS: Final = 100_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_NEW_OBJECTS)
    app(prog_name="govsim")
