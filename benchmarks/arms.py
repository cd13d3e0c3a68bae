"""What a slider waits for: a new arm from its first reform date on, ten paired seeds, two processes, prefixes kept."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import LIANDU, LIANDU_RISE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

RESIDENTS = 100_000
SEEDS = 10
PROCESSES = 2
REPEATS = 5
SETTINGS = (f"world.residents={RESIDENTS}", "horizon.years=3", "horizon.warm_up_years=2")


def prefixes(replicates: range) -> list[tuple[Any, int, Any]]:
    """Run the baseline of these replicates up to the first reform date; return arm, replicate and what is kept."""
    from govsim.model import GovernanceModel
    from govsim.scenarios import load_scenario

    baseline, arm = load_scenario(LIANDU, SETTINGS), load_scenario(LIANDU_RISE, SETTINGS)
    date = min(reform.starts_on for reform in arm.reforms)
    kept = []
    for replicate in replicates:
        model = GovernanceModel(baseline, replicate=replicate)
        model.run_until(date)
        kept.append((arm, replicate, model.snapshot()))
        model.release()
    return kept


def finish(arm: Any, replicate: int, kept: Any) -> dict[str, float | None]:
    """Run one replicate of the arm from its first reform date to the horizon; return its outcomes."""
    from govsim.model import GovernanceModel

    model = GovernanceModel(arm, replicate=replicate, resume_from=kept)
    model.run()
    outcomes = model.outcomes()
    model.release()
    return outcomes


class Half:
    """A process that has its share of the prefixes and finishes them when it is told to."""

    def __init__(self, first: int) -> None:
        command = [sys.executable, "-m", "benchmarks.arms", str(first)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self) -> None:
        """Let it begin."""
        print(file=self.process.stdin, flush=True)

    def wait(self) -> None:
        """Wait until it is ready, or done."""
        if not self.process.stdout.readline():
            message = "a process with prefixes ended too early"
            raise RuntimeError(message)

    def close(self) -> None:
        """Let the process end, and wait for it."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def rows() -> Iterator[Row]:
    """Measure from the order to finish until all seeds are finished."""
    say(f"  {SEEDS} prefixes of {RESIDENTS:,} residents in {PROCESSES} processes, then the arm {REPEATS} times")
    halves = [Half(first) for first in range(PROCESSES)]
    try:
        for half in halves:
            half.wait()
        seconds = [_seconds(halves) for _ in range(REPEATS + 1)][1:]  # the first loads and warms up
    finally:
        for half in halves:
            half.close()
    what = "a new arm after its first reform date, 100,000 residents, 3 years, 10 seeds, two cores"
    yield Row("arm", what, "s", tuple(seconds), at_most(1))


def _seconds(halves: list[Half]) -> float:
    started = time.perf_counter()
    for half in halves:
        half.tell()
    for half in halves:
        half.wait()
    return time.perf_counter() - started


def main() -> None:
    """Keep the prefixes of every second seed, and finish all of them at each line of the standard input."""
    kept = prefixes(range(int(sys.argv[1]), SEEDS, PROCESSES))
    print("ready", flush=True)
    for _ in sys.stdin:
        for each in kept:
            finish(*each)
        print("done", flush=True)


if __name__ == "__main__":
    main()
