"""An outcome over the months of a run, without and with a reform, and below it the paired difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.experiments.months import Band, paired_courses
from govsim.figures.lines import END_LETTERS, Line, apart, last_of, size_of, traces_of, value_axis, values_of
from govsim.figures.marks import REFORM
from govsim.figures.monthly_words import difference_heading, how_it_was_made, key_of_band, level_heading, tooltips
from govsim.figures.names import wrapped
from govsim.figures.numbers import factor_of
from govsim.figures.sheet import FONT_SIZE, HEAD_PIXELS, Sheet, axis, key_follows
from govsim.figures.timeline import draw_starts, draw_warm_up, month_axis
from govsim.figures.words import label_of, word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.experiments.months import PairedCourses
    from govsim.recording.recorder import Recording

_WITHOUT: Final = "#6b7782"
_DASH: Final = "6px,4px"
_LEVEL, _DIFFERENCE = 1, 2
_LEVEL_PIXELS: Final = 210
_DIFFERENCE_PIXELS: Final = 150
_GAP_PIXELS: Final = 44
_LEFT_PIXELS: Final = 46
_UNDER_AXIS_PIXELS: Final = 46
_HEADING_LETTERS: Final = 48
_KEY_LETTERS: Final = 44
_KEY_PIXELS: Final = 20
_BELOW_PIXELS: Final = 6
_INNER_PIXELS: Final = _LEVEL_PIXELS + _GAP_PIXELS + _DIFFERENCE_PIXELS
_MARGIN: Final = 0.06
_OTHER_SIDE: Final = 0.2


@dataclass(frozen=True)
class _Drawn:
    """What is shown: an outcome in pairs of runs, the reform by its name, in a language."""

    outcome: str
    courses: PairedCourses
    band: Band
    name: str
    lang: str

    def lines(self) -> list[Line]:
        """Return the lines of the two arms and of their difference."""
        factor, own = factor_of(self.outcome), self.courses
        looks = (
            (own.without, word("baseline", self.lang), _WITHOUT, _DASH),
            (own.with_reform, self.name, REFORM, "solid"),
            (own.difference, None, REFORM, "solid"),
        )
        return [
            Line(course, colour, dash, factor, tooltips(self.outcome, own, course, (name, self.band, self.lang)))
            for course, name, colour, dash in looks
        ]


def series(  # noqa: PLR0913 the names a user types
    without: Sequence[Recording],
    with_reform: Sequence[Recording],
    outcome: str,
    lang: str = "en",
    name: str | None = None,
    band: Band | str = Band.WORLDS,
    starts: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """Return the course of an outcome in both arms, and below it the paired difference month by month.

    A line is a mean over replicates. Each point is the outcome of its month, or, where events are rare (turnover, and
    who is gone), of the twelve months up to it; what a formula itself takes from the year before, as participation
    does, it takes here too. A month counts the pairs in which both arms are defined, and without any it is a gap: the
    last months of waits, whose requests have not had sixty days, always are.

    Parameters
    ----------
    without, with_reform
        Recordings of the baseline and of the reform, in the same order of replicates.
    outcome
        Its name, as ``workload_hours``.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    band
        What all bands of the figure are: ``worlds``, from the 10th to the 90th percentile of replicates, or ``mean``,
        the 95 % interval of the mean, each month by itself.
    starts
        First month of reforms, as ``YYYY-MM``, and what begins; one outside of the run is not shown.
    """
    courses = paired_courses(without, with_reform, outcome, Band(band))
    drawn = _Drawn(outcome, courses, Band(band), name or word("reform", lang), lang)
    before, after, difference = drawn.lines()
    sheet = Sheet()
    right = _label_ends(sheet, (before, after), (word("baseline", lang), drawn.name))
    _draw_panel(sheet, _LEVEL, (before, after), level_heading(outcome, lang))
    _draw_panel(sheet, _DIFFERENCE, (difference,), difference_heading(outcome, lang))
    _say_which_way_is_better(sheet, outcome, lang)
    draw_warm_up(sheet, without[0].calendar, (_LEVEL, _DIFFERENCE), lang)
    draw_starts(sheet, without[0].calendar, starts, (_LEVEL, _DIFFERENCE))
    return _finished(sheet, drawn, right)


def _draw_panel(sheet: Sheet, panel: int, lines: Sequence[Line], heading: str) -> None:
    for line in lines:
        sheet.traces += traces_of(line, panel)
    height = (_LEVEL_PIXELS, _DIFFERENCE_PIXELS)[panel - 1] / _INNER_PIXELS
    low, high = _range(lines, includes_0=panel == _DIFFERENCE)
    domain = (1.0 - height, 1.0) if panel == _LEVEL else (0.0, height)
    sheet.axes[axis("yaxis", panel)] = value_axis(panel, domain, (low, high), marks_0=panel == _DIFFERENCE)
    # So far above that it does not stand on the number of the uppermost line.
    place = {"yref": f"{axis('y', panel)} domain", "y": 1.0, "yanchor": "bottom", "yshift": 6, "xshift": -_LEFT_PIXELS}
    sheet.note(f"<b>{wrapped(heading, _HEADING_LETTERS)}</b>", font={"size": FONT_SIZE}, **place)


def _range(lines: Sequence[Line], *, includes_0: bool) -> tuple[float, float]:
    """Return what the axis of a panel covers: its lines and their bands."""
    courses = [(each.course, each.factor) for each in lines]
    rows = [values_of(row, factor) for course, factor in courses for row in (course.mean, course.low, course.high)]
    found = [value for row in rows for value in row if value is not None]
    found += [0.0] if includes_0 or not found else []
    low, high = min(found), max(found)
    if includes_0:  # and so much on either side that the words there do not stand on its line
        reach = _OTHER_SIDE * max(-low, high)
        low, high = min(low, -reach), max(high, reach)
    margin = _MARGIN * (high - low) or 0.1 * abs(high) or 1.0
    return low - margin, high + margin


def _label_ends(sheet: Sheet, lines: Sequence[Line], names: Sequence[str]) -> float:
    """Write at the end of each line what it is, and return the pixels that takes."""
    low, high = _range(lines, includes_0=False)
    ends = [(last_of(line), name) for line, name in zip(lines, names, strict=True)]
    known = [(value, name) for value, name in ends if value is not None]
    sizes = [size_of(name) for _, name in known]
    heights = [(value - low) / (high - low) * _LEVEL_PIXELS for value, _ in known]
    needed = sum(height for _, height in sizes) / 2.0
    for height, (_, name) in zip(apart(heights, needed, _LEVEL_PIXELS), known, strict=True):
        place = {"x": 1.0, "xshift": 6, "yref": "y domain", "y": height / _LEVEL_PIXELS}
        sheet.note(wrapped(name, END_LETTERS), **place)
    return max((width for width, _ in sizes), default=0.0) + 12.0


def _say_which_way_is_better(sheet: Sheet, outcome: str, lang: str) -> None:
    better = OUTCOMES[outcome].better
    up = {"higher": "up is better", "lower": "up is worse", "none": "up is higher"}[better]
    down = {"higher": "down is worse", "lower": "down is better", "none": "down is lower"}[better]
    place = {"yref": f"{axis('y', _DIFFERENCE)} domain", "xshift": 4}
    sheet.note(word(up, lang), y=1.0, yanchor="top", **place)
    sheet.note(word(down, lang), y=0.0, yanchor="bottom", **place)


def _finished(sheet: Sheet, drawn: _Drawn, right: float) -> go.Figure:
    """Return the figure, with what its lines, points and bands are below it."""
    lang = drawn.lang
    month_axis(sheet, drawn.courses.labels, (_LEVEL, _DIFFERENCE))
    place = {"yref": "paper", "y": 0.0, "yanchor": "top", "yshift": -22, "xshift": -_LEFT_PIXELS}
    sheet.note(how_it_was_made(drawn.courses, lang), **place)
    names = [(word("baseline", lang), _WITHOUT, _DASH), (drawn.name, REFORM, "solid")]
    for name, colour, dash in names:
        look = {"type": "scatter", "mode": "lines", "line": {"color": colour, "dash": dash, "width": 2.2}}
        sheet.traces.append({"x": [None], "y": [None], "name": wrapped(name, _KEY_LETTERS), **look})
    sheet.traces.append(key_of_band(drawn.courses.n_pairs, drawn.band, lang))
    lines = 3 + wrapped(drawn.name, _KEY_LETTERS).count("<br>")
    bottom = _UNDER_AXIS_PIXELS + _KEY_PIXELS * lines + _BELOW_PIXELS
    title = word("title series", lang, label=label_of(drawn.outcome, lang))
    margin = {"l": _LEFT_PIXELS, "r": round(right), "t": max(HEAD_PIXELS, sheet.head_pixels)}
    return key_follows(sheet.figure(_INNER_PIXELS, title, bottom, margin=margin), _UNDER_AXIS_PIXELS)
