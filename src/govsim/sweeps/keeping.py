"""What is kept of a run: its numbers in long form, one row each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from govsim.clock import MONTHS_PER_YEAR
from govsim.experiments.tasks import RunResult, collected, extended
from govsim.recording import tables
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tallies import NAMES, tallies_of
from govsim.recording.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from govsim.model import GovernanceModel
    from govsim.sweeps.plan import Kept


class Number(NamedTuple):
    """One number of a run.

    Attributes
    ----------
    table
        ``outcome``, ``series``, ``group``, ``ledger`` or ``tally``.
    period
        A month such as ``2008-03`` or a year such as ``2008``; empty for the whole reported part.
    group
        Such as ``community 3`` or ``resident_group older``; empty for all.
    name, unit
        Of the outcome or account.
    value
        None where it is undefined, and in the table ``tally``.
    tally
        Of the table ``tally``, which floats would not hold exactly.
    """

    table: str
    period: str
    group: str
    name: str
    unit: str
    value: float | None
    tally: int | None = None


@dataclass(frozen=True)
class KeptRun(RunResult):
    """What is kept of a run, the numbers of a sweep among it."""

    numbers: tuple[Number, ...] = ()


def keeper(kept: Kept) -> Callable[[GovernanceModel], KeptRun]:
    """Return what takes from a model at its horizon all that a plan keeps."""

    def keep(model: GovernanceModel) -> KeptRun:
        result = collected(model)
        numbers = tuple(_numbers(model, result, kept))
        return extended(KeptRun, result, numbers=numbers)

    return keep


def _numbers(model: GovernanceModel, result: RunResult, kept: Kept) -> Iterator[Number]:
    for name in kept.outcomes:
        yield Number("outcome", "", "", name, OUTCOMES[name].unit, result.outcomes[name])
    for kind in kept.groups:
        yield from _of_groups(_GROUPS[kind](model), kind, kept)
    yield from _series(model, kept)
    if kept.ledger:
        for account, minutes in result.accounts.items():
            yield Number("ledger", "", "", account, "minutes", float(minutes))
    if kept.tallies:
        for name, tally in zip(NAMES, tallies_of(model.recording).values, strict=True):
            yield Number("tally", "", "", name, "whole number", None, tally)


_GROUPS: dict[str, Callable[[GovernanceModel], pd.DataFrame]] = {
    "community": lambda model: tables.by_community(model.recording).set_axis(_ids(model, "communities")),
    "settlement": lambda model: tables.by_settlement(model.recording).set_axis(_ids(model, "settlements")),
    "resident_group": lambda model: tables.by_resident_group(model.recording),
}


def _ids(model: GovernanceModel, table: str) -> list[str]:
    return [place.id for place in getattr(model.scenario.institution.places, table)]


def _of_groups(frame: pd.DataFrame, kind: str, kept: Kept) -> Iterator[Number]:
    for name in (name for name in kept.outcomes if name in frame.columns):
        for group, value in zip(frame.index, frame[name], strict=True):
            yield Number("group", "", f"{kind} {group}", name, OUTCOMES[name].unit, _defined(value))


def _series(model: GovernanceModel, kept: Kept) -> Iterator[Number]:
    if kept.series == "none":
        return
    recording, calendar = model.recording, model.scenario.calendar
    length = {"year": MONTHS_PER_YEAR, "month": 1}[kept.series]
    for first in range(0, len(recording.communities), length):
        window = Window(recording, first, first + length)
        period = calendar.label(first)[: 4 if kept.series == "year" else None]
        for name in kept.outcomes:
            value = float(OUTCOMES[name].formula(window))
            yield Number("series", period, "", name, OUTCOMES[name].unit, _defined(value))


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
