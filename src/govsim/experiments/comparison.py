"""Reforms compared with a baseline over the same replicates, draw for draw."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from govsim.errors import ScenarioError
from govsim.experiments.arms import check_comparable, load_arms
from govsim.experiments.displacement import Displacement, displacement
from govsim.experiments.execution import run_all
from govsim.experiments.multiplicity import adjusted_over_arms
from govsim.experiments.observing import ObservedFirst, recordings_in_common
from govsim.experiments.pairing import PairedEffect, paired_effect
from govsim.experiments.provenance import fingerprint_of, settings_of
from govsim.experiments.reach import reaches
from govsim.experiments.tables import comparison_page, counted_guesses, rendered
from govsim.experiments.tasks import RunTask, collected
from govsim.experiments.thresholds import THRESHOLDS
from govsim.experiments.wording import certainty, sizes
from govsim.language import Message
from govsim.recording.outcomes import OUTCOMES
from govsim.version import version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from govsim.clock import Calendar
    from govsim.experiments.arms import Arm
    from govsim.experiments.execution import Progress
    from govsim.experiments.prefixes import Prefixes
    from govsim.experiments.reach import Reach
    from govsim.experiments.tasks import RunResult
    from govsim.model import Scenario
    from govsim.recording.outcomes import Better
    from govsim.recording.recorder import Recording

_TOO_LITTLE: Final = Message("a comparison needs one replicate or more, and one reform scenario or more")
# The fields of an effect in JSON; the names are a contract.
FIELDS: Final = (
    "baseline",
    "reform",
    "difference",
    "ci_low",
    "ci_high",
    "share_better",
    "variance_reduction",
)
MORE_FIELDS: Final = ("n_pairs", "interval", "p_value", "p_holm")


@dataclass(frozen=True)
class ComparedArm:
    """One reform scenario and what it changes.

    Attributes
    ----------
    scenario
        As it was named.
    title_en, title_zh
        Its titles.
    outcomes
        The effect on each outcome by name, with p-values corrected over the arms.
    displacement
        Where the hours went.
    reforms
        When, how strongly and in how many communities each of its reforms holds.
    digests
        One a replicate.
    settings
        Those of the comparison that hold for this arm.
    fingerprint
        SHA-256 of all that decides its numbers but the seed; None for a scenario made in Python.
    """

    scenario: str
    title_en: str
    title_zh: str
    outcomes: dict[str, PairedEffect]
    displacement: Displacement
    reforms: tuple[Reach, ...] = ()
    digests: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    fingerprint: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What reforms change, with an interval for every difference.

    Attributes
    ----------
    baseline
        The baseline scenario as it was named.
    seeds, seed
        Number of replicates, from 0, and their root seed.
    arms
        One entry a reform scenario, in the order given.
    digests
        Of each run: a row for each scenario, the baseline first, in it one digest a replicate.
    settings
        What was written over the files.
    n_guesses, n_parameters
        Parameters that nothing but a guess supports, and all.
    baseline_reforms, baseline_settings, baseline_fingerprint
        Of the baseline, what an arm has of its own.
    version
        Of govsim.
    calendar
        Of all runs; None where it is not known.
    scenarios
        What was compared, the baseline first; empty where that is not at hand.
    recordings
        Books of every month, if they were asked for: a row for each scenario, the baseline first, in it those of the
        first replicates. Neither these nor scenarios are in JSON, and comparisons may be equal without them.
    """

    baseline: str
    seeds: int
    seed: int
    arms: tuple[ComparedArm, ...]
    digests: tuple[tuple[str, ...], ...]
    settings: tuple[str, ...]
    n_guesses: int
    n_parameters: int
    baseline_reforms: tuple[Reach, ...] = ()
    baseline_settings: tuple[str, ...] = ()
    baseline_fingerprint: str | None = None
    version: str = ""
    calendar: Calendar | None = None
    scenarios: tuple[Scenario, ...] = field(default=(), repr=False, compare=False)
    recordings: tuple[tuple[Recording, ...], ...] = field(default=(), repr=False, compare=False)

    @property
    def n_recorded(self) -> int:
        """Replicates of which the recordings of all scenarios are at hand."""
        return len(self.recordings[0]) if self.recordings else 0

    def recordings_of(self, arm: int) -> tuple[tuple[Recording, ...], tuple[Recording, ...]]:
        """Return the recordings of the baseline and of an arm, counted from 0, by replicate.

        Raises
        ------
        ValueError
            If none were kept.
        """
        if not self.n_recorded:
            message = "no recordings were kept: compare(..., recordings=10) keeps those of the first ten replicates"
            raise ValueError(message)
        return self.recordings[0], self.recordings[1 + arm]

    def to_df(self) -> pd.DataFrame:
        """Return one row a reform scenario and outcome.

        Beside the fields of ``PairedEffect`` stand the unit, which direction is better, and the words: ``verdict``,
        ``certainty``, and the size of the effect at either end of its interval.
        """
        rows = [
            {
                "scenario": arm.scenario,
                "outcome": name,
                "unit": OUTCOMES[name].unit,
                "better": OUTCOMES[name].better,
                **_effect(effect, OUTCOMES[name].better),
            }
            for arm in self.arms
            for name, effect in arm.outcomes.items()
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys((*FIELDS, "p_value", "p_holm"), float))

    def displacement(self) -> pd.DataFrame:
        """Return where the hours went: a row a reform scenario and account, in hours a community and year.

        ``interval`` says what each interval was made with; the ratio of hours added to hours removed stands in
        ``arms[n].displacement``.
        """
        rows = [
            {
                "scenario": arm.scenario,
                "account": name,
                "hours": each.difference,
                "ci_low": each.ci_low,
                "ci_high": each.ci_high,
                "interval": each.interval,
            }
            for arm in self.arms
            for name, each in arm.displacement.hours.items()
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys(("hours", "ci_low", "ci_high"), float))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``to_json`` writes: the numbers, and everything that reproduces them."""
        arms = [
            {
                "scenario": arm.scenario,
                "title_en": arm.title_en,
                "title_zh": arm.title_zh,
                "outcomes": {name: _effect(each, OUTCOMES[name].better) for name, each in arm.outcomes.items()},
                "displacement": arm.displacement.to_dict(),
                "reforms": [each.to_dict() for each in arm.reforms],
                "settings": list(arm.settings),
                "fingerprint": arm.fingerprint,
                "digests": list(arm.digests),
            }
            for arm in self.arms
        ]
        return {
            "baseline": self.baseline,
            "seeds": self.seeds,
            "arms": arms,
            "seed": self.seed,
            "settings": list(self.settings),
            "version": self.version,
            "calendar": None if self.calendar is None else asdict(self.calendar),
            "n_guesses": self.n_guesses,
            "n_parameters": self.n_parameters,
            "confidence": THRESHOLDS.confidence,
            "baseline_reforms": [each.to_dict() for each in self.baseline_reforms],
            "baseline_settings": list(self.baseline_settings),
            "baseline_fingerprint": self.baseline_fingerprint,
            "baseline_digests": list(self.digests[0]),
        }

    def to_json(self) -> str:
        """Return the comparison as JSON; an undefined number is null."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=2)

    def summary(self, lang: str = "en", width: int = 100) -> str:
        """Return the table as text, in English (``en``) or Chinese (``zh``)."""
        return rendered(comparison_page(self, lang), width)


def compare(  # noqa: PLR0913 the names a user types
    baseline: str | Path | Scenario,
    reforms: Sequence[str | Path | Scenario],
    seeds: int = 30,
    seed: int = 1,
    n_jobs: int = 1,
    *,
    settings: Sequence[str] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
    prefixes: Prefixes | None = None,
    recordings: int = 0,
) -> Comparison:
    """Run the baseline and every reform over the same replicates and return what the reforms change.

    Parameters
    ----------
    baseline, reforms
        Scenario files, or scenarios that are loaded already.
    seeds
        Number of replicates: 0 to ``seeds - 1`` of the root seed, the same in every arm.
    seed
        Root seed.
    n_jobs, executor, progress, prefixes
        As in ``run_all``.
    settings
        ``path=value`` each, written over every file; those of one reform over the files that have it.
    recordings
        Replicates of which the books of every month are kept, too, from the first on; what ``prefixes`` keep was
        decided when they were made. A recording of a hundred communities and five years takes 8 MB.

    Raises
    ------
    ScenarioError
        If a scenario cannot be used, or the arms do not live in the same world.
    RunError
        If any run fails.
    """
    if seeds < 1 or not reforms:
        raise ScenarioError(str(_TOO_LITTLE))
    arms = load_arms([baseline, *reforms], settings)
    check_comparable(arms)
    tasks = [RunTask(arm.scenario, seed, replicate) for arm in arms for replicate in range(seeds)]
    collect = ObservedFirst(recordings) if recordings else collected
    results = run_all(tasks, n_jobs, executor, progress, prefixes, collect=collect)
    return comparison_of(
        arms, [results[start : start + seeds] for start in range(0, len(results), seeds)], seed, settings
    )


def comparison_of(
    arms: Sequence[Arm], results: Sequence[Sequence[RunResult]], seed: int, settings: Sequence[str] = ()
) -> Comparison:
    """Return the comparison of arms that are comparable, the baseline first, from their runs by replicate from 0."""
    baseline, *_ = arms
    without, *by_reform = results
    compared = _compared(arms[1:], without, by_reform)
    guesses = counted_guesses(baseline.scenario)
    return Comparison(
        baseline=baseline.label,
        seeds=len(without),
        seed=seed,
        arms=compared,
        digests=(_digests(without), *(arm.digests for arm in compared)),
        settings=tuple(settings),
        n_guesses=guesses["guesses"],
        n_parameters=guesses["parameters"],
        baseline_reforms=reaches(baseline.scenario),
        baseline_settings=settings_of(baseline.scenario),
        baseline_fingerprint=fingerprint_of(baseline.scenario),
        version=version(),
        calendar=baseline.scenario.calendar,
        scenarios=tuple(arm.scenario for arm in arms),
        recordings=recordings_in_common(results),
    )


def _compared(
    arms: Sequence[Arm], without: Sequence[RunResult], by_reform: Sequence[Sequence[RunResult]]
) -> tuple[ComparedArm, ...]:
    effects = adjusted_over_arms([_effects(without, own) for own in by_reform])
    before = [result.accounts for result in without]
    return tuple(
        ComparedArm(
            scenario=arm.label,
            title_en=str(getattr(arm.scenario, "title_en", "")),
            title_zh=str(getattr(arm.scenario, "title_zh", "")),
            outcomes=outcomes,
            displacement=displacement(before, [result.accounts for result in own], without[0].community_years),
            reforms=reaches(arm.scenario),
            digests=_digests(own),
            settings=settings_of(arm.scenario),
            fingerprint=fingerprint_of(arm.scenario),
        )
        for arm, own, outcomes in zip(arms, by_reform, effects, strict=True)
    )


def _effects(without: Sequence[RunResult], with_reform: Sequence[RunResult]) -> dict[str, PairedEffect]:
    return {
        name: paired_effect(
            [result.outcomes[name] for result in without],
            [result.outcomes[name] for result in with_reform],
            outcome.better,
        )
        for name, outcome in OUTCOMES.items()
    }


def _digests(results: Sequence[RunResult]) -> tuple[str, ...]:
    return tuple(result.digest for result in results)


def _effect(effect: PairedEffect, better: Better) -> dict[str, Any]:
    ends = sizes(effect)
    return {
        **{field: getattr(effect, field) for field in (*FIELDS, *MORE_FIELDS)},
        "verdict": effect.verdict(better).value,
        "certainty": certainty(effect),
        "size_least": None if ends is None else ends.least.value,
        "size_most": None if ends is None else ends.most.value,
    }
