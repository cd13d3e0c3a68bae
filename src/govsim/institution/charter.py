"""The institution compiled to arrays: what kernels read, made anew whenever a reform amends the institution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.institution.catalogue import WorkClass
from govsim.institution.joining import acting_for, n_consenting, pools_assets, seat_of, service_of
from govsim.institution.matters import From, compile_matters, priority_class
from govsim.institution.offices import FEN_PER_YUAN, compile_offices
from govsim.institution.rules import RULES
from govsim.institution.units import compile_units
from govsim.kernels.closing import AGES
from govsim.kernels.needs import MOST_NEEDS

if TYPE_CHECKING:
    from govsim.institution.institution import Institution
    from govsim.institution.joining import Graph

N_GROUPS: Final = 12


# What holds for a line: catalogue mandates of administration, and working days that an admitted task waits.
LINE_TERMS: Final = np.dtype([("n_mandates", np.int64), ("approval_days", np.int64)])
# What holds for a community: minutes a month that the catalogue plans, share of inspections kept, level of service
# announced, villages that consent to its acts, whose own funds its income enters, and office budgets.
COMMUNITY_TERMS: Final = np.dtype(
    [
        ("planned_self_government", np.float64),
        ("planned_outreach", np.float64),
        ("attention", np.float64),
        ("announced_level", np.float64),
        ("n_consenting", np.int64),
        ("collective", np.int64),
        ("n_budgets", np.int64),
    ]
)
# What holds for a settlement: who serves it, and the way there.
SETTLEMENT_TERMS: Final = np.dtype([("community", np.int64), ("distance_km", np.float64)])
# What holds for a post: who employs it, whose own funds pay its top-up, its public pay a month, insurance over pay.
POST_TERMS: Final = np.dtype(
    [
        ("community", np.int64),
        ("collective", np.int64),
        ("public_pay_fen", np.int64),
        ("insurance_share", np.float64),
    ]
)


class CharterLayout(NamedTuple):
    """Where request kinds begin among the matters (事项), after mandates and inspections; the class of a call."""

    first_request: int
    hotline_class: int


class Charter(NamedTuple):
    """Arrays of the institution in force.

    ``settings`` is one record with every parameter, dots replaced by underscores, and ``rule_<name>``;
    ``matters`` has a row for each mandate, inspection and request kind; ``units`` a row for each mandate in each
    unit that carries it; ``seasons`` is shape (seasons, 12); ``need_table`` shape (12 groups, 40) is cumulative;
    ``lines``, ``settlements``, ``posts``, ``communities`` and ``offices`` a row each of what holds for a line, streets
    last, a settlement, a post, a community, and an office, streets before departments.
    """

    settings: Any
    matters: Any
    units: Any
    seasons: Any
    need_table: Any
    lines: Any
    settlements: Any
    posts: Any
    communities: Any
    offices: Any
    layout: CharterLayout


def compile_charter(institution: Institution) -> Charter:
    """Return the arrays of an institution; ``docs/odd.md`` part 7 gives the formulas."""
    matters, units = compile_matters(institution), compile_units(institution)
    catalogue = institution.catalogue
    return Charter(
        settings=_settings(institution),
        matters=matters,
        units=units,
        seasons=np.array(list(catalogue.seasons.values()), np.float64).reshape(-1, MONTHS_PER_YEAR) / 1000,
        need_table=_need_table(institution),
        lines=_lines(institution),
        settlements=_settlements(institution),
        posts=_posts(institution),
        communities=_communities(institution, matters, units),
        offices=compile_offices(institution),
        layout=CharterLayout(len(catalogue.mandates) + len(catalogue.departments) + 1, _hotline_class(institution)),
    )


def _settings(institution: Institution) -> Any:
    values = {path.replace(".", "_"): institution.parameters[path] for path in institution.parameters}
    rules = {f"rule_{name}": int(institution.rules[name]) for name in RULES}
    layout = [(name, np.float64) for name in values] + [(name, np.int64) for name in rules]
    record = np.zeros(1, np.dtype(layout))
    for name, value in {**values, **rules}.items():
        record[name] = value
    return record.view(np.recarray)


def _need_table(institution: Institution) -> Any:
    """Return cumulative Poisson chances of needs a year, shape (12, 40)."""
    p = institution.parameters
    ages = (
        p["population.minor_share"],
        1.0 - p["population.minor_share"] - p["population.older_share"],
        p["population.older_share"],
    )
    multipliers = []
    mean = 0.0
    for group in range(N_GROUPS):
        age, disabled, low_income = group % AGES, (group // AGES) % 2, group // (2 * AGES)
        multiplier = max(
            1.0,
            p["voice.older_multiplier"] if age == AGES - 1 else 1.0,
            p["voice.disabled_multiplier"] if disabled else 1.0,
            p["voice.low_income_multiplier"] if low_income else 1.0,
        )
        share_disabled = p["population.disabled_share"] if disabled else 1.0 - p["population.disabled_share"]
        share_low = p["population.low_income_share"] if low_income else 1.0 - p["population.low_income_share"]
        multipliers.append(multiplier)
        mean = mean + ages[age] * share_disabled * share_low * multiplier
    table = np.zeros((N_GROUPS, MOST_NEEDS))
    for group, multiplier in enumerate(multipliers):
        rate = p["voice.latent_needs_per_year"] * multiplier / mean
        term = math.exp(-rate)
        cumulative = term
        for j in range(MOST_NEEDS):
            table[group, j] = cumulative
            term = term * rate / (j + 1)
            cumulative = cumulative + term
    return table


def _settlements(institution: Institution) -> Any:
    communities, graph = institution.places.community_rows, institution.organisation
    rows = []
    for place in institution.places.settlements:
        community, terms = service_of(graph, place.id)
        rows.append((communities[community], terms["distance_km"]))
    return np.array(rows, SETTLEMENT_TERMS).view(np.recarray)


def _posts(institution: Institution) -> Any:
    p, communities, graph = institution.parameters, institution.places.community_rows, institution.organisation
    district, rows = institution.places.district, []
    for place in institution.places.communities:
        seat = communities[seat_of(graph, place.id)]
        collective = communities[_collective_of(graph, place.id)]
        funding = graph.edges[district, acting_for(graph, district, place.id, "funds"), "funds"]
        for number in range(1, place.posts + 1):
            rank = {1: "first", 2: "second"}.get(number, "other")
            yuan = (
                p["pay.base_yuan_per_month"] + p["pay.bonus_yuan_per_month"] + p[f"pay.allowance_{rank}_yuan_per_month"]
            )
            pay = math.floor(FEN_PER_YUAN * yuan * funding["pay_factor"] + 0.5)
            rows.append((seat, collective, pay, funding["insurance_share"]))
    return np.array(rows, POST_TERMS).view(np.recarray)


def _communities(institution: Institution, matters: Any, units: Any) -> Any:
    places = institution.places.communities
    rows = np.zeros(len(places), COMMUNITY_TERMS)
    is_own = matters["work_class"] == WorkClass.SELF_GOVERNMENT
    rows["planned_self_government"] = _planned(is_own, matters, units, len(places))
    rows["planned_outreach"] = _planned(matters["is_outreach"] == 1, matters, units, len(places))
    rows["attention"] = [_attention(institution, place.id) for place in places]
    rows["announced_level"] = [_announced_level(institution, place.id) for place in places]
    graph, district, numbers = institution.organisation, institution.places.district, institution.places.community_rows
    rows["n_consenting"] = [n_consenting(graph, place.id) for place in places]
    rows["collective"] = [numbers[_collective_of(graph, place.id)] for place in places]
    for place in places:
        rows["n_budgets"][numbers[seat_of(graph, place.id)]] += graph.has_edge(district, place.id, "funds")
    return rows.view(np.recarray)


def _collective_of(graph: Graph, community: str) -> str:
    """Return the community whose own funds are those of this one: its seat where assets are pooled, else itself."""
    return seat_of(graph, community) if pools_assets(graph, community) else community


def _announced_level(institution: Institution, community: str) -> float:
    """Return the level of service that a community announces."""
    edges = institution.organisation.out_edges(community, keys=True, data=True)
    rise = max((float(terms["announced_rise"]) for *_, key, terms in edges if key == "serves"), default=0.0)
    return min(1.0, institution.parameters["opinion.announced_level"] + rise)


def _planned(is_meant: Any, matters: Any, units: Any, n_communities: int) -> Any:
    """Return the minutes a month that the catalogue plans for some matters, by community."""
    planned = np.zeros(n_communities)
    for unit in units[is_meant[units["matter"]]]:
        minutes = unit.jobs_per_year * matters[unit.matter].minutes / MONTHS_PER_YEAR
        planned[unit.community] += minutes * unit.scale
    return planned


def _attention(institution: Institution, community: str) -> float:
    """Return the share of its inspections that may still be held; 0 where none ever are."""
    graph = institution.organisation
    edges = [terms for *_, key, terms in graph.in_edges(community, keys=True, data=True) if key == "inspects"]
    kept = sum(terms["inspections_per_year"] * terms["kept_share"] for terms in edges)
    held = sum(terms["inspections_per_year"] for terms in edges)
    return float(kept / held) if held else 0.0


def _lines(institution: Institution) -> Any:
    departments = institution.catalogue.departments
    rows = np.zeros(len(departments) + 1, LINE_TERMS)
    for number, department in enumerate(departments):
        rows["n_mandates"][number] = sum(
            mandate.work_class == WorkClass.ADMINISTRATION and mandate.department == department.id
            for mandate in institution.catalogue.mandates
        )
        edges = institution.organisation.out_edges(department.id, keys=True, data=True)
        days = [int(terms["approval_days"]) for *_, key, terms in edges if key == "assigns"]
        rows["approval_days"][number] = max(days, default=0)
    return rows.view(np.recarray)


def _hotline_class(institution: Institution) -> int:
    p, rule = institution.parameters, int(institution.rules["priority"])
    weight, days, minutes = p["hotline.weight"], p["hotline.deadline_days"], p["hotline.minutes"]
    return priority_class(rule, weight, days, minutes, From.HOTLINE)
