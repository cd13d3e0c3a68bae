"""The command line: few verbs, thin; what is heavy is imported inside a command."""

from govsim.cli import odd_tables, reporting, running, scenario_files, sweeping, viewing
from govsim.cli.apps import app

__all__ = ["app", "main", "odd_tables", "reporting", "running", "scenario_files", "sweeping", "viewing"]


def main() -> None:
    """Run the command line."""
    app(prog_name="govsim")
