"""The scenarios behind known numbers, and recordings of their runs, made again and told by their digests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from govsim.errors import GovsimError, ScenarioError
from govsim.experiments.arms import load_arms
from govsim.experiments.execution import run_all
from govsim.experiments.observing import observed, recordings_in_common
from govsim.experiments.provenance import fingerprint_of
from govsim.experiments.tasks import RunTask
from govsim.language import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.comparison import Comparison
    from govsim.experiments.execution import Progress
    from govsim.model import Scenario

_OTHER_RUN: Final = Message(
    "{scenario}, replicate {replicate}: made again, its digest is {digest}… and not {before}…, so this is not the "
    "model that made the comparison (govsim {version}); make the comparison again."
)
_DIGITS: Final = 12


def scenarios_at_hand(comparison: Comparison) -> tuple[Scenario, ...]:
    """Return the scenarios of the files that a comparison names, if they are there as they were compared."""
    labels = [comparison.baseline, *(arm.scenario for arm in comparison.arms)]
    try:
        found = tuple(arm.scenario for arm in load_arms(labels, comparison.settings))
    except (GovsimError, OSError):
        return ()
    return found if were_compared(found, comparison) else ()


def were_compared(scenarios: Sequence[Scenario], comparison: Comparison) -> bool:
    """Return whether these scenarios decide the very numbers that were compared."""
    expected = [comparison.baseline_fingerprint, *(arm.fingerprint for arm in comparison.arms)]
    return [fingerprint_of(scenario) for scenario in scenarios] == expected


def with_recordings(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    replicates: int,
    n_jobs: int = 1,
    progress: Progress | None = None,
) -> Comparison:
    """Return a comparison with its scenarios and with recordings of its first replicates, whose runs are made again.

    Parameters
    ----------
    scenarios
        What was compared, the baseline first.
    replicates
        Of which recordings are made; at most those of the comparison.
    n_jobs, progress
        As in ``run_all``.

    Raises
    ------
    ScenarioError
        If a run does not have the digest that it had.
    RunError
        If a run fails.
    """
    n = min(replicates, comparison.seeds)
    tasks = [RunTask(scenario, comparison.seed, replicate) for scenario in scenarios for replicate in range(n)]
    made = run_all(tasks, n_jobs, progress=progress, collect=observed)
    rows = [made[first : first + n] for first in range(0, len(made), n)] if n else []
    labels = [comparison.baseline, *(arm.scenario for arm in comparison.arms)]
    for label, digests, runs in zip(labels, comparison.digests, rows, strict=bool(n)):
        for replicate, run in enumerate(runs):
            if run.digest != digests[replicate]:
                values = {"digest": run.digest[:_DIGITS], "before": digests[replicate][:_DIGITS]}
                sentence = _OTHER_RUN.format(scenario=label, replicate=replicate, version=comparison.version, **values)
                raise ScenarioError(sentence)
    return replace(comparison, scenarios=tuple(scenarios), recordings=recordings_in_common(rows))
