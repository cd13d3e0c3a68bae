"""Run districts as ordinary sweeps, one for each part, and read what was kept of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from country.samples import NAME, sample_of, samples_of
from govsim.errors import ScenarioError
from govsim.experiments.tasks import RunError
from govsim.recording.tallies import NAMES, Tallies, added
from govsim.sweeps.plan import BASELINE, canonical
from govsim.sweeps.reading import read_plan, scenario_of
from govsim.sweeps.results import open_results
from govsim.sweeps.running import run_sweep
from govsim.sweeps.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from country.districts import District
    from country.plan import Part, Plan
    from govsim.scenarios import Scenario
    from govsim.sweeps.engines import Engine
    from govsim.sweeps.plan import Plan as Sweep
    from govsim.sweeps.plan import Sample
    from govsim.sweeps.running import Progress


@dataclass(frozen=True)
class Row:
    """What is kept of a district: digests and tallies of each part, by its id."""

    id: str
    digests: dict[str, str]
    tallies: dict[str, Tallies]

    def put(self, part: str, digest: str, tallies: Tallies) -> None:
        """Add what is kept of a part."""
        self.digests[part], self.tallies[part] = digest, tallies

    @property
    def total(self) -> Tallies:
        """Tallies of all parts together."""
        return added(self.tallies.values())


@dataclass(frozen=True)
class Country:
    """The districts of a plan with a sweep for each part.

    Attributes
    ----------
    sweeps
        By part.
    out
        The folder with their stores.
    """

    plan: Plan
    sweeps: Mapping[str, Sweep]
    out: Path

    def store(self, part: Part) -> Store:
        """Return the store of a part's sweep."""
        return Store(self.out / part.id)

    def scenario(self, part: Part) -> Scenario:
        """Return the scenario whose world a part is drawn from, with its settings, as the baseline has it."""
        return scenario_of(self.sweeps[part.id].arms[0], self.plan.folder_of_plans, {})

    @property
    def seed(self) -> int:
        """Root seed of both sweeps."""
        return next(iter(self.sweeps.values())).seed


def country_of(plan: Plan, out: Path, settings: Sequence[str] = (), seed: int | None = None) -> Country:
    """Return the country of a plan, its sweeps read and checked.

    Parameters
    ----------
    settings
        Written over those of both sweeps.
    seed
        Root seed instead of theirs.

    Raises
    ------
    ScenarioError
        If a plan of a sweep cannot be used, or does not keep tallies.
    """
    sweeps = {}
    for part in plan.parts:
        path = plan.folder_of_plans / part.plan
        sweep = read_plan(path, settings)
        if not sweep.kept.tallies or sweep.replicates != 1:
            message = (
                f"{path}: what is added up are tallies of one replicate; write replicates: 1 and, in keep, tallies"
            )
            raise ScenarioError(message)
        sweeps[part.id] = sweep if seed is None else replace(sweep, seed=seed)
    return Country(plan, sweeps, out)


def run_districts(
    country: Country,
    districts: Sequence[District],
    engine: Engine | None = None,
    progress: Callable[[int, int], None] | None = None,
    arm: str = BASELINE,
) -> list[Row]:
    """Return a row for each district, in order; what is kept already is not run again.

    Parameters
    ----------
    engine
        Who does the work; this process, if nobody else.
    progress
        Called with the runs that are done and those that are wanted.
    arm
        Which arm of the sweeps the rows are of; all are run.

    Raises
    ------
    RunError
        If a district cannot be run; what is done stays.
    ScenarioError
        If a store has another plan, or a plan has not the districts.
    """
    wanted = {part.id: samples_of(part, districts, country.sweeps[part.id]) for part in country.plan.parts}
    sweeps = {part.id: _grown(country, part, wanted[part.id]) for part in country.plan.parts}
    n_runs, n_before = sum(sweep.n_cells for sweep in sweeps.values()), 0
    rows = {district.id: Row(district.id, {}, {}) for district in districts}
    for part in country.plan.parts:

        def report(so_far: Progress, before: int = n_before) -> None:
            if progress:
                progress(before + so_far.done, n_runs)

        folder = country.store(part).folder
        run_sweep(sweeps[part.id], country.plan.folder_of_plans, country.store(part), engine, report=report)
        n_before += sweeps[part.id].n_cells
        found = _kept(folder, arm)
        for district in districts:
            if part.id in district.sizes:
                rows[district.id].put(part.id, *found[str(sample_of(district, part)[NAME])])
    return list(rows.values())


def _grown(country: Country, part: Part, samples: Sequence[Sample]) -> Sweep:
    """Return the sweep of some samples, and of those that its store was asked for before."""
    sweep = country.sweeps[part.id]
    with suppress(StoreError):  # where there is none, or one that the sweep will complain of
        samples = [*samples, *country.store(part).plan().samples]
    keys = set(map(canonical, samples))
    return replace(sweep, samples=tuple(each for each in sweep.samples if canonical(each) in keys))


def _kept(folder: Path, arm: str) -> dict[str, tuple[str, Tallies]]:
    """Return digest and tallies of each run of an arm, by the name of its world."""
    results = open_results(folder, allow_partial=True)
    failures = results.failures()
    if len(failures):
        first = failures.iloc[0]
        message = f"{first[NAME]}: {first['text'].splitlines()[0]}"
        raise RunError(message)
    runs = results.runs[results.runs["arm"] == arm].set_index("sample")
    tallies = results.tallies()
    tallies = tallies[tallies["arm"] == arm].set_index("sample")[list(NAMES)]
    return {
        str(runs.at[sample, NAME]): (str(runs.at[sample, "digest"]), Tallies(tuple(map(int, values))))
        for sample, values in zip(tallies.index, tallies.to_numpy(), strict=True)
    }
