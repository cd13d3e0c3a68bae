"""Matters (事项): one row for each mandate, inspection and kind of request, as kernels read them."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.compilation import as_records
from govsim.institution.catalogue import SizeRule, WorkClass
from govsim.institution.rules import Priority
from govsim.randomness import lognormal_terms

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

LEAST_CLASS: Final = 1
MOST_CLASS: Final = 30
# The season of inspections, which every catalogue has.
EVEN: Final = "even"

MATTER: Final = np.dtype(
    [
        ("line", np.int64),
        ("work_class", np.int64),
        ("minutes", np.float64),
        ("size_rule", np.int64),
        ("log_mean", np.float64),
        ("log_spread", np.float64),
        ("red_tape_permille", np.int64),
        ("deadline_days", np.int64),
        ("authority_share", np.float64),
        ("priority", np.int64),
        ("season", np.int64),
        ("period_years", np.int64),
        ("period_phase", np.int64),
        ("cumulative_share", np.float64),
        ("resolved_share", np.float64),
        ("is_emotional", np.int64),
        ("records_per_job", np.int64),
        ("is_outreach", np.int64),
    ]
)


class From(Enum):
    """Where work comes from; a call dispatched by the hotline is a resident's and inspected."""

    DEPARTMENT = 0
    RESIDENT = 1
    HOTLINE = 2


def priority_class(rule: int, weight: float, deadline_days: float, minutes: float, origin: From) -> int:
    """Return the class in which work stands: pressing work first is weight over days and minutes."""
    if rule == Priority.OLDEST_FIRST:
        return LEAST_CLASS
    if rule == Priority.INSPECTED_FIRST:
        return 2 if origin == From.RESIDENT else 1
    if rule == Priority.RESIDENTS_FIRST:
        return 2 if origin == From.DEPARTMENT else 1
    if weight <= 0.0:
        return MOST_CLASS
    pressing = -math.log2(weight / (deadline_days * minutes))
    return min(MOST_CLASS, max(LEAST_CLASS, math.floor(pressing)))


def compile_matters(institution: Institution) -> Any:
    """Return the rows of all matters: mandates, inspections by department and by streets, kinds of request."""
    rows = [*_mandates(institution), *_inspections(institution), *_requests(institution)]
    matters = np.zeros(len(rows), MATTER)
    matters["period_years"] = 1
    for number, row in enumerate(rows):
        for name, value in row.items():
            matters[name][number] = value
    return as_records(matters)


def _lines(institution: Institution) -> dict[str, int]:
    return {department.id: number for number, department in enumerate(institution.catalogue.departments)}


def _seasons(institution: Institution) -> dict[str, int]:
    return {name: number for number, name in enumerate(institution.catalogue.seasons)}


def _sizes(minutes: float, size_rule: SizeRule, cv: float) -> dict[str, Any]:
    log_mean, log_spread = lognormal_terms(minutes, cv)
    return {"minutes": minutes, "size_rule": size_rule, "log_mean": log_mean, "log_spread": log_spread}


def _mandates(institution: Institution) -> list[dict[str, Any]]:
    lines, seasons = _lines(institution), _seasons(institution)
    return [
        {
            "line": lines[m.department],
            "work_class": m.work_class,
            **_sizes(m.minutes, m.size_rule, m.cv),
            "red_tape_permille": m.red_tape_permille,
            "deadline_days": m.deadline_days,
            "authority_share": m.authority_share,
            "season": seasons[m.season],
            "period_years": m.period_years,
            "period_phase": m.period_phase,
            "records_per_job": m.records_per_job,
            "is_outreach": int(m.is_outreach),
        }
        for m in institution.catalogue.mandates
    ]


def _inspections(institution: Institution) -> list[dict[str, Any]]:
    p, even = institution.parameters, _seasons(institution)[EVEN]
    return [
        {
            "line": line,
            "work_class": WorkClass.INSPECTION,
            **_sizes(p["inspections.minutes"], SizeRule.FIXED, 0.0),
            "deadline_days": int(p["inspections.deadline_days"]),
            "season": even,
        }
        for line in range(len(institution.catalogue.departments) + 1)
    ]


def _requests(institution: Institution) -> list[dict[str, Any]]:
    rule, lines = int(institution.rules["priority"]), _lines(institution)
    rows: list[dict[str, Any]] = []
    running = 0.0
    for kind in institution.catalogue.requests:
        running = running + kind.share
        rows.append(
            {
                "line": lines[kind.department],
                "work_class": WorkClass.SERVICE,
                **_sizes(kind.minutes, kind.size_rule, kind.cv),
                "deadline_days": kind.deadline_days,
                "authority_share": kind.authority_share,
                "priority": priority_class(rule, kind.weight, kind.deadline_days, kind.minutes, From.RESIDENT),
                "cumulative_share": running,
                "resolved_share": kind.resolved_share,
                "is_emotional": int(kind.is_emotional),
            }
        )
    return rows
