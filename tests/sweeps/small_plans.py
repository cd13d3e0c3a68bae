"""Small plans in a folder of their own, beside a copy of the valid scenarios."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govsim.sweeps.engines import Processes
from govsim.sweeps.reading import read_plan
from govsim.sweeps.running import run_sweep
from govsim.sweeps.store import Store

SCENARIOS = Path(__file__).parents[1] / "scenarios"
HEAD = """
schema: govsim/plan@1
id: small
baseline: ../valid/tiny.yaml
"""
SMALL = (
    HEAD
    + """
arms:
  - {id: second, scenario: ../valid/derived.yaml}
factors:
  strain.gain_per_day: [0.05, 0.06]
  reforms.second-rise.rise_share: [0.1, 0.4]
replicates: 3
keep: {outcomes: all, groups: [community, settlement, resident_group], series: month, ledger: true}
runs_per_shard: 4
"""
)


@dataclass(frozen=True)
class Place:
    """A folder with plans and stores."""

    folder: Path

    def plan_file(self, text: str = SMALL, name: str = "plan.yaml") -> Path:
        """Write a plan and return its path."""
        path = self.folder / "plans" / name
        path.write_text(text, encoding="utf-8")
        return path

    def plan(self, text: str = SMALL) -> Any:
        """Return the plan of a text."""
        return read_plan(self.plan_file(text))

    def store(self, name: str = "store") -> Store:
        """Return a store of a name."""
        return Store(self.folder / name)

    def swept(self, text: str = SMALL, name: str = "store", **settings: Any) -> Store:
        """Return a store after the sweep of a plan."""
        store = self.store(name)
        run_sweep(self.plan(text), self.folder / "plans", store, **settings)
        return store


def place_in(folder: Path) -> Place:
    """Make a place in an empty folder."""
    shutil.copytree(SCENARIOS / "valid", folder / "valid")
    (folder / "plans").mkdir()
    return Place(folder)


def contents(store: Store) -> dict[str, Any]:
    """Return what a store says of each run, in any order of files."""
    from govsim.sweeps.shard import connection

    sealed = store.sealed()
    assert not sealed.damaged
    paths = [str(store.shards / name) for name in sealed.footers]
    with connection() as database:
        rows = database.execute("SELECT * FROM read_parquet(?) ORDER BY ALL", [paths]).fetchall()
    return {"digests": dict(sorted(sealed.digests.items())), "rows": rows}


class Poisoned(Processes):
    """Processes that end as soon as they are to make one of some runs."""

    def __init__(self, n_workers: int, poison: frozenset[str]) -> None:
        super().__init__(n_workers)
        self.poison = poison

    @contextmanager
    def executor(self, n_workers: int | None = None) -> Any:
        """Yield an executor that poisons what it is given."""
        with super().executor(n_workers) as executor:
            yield Poisoning(executor, self.poison)


class Poisoning:
    """Hands work over with the poison in it."""

    def __init__(self, executor: Any, poison: frozenset[str]) -> None:
        self._executor = executor
        self._poison = poison

    def submit(self, work: Any, task: Any) -> Future[Any]:
        """Hand the work over, with the poison."""
        return self._executor.submit(die_or_work, work, task, self._poison)


def die_or_work(work: Any, task: Any, poison: frozenset[str]) -> Any:
    """End the process at once where a run is poison; else do the work."""
    if poison.intersection(run.key for run in task.runs):
        os._exit(3)
    return work(task)
