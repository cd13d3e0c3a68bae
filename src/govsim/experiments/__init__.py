"""Studies of scenarios: runs in one process or many, and reforms compared with a baseline, pair by pair."""

from govsim.experiments.comparison import Comparison, compare
from govsim.experiments.compiling import warm_up
from govsim.experiments.execution import run_all, run_task
from govsim.experiments.prefixes import Prefixes
from govsim.experiments.runs import Run, run
from govsim.experiments.tasks import RunError, RunResult, RunTask

__all__ = [
    "Comparison",
    "Prefixes",
    "Run",
    "RunError",
    "RunResult",
    "RunTask",
    "compare",
    "run",
    "run_all",
    "run_task",
    "warm_up",
]
