"""Every parameter of the baseline by what supports it, guesses first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from govsim.institution.parameters import Grade
from govsim.odd.units import unit_words
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.sentences import filled, tell
from govsim.report.tables import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.institution.parameters import Parameter
    from govsim.odd.words import Words
    from govsim.report.subject import Subject

_COLUMNS: Final = ("assumption", "value", "range", "source")
# What stands in sources beside explanations, which are English.
_CODES: Final = re.compile(r"\b[A-Z][0-9]+\b|\bmechanisms ([0-9]+)")


class Assumptions(NamedTuple):
    """The parameters of one grade: what the grade means, and a table of them."""

    heading: Markup
    table: Table


def assumptions(subject: Subject) -> Iterator[Assumptions]:
    """Yield the parameters of each grade that any has, those that nothing supports first; none without scenarios."""
    if subject.scenarios is None:
        return
    lang, entries = subject.lang, subject.scenarios[0].institution.parameters.entries.values()
    units = unit_words(entry.unit for entry in entries)
    for grade in reversed(Grade):
        rows = tuple(_row(entry, units, lang) for entry in entries if entry.grade == grade)
        if rows:
            meaning = filled(EVIDENCE, f"grade {grade.value}", lang)
            heading = filled(EVIDENCE, "of grade", lang, grade=grade.value, meaning=meaning, n=len(rows))
            yield Assumptions(heading, Table("", _COLUMNS, rows, lang))


def _row(entry: Parameter, units: Words, lang: str) -> Row:
    unit = units[entry.unit]["zh"] if lang == "zh" else entry.unit
    label = Markup("{} <code>{}</code>").format(entry.zh if lang == "zh" else entry.en, entry.path)
    ends = tell("to", lang, low=f"{entry.low:.10g}", high=f"{entry.high:.10g}")
    texts = (label, f"{entry.value:.10g} {unit}", ends, _source(entry.source, lang))
    cells = (Cell(text, is_head=not place) for place, text in enumerate(texts))
    return Row(tuple(zip(_COLUMNS, cells, strict=True)))


def _source(source: str, lang: str) -> str:
    """Return a source; in Chinese its codes alone, since the rest is English."""
    if lang == "en":
        return source
    return "、".join(f"机制{found[1]}" if found[1] else found[0] for found in _CODES.finditer(source)) or "—"
