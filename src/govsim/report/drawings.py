"""The figures of effects with what says the same without them: a caption, a text, a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from govsim import figures
from govsim.figures.groups import Concern, by_concern
from govsim.figures.headline import HEADLINE
from govsim.figures.marks import verdict_of
from govsim.figures.names import MOST_COLUMNS
from govsim.figures.numbers import shown
from govsim.figures.outcomes import in_order
from govsim.figures.words import label_of, unit_of_effect, word
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES
from govsim.report.sentences import tell
from govsim.report.tables import Table, displacement_table, outcome_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govsim.report.subject import Subject


# What of the overview fits on a sheet of paper each.
_PAGES: Final = ((Concern.BURDEN, Concern.WORKERS), (Concern.RESIDENTS, Concern.MONEY, Concern.NEUTRAL))


@dataclass(frozen=True)
class Drawing:
    """One figure of the page.

    Attributes
    ----------
    id
        Of its place in the page, the same in every page.
    content
        The figure as JSON that is safe inside a script element.
    height
        In pixels, so that the page keeps its place free.
    n_columns
        Reforms side by side; a figure of many is not squeezed into a narrow window.
    alt
        What it shows, for who does not see it.
    """

    id: str
    content: Markup
    height: int
    n_columns: int
    alt: Markup


@dataclass(frozen=True)
class Block:
    """Figures under a heading, how to read them, and the table with their numbers."""

    heading: str
    reading: Markup
    drawings: tuple[Drawing, ...]
    table: Table | None = None


def headline_block(subject: Subject) -> Block:
    """Return the headline outcomes."""
    lang, comparison = subject.lang, subject.comparison
    effects = "; ".join(
        f"{label_of(name, lang)}, {own}: {shown(name, arm.outcomes[name]).difference} "
        f"{unit_of_effect(name, lang)}, {say(verdict_of(name, arm.outcomes[name]).value, lang)}"
        for name in HEADLINE
        for arm, own in zip(comparison.arms, subject.names, strict=True)
    )
    figure = figures.headline(comparison, lang, subject.names)
    drawn = drawing("figure-headline", figure, 1, tell("alt headline", lang, effects=effects))
    table = outcome_table(subject, HEADLINE, tell("caption headline", lang))
    return Block("", tell("read headline", lang), (drawn,), table)


def displacement_block(subject: Subject) -> Block:
    """Return where the hours went."""
    lang = subject.lang
    drawings = tuple(
        drawing(
            f"figure-displacement-{number}",
            figures.displacement(subject.comparison, lang, subject.names, arms),
            len(arms),
            tell("alt displacement", lang, names=_named(subject, arms)),
        )
        for number, arms in enumerate(_chunks(subject), 1)
    )
    return Block("", tell("read displacement", lang), drawings, displacement_table(subject))


def overview_block(subject: Subject) -> Block | None:
    """Return all verdicts side by side; None for one reform alone, whose other figures say as much."""
    lang, n_arms = subject.lang, len(subject.comparison.arms)
    if n_arms == 1:
        return None
    drawings = tuple(
        drawing(
            f"figure-overview-{number}",
            figures.overview(subject.comparison, lang, subject.names, concerns),
            n_arms,
            tell("alt overview", lang, n=_count(concerns), names=subject.listed()),
        )
        for number, concerns in enumerate(_PAGES, 1)
    )
    return Block(word("title overview", lang), tell("read overview", lang), drawings, None)


def outcome_blocks(subject: Subject) -> Iterator[Block]:
    """Yield every outcome, by whom it concerns."""
    lang = subject.lang
    for concern, members in by_concern(OUTCOMES).items():
        names = in_order(subject.comparison, members)
        drawings = tuple(
            drawing(
                f"figure-{concern.value}-{number}",
                figures.outcomes(subject.comparison, concern, lang, subject.names, arms),
                len(arms),
                tell("alt outcomes", lang, n=len(names), names=_named(subject, arms)),
            )
            for number, arms in enumerate(_chunks(subject), 1)
        )
        reading = tell("read neutral" if concern is Concern.NEUTRAL else "read outcomes", lang)
        heading = word(concern.value, lang)
        yield Block(heading, reading, drawings, outcome_table(subject, names, heading))


def json_for_script(content: Any) -> Markup:
    """Return JSON that no text in it can break out of: what HTML or JavaScript might read as more is escaped."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def drawing(id_: str, figure: Any, n_columns: int, alt: Markup) -> Drawing:
    """Return a figure as a piece of the page."""
    content = json.loads(figure.to_json())
    return Drawing(id_, json_for_script(content), int(content["layout"]["height"]), n_columns, alt)


def _count(concerns: Sequence[Concern]) -> int:
    return sum(len(names) for concern, names in by_concern(OUTCOMES).items() if concern in concerns)


def _chunks(subject: Subject) -> list[range]:
    """Return which arms go into which figure, as evenly as may be."""
    n_arms = len(subject.comparison.arms)
    n_figures = -(-n_arms // MOST_COLUMNS)
    edges = [n_arms * number // n_figures for number in range(n_figures + 1)]
    return [range(first, end) for first, end in pairwise(edges)]


def _named(subject: Subject, arms: range) -> Markup:
    return subject.listed([subject.names[index] for index in arms])
