"""Matters (事项): one row for each mandate, inspection and kind of request, as kernels read them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.institution.catalogue import SizeRule, WorkClass
from govsim.institution.rules import Priority
from govsim.randomness import lognormal_terms

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

LEAST_CLASS: Final = 1
MOST_CLASS: Final = 30

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
    ]
)


def priority_class(rule: int, weight: float, deadline_days: float, minutes: float, *, is_request: bool) -> int:
    """Return the class in which a matter stands: pressing work first is weight over days and minutes."""
    if rule == Priority.OLDEST_FIRST:
        return LEAST_CLASS
    if rule == Priority.INSPECTED_FIRST:
        return 2 if is_request else 1
    if rule == Priority.RESIDENTS_FIRST:
        return 1 if is_request else 2
    pressing = -math.log2(weight / (deadline_days * minutes))
    return min(MOST_CLASS, max(LEAST_CLASS, math.floor(pressing)))


def compile_matters(institution: Institution) -> Any:
    """Return the rows of all matters: mandates, then inspections by department, then kinds of request."""
    catalogue = institution.catalogue
    rule = int(institution.rules["priority"])
    lines = {department.id: number for number, department in enumerate(catalogue.departments)}
    seasons = {name: number for number, name in enumerate(catalogue.seasons)}
    rows: list[tuple[Any, ...]] = [
        (
            lines[m.department],
            m.work_class,
            m.minutes,
            m.size_rule,
            *lognormal_terms(m.minutes, m.cv),
            m.red_tape_permille,
            m.deadline_days,
            m.authority_share,
            priority_class(rule, m.weight, m.deadline_days, m.minutes, is_request=False),
            seasons[m.season],
            m.period_years,
            m.period_phase,
            0.0,
            0.0,
            0,
        )
        for m in catalogue.mandates
    ]
    minutes = institution.parameters["inspections.minutes"]
    deadline = int(institution.parameters["inspections.deadline_days"])
    for department in catalogue.departments:
        weight = institution.parameters["inspections.weight"] * department.inspection_weight
        priority = priority_class(rule, weight, deadline, minutes, is_request=False)
        row = (
            lines[department.id],
            WorkClass.INSPECTION,
            minutes,
            SizeRule.FIXED,
            0.0,
            0.0,
            0,
            deadline,
            0.0,
        )
        rows.append((*row, priority, seasons["even"], 1, 0, 0.0, 0.0, 0))
    running = 0.0
    for kind in catalogue.requests:
        running = running + kind.share
        priority = priority_class(rule, kind.weight, kind.deadline_days, kind.minutes, is_request=True)
        row = (
            lines[kind.department],
            WorkClass.SERVICE,
            kind.minutes,
            kind.size_rule,
            *lognormal_terms(kind.minutes, kind.cv),
            0,
        )
        rest = (kind.deadline_days, kind.authority_share, priority, 0, 1, 0)
        rows.append((*row, *rest, running, kind.resolved_share, int(kind.is_emotional)))
    return np.array(rows, MATTER).view(np.recarray)
