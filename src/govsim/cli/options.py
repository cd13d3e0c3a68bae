"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govsim.cli import messages as m
from govsim.language import marked

if TYPE_CHECKING:
    from collections.abc import Callable


def whole_number(low: int) -> Callable[[str], int]:
    """Return how a whole number from ``low`` on is read."""

    def read(given: str) -> int:
        if not re.fullmatch(r"[-+]?[0-9]{1,18}", str(given)) or int(given) < low:
            raise typer.BadParameter(m.WHOLE_FROM.format(low=low, given=repr(str(given))[1:-1]))
        return int(given)

    return read


def _jobs(given: str) -> int:
    if not re.fullmatch(r"-1|[1-9][0-9]{0,5}", str(given)):
        raise typer.BadParameter(m.NO_JOBS.format(given=repr(str(given))[1:-1]))
    return int(given)


Seed = Annotated[
    int,
    typer.Option(metavar="N", parser=whole_number(0), help=marked("Root seed, which keys every draw.")),
]
Seeds = Annotated[int, typer.Option(metavar="N", parser=whole_number(1), help=marked("Paired replicates."))]
Jobs = Annotated[
    int,
    typer.Option("--n-jobs", metavar="N", parser=_jobs, help=marked("Worker processes; -1 uses every core.")),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help=marked("Change one setting; may be repeated.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=marked("Print JSON for machines."))]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help=marked("Write results into this folder."))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=marked("No progress and no announcements."))]
File = Annotated[str, typer.Argument(metavar="FILE", help=marked("A scenario file."))]
