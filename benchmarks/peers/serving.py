"""How a peer is asked: a task a line on its standard input, what came out a line on its standard output."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from benchmarks.peers.desk import Desk, DeskYear

if TYPE_CHECKING:
    from collections.abc import Callable


def timed_year(desk: Desk, build: Callable[[Desk], Any], run: Callable[[Any], tuple[int, int, float]]) -> DeskYear:
    """Build a model of the desk and run its year, each under the clock."""
    started = time.perf_counter()
    model = build(desk)
    built = time.perf_counter()
    raised, closed, satisfaction = run(model)
    return DeskYear(int(raised), int(closed), float(satisfaction), built - started, time.perf_counter() - built)


def answer(build: Callable[[Desk], Any], run: Callable[[Any], tuple[int, int, float]]) -> None:
    """Answer tasks until there are no more."""
    said = sys.stdout
    sys.stdout = sys.stderr  # what a peer prints of itself is no answer
    for line in sys.stdin:
        print(json.dumps(asdict(timed_year(Desk.from_json(line), build, run))), file=said, flush=True)
