"""The institution compiled to arrays: what kernels read, made anew whenever a reform amends the institution."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.compilation import as_records
from govsim.institution.catalogue import WorkClass
from govsim.institution.matters import From, compile_matters, priority_class
from govsim.institution.offices import FEN_PER_YUAN, compile_offices
from govsim.institution.rules import RULES
from govsim.institution.units import compile_units
from govsim.kernels.closing import AGES
from govsim.kernels.needs import MOST_NEEDS

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

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
    return as_records(record)


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
    served = institution.relations.serves
    rows = np.zeros(len(served), SETTLEMENT_TERMS)
    rows["community"], rows["distance_km"] = served["community"], served["distance_km"]
    return as_records(rows)


def _posts(institution: Institution) -> Any:
    p, relations = institution.parameters, institution.relations
    n_posts = np.array([place.posts for place in institution.places.communities])
    homes = np.repeat(np.arange(len(n_posts)), n_posts)
    ranks = np.arange(len(homes)) - np.repeat(np.cumsum(n_posts) - n_posts, n_posts)
    yuan = np.array(
        [
            p["pay.base_yuan_per_month"] + p["pay.bonus_yuan_per_month"] + p[f"pay.allowance_{rank}_yuan_per_month"]
            for rank in ("first", "second", "other")
        ]
    )
    funding = relations.funds[np.where(relations.funds["exists"], np.arange(len(n_posts)), relations.seats)][homes]
    rows = np.zeros(len(homes), POST_TERMS)
    rows["community"], rows["collective"] = relations.seats[homes], relations.collectives[homes]
    rows["public_pay_fen"] = np.floor(FEN_PER_YUAN * yuan[np.minimum(ranks, 2)] * funding["pay_factor"] + 0.5)
    rows["insurance_share"] = funding["insurance_share"]
    return as_records(rows)


def _communities(institution: Institution, matters: Any, units: Any) -> Any:
    relations, n = institution.relations, len(institution.places.communities)
    rows = np.zeros(n, COMMUNITY_TERMS)
    is_own = matters["work_class"] == WorkClass.SELF_GOVERNMENT
    rows["planned_self_government"] = _planned(is_own, matters, units, n)
    rows["planned_outreach"] = _planned(matters["is_outreach"] == 1, matters, units, n)
    rows["attention"] = _attention(relations.inspects)
    rises = np.zeros(n)
    np.maximum.at(rises, relations.serves["community"], relations.serves["announced_rise"])
    rows["announced_level"] = np.minimum(1.0, institution.parameters["opinion.announced_level"] + rises)
    rows["n_consenting"], rows["collective"] = relations.n_consenting, relations.collectives
    rows["n_budgets"] = np.bincount(relations.seats[relations.funds["exists"]], minlength=n)
    return as_records(rows)


def _planned(is_meant: Any, matters: Any, units: Any, n_communities: int) -> Any:
    """Return the minutes a month that the catalogue plans for some matters, by community."""
    meant = units[is_meant[units["matter"]]]
    minutes = meant["jobs_per_year"] * matters["minutes"][meant["matter"]] / MONTHS_PER_YEAR * meant["scale"]
    return np.bincount(meant["community"], minutes, n_communities)


def _attention(inspects: Any) -> Any:
    """Return the share of inspections of each community that may still be held; 0 where none ever are."""
    # Added one by one, departments first: NumPy's sums go in pairs.
    held = np.cumsum(inspects["inspections_per_year"], axis=0)[-1]
    kept = np.cumsum(inspects["inspections_per_year"] * inspects["kept_share"], axis=0)[-1]
    return np.divide(kept, held, out=np.zeros(len(held)), where=held > 0.0)


def _lines(institution: Institution) -> Any:
    catalogue, assigns = institution.catalogue, institution.relations.assigns
    rows = np.zeros(len(catalogue.departments) + 1, LINE_TERMS)
    sent = Counter(each.department for each in catalogue.mandates if each.work_class == WorkClass.ADMINISTRATION)
    rows["n_mandates"][:-1] = [sent[department.id] for department in catalogue.departments]
    rows["approval_days"][:-1] = assigns["approval_days"].max(axis=1, initial=0.0)
    return as_records(rows)


def _hotline_class(institution: Institution) -> int:
    p, rule = institution.parameters, int(institution.rules["priority"])
    weight, days, minutes = p["hotline.weight"], p["hotline.deadline_days"], p["hotline.minutes"]
    return priority_class(rule, weight, days, minutes, From.HOTLINE)
