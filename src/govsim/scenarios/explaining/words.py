"""Words for what the organisational graph, the rules and the reforms call by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.language import Message, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Final = {
    "district": (Message("1 district"), Message("{n} districts")),
    "department": (Message("1 department"), Message("{n} departments")),
    "street_office": (Message("1 street office"), Message("{n} street offices")),
    "community": (Message("1 community"), Message("{n} communities")),
    "settlement": (Message("1 settlement"), Message("{n} settlements")),
    "cooperative": (Message("1 cooperative"), Message("{n} cooperatives")),
}
_OTHER_KIND: Final = Message("{n} of kind '{kind}'")
_ONE_YEAR: Final = Message("1 year")
_YEARS: Final = Message("{n} years")
_ONE_MONTH: Final = Message("1 month")
_MONTHS: Final = Message("{n} months")
_RELATIONS: Final = {
    "commands": Message("commands"),
    "guides": Message("guides"),
    "assigns": Message("assigns"),
    "inspects": Message("inspects"),
    "funds": Message("funds"),
    "escalates_to": Message("escalates_to"),
    "serves": Message("serves"),
    "partners": Message("partners"),
}
_TERMS: Final = {
    "permit": Message("permit"),
    "strictness": Message("strictness"),
    "approval_days": Message("approval_days"),
    "audit_share": Message("audit_share"),
    "inspections_per_year": Message("inspections_per_year"),
    "weight": Message("weight"),
    "kept_share": Message("kept_share"),
    "pay_factor": Message("pay_factor"),
    "insurance_share": Message("insurance_share"),
    "distance_km": Message("distance_km"),
    "announced_rise": Message("announced_rise"),
    "pools_assets": Message("pools_assets"),
}
_TABLES: Final = {
    "streets": Message("streets"),
    "communities": Message("communities"),
    "settlements": Message("settlements"),
    "departments": Message("departments"),
    "mandates": Message("mandates"),
    "requests": Message("kinds of request"),
    "seasons": Message("seasons"),
}
_QUESTIONS: Final = {
    "priority": Message("what workers do first"),
    "sharing": Message("who may take whose work"),
    "voice": Message("how a need becomes a request"),
    "hiring": Message("when vacant posts are filled"),
    "blocking": Message("whether a returned job holds up its line"),
}
_RULES: Final = {
    "most_pressing_first": Message("what presses most"),
    "oldest_first": Message("what has waited longest"),
    "inspected_first": Message("what is inspected"),
    "residents_first": Message("what residents ask for"),
    "own_line_first": Message("each the own line first, then others"),
    "pooled": Message("each any line, as generalists"),
    "own_line_only": Message("each the own line only"),
    "weigh_costs": Message("residents weigh what it costs them"),
    "always": Message("every need is voiced"),
    "continuous": Message("all the year round"),
    "yearly_batch": Message("once a year"),
    "returned_blocks_line": Message("until it is settled"),
    "never": Message("never"),
}
# The fields of reforms; those of one reform are said as its class describes them.
FIELDS: Final = {
    "use": Message("the kind of reform"),
    "id": Message("a name of its own within the scenario"),
    "starts_on": Message("the month in which it starts"),
    "ends_on": Message("the month from which it no longer holds"),
    "phase_in_months": Message("months until it is in full force"),
    "strength": Message("how much of it, 0 to 1"),
    "in_streets": Message("ids of the streets in which it holds; none means everywhere"),
    "in_communities": Message("ids of the communities in which it holds"),
    "sources": Message("what it rests on; guesses begin with GUESS"),
}
OWN_FIELDS: Final = (
    Message("share of inspections that are abolished"),
    Message("share of ad hoc visits that are found out"),
    Message("rise of public pay, share of it"),
    Message("more insurance, share of pay"),
    Message("odds of refusal over those of a usual board"),
    Message("working days that an admitted task waits"),
    Message("share of ad hoc tasks that are found out"),
    Message("one village a community, several made one, or several kept under one"),
    Message("communities that join, one list a new community; the first is the seat"),
    Message("longer way for who does not live at the seat"),
    Message("rise of the level of service announced"),
    Message("whether cooperatives may refuse"),
    Message("whether each village keeps the money of its cooperative"),
)


def nodes(kind: str | None, number: int) -> str:
    """Return so many nodes of a kind in words."""
    if kind not in _KINDS:
        return _OTHER_KIND.format(n=number, kind=kind)
    one, several = _KINDS[kind]
    return one.format(n=number) if number == 1 else several.format(n=f"{number:,}".replace(",", " "))


def years(number: int) -> str:
    """Return so many years in words."""
    return str(_ONE_YEAR) if number == 1 else _YEARS.format(n=number)


def months(number: int) -> str:
    """Return so many months in words."""
    return str(_ONE_MONTH) if number == 1 else _MONTHS.format(n=number)


def relation(name: str) -> str:
    """Return a relation of the graph in words."""
    return _word(_RELATIONS, name)


def term(name: str) -> str:
    """Return a term of an edge in words."""
    return _word(_TERMS, name)


def table(name: str) -> str:
    """Return what the rows of a table are, in words."""
    return _word(_TABLES, name)


def rule(question: str, answer: str) -> tuple[str, str]:
    """Return what a rule is about and what was chosen, in words."""
    return _word(_QUESTIONS, question), _word(_RULES, answer)


def field(name: str, description: str | None) -> str:
    """Return what a field of a reform is; one that its class describes is said so."""
    return translated(description) if description else _word(FIELDS, name)


def _word(words: Mapping[str, Message], name: str) -> str:
    return str(words.get(name, name))
