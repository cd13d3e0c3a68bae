"""Effects as marks with intervals, and in the words of their tooltips."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govsim.experiments.pairing import Verdict
from govsim.experiments.wording import effect_words
from govsim.figures.marks import MARKS, verdict_of, words_of
from govsim.figures.names import text
from govsim.figures.numbers import shown
from govsim.figures.sheet import axis, look_of
from govsim.figures.words import label_of, unit_of_effect, word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.experiments.pairing import PairedEffect


@dataclass(frozen=True)
class Dot:
    """An effect in its place: what it is of, where it stands, and how many units of the axis one of it is."""

    name: str
    effect: PairedEffect
    y: float
    scale: float
    tooltip: str


def dots(found: Iterable[Dot], column: int = 1, panel: int = 1) -> list[dict[str, Any]]:
    """Return the traces of dots with their intervals, one a verdict; what is undefined has none."""
    by_verdict: dict[Verdict, list[Dot]] = defaultdict(list)
    for dot in found:
        by_verdict[verdict_of(dot.name, dot.effect)].append(dot)
    return [
        {
            **look_of(verdict),
            "x": [(dot.effect.difference or 0.0) * dot.scale for dot in by_verdict[verdict]],
            "y": [dot.y for dot in by_verdict[verdict]],
            "error_x": _whiskers_of(verdict, by_verdict[verdict]),
            "hovertext": [dot.tooltip for dot in by_verdict[verdict]],
            "hoverinfo": "text",
            "showlegend": False,
            "xaxis": axis("x", column),
            "yaxis": axis("y", panel),
        }
        for verdict in Verdict
        if verdict in by_verdict and verdict is not Verdict.UNDEFINED
    ]


def _whiskers_of(verdict: Verdict, found: list[Dot]) -> dict[str, Any] | None:
    if verdict is Verdict.NO_INTERVAL:
        return None
    return whiskers([(dot.effect, dot.scale) for dot in found], MARKS[verdict].colour)


def whiskers(effects: Iterable[tuple[PairedEffect, float]], colour: str) -> dict[str, Any]:
    """Return the intervals of effects, each with its scale, as what Plotly calls error bars."""
    arms = [_arms(effect, scale) for effect, scale in effects]
    return {
        "type": "data",
        "symmetric": False,
        "array": [right for _, right in arms],
        "arrayminus": [left for left, _ in arms],
        "color": colour,
        "thickness": 2,
        "width": 4,
    }


def _arms(effect: PairedEffect, scale: float) -> tuple[float, float]:
    """Return how far an interval reaches to the left and to the right; 0 where there is none."""
    if effect.difference is None or effect.ci_low is None or effect.ci_high is None:
        return 0.0, 0.0
    ends = sorted(((effect.ci_low - effect.difference) * scale, (effect.ci_high - effect.difference) * scale))
    return -ends[0], ends[1]


def tooltip_of(name: str, effect: PairedEffect, arm: str, lang: str) -> str:
    """Return the effect of a reform on an outcome in words."""
    verdict = verdict_of(name, effect)
    first = f"<b>{label_of(name, lang)}</b><br>{text(arm)}"
    if verdict is Verdict.UNDEFINED:
        return f"{first}<br>{words_of(verdict, lang)}"
    print_ = shown(name, effect)
    interval = "no interval" if effect.ci_low is None else "interval"
    lines = (
        first,
        f"{print_.difference} {unit_of_effect(name, lang)}".strip(),
        word(interval, lang, low=print_.low, high=print_.high),
        word("levels", lang, baseline=print_.baseline, reform=print_.reform),
        f"{MARKS[verdict].sign} {effect_words(effect, OUTCOMES[name].better, lang)}",
    )
    return "<br>".join(lines)


def extent(effect: PairedEffect) -> float:
    """Return how far an effect or its interval reaches from 0."""
    return max(abs(end) for end in (effect.difference or 0.0, effect.ci_low or 0.0, effect.ci_high or 0.0))


def direction(name: str) -> float:
    """Return -1 for an outcome of which less is better, else 1: times this, better, or higher, is to the right."""
    return -1.0 if OUTCOMES[name].better == "lower" else 1.0
