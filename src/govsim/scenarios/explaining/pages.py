"""An explanation as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.clock import MONTHS_PER_YEAR
from govsim.language import Message, in_force
from govsim.scenarios import messages as input_messages
from govsim.scenarios.complaints import shown
from govsim.scenarios.explaining import messages as m
from govsim.scenarios.explaining import words
from govsim.scenarios.explaining.explanation import GUESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govsim.scenarios.explaining.composing import Overlap
    from govsim.scenarios.explaining.costs import PublicMoney
    from govsim.scenarios.explaining.explanation import Explanation, ReformInWords
    from govsim.scenarios.explaining.graphs import Change, GraphDifference, KindChange
    from govsim.scenarios.explaining.timing import Step

MOST_NAMES: Final = 6
MOST_STEPS: Final = 24
_INDENT: Final = "  "
_RULES: Final = {"multiply": m.MULTIPLY, "add": m.ADD, "stricter": m.STRICTER, "in_turn": m.IN_TURN}


def page(explanation: Explanation) -> str:
    """Return an explanation in the language in force."""
    scenario = explanation.scenario
    title = scenario.title_zh if in_force() == "zh" else scenario.title_en
    lines = [scenario.path, title, "", *_world(explanation)]
    for reform in explanation.reforms:
        lines += ["", *_reform(reform)]
    if explanation.reforms:
        lines += ["", *_together(explanation)]
    else:
        lines += ["", str(m.NO_REFORM)]
    lines += ["", *_evidence(explanation)]
    if explanation.surprises:
        lines += ["", *section(m.SURPRISES, _surprises(explanation))]
    return "\n".join(lines)


def section(title: Message, lines: Iterable[str]) -> list[str]:
    """Return a title and the lines under it, indented."""
    return [str(title), *(_INDENT + line for line in lines)]


def graph_lines(changes: GraphDifference) -> Iterator[str]:
    """Return a line for each group of nodes and edges that are different."""
    yield from map(_nodes, changes.nodes)
    yield from map(_edges, changes.edges)


def number(value: float) -> str:
    """Return a number as short as it can be, thousands apart."""
    return f"{value:,.10g}".replace(",", " ")


def names(ids: Iterable[str]) -> str:
    """Return ids, the first few of many."""
    every = list(ids)
    first = str(input_messages.NEXT).join(every[:MOST_NAMES])
    return m.AND_MORE.format(names=first, number=len(every) - MOST_NAMES) if len(every) > MOST_NAMES else first


def _world(explanation: Explanation) -> list[str]:
    size, calendar = explanation.size, explanation.scenario.calendar
    lines = [
        m.SIZE.format(
            residents=number(size.residents),
            settlements=words.nodes("settlement", size.settlements),
            communities=words.nodes("community", size.communities),
            posts=number(size.posts),
            streets=words.nodes("street_office", size.street_offices),
            departments=words.nodes("department", size.departments),
        ),
        m.CATALOGUE.format(mandates=size.mandates, requests=size.request_kinds),
        m.HORIZON.format(
            years=words.years(calendar.years),
            first=size.first_reported_month,
            last=size.last_month,
            warm_up=words.years(calendar.warm_up_months // MONTHS_PER_YEAR),
            start=size.first_month,
        ),
    ]
    rules = []
    for name, value in explanation.rules.items():
        question, answer = words.rule(name, value)
        rules.append(m.RULE.format(question=question, answer=answer, name=name, value=value))
    return [*section(m.PLACE, lines), "", *section(m.RULES, rules)]


def _reform(words_of: ReformInWords) -> list[str]:
    reform = words_of.reform
    title = reform.title_zh if in_force() == "zh" else reform.title_en
    descriptions = {name: info.description for name, info in type(reform).model_fields.items()}
    settings = [
        m.SETTING.format(name=name, value=value_of(value), about=words.field(name, descriptions[name]))
        for name, value in words_of.settings.items()
    ]
    lines = [m.WHEN.format(when=_when(words_of)), m.WHERE.format(where=_where(words_of))]
    if words_of.refusing:
        lines.append(m.REFUSED.format(places=str(input_messages.NEXT).join(words_of.refusing)))
    lines += section(m.SETTINGS, settings)
    lines += section(m.MONTHS, _steps(words_of.steps))
    if words_of.changes:
        lines += [
            m.CHANGES.format(dose=number(words_of.dose)),
            *(_INDENT + line for line in graph_lines(words_of.changes)),
        ]
    else:
        lines.append(str(m.NO_CHANGES))
    lines.append(_costs(words_of.costs))
    sources = [*words_of.sources, *words_of.guesses]
    lines += section(m.RESTS_ON, sources) if sources else [str(m.NO_SOURCES)]
    return [m.REFORM.format(id=reform.id, title=title, use=reform.use), *(_INDENT + line for line in lines)]


def value_of(value: object) -> str:
    """Return a value of a field as it may stand in a sentence."""
    if isinstance(value, tuple | list):
        first = ", ".join(value_of(each) for each in value[:MOST_NAMES])
        more = len(value) - MOST_NAMES
        return f"[{m.AND_MORE.format(names=first, number=more) if more > 0 else first}]"
    if isinstance(value, bool) or value is None:
        return shown(value).strip()
    return number(value) if isinstance(value, int | float) else str(value)


def _when(words_of: ReformInWords) -> str:
    reform = words_of.reform
    if reform.ends_on is None:
        when = m.FROM.format(start=reform.starts_on)
    else:
        when = m.UNTIL.format(start=reform.starts_on, end=reform.ends_on)
    if not words_of.steps:
        return m.NEVER.format(when=when)
    if reform.phase_in_months > 1:
        when = m.PHASED.format(when=when, months=words.months(reform.phase_in_months))
    else:
        when = m.AT_ONCE.format(when=when)
    return m.WEAKER.format(when=when, strength=number(reform.strength)) if reform.strength < 1 else when


def _where(words_of: ReformInWords) -> str:
    reform = words_of.reform
    communities = words.nodes("community", words_of.n_communities)
    if not words_of.n_communities:
        return str(m.NOWHERE)
    if reform.in_streets or reform.in_communities:
        return m.IN_PLACES.format(places=names([*reform.in_streets, *reform.in_communities]), communities=communities)
    if "groups" in words_of.settings:
        joined = {name for group in words_of.settings["groups"] for name in group}
        return m.IN_PLACES.format(places=names(sorted(joined)), communities=communities)
    return m.EVERYWHERE.format(communities=communities)


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    left_out = len(steps) - MOST_STEPS
    for number_of_step, step in enumerate(steps):
        if left_out > 0 and number_of_step == MOST_STEPS - 1:
            yield m.MORE_STEPS.format(number=left_out)
        if left_out <= 0 or number_of_step < MOST_STEPS - 1 or number_of_step == len(steps) - 1:
            yield _step(step, is_only=len(steps) == 1)


def _step(step: Step, *, is_only: bool) -> str:
    if not step.dose:
        return m.ENDED.format(month=step.month)
    joined = m.JOINED.format(names=names(step.joined)) if step.joined and not is_only else ""
    communities = words.nodes("community", len(step.communities))
    return m.STEP.format(month=step.month, dose=f"{step.dose:.3g}", communities=communities, joined=joined)


def _costs(costs: PublicMoney | None) -> str:
    if costs is None:
        return str(m.NO_COSTS)
    parts = [
        part.format(yuan=f"{yuan:+,.0f}".replace(",", " "))
        for part, yuan in (
            (m.WAGES, costs.wages_yuan),
            (m.INSURANCES, costs.insurances_yuan),
            (m.OFFICES, costs.offices_yuan),
        )
        if yuan
    ]
    total = costs.total_yuan
    return m.COSTS.format(
        sum=number(abs(round(total))), more=m.MORE if total >= 0 else m.LESS, parts=str(m.NEXT_TERM).join(parts)
    )


def _nodes(change: KindChange) -> str:
    if change.before is None:
        return m.NODES_APPEAR.format(nodes=words.nodes(change.after, change.n_nodes))
    if change.after is None:
        return m.NODES_VANISH.format(nodes=words.nodes(change.before, change.n_nodes))
    before, after = (words.nodes(kind, change.n_nodes) for kind in (change.before, change.after))
    return m.BECOME.format(before=before, after=after)


def _edges(change: Change) -> str:
    values = {
        "relation": words.relation(change.relation),
        "sources": words.nodes(change.source_kind, change.n_sources),
        "targets": words.nodes(change.target_kind, change.n_targets),
        "edges": m.ONE_EDGE if change.n_edges == 1 else m.EDGES.format(n=number(change.n_edges)),
    }
    if change.how != "change":
        return (m.VANISH if change.how == "vanish" else m.APPEAR).format(**values)
    terms = [
        m.TERM.format(term=words.term(each.term), before=_range(each.before), after=_range(each.after))
        for each in change.terms
    ]
    return m.CHANGE.format(terms=str(m.NEXT_TERM).join(terms), **values)


def _range(ends: tuple[float, float]) -> str:
    low, high = map(number, ends)
    return low if low == high else m.RANGE.format(low=low, high=high)


def _together(explanation: Explanation) -> list[str]:
    overlaps = [_overlap(each) for each in explanation.overlaps]
    lines = section(m.TOGETHER, overlaps or [str(m.NOTHING_SHARED)])
    if len(explanation.reforms) > 1:
        title = m.AT_THE_END.format(month=explanation.size.last_month)
        changes = list(graph_lines(explanation.at_the_end)) or [str(m.SAME)]
        lines += ["", title, *(_INDENT + line for line in changes)]
    return lines


def _overlap(overlap: Overlap) -> str:
    first, second = overlap.reforms
    shared = {
        "first": first,
        "second": second,
        "month": overlap.month,
        "communities": words.nodes("community", overlap.n_communities),
    }
    if overlap.rule == "redrawn":
        return m.REDRAWN.format(**shared)
    values = ""
    if overlap.before and overlap.after:
        values = m.VALUES.format(before=_range(overlap.before), after=_range(overlap.after))
    relation, term = words.relation(overlap.relation), words.term(overlap.term)
    return m.OVERLAP.format(relation=relation, term=term, rule=_RULES[overlap.rule], values=values, **shared)


def _evidence(explanation: Explanation) -> list[str]:
    grades = [m.GRADE.format(grade=grade, n=n) for grade, n in explanation.grades.items()]
    total = sum(explanation.grades.values())
    lines = [m.GRADES.format(guesses=explanation.grades[GUESS], parameters=total, grades=str(m.NEXT_TERM).join(grades))]
    for each in explanation.parameters:
        given = each.given
        values = {"value": number(given.value), "usual": number(each.usual), "low": number(given.low)}
        lines.append(
            m.PARAMETER.format(
                path=given.path,
                unit=input_messages.UNITS.get(given.unit, given.unit),
                high=number(given.high),
                grade=given.grade.value,
                about=given.zh if in_force() == "zh" else given.en,
                **values,
            )
        )
    return section(m.EVIDENCE, lines)


def _surprises(explanation: Explanation) -> Iterator[str]:
    for each in explanation.surprises:
        read = shown(each.read).strip()
        yield m.SURPRISE.format(place=each.place, path=each.path, written=each.written, read=read)
