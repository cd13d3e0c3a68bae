"""Who pays: money a resident and year by payer, without and with a reform, and the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.payments import SOURCES, payments
from govsim.figures.effects import whiskers
from govsim.figures.names import pixels_of, text, wrapped
from govsim.figures.numbers import LEVEL_DIGITS, decimals, plain
from govsim.figures.payments import Bar, axes_of, bars_of, difference_words, key_of_payees, line_at_0
from govsim.figures.sheet import FONT_SIZE, LINE_PIXELS, Sheet, key_follows
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import plotly.graph_objects as go

    from govsim.experiments.payments import Payments
    from govsim.recording.recorder import Recording

_LEVELS, _DIFFERENCES = 1, 2
_NET: Final = "#6b7782"
_LINE: Final = 20  # pixels, of the name of a payer and of each bar
_LINES_OF_LEVELS: Final = 3.4 * len(SOURCES)
_LINES_OF_DIFFERENCES: Final = 3.0 * len(SOURCES)
_AXIS_PIXELS: Final = 26
_GAP_PIXELS: Final = 34 + _AXIS_PIXELS
_INNER_PIXELS: Final = _LINE * (_LINES_OF_LEVELS + _LINES_OF_DIFFERENCES) + _GAP_PIXELS
_HEAD_LETTERS: Final = 46
_BESIDE_PIXELS: Final = 12
_KEY_PIXELS: Final = 20
_MARGIN: Final = 0.08


@dataclass(frozen=True)
class _Drawn:
    """What is shown: payments of two arms, the reform by its name, in a language."""

    payments: Payments
    own_name: str | None
    lang: str

    @property
    def name(self) -> str:
        """The name of the reform, or what a reform is called that has none."""
        return self.own_name or word("reform", self.lang)

    @property
    def arms(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """What stands beside the bars of each arm, and its payments."""
        own = self.payments
        return (word("baseline", self.lang), own.without), (word("reform", self.lang), own.with_reform)

    def level(self, source: str, arm: dict[str, Any]) -> str:
        """Return what a source pays to all, in print; all have the same decimals."""
        largest = max(float(yuan.sum()) for _, each in self.arms for yuan in each.values())
        return plain(float(arm[source].sum()), decimals(largest, LEVEL_DIGITS + 1))


def payers(
    without: Sequence[Recording],
    with_reform: Sequence[Recording],
    lang: str = "en",
    name: str | None = None,
) -> go.Figure:
    """Return who pays whom without and with a reform, in yuan a resident and year, and below it the differences.

    A bar is what a payer pays in the reported part, a mean over replicates, in one part for each payee. The sum is of
    public money; what comes from outside enters own funds and stands apart. Differences have a scale of their own, and
    a mark with a 95 % interval for more and less together.

    Parameters
    ----------
    without, with_reform
        Recordings of the baseline and of the reform, in the same order of replicates.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    """
    drawn = _Drawn(payments(without, with_reform), name, lang)
    sheet = Sheet()
    left = _widest(label for label, _ in drawn.arms)
    right = _widest(drawn.level(source, arm) for _, arm in drawn.arms for source in SOURCES)
    bars = _draw_levels(sheet, drawn, left, right)
    _draw_differences(sheet, drawn, left)
    _write_head(sheet, drawn, left)
    sheet.traces += key_of_payees(bars, lang)
    entries = sum(trace.get("showlegend", False) for trace in sheet.traces)
    bottom = _AXIS_PIXELS + _BESIDE_PIXELS + _KEY_PIXELS * entries
    margin = {"l": left, "r": right}
    figure = sheet.figure(_INNER_PIXELS, word("title payers", lang), bottom, margin=margin, barmode="relative")
    return key_follows(figure, _AXIS_PIXELS)


def _draw_levels(sheet: Sheet, drawn: _Drawn, left: int, right: int) -> list[Bar]:
    """Draw two bars for each source below its name, with what they come to at the right, and return the bars."""
    bars = []
    for number, source in enumerate(SOURCES):
        top = -3.4 * number
        sheet.note(word(f"from {source}", drawn.lang), y=top - 0.6, xshift=-left)
        for line, (label, arm) in enumerate(drawn.arms, 1):
            y = top - line - 0.5
            sheet.note(label, y=y, xshift=-left)
            sheet.note(drawn.level(source, arm), y=y, x=1.0, xshift=right, xanchor="right")
            what = label if line == 1 else text(drawn.name)
            bars.append(Bar(y, arm[source], source, what))
        sheet.shapes.append(line_at_0(_LEVELS, top - 3.0, top - 1.0))
    sheet.traces += bars_of(bars, _LEVELS, drawn.lang, are_differences=False)
    largest = max(float(bar.yuan.sum()) for bar in bars) or 1.0
    start = 1.0 - _LINE * _LINES_OF_LEVELS / _INNER_PIXELS
    sheet.axes |= axes_of(_LEVELS, (0.0, largest * (1.0 + _MARGIN)), (start, 1.0), _LINES_OF_LEVELS)
    return bars


def _draw_differences(sheet: Sheet, drawn: _Drawn, left: int) -> None:
    """Draw what each source pays more and less to whom, and below the bar a mark for both together."""
    own, bars = drawn.payments, []
    what = word("less baseline", drawn.lang, name=text(drawn.name))
    for number, source in enumerate(SOURCES):
        top = -3.0 * number
        named = word(f"from {source}", drawn.lang)
        said = word(
            "named difference", drawn.lang, name=named, difference=difference_words(own.totals[source], drawn.lang)
        )
        sheet.note(said, y=top - 0.6, yref="y2", xshift=-left)
        bars.append(Bar(top - 1.5, own.with_reform[source] - own.without[source], source, what))
        sheet.shapes.append(line_at_0(_DIFFERENCES, top - 2.6, top - 1.0))
    sheet.traces += bars_of(bars, _DIFFERENCES, drawn.lang, are_differences=True)
    sheet.traces.append(_net(drawn, [bar.y - 0.75 for bar in bars]))
    end = _LINE * _LINES_OF_DIFFERENCES / _INNER_PIXELS
    sheet.axes |= axes_of(_DIFFERENCES, _reach(drawn, bars), (0.0, end), _LINES_OF_DIFFERENCES)
    place = {"yref": "y2 domain", "y": 1.0, "yanchor": "bottom", "xshift": -left, "font": {"size": FONT_SIZE}}
    sheet.note(f"<b>{word('difference of payers', drawn.lang)}</b>", **place)


def _net(drawn: _Drawn, heights: Sequence[float]) -> dict[str, Any]:
    totals = [drawn.payments.totals[source] for source in SOURCES]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [effect.difference for effect in totals],
        "y": list(heights),
        "error_x": whiskers([(effect, 1.0) for effect in totals], _NET),
        "marker": {"symbol": "diamond", "size": 9, "color": _NET},
        "hovertext": [
            f"<b>{word(f'from {source}', drawn.lang)}</b><br>{difference_words(effect, drawn.lang)}"
            for source, effect in zip(SOURCES, totals, strict=True)
        ],
        "hoverinfo": "text",
        "name": word("net" if totals[0].ci_low is not None else "net of one pair", drawn.lang),
        "showlegend": True,
        "xaxis": "x2",
        "yaxis": "y2",
    }


def _reach(drawn: _Drawn, bars: Sequence[Bar]) -> tuple[float, float]:
    """Return what the axis of differences covers: all bars to either side, and all intervals."""
    ends = [0.0]
    for bar in bars:
        ends += [float(bar.yuan[bar.yuan > 0.0].sum()), float(bar.yuan[bar.yuan < 0.0].sum())]
    for effect in drawn.payments.totals.values():
        ends += [effect.ci_low or 0.0, effect.ci_high or 0.0]
    margin = _MARGIN * (max(ends) - min(ends)) or 1.0
    return min(ends) - margin, max(ends) + margin


def _write_head(sheet: Sheet, drawn: _Drawn, left: int) -> None:
    """Write above the bars what they are, and of which reform."""
    place, height = {"yref": "paper", "y": 1.0, "yanchor": "bottom", "xshift": -left}, 8
    if drawn.own_name:
        which = wrapped(word("reform is", drawn.lang, name=drawn.own_name), _HEAD_LETTERS)
        sheet.note(which, yshift=height, **place)
        height += 2 + LINE_PIXELS * (1 + which.count("<br>"))
    sheet.note(f"<b>{word('title payers', drawn.lang)}</b>", yshift=height, font={"size": FONT_SIZE}, **place)
    sheet.head_pixels = height + LINE_PIXELS + 6


def _widest(texts: Iterable[str]) -> int:
    """Return the pixels that texts take beside the bars."""
    return round(max(map(pixels_of, texts))) + _BESIDE_PIXELS
