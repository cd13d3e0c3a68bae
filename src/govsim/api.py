"""What ``import govsim as gs`` offers: thin facades over what lies below."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from govsim import experiments
from govsim.agents import Community, Department, District, Resident, StreetOffice, Worker
from govsim.errors import GovsimError, InvariantError, ScenarioError
from govsim.experiments import Prefixes, RunError
from govsim.model import GovernanceModel
from govsim.recording.outcomes import OUTCOMES
from govsim.scenarios import Scenario, load_scenario
from govsim.sweeps.results import Results, open_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    import plotly.graph_objects as go

    from govsim.experiments.execution import Progress
    from govsim.model import Scenario as AnyScenario

__all__ = [
    "OUTCOMES",
    "Community",
    "Comparison",
    "Department",
    "District",
    "GovernanceModel",
    "GovsimError",
    "InvariantError",
    "Prefixes",
    "Resident",
    "Results",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "StreetOffice",
    "Worker",
    "compare",
    "load_scenario",
    "open_comparison",
    "open_results",
    "run",
]


@dataclass(frozen=True)
class Run(experiments.Run):
    """One run that can also show itself; see ``govsim.experiments.Run``."""

    def plot(self, kind: str = "months", lang: str = "en", **options: Any) -> go.Figure:
        """Return a Plotly figure of this run alone.

        Parameters
        ----------
        kind
            ``months``, outcomes month by month; or ``organisation``, who sends what to whom under what is in force in
            the last month.
        lang
            English (``en``) or Chinese (``zh``).
        options
            As ``govsim.figures.months`` (``outcomes``) and ``govsim.figures.organisation`` (``month``, ``focus``) take
            them.

        Raises
        ------
        ValueError
            If there is no such figure.
        """
        from govsim import figures
        from govsim.experiments.reach import institution_at_end

        if kind == "months":
            titles = [(each.starts_on, str(getattr(type(each), f"title_{lang}"))) for each in self.scenario.reforms]
            return figures.months(self.recording, lang=lang, starts=titles, **options)
        if kind == "organisation":
            return figures.organisation(institution_at_end(self.scenario), [self.recording], lang=lang, **options)
        message = f"a figure of a run is one of months, organisation, not {kind!r}"
        raise ValueError(message)


@dataclass(frozen=True)
class Comparison(experiments.Comparison):
    """What reforms change, which can also show itself; see ``govsim.experiments.Comparison``."""

    def plot(self, kind: str = "headline", lang: str = "en", *, arm: int | None = None, **options: Any) -> go.Figure:
        """Return a Plotly figure.

        Parameters
        ----------
        kind
            Of all reforms: ``headline``, ``overview``, ``displacement``, ``schedule``, or the outcomes of one concern
            (``burden``, ``workers``, ``residents``, ``money``, ``neutral``). Of one reform: ``ledger`` and ``chain``;
            ``threads``, which shows its scenarios; ``series``, ``winners``, ``payers``, ``organisation`` and
            ``difference``, for which ``compare`` has kept recordings.
        lang
            English (``en``) or Chinese (``zh``).
        arm
            Which reform, counted from 0, where the figure is of one; by default the first, and for ``organisation`` the
            baseline.
        options
            As the functions of ``govsim.figures.compared`` take them: ``outcome``, ``band``, ``by``, ``month``,
            ``community``, ``name``.

        Raises
        ------
        ValueError
            If there is no such figure, or the comparison lacks what it shows.
        """
        from govsim import figures
        from govsim.figures.compared import OF_AN_ARM
        from govsim.figures.groups import Concern

        of_all: dict[str, Any] = {
            "headline": figures.headline,
            "overview": figures.overview,
            "displacement": figures.displacement,
            "schedule": figures.schedule,
            **{each.value: partial(figures.outcomes, concern=each) for each in Concern},
        }
        if kind in OF_AN_ARM:
            chosen = {} if arm is None else {"arm": arm}
            return OF_AN_ARM[kind](self, lang=lang, **chosen, **options)
        if kind not in of_all:
            message = f"a figure is one of {', '.join([*of_all, *OF_AN_ARM])}, not {kind!r}"
            raise ValueError(message)
        figure: go.Figure = of_all[kind](self, lang=lang, **options)
        return figure

    def report(self, path: str | Path, lang: str = "en") -> None:
        """Write the report of one page, in English (``en``) or Chinese (``zh``)."""
        from govsim.report import write_report

        write_report(self, path, lang)


def run(
    scenario: str | Path | AnyScenario,
    seed: int = 1,
    replicate: int = 0,
    settings: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    profile: bool = False,
) -> Run:
    """Run a scenario to its horizon; see ``govsim.experiments.run``."""
    found = experiments.run(scenario, seed, replicate, settings, progress, profile=profile)
    return Run(**{field.name: getattr(found, field.name) for field in fields(found)})


def open_comparison(path: str | Path) -> Comparison:
    """Return a comparison that ``govsim compare --out`` or ``to_json`` wrote.

    It has its scenarios, too, where their files are there as they were compared.

    Parameters
    ----------
    path
        The folder, or the file ``comparison.json``.

    Raises
    ------
    ScenarioError
        If it cannot be read, or anything in it is not as this version would write it.
    """
    from govsim.experiments.comparison_file import read_comparison
    from govsim.experiments.rerunning import scenarios_at_hand

    found = read_comparison(path)
    return _shown(replace(found, scenarios=scenarios_at_hand(found)))


def _shown(found: experiments.Comparison) -> Comparison:
    return Comparison(**{field.name: getattr(found, field.name) for field in fields(found)})


def compare(  # noqa: PLR0913 the names a user types
    baseline: str | Path | AnyScenario,
    *reforms: str | Path | AnyScenario,
    seeds: int = 30,
    seed: int = 1,
    n_jobs: int = 1,
    settings: Sequence[str] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
    prefixes: Prefixes | None = None,
    recordings: int = 0,
) -> Comparison:
    """Compare reforms with a baseline over the same replicates, draw for draw.

    Parameters
    ----------
    baseline, reforms
        Scenario files, or scenarios that are loaded already.
    seeds, seed
        Number of replicates, from 0, and their root seed.
    n_jobs
        Worker processes; -1 uses every core.
    settings
        ``path=value`` each, written over every file; those of one reform over the files that have it.
    executor
        Does the work instead of worker processes; any ``concurrent.futures.Executor``.
    progress
        Called with runs done and runs in all.
    prefixes
        Does the work instead and keeps what runs had in common, so that a later call with another reform computes
        the days after its first date only.
    recordings
        Replicates, from the first on, of which the books of every month are kept: what ``plot`` and ``report`` show
        months, groups, payers and the organisation from. One takes 8 MB for a hundred communities and five years.
    """
    found = experiments.compare(
        baseline,
        reforms,
        seeds,
        seed,
        n_jobs,
        settings=settings,
        executor=executor,
        progress=progress,
        prefixes=prefixes,
        recordings=recordings,
    )
    return _shown(found)
