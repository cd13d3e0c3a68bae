"""The months of a comparison in the page: when each reform holds, and what the headline outcomes do month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim import figures
from govsim.figures.compared import series_of
from govsim.figures.headline import HEADLINE
from govsim.figures.words import label_of
from govsim.report.drawings import Block, drawing
from govsim.report.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.report.subject import Subject


def month_blocks(subject: Subject) -> Iterator[Block]:
    """Yield the timeline of the reforms, and the course of each headline outcome under each of them."""
    comparison, lang = subject.comparison, subject.lang
    if comparison.calendar is None:
        return
    when = figures.schedule(comparison, lang, subject.names)
    alt = tell("alt schedule", lang, names=subject.listed())
    yield Block("", tell("read schedule", lang), (drawing("figure-schedule", when, 1, alt),))
    for arm, name in enumerate(subject.names if comparison.n_recorded else ()):
        drawn = tuple(
            drawing(
                f"figure-{outcome}-{arm + 1}",
                series_of(comparison, arm, lang, name, outcome),
                1,
                tell("alt series", lang, label=label_of(outcome, lang), name=name),
            )
            for outcome in HEADLINE
        )
        yield Block(name, tell("read series", lang, n=comparison.n_recorded), drawn)
