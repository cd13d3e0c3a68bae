"""Numbers of a comparison as they stand in the page: rounded for the eye, exact for a machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from govsim.experiments.wording import direction_words, effect_words
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.numbers import EFFECT_DIGITS, NOTHING, PERCENT, decimals, is_in_percent, plain, shown, shown_hours
from govsim.figures.words import label_of, labelled, unit_of_effect, word
from govsim.recording.outcomes import OUTCOMES
from govsim.report.sentences import tell

if TYPE_CHECKING:
    from govsim.experiments.pairing import PairedEffect
    from govsim.figures.numbers import ShownEffect


@dataclass(frozen=True)
class Printed:
    """The numbers of one effect, each as a piece of the page."""

    baseline: Markup
    reform: Markup
    difference: Markup
    amount: Markup
    low: Markup
    high: Markup
    low_amount: Markup
    high_amount: Markup
    share_better: Markup
    gain: Markup


def exact(text: str, value: float | None, of: str) -> Markup:
    """Return a printed number that carries its exact value and says which number of the comparison it is."""
    if value is None:
        return Markup(escape(text))
    return Markup('<data value="{}" data-of="{}">{}</data>').format(repr(float(value)), of, text)


def printed(arm: int, name: str, effect: PairedEffect, lang: str) -> Printed:
    """Return the effect of an arm, counted from 0, on an outcome; a level in percent says so."""
    texts = shown(name, effect)
    of = f"{arm}.{name}"
    level = "percent" if is_in_percent(name) else ""
    share, gain = effect.share_better, effect.variance_reduction
    share_text = plain(share, 0, PERCENT)
    return Printed(
        baseline=_with(level, exact(texts.baseline, effect.baseline, f"{of}.baseline"), lang),
        reform=_with(level, exact(texts.reform, effect.reform, f"{of}.reform"), lang),
        **_effect(texts, effect, of),
        share_better=_with("percent", exact(share_text, share, f"{of}.share_better"), lang),
        gain=exact(plain(gain, decimals(gain or 0.0, EFFECT_DIGITS)), gain, f"{of}.variance_reduction"),
    )


def printed_hours(arm: int, account: str, hours: PairedEffect) -> Printed:
    """Return the hours of an arm, counted from 0, on an account of the displacement accounting."""
    texts = shown_hours(hours)
    of = f"{arm}.hours.{account}"
    none = Markup(NOTHING)
    return Printed(baseline=none, reform=none, **_effect(texts, hours, of), share_better=none, gain=none)


def _effect(texts: ShownEffect, effect: PairedEffect, of: str) -> dict[str, Markup]:
    """Return an effect and its interval, with their signs and, for a sentence that says the direction, without."""
    values = {"difference": effect.difference, "low": effect.ci_low, "high": effect.ci_high}
    pieces = {key: exact(getattr(texts, key), value, f"{of}.{key}") for key, value in values.items()}
    sizes = {key: exact(getattr(texts, key).lstrip("+−"), value, f"{of}.{key}.size") for key, value in values.items()}
    return {
        **pieces,
        "amount": sizes["difference"],
        "low_amount": sizes["low"],
        "high_amount": sizes["high"],
    }


def interval(number: Printed, effect: PairedEffect, lang: str) -> Markup:
    """Return the ends of an interval, marked where it is resampled, or a dash where there is none."""
    if effect.ci_low is None:
        return Markup(NOTHING)
    return tell("to", lang, low=number.low, high=number.high) + ("*" if effect.interval == "bca" else "")


def in_points(number: Markup, name: str, lang: str) -> Markup:
    """Return the effect on an outcome for a table, which says in short that it is in percentage points."""
    return _with("points" if is_in_percent(name) else "", number, lang)


def verdict_text(name: str, effect: PairedEffect, lang: str, *, with_size: bool = False) -> Markup:
    """Return what is said of an effect: a sign for the eye, then direction, certainty and, if wanted, size."""
    verdict, better = verdict_of(name, effect), OUTCOMES[name].better
    words = effect_words(effect, better, lang) if with_size else direction_words(effect, better, lang)
    return Markup('<span class="verdict {}"><span class="sign" aria-hidden="true">{}</span> {}</span>').format(
        verdict.value, MARKS[verdict].sign, words
    )


def with_unit(number: Markup, name: str, lang: str) -> Markup:
    """Return a number of an outcome with the unit of its effects after it."""
    unit = unit_of_effect(name, lang)
    if not unit:
        return number
    return Markup("{}{}{}").format(number, "" if lang == "zh" else " ", word_after_number(unit, lang))


def word_after_number(unit: str, lang: str) -> str:
    """Return a unit as it follows a number."""
    counted = {word("percentage points", lang), word("days", lang)}
    return f"个{unit}" if lang == "zh" and unit in counted else unit


def label_in_table(name: str, lang: str) -> str:
    """Return the name of an outcome, with its unit unless the numbers carry it."""
    return label_of(name, lang) if is_in_percent(name) else labelled(name, lang)


def _with(key: str, number: Markup, lang: str) -> Markup:
    return tell(key, lang, number=number) if key and number != NOTHING else number
