"""Reforms compared with a baseline over the same replicates, draw for draw."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from govsim.errors import ScenarioError
from govsim.experiments.arms import check_comparable, load_arms
from govsim.experiments.displacement import Displacement, displacement
from govsim.experiments.execution import RunTask, run_all
from govsim.experiments.pairing import PairedEffect, paired_effect
from govsim.experiments.tables import comparison_page, counted_guesses, rendered
from govsim.language import LANGUAGES
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from govsim.experiments.arms import Arm
    from govsim.experiments.execution import Progress, RunResult
    from govsim.model import Scenario

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


@dataclass(frozen=True)
class ComparedArm:
    """One reform scenario, its effect on each outcome by name, and where the hours went."""

    scenario: str
    title_en: str
    title_zh: str
    outcomes: dict[str, PairedEffect]
    displacement: Displacement


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
    """

    baseline: str
    seeds: int
    seed: int
    arms: tuple[ComparedArm, ...]
    digests: tuple[tuple[str, ...], ...]
    settings: tuple[str, ...]
    n_guesses: int
    n_parameters: int

    def to_df(self) -> pd.DataFrame:
        """Return one row a reform and outcome, with unit, direction, pairs and verdict beside the numbers."""
        rows = [
            {
                "scenario": arm.scenario,
                "outcome": name,
                "unit": OUTCOMES[name].unit,
                "better": OUTCOMES[name].better,
                **_numbers(effect),
                "n_pairs": effect.n_pairs,
                "verdict": effect.verdict(OUTCOMES[name].better).value,
            }
            for arm in self.arms
            for name, effect in arm.outcomes.items()
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys(FIELDS, float))

    def displacement(self) -> pd.DataFrame:
        """Return where the hours went: a row an account, hours a community and year with their interval, by reform."""
        rows = [
            {
                "scenario": arm.scenario,
                "account": name,
                "hours": each.difference,
                "ci_low": each.ci_low,
                "ci_high": each.ci_high,
            }
            for arm in self.arms
            for name, each in arm.displacement.hours.items()
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys(("hours", "ci_low", "ci_high"), float))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``to_json`` writes."""
        arms = [
            {
                "scenario": arm.scenario,
                "outcomes": {name: _numbers(effect) for name, effect in arm.outcomes.items()},
                "displacement": arm.displacement.to_dict(),
            }
            for arm in self.arms
        ]
        return {"baseline": self.baseline, "seeds": self.seeds, "arms": arms}

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
    n_jobs, executor, progress
        As in ``run_all``.
    settings
        ``path=value`` each, written over every file; those of one reform over the files that have it.

    Raises
    ------
    ScenarioError
        If a scenario cannot be used, or the arms do not live in the same world.
    RunError
        If any run fails.
    """
    if seeds < 1 or not reforms:
        message = "a comparison needs one replicate or more, and one reform scenario or more"
        raise ScenarioError(message)
    arms = load_arms([baseline, *reforms], settings)
    check_comparable(arms)
    tasks = [RunTask(arm.scenario, seed, replicate) for arm in arms for replicate in range(seeds)]
    results = run_all(tasks, n_jobs, executor, progress)
    by_arm = [results[start : start + seeds] for start in range(0, len(results), seeds)]
    guesses = counted_guesses(arms[0].scenario)
    return Comparison(
        baseline=arms[0].label,
        seeds=seeds,
        seed=seed,
        arms=tuple(_compared(arm, by_arm[0], own) for arm, own in zip(arms[1:], by_arm[1:], strict=True)),
        digests=tuple(tuple(result.digest for result in own) for own in by_arm),
        settings=tuple(settings),
        n_guesses=guesses["guesses"],
        n_parameters=guesses["parameters"],
    )


def _compared(arm: Arm, baseline: Sequence[RunResult], reform: Sequence[RunResult]) -> ComparedArm:
    effects = {
        name: paired_effect(
            [result.outcomes[name] for result in baseline],
            [result.outcomes[name] for result in reform],
            outcome.better,
        )
        for name, outcome in OUTCOMES.items()
    }
    english, chinese = (str(getattr(arm.scenario, f"title_{lang}", "")) for lang in LANGUAGES)
    accounts = displacement(
        [result.accounts for result in baseline], [result.accounts for result in reform], baseline[0].community_years
    )
    return ComparedArm(arm.label, english, chinese, effects, accounts)


def _numbers(effect: PairedEffect) -> dict[str, float | None]:
    return {field: getattr(effect, field) for field in FIELDS}
