"""Figures of one arm of a comparison that take more than its effects: its recordings, and its institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.experiments.months import Band
from govsim.experiments.reach import institution_at_end
from govsim.figures.chain import chain
from govsim.figures.headline import HEADLINE
from govsim.figures.ledger import ledger
from govsim.figures.names import arm_names
from govsim.figures.organisation import organisation, organisation_difference
from govsim.figures.payers import payers
from govsim.figures.series import series
from govsim.figures.threads import threads
from govsim.figures.winners import winners

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import plotly.graph_objects as go

    from govsim.experiments.comparison import Comparison
    from govsim.institution.institution import Institution


def institutions_of(comparison: Comparison, arm: int) -> tuple[Institution, Institution]:
    """Return what is in force in the last month in the baseline and in an arm, counted from 0.

    Raises
    ------
    ValueError
        If the scenarios are not at hand.
    """
    if not comparison.scenarios:
        message = "the scenarios of this comparison are not at hand, and the figure shows their institutions"
        raise ValueError(message)
    before, after = comparison.scenarios[0], comparison.scenarios[1 + arm]
    return institution_at_end(before), institution_at_end(after)


def starts_of(comparison: Comparison, arm: int, lang: str) -> list[tuple[str, str]]:
    """Return first month and title of the reforms that an arm has of its own."""
    own = [reach for reach in comparison.arms[arm].reforms if reach not in comparison.baseline_reforms]
    return [(reach.starts_on, reach.title_zh if lang == "zh" else reach.title_en) for reach in own]


def series_of(
    comparison: Comparison,
    arm: int = 0,
    lang: str = "en",
    name: str | None = None,
    outcome: str = HEADLINE[0],
    band: Band | str = Band.WORLDS,
) -> go.Figure:
    """Return ``series`` of an arm, with the months in which its reforms begin."""
    starts = starts_of(comparison, arm, lang)
    return series(*comparison.recordings_of(arm), outcome, lang, _name(comparison, arm, name), band, starts)


def winners_of(
    comparison: Comparison,
    arm: int = 0,
    lang: str = "en",
    name: str | None = None,
    outcome: str = "satisfaction",
    by: str = "resident_group",
) -> go.Figure:
    """Return ``winners`` of an arm, with places by their names where these are at hand."""
    labels = None
    if comparison.scenarios:
        places = comparison.scenarios[0].institution.places
        named = {"community": places.communities, "settlement": places.settlements}
        labels = [str(getattr(place, lang)) for place in named[by]] if by in named else None
    return winners(*comparison.recordings_of(arm), outcome, lang, _name(comparison, arm, name), by, labels)


def payers_of(comparison: Comparison, arm: int = 0, lang: str = "en", name: str | None = None) -> go.Figure:
    """Return ``payers`` of an arm."""
    return payers(*comparison.recordings_of(arm), lang, _name(comparison, arm, name))


def ledger_of(comparison: Comparison, arm: int = 0, lang: str = "en", name: str | None = None) -> go.Figure:
    """Return ``ledger`` of an arm."""
    return ledger(comparison, lang, _name(comparison, arm, name), arm)


def chain_of(comparison: Comparison, arm: int = 0, lang: str = "en", outcome: str = HEADLINE[0]) -> go.Figure:
    """Return ``chain`` of an arm."""
    return chain(comparison.arms[arm].outcomes, outcome, lang)


def organisation_of(
    comparison: Comparison, arm: int | None = None, lang: str = "en", month: int | None = None
) -> go.Figure:
    """Return ``organisation`` of the baseline, or of an arm."""
    without, own = comparison.recordings_of(arm or 0)
    before, after = institutions_of(comparison, arm or 0)
    return organisation(before, without, month, lang) if arm is None else organisation(after, own, month, lang)


def difference_of(comparison: Comparison, arm: int = 0, lang: str = "en", month: int | None = None) -> go.Figure:
    """Return ``organisation_difference`` of an arm."""
    return organisation_difference(
        institutions_of(comparison, arm), *comparison.recordings_of(arm), month=month, lang=lang
    )


def threads_of(
    comparison: Comparison,
    arm: int = 0,
    lang: str = "en",
    community: str | None = None,
) -> go.Figure:
    """Return ``threads`` of an arm into a community, by default the first."""
    before, after = institutions_of(comparison, arm)
    return threads(before, after, community or before.places.communities[0].id, lang)


# By the names under which a comparison is asked for them.
OF_AN_ARM: Final[Mapping[str, Callable[..., go.Figure]]] = {
    "series": series_of,
    "winners": winners_of,
    "payers": payers_of,
    "ledger": ledger_of,
    "chain": chain_of,
    "organisation": organisation_of,
    "difference": difference_of,
    "threads": threads_of,
}


def _name(comparison: Comparison, arm: int, name: str | None) -> str:
    return arm_names(comparison)[arm] if name is None else name
