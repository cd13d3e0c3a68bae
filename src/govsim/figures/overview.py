"""Several reforms side by side: for every outcome whether it is better or worse, by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.pairing import Verdict
from govsim.figures.effects import tooltip_of
from govsim.figures.groups import Concern, by_concern
from govsim.figures.marks import verdict_of
from govsim.figures.names import chosen_names
from govsim.figures.outcomes import in_order
from govsim.figures.sheet import FONT_SIZE, SIDE_PIXELS, Sheet, look_of
from govsim.figures.words import label_of, word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import plotly.graph_objects as go

    from govsim.experiments.comparison import ComparedArm, Comparison

_ROW_PIXELS: Final = 18
_LABEL_PIXELS: Final = 330
_NAME_LETTERS: Final = 40
_FEWEST_LETTERS: Final = 10


def overview(
    comparison: Comparison,
    lang: str = "en",
    names: Sequence[str] | None = None,
    concerns: Sequence[Concern] | None = None,
) -> go.Figure:
    """Return the verdict on every outcome, a row an outcome and a column a reform; sizes stand elsewhere.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Of the reforms, one an arm; by default those of their files.
    concerns
        Which outcomes to show, by whom they concern; by default all.
    """
    names = chosen_names(comparison, names)
    sheet = Sheet()
    rows: dict[str, int] = {}
    end = 0
    for concern, members in by_concern(OUTCOMES).items():
        if concerns is not None and concern not in concerns:
            continue
        sheet.note(f"<b>{word(concern.value, lang)}</b>", y=-end, xshift=-_LABEL_PIXELS)
        for row, name in enumerate(in_order(comparison, members), end + 1):
            sheet.note(label_of(name, lang), y=-row, xshift=-_LABEL_PIXELS)
            rows[name] = row
        end += 1 + len(members)
    for column, (arm, own) in enumerate(zip(comparison.arms, names, strict=True)):
        head = {"xref": "x", "x": column, "xanchor": "center", "yref": "paper", "y": 1.0, "yanchor": "bottom"}
        letters = max(_FEWEST_LETTERS, _NAME_LETTERS // len(names))
        sheet.note(sheet.headed(own, letters), font={"size": FONT_SIZE}, align="center", **head)
        sheet.traces += _marks(column, rows, arm, own, lang)
    sheet.axes["yaxis"] = {"range": [0.5 - end, 0.5], "visible": False, "fixedrange": True}
    sheet.axes["xaxis"] = {"range": [-0.5, len(names) - 0.5], "visible": False, "fixedrange": True}
    sheet.key((verdict_of(name, arm.outcomes[name]) for arm in comparison.arms for name in rows), lang)
    margin = {"l": SIDE_PIXELS + _LABEL_PIXELS}
    return sheet.figure(_ROW_PIXELS * end, word("title overview", lang), margin=margin)


def _marks(column: int, rows: dict[str, int], arm: ComparedArm, own: str, lang: str) -> Iterator[dict[str, Any]]:
    for verdict in Verdict:
        found = [name for name in rows if verdict_of(name, arm.outcomes[name]) is verdict]
        if found and verdict is not Verdict.UNDEFINED:
            yield {
                **look_of(verdict),
                "x": [column] * len(found),
                "y": [-rows[name] for name in found],
                "hovertext": [tooltip_of(name, arm.outcomes[name], own, lang) for name in found],
                "hoverinfo": "text",
                "showlegend": False,
            }
