"""A job script for SLURM: one array task for each part of a sweep."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def slurm_script(  # noqa: PLR0913 what a user tells of the jobs
    plan: Path, out: Path, *, tasks: int, processes: int, hours: int, gibibytes: int, name: str
) -> str:
    """Return a script for ``sbatch``; every task makes its part, and any of them may be sent again.

    Parameters
    ----------
    plan, out
        The plan file and the folder of the store, as seen from where the script is handed in.
    tasks
        Parts, and tasks of the array.
    processes, gibibytes
        Of one task.
    hours
        The longest that a task may take; what is sealed by then stays.
    """
    command = [
        "govsim",
        "sweep",
        "run",
        shlex.quote(str(plan)),
        "--out",
        shlex.quote(str(out)),
        "--shard",
        f'"${{SLURM_ARRAY_TASK_ID}}/{tasks}"',
        "--n-jobs",
        f'"${{SLURM_CPUS_PER_TASK:-{processes}}}"',
    ]
    return "\n".join(
        [
            "#!/bin/sh",
            f"#SBATCH --job-name={name}",
            f"#SBATCH --array=1-{tasks}",
            f"#SBATCH --cpus-per-task={processes}",
            f"#SBATCH --mem={gibibytes}G",
            f"#SBATCH --time={hours}:00:00",
            "#SBATCH --output=%x-%a.log",
            "#SBATCH --requeue",
            "",
            "# Kernels are compiled by the task that comes first; tasks that begin with it may compile them, too.",
            "# A task that was cut off is handed in again as it is: what is sealed is not made again.",
            "set -eu",
            " ".join(command),
            "",
        ]
    )
