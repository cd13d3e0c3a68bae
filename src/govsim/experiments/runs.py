"""One run that a person looks at: outcomes, months, places, groups and the ledger of hours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.arms import load_arms
from govsim.experiments.compiling import tiny_scenario
from govsim.experiments.profiling import profile_entries
from govsim.experiments.provenance import fingerprint_of, settings_of
from govsim.experiments.tables import rendered, run_page
from govsim.institution.catalogue import WorkClass
from govsim.institution.units import STREETS
from govsim.model import GovernanceModel
from govsim.recording import accounts
from govsim.recording import ledger as ledgers
from govsim.recording import tables as observed
from govsim.recording.outcomes import OUTCOMES
from govsim.version import version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govsim.experiments.execution import Progress
    from govsim.institution.places import CommunityPlace, SettlementPlace
    from govsim.model import Scenario
    from govsim.recording.profile import Profile
    from govsim.recording.recorder import Recording


@dataclass(frozen=True)
class Run:
    """One run that has reached its horizon.

    Attributes
    ----------
    name
        The scenario as it was named.
    scenario
        What was run.
    seed, replicate
        Root seed and number of the replicate.
    days
        Working days run, warm-up included.
    residents
        Residents of the world.
    digest
        Equal digests mean equal runs, bit for bit.
    seconds
        ``build``: to make the world; ``run``: the model alone.
    recording
        The books of every month, which all else is computed from.
    profile
        Model time by phase; None unless it was asked for.
    """

    name: str
    scenario: Scenario
    seed: int
    replicate: int
    days: int
    residents: int
    digest: str
    seconds: dict[str, float]
    recording: Recording
    profile: Profile | None = None

    @property
    def settings(self) -> tuple[str, ...]:
        """What was written over the file of the scenario."""
        return settings_of(self.scenario)

    @cached_property
    def outcomes(self) -> dict[str, float | None]:
        """Every outcome over the reported part of the run; an undefined ratio is None."""
        return observed.outcomes(self.recording)

    def summary(self) -> pd.Series[float]:
        """Return the headline outcomes: burden, turnover and satisfaction."""
        values = {name: self.outcomes[name] for name, each in OUTCOMES.items() if each.is_headline}
        return pd.Series(values, name=self.name, dtype=float)

    def to_df(self) -> pd.DataFrame:
        """Return every outcome of every month, warm-up included; rows are months as ``YYYY-MM``."""
        return observed.monthly(self.recording)

    def by_community(self) -> pd.DataFrame:
        """Return the outcomes of offices and residents for each community, by its id."""
        table = observed.by_community(self.recording)
        table.index = _ids("community", self.scenario.institution.places.communities)
        return table

    def by_settlement(self) -> pd.DataFrame:
        """Return the outcomes of residents for each settlement, by its id."""
        table = observed.by_settlement(self.recording)
        table.index = _ids("settlement", self.scenario.institution.places.settlements)
        return table

    def by_resident_group(self) -> pd.DataFrame:
        """Return the outcomes of residents by age, disability and income, one row a margin."""
        return observed.by_resident_group(self.recording)

    def ledger(self, by: str = "class") -> pd.DataFrame:
        """Return hours of the reported part, to the minute.

        By ``class`` of work: arrived, booked, waived, dropped and still open. By ``sender``: what became of the jobs
        of each department, and of streets together, down to whether they came down at all. By ``holder``: the hours
        that communities, streets, departments, providers, residents and volunteers spent.
        """
        if by == "class":
            return ledgers.ledger(self.recording)
        window = observed.reported(self.recording)
        if by == "holder":
            return accounts.by_holder(window).to_frame()
        if by == "sender":
            return accounts.by_origin(window, self._senders())
        message = f"a ledger is by 'class', 'sender' or 'holder', not by {by!r}"
        raise ValueError(message)

    def permits(self) -> pd.DataFrame:
        """Return, by sender, mandates of administration and how many are not listed, and what the board and audits did.

        ``unlisted`` is a mean over the months reported; ``asked``, ``admitted`` and ``refused`` (not heard included),
        and ``tries`` and ``caught`` of ad hoc work, are sums of mandates and months.
        """
        mandates = self.scenario.institution.catalogue.mandates
        own = [each.department for each in mandates if each.work_class == WorkClass.ADMINISTRATION]
        table = accounts.permits(observed.reported(self.recording), self._senders())
        table.insert(0, "mandates", [own.count(sender) for sender in table.index])
        return table

    def _senders(self) -> list[str]:
        return [*(each.id for each in self.scenario.institution.catalogue.departments), STREETS]

    def money(self) -> pd.DataFrame:
        """Return yuan from payers (rows) to payees (columns) over the reported part."""
        return accounts.money(self.recording)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``to_json`` writes: the outcomes, and everything that reproduces them."""
        return {
            "scenario": self.name,
            "seed": self.seed,
            "days": self.days,
            "residents": self.residents,
            "outcomes": self.outcomes,
            "digest": self.digest,
            "seconds": self.seconds,
            "replicate": self.replicate,
            "settings": list(self.settings),
            "version": version(),
            "fingerprint": fingerprint_of(self.scenario),
            **({"profile": profile_entries(self)} if self.profile is not None else {}),
        }

    def to_json(self) -> str:
        """Return the run as JSON; an undefined number is null."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=2)

    def table(self, lang: str = "en", width: int = 100) -> str:
        """Return all outcomes as a table in text, in English (``en``) or Chinese (``zh``)."""
        return rendered(run_page(self, lang), width)


def run(
    scenario: str | Path | Scenario,
    seed: int = 1,
    replicate: int = 0,
    settings: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    profile: bool = False,
) -> Run:
    """Run a scenario to its horizon.

    Parameters
    ----------
    scenario
        A scenario file, or a scenario that is loaded already.
    seed, replicate
        Root seed and number of the replicate.
    settings
        ``path=value`` each, written over the file.
    progress
        Called with months done and months in all.
    profile
        Whether to run phase by phase and keep the time of each; the results are the same.

    Raises
    ------
    ScenarioError
        If the scenario cannot be used.
    InvariantError
        If a conservation law fails; the run is then invalid.
    """
    (arm,) = load_arms([scenario], settings)
    if profile:
        _load_phases()
    model = GovernanceModel(arm.scenario, seed, replicate, profiled=profile)
    try:
        _run_months(model, progress)
        return Run(
            name=arm.label,
            scenario=arm.scenario,
            seed=seed,
            replicate=replicate,
            days=model.day,
            residents=len(model.residents),
            digest=model.digest,
            seconds={"build": model.seconds_build, "run": model.seconds_run},
            recording=model.recording,
            profile=model.profile,
        )
    finally:
        model.release()


def _load_phases() -> None:
    """Run a month of a tiny world phase by phase, so that no time is that of loading what is compiled."""
    model = GovernanceModel(tiny_scenario(), profiled=True)
    model.run_for(DAYS_PER_MONTH)
    model.release()


def _run_months(model: GovernanceModel, progress: Progress | None) -> None:
    if progress is None:
        model.run()
        return
    n_months = model.scenario.calendar.n_months
    for month in range(n_months):
        model.run_for(DAYS_PER_MONTH)
        progress(month + 1, n_months)


def _ids(name: str, places: Sequence[CommunityPlace | SettlementPlace]) -> pd.Index[Any]:
    return pd.Index([place.id for place in places], name=name)
