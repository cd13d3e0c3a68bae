"""Who pays whom in two arms, a resident and year, paired by replicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.experiments.pairing import paired_effect
from govsim.recording.accounts import PAYERS, money
from govsim.recording.tables import reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.pairing import PairedEffect
    from govsim.recording.recorder import Recording

# What comes from outside enters own funds and would be counted again when these are spent.
PUBLIC: Final = ("district", "own_funds", "department_budgets")
SUM: Final = "sum"
SOURCES: Final = (*PUBLIC, SUM, *(payer for payer in PAYERS if payer not in PUBLIC))


@dataclass(frozen=True)
class Payments:
    """Yuan a resident and year by source: each payer, and the sum of those that are public.

    Attributes
    ----------
    without, with_reform
        Means over replicates by source, each of shape (payees,) in the order of ``PAYEES``.
    totals
        The paired effect on what each source pays to all.
    """

    without: dict[str, Any]
    with_reform: dict[str, Any]
    totals: dict[str, PairedEffect]


def payments(without: Sequence[Recording], with_reform: Sequence[Recording]) -> Payments:
    """Return who pays whom in both arms, whose recordings are paired in the order given.

    Raises
    ------
    ValueError
        If recordings do not make pairs, or have no reported month.
    """
    if not without or len(without) != len(with_reform):
        message = f"{len(without)} and {len(with_reform)} recordings do not make pairs"
        raise ValueError(message)
    before, after = ([by_source(each) for each in arm] for arm in (without, with_reform))
    return Payments(
        without={source: np.mean([each[source] for each in before], axis=0) for source in SOURCES},
        with_reform={source: np.mean([each[source] for each in after], axis=0) for source in SOURCES},
        totals={
            source: paired_effect(
                [float(each[source].sum()) for each in before], [float(each[source].sum()) for each in after], "lower"
            )
            for source in SOURCES
        },
    )


def by_source(recording: Recording) -> dict[str, Any]:
    """Return yuan a resident and year over the reported part by source, each of shape (payees,)."""
    window = reported(recording)
    if window.first == window.last:
        message = "the run has no reported month"
        raise ValueError(message)
    yuan = money(recording) / (window.residents * window.years)
    rows: dict[str, Any] = {payer: yuan.loc[payer].to_numpy() for payer in PAYERS}
    return rows | {SUM: sum(rows[payer] for payer in PUBLIC)}
