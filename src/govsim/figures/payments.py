"""Bars of money, a part for each payee: what differs in colour differs in its hatch too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from govsim.figures.numbers import LEVEL_DIGITS, decimals, plain, signed
from govsim.figures.sheet import GRID, INK, SMALL, axis
from govsim.figures.words import word
from govsim.recording.accounts import PAYEES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govsim.experiments.pairing import PairedEffect

# Each has a contrast of three or more to white paper and to a dark screen.
LOOKS: Final = {
    "workers": ("#2a7fb8", ""),
    "insurances": ("#8a63b8", "/"),
    "suppliers": ("#0e8a7d", "x"),
    "office_staff": ("#6b7782", "."),
    "providers": ("#b07d12", "\\"),
    "own_funds": ("#c2557a", "-"),
}
_BAR_HEIGHT: Final = 0.72


class Bar(NamedTuple):
    """A bar at a height: its yuan by payee, of which payer, and what it is of."""

    y: float
    yuan: Any
    payer: str
    what: str


def bars_of(bars: Sequence[Bar], panel: int, lang: str, *, are_differences: bool) -> Iterator[dict[str, Any]]:
    """Return the traces of bars, one a payee that receives anything in any of them."""
    for place, payee in enumerate(PAYEES):
        lengths = [float(bar.yuan[place]) for bar in bars]
        if any(lengths):
            found = [
                _tooltip(bar, payee, lang, length, are_differences) for bar, length in zip(bars, lengths, strict=True)
            ]
            yield {
                "type": "bar",
                "orientation": "h",
                "x": [length or None for length in lengths],  # the outline of a bar of 0 would show
                "y": [bar.y for bar in bars],
                "width": _BAR_HEIGHT,
                "marker": look_of_payee(payee),
                "hovertext": found,
                "hoverinfo": "text",
                "showlegend": False,
                "xaxis": axis("x", panel),
                "yaxis": axis("y", panel),
            }


def line_at_0(panel: int, low: float, high: float) -> dict[str, Any]:
    """Return the line that bars of some heights begin at; one of a whole panel would run through names."""
    ends = {"x0": 0, "x1": 0, "y0": low, "y1": high, "xref": axis("x", panel), "yref": axis("y", panel)}
    return {"type": "line", **ends, "line": {"color": INK, "width": 1.2}}


def key_of_payees(bars: Sequence[Bar], lang: str) -> list[dict[str, Any]]:
    """Return the entries of the key for payees that receive anything."""
    paid = [payee for place, payee in enumerate(PAYEES) if any(bar.yuan[place] for bar in bars)]
    shared = {"type": "bar", "x": [None], "y": [None], "showlegend": True}
    return [shared | {"name": word(f"to {payee}", lang), "marker": look_of_payee(payee)} for payee in paid]


def look_of_payee(payee: str) -> dict[str, Any]:
    """Return how what a payee receives looks."""
    colour, hatch = LOOKS[payee]
    pattern = {"shape": hatch, "fillmode": "replace", "size": 6, "solidity": 0.4}
    return {"color": colour, "line": {"width": 1, "color": colour}, "pattern": pattern}


def axes_of(panel: int, reach: tuple[float, float], domain: tuple[float, float], lines: float) -> dict[str, Any]:
    """Return the axes of a panel with so many lines, whose bars begin at 0."""
    along = {
        "range": list(reach),
        "anchor": axis("y", panel),
        "nticks": 6,
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": SMALL,
        "fixedrange": True,
    }
    down = {"domain": list(domain), "range": [-lines, 0.0], "anchor": axis("x", panel), "visible": False}
    return {axis("xaxis", panel): along, axis("yaxis", panel): down | {"fixedrange": True}}


def difference_words(effect: PairedEffect, lang: str) -> str:
    """Return a difference in yuan with its interval, where there is one, in words."""
    ends = [abs(end) for end in (effect.difference, effect.ci_low, effect.ci_high) if end]
    places = decimals(max(ends), LEVEL_DIGITS) if ends else 0
    difference = signed(effect.difference, places)
    if effect.ci_low is None or effect.ci_low == effect.ci_high:
        return difference
    low, high = (signed(end, places) for end in (effect.ci_low, effect.ci_high))
    return word("difference and ends", lang, difference=difference, low=low, high=high)


def _tooltip(bar: Bar, payee: str, lang: str, yuan: float, is_difference: bool) -> str:
    places = decimals(abs(yuan), LEVEL_DIGITS)
    amount = signed(yuan, places) if is_difference else plain(yuan, places)
    lines = (
        f"<b>{word(f'from {bar.payer}', lang)}</b>",
        word(f"to {payee}", lang),
        bar.what,
        f"{amount} {word('yuan of a year', lang)}",
    )
    return "<br>".join(lines)
