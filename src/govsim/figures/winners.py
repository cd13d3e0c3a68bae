"""Who loses and who gains: the effect on one outcome in every group of residents, community or settlement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.groups import effects_by_group
from govsim.figures.axes import draw_axis
from govsim.figures.effects import Dot, dots, tooltip_of
from govsim.figures.marks import verdict_of
from govsim.figures.names import pixels_of, text, wrapped
from govsim.figures.numbers import factor_of, signed
from govsim.figures.ranking import Group, Ranked, counted, how_the_rest_fare, places_of, ranked
from govsim.figures.sheet import FONT_SIZE, INK, LINE_PIXELS, Sheet, key_follows
from govsim.figures.words import labelled, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import plotly.graph_objects as go

    from govsim.recording.recorder import Recording

_ROW_PIXELS: Final = 26
_LABEL_LETTERS: Final = 24
_HEAD_LETTERS: Final = 46
_HEAD_PIXELS: Final = 350
_LINE_GAP: Final = 8
_BESIDE_PIXELS: Final = 14
_UNDER_AXIS_PIXELS: Final = 44
_KEY_PIXELS: Final = 20
_BELOW_PIXELS: Final = 8
_GAP_PIXELS: Final = 6
_ZERO_LINE: Final = {
    "type": "line",
    "xref": "x",
    "yref": "y",
    "x0": 0,
    "x1": 0,
    "layer": "below",
    "line": {"color": INK, "width": 1.2},
}


@dataclass(frozen=True)
class _Drawn:
    """What is shown: an outcome by groups of a kind, the reform by its name, in a language."""

    outcome: str
    by: str
    groups: tuple[Group, ...]
    name: str
    lang: str
    n_pairs: int

    @property
    def ranked(self) -> Ranked:
        """The groups in the order of their rows."""
        return ranked(self.outcome, self.groups)


def winners(  # noqa: PLR0913 the names a user types
    without: Sequence[Recording],
    with_reform: Sequence[Recording],
    outcome: str,
    lang: str = "en",
    name: str | None = None,
    by: str = "resident_group",
    labels: Sequence[str] | None = None,
) -> go.Figure:
    """Return the effect on an outcome in each group with its 95 % interval, those who lose first.

    Then come groups without a clear difference, then those who gain; of each, the worst first. Right of the line at 0
    is better, or higher where neither is. Of more than 24 groups the twelve at either end are drawn, and lines between
    them say how the others fare. Verdicts are corrected over all groups, drawn or not.

    Parameters
    ----------
    without, with_reform
        Recordings of the baseline and of the reform, in the same order of replicates.
    outcome
        Its name, as ``satisfaction``.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    by
        ``resident_group``, by age, disability and income, which overlap; ``community``; or ``settlement``.
    labels
        Of the groups, in the order of their table; by default places have numbers from 1.
    """
    effects = effects_by_group(without, with_reform, outcome, by)
    if labels is not None and len(labels) != len(effects):
        message = f"{len(labels)} labels for {len(effects)} groups"
        raise ValueError(message)
    own_labels = labels or [_label(by, key, lang) for key in effects]
    groups = tuple(Group(*each) for each in zip(own_labels, effects.values(), strict=True))
    return _figure(_Drawn(outcome, by, groups, name or word("reform", lang), lang, len(without)))


def _label(by: str, key: Any, lang: str) -> str:
    return word(key, lang) if by == "resident_group" else word(f"one {by}", lang, n=key + 1)


def _figure(drawn: _Drawn) -> go.Figure:
    sheet, own = Sheet(), drawn.ranked
    labels = [wrapped(group.label, _LABEL_LETTERS) for group in own.drawn]
    left, right = _widest(labels), _widest(_printed(drawn, group) for group in own.drawn)
    n_rows = _draw_rows(sheet, drawn, labels, (left, right))
    sheet.axes["yaxis"] = {"range": [0.5 - n_rows, 0.5], "visible": False, "fixedrange": True}
    draw_axis(sheet, 1, drawn.outcome, [group.effect for group in own.drawn], drawn.lang)
    heading = word(f"by {drawn.by}", drawn.lang, label=labelled(drawn.outcome, drawn.lang))
    _write_head(sheet, drawn, heading, left)
    verdicts = {verdict_of(drawn.outcome, group.effect) for group in own.drawn}
    sheet.key(verdicts, drawn.lang)
    above_key = _UNDER_AXIS_PIXELS + _write_foot(sheet, drawn, left) + _GAP_PIXELS
    below = above_key + _KEY_PIXELS * len(verdicts) + _BELOW_PIXELS
    row_pixels = max([_ROW_PIXELS] + [_LINE_GAP + LINE_PIXELS * (1 + label.count("<br>")) for label in labels])
    figure = sheet.figure(row_pixels * n_rows, heading, below, margin={"l": left, "r": right})
    return key_follows(figure, above_key)


def _draw_rows(sheet: Sheet, drawn: _Drawn, labels: Sequence[str], sides: tuple[int, int]) -> int:
    """Draw each group in its row, and in the place of those left out what is said of them; return the rows."""
    own, (left, right) = drawn.ranked, sides
    said = how_the_rest_fare(drawn.outcome, own.between, drawn.lang) if own.between else []
    for row, line in enumerate(said, len(own.first)):
        sheet.note(line, y=-row, xshift=-left)
    found = []
    for place, (group, label) in enumerate(zip(own.drawn, labels, strict=True)):
        row = place if place < len(own.first) else place + len(said)
        tooltip = f"<b>{text(group.label)}</b><br>" + tooltip_of(drawn.outcome, group.effect, drawn.name, drawn.lang)
        found.append(Dot(drawn.outcome, group.effect, -row, factor_of(drawn.outcome), tooltip))
        sheet.note(label, y=-row, xshift=-left)
        # Row by row, so that it does not run through what is said between them.
        sheet.shapes.append(_ZERO_LINE | {"y0": -0.5 - row, "y1": 0.5 - row})
        sheet.note(_printed(drawn, group), y=-row, x=1.0, xshift=right, xanchor="right")
    sheet.traces += dots(found)
    return max(1, len(found) + len(said))


def _printed(drawn: _Drawn, group: Group) -> str:
    return signed(group.effect.difference, places_of(drawn.outcome, drawn.groups), factor_of(drawn.outcome))


def _write_head(sheet: Sheet, drawn: _Drawn, heading: str, left: int) -> None:
    """Write above the rows what is shown, of which reform, and how many lose and gain."""
    less = word("less baseline", drawn.lang, name=drawn.name)
    counts = _in_lines(counted(drawn.outcome, drawn.groups, drawn.lang), drawn.lang)
    blocks = [f"<b>{wrapped(heading, _HEAD_LETTERS)}</b>", wrapped(less, _HEAD_LETTERS), counts]
    height = 8
    for number, block in reversed(list(enumerate(blocks))):
        font = {"font": {"size": FONT_SIZE}} if number == 0 else {}
        sheet.note(block, yref="paper", y=1.0, yanchor="bottom", yshift=height, xshift=-left, **font)
        height += LINE_PIXELS * (1 + block.count("<br>")) + 2
    sheet.head_pixels = height + 4


def _in_lines(parts: Sequence[str], lang: str) -> str:
    """Return parts one after the other, in a new line wherever one would be too long."""
    between, lines = word("between", lang), [""]
    for part in parts:
        longer = between.join(filter(None, (lines[-1], part)))
        is_too_long = pixels_of(longer) > _HEAD_PIXELS and lines[-1]
        lines = [*lines, part] if is_too_long else [*lines[:-1], longer]
    return "<br>".join(lines)


def _write_foot(sheet: Sheet, drawn: _Drawn, left: int) -> int:
    """Write below the axis how intervals and verdicts were made, and return the pixels that takes."""
    n_defined = sum(group.effect.p_holm is not None for group in drawn.groups)
    lines = [word("intervals of groups" if drawn.n_pairs > 1 else "no interval", drawn.lang, n=drawn.n_pairs)]
    if n_defined > 1:
        lines.append(word("corrected", drawn.lang, groups=n_defined))
    if drawn.by == "community" and any(group.effect.difference is None for group in drawn.groups):
        lines.append(word("joined or parted", drawn.lang))
    place = {"yref": "paper", "y": 0.0, "yanchor": "top", "yshift": -_UNDER_AXIS_PIXELS, "xshift": -left}
    sheet.note("<br>".join(lines), **place)
    return LINE_PIXELS * len(lines)


def _widest(texts: Iterable[str]) -> int:
    """Return the pixels that texts take beside the rows."""
    return round(max((pixels_of(line) for each in texts for line in each.split("<br>")), default=0.0)) + _BESIDE_PIXELS
