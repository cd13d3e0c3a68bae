"""The difference of two scenarios as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.scenarios.explaining import messages as m
from govsim.scenarios.explaining import words
from govsim.scenarios.explaining.pages import graph_lines, names, section, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govsim.language import Message
    from govsim.scenarios.explaining.comparing import ReformChange, Rows, ScenarioDifference, ValueChange
    from govsim.scenarios.scenario import Scenario

_ONLY: Final = {"first": m.ONLY_IN_FIRST, "second": m.ONLY_IN_SECOND}


def difference_page(first: Scenario, second: Scenario, changes: ScenarioDifference) -> str:
    """Return the difference of two scenarios in the language in force."""
    lines = [m.HEAD.format(first=first.path, second=second.path)]
    if not changes:
        return "\n".join([*lines, "", str(m.SAME)])
    parts: tuple[tuple[Message, Iterable[str]], ...] = (
        (m.RUN, map(_value, changes.run)),
        (m.WORLD, _rows(changes.world)),
        (m.WORK, _rows(changes.work)),
        (m.RULES, map(_value, changes.rules)),
        (m.PARAMETERS, map(_value, changes.parameters)),
        (m.REFORMS, _reforms(changes.reforms)),
        (m.GRAPH_AT_THE_END, graph_lines(changes.graph)),
    )
    for title, part in parts:
        said = list(part)
        if said:
            lines += ["", *section(title, said)]
    return "\n".join(lines)


def _value(change: ValueChange) -> str:
    return m.DIFFERENT.format(name=change.name, before=value_of(change.before), after=value_of(change.after))


def _rows(tables: Iterable[Rows]) -> Iterator[str]:
    for rows in tables:
        table = words.table(rows.table)
        for sentence, ids in (
            (m.ONLY_FIRST, rows.only_first),
            (m.ONLY_SECOND, rows.only_second),
            (m.OTHER_VALUES, rows.other_values),
        ):
            if ids:
                yield sentence.format(places=table, names=names(ids))


def _reforms(reforms: Iterable[ReformChange]) -> Iterator[str]:
    for reform in reforms:
        if reform.where in _ONLY:
            yield _ONLY[reform.where].format(id=reform.id, use=reform.use)
        for field in reform.fields:
            before, after = value_of(field.before), value_of(field.after)
            yield m.OF_REFORM.format(id=reform.id, name=field.name, before=before, after=after)
