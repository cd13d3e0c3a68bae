"""What a worker does: it makes the runs of one file and seals them, those that fail among them."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import GovsimError
from govsim.experiments.courses import Course
from govsim.experiments.sharing import Group, run_together
from govsim.sweeps import messages as m
from govsim.sweeps.keeping import keeper
from govsim.sweeps.model_version import model_version
from govsim.sweeps.plan import by_replicate
from govsim.sweeps.reading import scenario_of
from govsim.sweeps.shard import RunRecord
from govsim.sweeps.store import Store, StoreError, shard_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.sweeps.plan import Plan, PlannedArm, PlannedRun, Sample

# A worker meets the arms of one sample at a time, each with what is compiled of it.
_MOST_COURSES: Final = 32


@dataclass(frozen=True)
class ShardTask:
    """A file to be made.

    Attributes
    ----------
    plan
        Of the sweep, without its samples.
    samples
        Those that the runs name, by number.
    plan_folder, store_folder
        Where the plan's scenarios are named from, and where the file goes.
    runs
        In the order of the plan.
    given_up
        Keys of runs that are not tried again, each with the reason.
    """

    plan: Plan
    samples: Mapping[int, Sample]
    plan_folder: str
    store_folder: str
    runs: tuple[PlannedRun, ...]
    given_up: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ShardDone:
    """What a worker says of a file that it has sealed, or that another had sealed when it was made."""

    name: str
    n_runs: int
    n_failed: int
    failure: str = ""
    was_there: bool = False


def make_shard(task: ShardTask) -> ShardDone:
    """Make the runs of a file and seal it; a run that fails is recorded with its traceback.

    Raises
    ------
    OSError
        If the file cannot be written.
    StoreError
        If this process has another model or other scenario files than the plan was read with.
    """
    for arm in sorted({run.arm for run in task.runs}):
        _check(task.plan_folder, task.plan.arms[arm], task.plan.model)
    reasons = dict(task.given_up)
    found = {
        run.key: RunRecord(run.key, run.replicate, "", failure=reasons[run.key])
        for run in task.runs
        if run.key in reasons
    }
    for runs in by_replicate(run for run in task.runs if run.key not in reasons):
        found |= _together(task, runs)
    records = [found[run.key] for run in task.runs]
    store = Store(Path(task.store_folder))
    was_there = shard_key([run.key for run in task.runs]) in store.file_keys()
    path = store.publish(records, task.plan)
    failures = [record.failure for record in records if record.failure]
    return ShardDone(path.name, len(records), len(failures), failures[0] if failures else "", was_there)


def _together(task: ShardTask, runs: Sequence[PlannedRun]) -> dict[str, RunRecord]:
    """Return the records of runs of one replicate; where they fail together, each is tried alone."""
    try:
        courses = tuple(_course(task, run) for run in runs)
        group = Group(tuple(range(len(runs))), courses, task.plan.seed, runs[0].replicate)
        results: list[Any] = run_together(group, collect=keeper(task.plan.kept))
    except Exception as error:  # noqa: BLE001 whatever a run fails of is its record, and the sweep goes on
        if len(runs) > 1:
            alone = [_together(task, [run]) for run in runs]
            return {key: record for each in alone for key, record in each.items()}
        (run,) = runs
        return {run.key: RunRecord(run.key, run.replicate, "", failure=_told(error))}
    return {
        run.key: RunRecord(run.key, run.replicate, result.digest, result.numbers)
        for run, result in zip(runs, results, strict=True)
    }


def _course(task: ShardTask, run: PlannedRun) -> Course:
    sample = tuple(sorted(task.samples[run.sample].items()))
    return _kept_course(task.plan_folder, task.plan.arms[run.arm], sample)


@lru_cache(maxsize=_MOST_COURSES)
def _check(plan_folder: str, arm: PlannedArm, model: str) -> None:
    """Raise unless the model and the scenario of an arm are those that the keys of its runs were made from."""
    if model_version() != model:
        raise StoreError(m.MODEL_OF_WORKER.format(given=model_version(), wanted=model))
    if scenario_of(arm, Path(plan_folder), {}).fingerprint() != arm.fingerprint:
        raise StoreError(m.SCENARIO_CHANGED.format(arm=arm.id, file=arm.file))


@lru_cache(maxsize=_MOST_COURSES)
def _kept_course(plan_folder: str, arm: Any, sample: Any) -> Course:
    return Course(scenario_of(arm, Path(plan_folder), dict(sample)))


def _told(error: Exception) -> str:
    """Return the error and where it came from, without paths of this machine."""
    origin = error.__cause__ if isinstance(error, GovsimError) and error.__cause__ else error
    frames = traceback.extract_tb(origin.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([f"{type(origin).__name__}: {error}", *places])
