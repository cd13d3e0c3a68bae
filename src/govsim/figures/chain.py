"""The chain of mechanisms behind an effect: links from left to right, each with what was measured at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.pairing import PairedEffect, Verdict
from govsim.experiments.wording import DIRECTIONS
from govsim.figures.chain_words import change_words
from govsim.figures.curves import bend, together
from govsim.figures.marks import MARKS, NEUTRAL, verdict_of
from govsim.figures.names import fitted, text
from govsim.figures.numbers import shown
from govsim.figures.sheet import LINE_PIXELS, Sheet, key_follows
from govsim.figures.why_words import why
from govsim.figures.words import label_of
from govsim.odd.chains import Link, chains, columns
from govsim.odd.outcomes import formula_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

_ROW_PIXELS: Final = 66
_LINE: Final = 356.0  # pixels, of texts and of bold ones
_BOLD_LINE: Final = 312.0
_SIDE: Final = 0.45
_UNKNOWN: Final = "hexagon-open"
_GAP: Final = 0.13
_PAIR: Final = 2
_KEY_PIXELS: Final = 20


@dataclass(frozen=True)
class _Station:
    """A link where it stands in the drawing, with its number and, where it is measured, its effect."""

    link: Link
    number: int
    at: tuple[float, float]
    effect: PairedEffect | None

    @property
    def verdict(self) -> Verdict | None:
        """What its change says; None where nothing measures it."""
        return verdict_of(self.link.outcome, self.effect) if self.effect else None

    @property
    def is_clear(self) -> bool:
        """Whether its change has a clear sign, or nothing measures it."""
        return self.effect is None or self.verdict in DIRECTIONS


def chain(effects: Mapping[str, PairedEffect], outcome: str, lang: str = "en") -> go.Figure:
    """Return the mechanisms that lead to a headline outcome, with the change that was measured at each.

    Links and their order are the tables of ``govsim.odd.chains``; ``chain_words`` says what each rests on. A line is
    dotted where the change at one of its ends has no clear sign.

    Parameters
    ----------
    effects
        Of a reform on each outcome, as ``ComparedArm.outcomes`` has them.
    outcome
        ``workload_hours``, ``turnover_per_year`` or ``satisfaction``.
    lang
        English (``en``) or Chinese (``zh``).
    """
    sheet, stations = Sheet(), _stations(chains()[outcome], effects)
    n_rows = _draw_lines(sheet, stations)
    _draw_marks(sheet, stations, lang)
    wide = max(station.at[0] for station in stations)
    sheet.axes["xaxis"] = {"range": [-_SIDE, wide + _SIDE], "visible": False, "fixedrange": True}
    sheet.axes["yaxis"] = {"range": [0.5 - n_rows, 0.5], "visible": False, "fixedrange": True}
    title = why("title chain", lang, label=label_of(outcome, lang))
    _write_head(sheet, title, lang)
    n_keys = _write_key(sheet, stations, lang)
    return key_follows(sheet.figure(_ROW_PIXELS * n_rows, title, 8 + _KEY_PIXELS * n_keys), 0.0)


def _stations(links: tuple[Link, ...], effects: Mapping[str, PairedEffect]) -> list[_Station]:
    """Return links at their places: in columns, the longest way there on top, and many beside few in the middle."""
    column_of = columns(links)
    inside: dict[int, list[str]] = {}
    for link in sorted(links, key=lambda link: not link.after):
        inside.setdefault(column_of[link.name], []).append(link.name)
    most = max(map(len, inside.values()))
    found = []
    for number, link in enumerate(links, 1):
        own = inside[column_of[link.name]]
        drop = (most - len(own)) / 2.0 if most > _PAIR else 0.0
        place = (float(column_of[link.name]), -own.index(link.name) - drop)
        found.append(_Station(link, number, place, effects.get(link.outcome)))
    return found


def _draw_lines(sheet: Sheet, stations: Sequence[_Station]) -> int:
    """Draw a line from each link to those it acts on, and return how many rows there are."""
    at = {station.link.name: station for station in stations}
    for is_clear, dash in ((True, "solid"), (False, "2px,4px")):
        lines, ends = [], []
        for station in stations:
            for before in map(at.__getitem__, station.link.after):
                if (station.is_clear and before.is_clear) == is_clear:
                    (x0, y0), (x1, y1) = before.at, station.at
                    lines.append(bend((x0 + _GAP, y0), (x1 - 1.6 * _GAP, y1)))
                    ends.append((x1 - 1.6 * _GAP, y1))
        if lines:
            look = {"type": "scatter", "hoverinfo": "skip", "showlegend": False}
            line = {"color": NEUTRAL, "width": 2.0 if is_clear else 1.4, "dash": dash}
            sheet.traces.append(together(lines) | look | {"mode": "lines", "line": line})
            tips = {"symbol": "triangle-right", "size": 8, "color": NEUTRAL}
            xs, ys = zip(*ends, strict=True)
            sheet.traces.append({"x": list(xs), "y": list(ys), "mode": "markers", "marker": tips} | look)
    return round(-min(station.at[1] for station in stations)) + 1


def _draw_marks(sheet: Sheet, stations: Sequence[_Station], lang: str) -> None:
    """Draw each link as the mark of its verdict, with its number above and its change below."""
    looks = [_look(station.verdict) for station in stations]
    sheet.traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [station.at[0] for station in stations],
            "y": [station.at[1] for station in stations],
            "hovertext": [_tooltip(station, lang) for station in stations],
            "hoverinfo": "text",
            "showlegend": False,
            "cliponaxis": False,
            "marker": {
                "symbol": [symbol for symbol, _ in looks],
                "color": [colour for _, colour in looks],
                "size": 13,
                "line": {"width": 2, "color": [colour for _, colour in looks]},
            },
        }
    )
    for station in stations:
        place = {"xref": "x", "x": station.at[0], "y": station.at[1], "xanchor": "center", "align": "center"}
        sheet.note(f"<b>{station.number}</b>", yshift=17, **place)
        if station.effect is not None:
            sheet.note(shown(station.link.outcome, station.effect).difference, yshift=-18, **place)


def _look(verdict: Verdict | None) -> tuple[str, str]:
    return (_UNKNOWN, NEUTRAL) if verdict is None else (MARKS[verdict].symbol, MARKS[verdict].colour)


def _tooltip(station: _Station, lang: str) -> str:
    link = station.link
    lines = [f"<b>{station.number} {text(link.title(lang))}</b>", *map(text, change_words(link, station.effect, lang))]
    if station.effect is not None:
        words = formula_words()[link.outcome]
        lines += fitted(why("counted as", lang, formula=words["formula"]), _LINE)
        printed = shown(link.outcome, station.effect)
        lines.append(why("levels", lang, baseline=printed.baseline, reform=printed.reform))
    return "<br>".join(lines)


def _write_head(sheet: Sheet, title: str, lang: str) -> None:
    head = "<br>".join(fitted(title, _BOLD_LINE))
    lines = [f"<b>{head}</b>", *fitted(why("no proof", lang), _LINE)]
    sheet.note("<br>".join(lines), yref="paper", y=1.0, yanchor="bottom", yshift=10)
    sheet.head_pixels = 18 + LINE_PIXELS * (len(lines) + head.count("<br>"))


def _write_key(sheet: Sheet, stations: Sequence[_Station], lang: str) -> int:
    """Say below the figure what marks and lines mean, and return how many entries that takes."""
    sheet.key([station.verdict for station in stations if station.verdict], lang)
    empty: dict[str, Any] = {"type": "scatter", "x": [None], "y": [None], "showlegend": True}
    if any(station.verdict is None for station in stations):
        mark = {"symbol": _UNKNOWN, "size": 11, "color": NEUTRAL, "line": {"width": 2, "color": NEUTRAL}}
        sheet.traces.append(empty | {"mode": "markers", "marker": mark, "name": why("not measured", lang)})
    for key, dash in (("clear sign", "solid"), ("no clear sign", "2px,4px")):
        line = {"color": NEUTRAL, "width": 2, "dash": dash}
        sheet.traces.append(empty | {"mode": "lines", "line": line, "name": why(key, lang)})
    return sum(trace.get("showlegend", False) for trace in sheet.traces)
