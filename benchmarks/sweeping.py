"""A sweep of a thousand runs: how well two cores are used, and what a run costs beside the model, in time and disk."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, at_least, at_most, say
from benchmarks.worlds import LIANDU, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 1_000
RESIDENTS = 100_000
PROCESSES = 2
# Of one process; the model is timed inside of them.
ALONE = 100
MILLISECONDS = 1e3

PLAN = """
schema: govsim/plan@1
id: bench
baseline: {baseline}
set: {{world.residents: {residents}, horizon.years: 1, horizon.warm_up_years: 0}}
replicates: {runs}
runs_per_shard: 25
"""


def swept(runs: int, engine: Any) -> tuple[float, float, int]:
    """Make a sweep in a folder that is thrown away; return seconds, seconds of the model, and bytes on the disk."""
    from govsim.experiments.tasks import collected
    from govsim.sweeps import keeping
    from govsim.sweeps.reading import read_plan
    from govsim.sweeps.running import run_sweep
    from govsim.sweeps.store import Store

    of_model: list[float] = []

    def noting(model: Any) -> Any:
        result = collected(model)
        of_model.append(result.seconds_build + result.seconds_run)
        return result

    # A plan names files in its folder and in those beside it.
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".sweep-") as folder:
        path = Path(folder) / "plan.yaml"
        baseline = Path("..") / LIANDU.relative_to(ROOT)
        path.write_text(PLAN.format(baseline=baseline, residents=RESIDENTS, runs=runs), encoding="utf-8")
        plan, store = read_plan(path), Store(Path(folder) / "store")
        keeping.collected = noting  # type: ignore[attr-defined]  # in this process only
        try:
            started = time.perf_counter()
            run_sweep(plan, path.parent, store, engine)
            seconds = time.perf_counter() - started
        finally:
            keeping.collected = collected  # type: ignore[attr-defined]
        size = sum(each.stat().st_size for each in store.shards.iterdir())
    return seconds, sum(of_model), size


def rows() -> Iterator[Row]:
    """Measure a sweep in one process and in two."""
    from govsim.sweeps.engines import InProcess, Processes

    swept(1, InProcess())
    say(f"  {ALONE} runs of {RESIDENTS:,} residents and a year in one process")
    alone, of_model, _ = swept(ALONE, InProcess())
    say(f"  {RUNS:,} such runs in {PROCESSES} processes")
    together, _, size = swept(RUNS, Processes(PROCESSES))
    say(f"  {ALONE} in one process again")
    again, again_of_model, _ = swept(ALONE, InProcess())
    each = [seconds / ALONE for seconds in (alone, again)]
    efficiency = tuple(one * RUNS / (PROCESSES * together) for one in each)
    overhead = tuple(
        MILLISECONDS * (seconds - model) / ALONE for seconds, model in ((alone, of_model), (again, again_of_model))
    )
    what = f"{RUNS:,} runs of {RESIDENTS:,} residents and a year, use of two cores"
    yield Row("sweep-efficiency", what, "share", efficiency, at_least(0.9))
    yield Row("sweep-overhead", "a run beside its model: reading, keeping, sealing", "ms", overhead, at_most(5))
    yield Row("sweep-disk", "a run on the disk, headline outcomes", "bytes", (size / RUNS,), at_most(2_000))
