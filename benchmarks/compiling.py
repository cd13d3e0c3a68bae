"""What is waited for before a run: compiling once, loading afterwards, help, and a small run from the shell."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import LIANDU, ROOT, YEAR, child

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEATS = 5
SMALL = "world.residents=6000"
COMMAND = Path(sys.executable).with_name("govsim")

COMPILING = """
import time
from govsim.experiments import warm_up
started = time.perf_counter()
warm_up()
print(time.perf_counter() - started)
"""
LOADING = """
import time
from govsim.experiments.compiling import tiny_scenario
from govsim.model import GovernanceModel
started = time.perf_counter()
GovernanceModel(tiny_scenario()).run()
print(time.perf_counter() - started)
"""


def rows() -> Iterator[Row]:
    """Measure the first compile, loads from the cache, and the command line with a warm cache."""
    with tempfile.TemporaryDirectory() as cache:
        say("  compiling every kernel into an empty cache")
        (first,) = child(COMPILING, GOVSIM_CACHE_DIR=cache)
        files = _files(cache)
        say("  loading from that cache, help and a small run")
        loads = [child(LOADING, GOVSIM_CACHE_DIR=cache)[0] for _ in range(REPEATS)]
        grown = _files(cache) - files
        settings = [part for each in (*YEAR, SMALL) for part in ("--set", each)]
        helps = [_shell(cache, "--help") for _ in range(REPEATS)]
        runs = [_shell(cache, "run", str(LIANDU), *settings, "--quiet") for _ in range(REPEATS)]
    yield Row("compile", "first compile on a fresh machine", "s", (first,), at_most(20))
    yield Row("load", "kernels loaded from the cache, a tiny run included", "s", tuple(loads), at_most(0.5))
    yield Row("cache-growth", "files that five further processes add to the cache", "files", (grown,), at_most(0))
    yield Row("help", "the help page, from the shell", "s", tuple(helps), at_most(0.5))
    yield Row("small-run", "a run of 6,000 residents and a year, from the shell", "s", tuple(runs), at_most(2))


def _files(cache: str) -> int:
    return sum(1 for path in Path(cache).rglob("*") if path.is_file())


def _shell(cache: str, *arguments: str) -> float:
    started = time.perf_counter()
    environment = {**os.environ, "GOVSIM_CACHE_DIR": cache}
    subprocess.run([COMMAND, *arguments], cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - started
