"""Studies of scenarios: runs in one process or many, and reforms compared with a baseline, pair by pair."""

from govsim.experiments.comparison import Comparison, compare
from govsim.experiments.compiling import warm_up
from govsim.experiments.execution import RunError, RunResult, RunTask, run_all, run_task
from govsim.experiments.runs import Run, run

__all__ = [
    "Comparison",
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
