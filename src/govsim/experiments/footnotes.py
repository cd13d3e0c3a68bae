"""What stands under a comparison: what its intervals are of, what its words mean, and what it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.experiments.thresholds import THRESHOLDS
from govsim.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.experiments.comparison import Comparison
    from govsim.experiments.pairing import PairedEffect


def comparison_notes(comparison: Comparison, lang: str) -> Iterator[str]:
    """Yield the footnotes of a comparison, one sentence or two each."""
    if comparison.seeds > 1:
        yield from _interval_notes(comparison, lang)
        yield say("words_note", lang)
        yield say(
            "words_thresholds_note",
            lang,
            clear=THRESHOLDS.clear_p,
            likely=THRESHOLDS.likely_p,
            medium=f"{100 * THRESHOLDS.medium_share:g}",
            large=f"{100 * THRESHOLDS.large_share:g}",
        )
    else:
        yield say("no_interval_note", lang)
    if any(0 < effect.n_pairs < comparison.seeds for effect in _outcomes(comparison)):
        yield say("pairs_note", lang, seeds=comparison.seeds)
    yield say("caveat", lang, guesses=comparison.n_guesses, parameters=comparison.n_parameters)
    yield say("version", lang, version=comparison.version)


def _interval_notes(comparison: Comparison, lang: str) -> Iterator[str]:
    yield say("interval_note", lang, seeds=comparison.seeds)
    hours = (effect for arm in comparison.arms for effect in arm.displacement.hours.values())
    if any(effect.interval == "bca" for effects in (_outcomes(comparison), hours) for effect in effects):
        spreads, pairs = THRESHOLDS.skewness_spreads, THRESHOLDS.resampled_pairs
        yield say("bca_note", lang, spreads=f"{spreads:g}", pairs=pairs)
    if len(comparison.arms) > 1:
        yield say("holm_note", lang, arms=len(comparison.arms), likely=THRESHOLDS.likely_p)


def _outcomes(comparison: Comparison) -> Iterator[PairedEffect]:
    return (effect for arm in comparison.arms for effect in arm.outcomes.values())
