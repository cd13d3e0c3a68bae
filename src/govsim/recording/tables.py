"""Outcomes as tables: of the whole run, by month, community, settlement and resident group."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from govsim.recording.outcomes import OUTCOMES, Outcome
from govsim.recording.window import Window

if TYPE_CHECKING:
    from govsim.recording.recorder import Recording


def _value(outcome: Outcome, window: Window) -> float | None:
    value = outcome.formula(window)
    return value if math.isfinite(value) else None


def reported(recording: Recording) -> Window:
    """Return the window over the reported part of a run, as far as it has come."""
    months = len(recording.communities)
    return Window(recording, min(recording.calendar.warm_up_months, months), months)


def outcomes(recording: Recording) -> dict[str, float | None]:
    """Return every outcome over the reported part of a run; a ratio without a denominator is None."""
    window = reported(recording)
    if window.first == window.last:
        return dict.fromkeys(OUTCOMES)
    return {name: _value(outcome, window) for name, outcome in OUTCOMES.items()}


def monthly(recording: Recording) -> pd.DataFrame:
    """Return every outcome of every month of the run, warm-up included; rows are months as ``YYYY-MM``."""
    months = range(len(recording.communities))
    rows = [
        {name: _value(each, Window(recording, month, month + 1)) for name, each in OUTCOMES.items()} for month in months
    ]
    labels = pd.Index([recording.calendar.label(month) for month in months], name="month")
    return pd.DataFrame(rows, index=labels, columns=list(OUTCOMES), dtype=float)


def by_community(recording: Recording, only: Collection[str] = OUTCOMES) -> pd.DataFrame:
    """Return outcomes of offices and residents for each community, in canonical order, one row each.

    Those of a community that joined others or parted inside the reported part are undefined: its rates would mix two
    communities of one name.
    """
    base = reported(recording)
    communities = np.arange(recording.communities.shape[1])
    moved = recording.moved[base.first + 1 : base.last].any(axis=0)
    rows: list[dict[str, float | None]] = []
    for c in communities:
        if moved[c]:
            rows.append({})
            continue
        window = replace(base, communities=communities == c, settlements=recording.community_of_settlement == c)
        rows.append(_row(window, only, "office", "residents"))
    names = [name for name, each in OUTCOMES.items() if each.of in {"office", "residents"} and name in only]
    return pd.DataFrame(rows, index=pd.Index(communities, name="community"), columns=names, dtype=float)


def by_settlement(recording: Recording, only: Collection[str] = OUTCOMES) -> pd.DataFrame:
    """Return outcomes of residents for each settlement, in canonical order, one row each."""
    base = reported(recording)
    settlements = np.arange(len(recording.residents_by_settlement))
    rows = [_row(replace(base, settlements=settlements == s), only, "residents") for s in settlements]
    return pd.DataFrame(rows, index=pd.Index(settlements, name="settlement"), dtype=float)


GROUPS: Final[dict[str, Callable[[Any], Any]]] = {
    "minor": lambda group: group % 3 == 0,
    "adult": lambda group: group % 3 == 1,
    "older": lambda group: group % 3 == 2,  # noqa: PLR2004 ages are numbered 0 to 2
    "disabled": lambda group: (group // 3) % 2 == 1,
    "not disabled": lambda group: (group // 3) % 2 == 0,
    "low income": lambda group: group // 6 == 1,
    "not low income": lambda group: group // 6 == 0,
}


def by_resident_group(recording: Recording, only: Collection[str] = OUTCOMES) -> pd.DataFrame:
    """Return outcomes of residents by age, disability and income, one row a margin."""
    base = reported(recording)
    groups = np.arange(recording.groups.shape[1])
    rows = [_row(replace(base, groups=chosen(groups)), only, "residents") for chosen in GROUPS.values()]
    return pd.DataFrame(rows, index=pd.Index(GROUPS, name="group"), dtype=float)


def _row(window: Window, only: Collection[str], *kinds: str) -> dict[str, float | None]:
    return {name: _value(each, window) for name, each in OUTCOMES.items() if each.of in kinds and name in only}
