"""The docket (议事单): what departments and the permit board have to decide on, by the terms of the graph in force."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.clock import MINUTES_PER_HOUR, MONTHS_PER_YEAR
from govsim.compilation import as_records
from govsim.institution.catalogue import WorkClass
from govsim.institution.offices import FEN_PER_YUAN, scaled
from govsim.institution.units import compliance
from govsim.randomness import text_entity, text_uniform

if TYPE_CHECKING:
    from govsim.institution.catalogue import DepartmentEntry, Mandate
    from govsim.institution.charter import Charter
    from govsim.institution.institution import Institution

# What the compiled decisions take of a matter; ``admission`` is the chance that the board lists or admits it.
MATTER_TO_DECIDE: Final = np.dtype(
    [
        ("row", np.int64),
        ("entity", np.int64),
        ("weight", np.float64),
        ("standing", np.float64),
        ("admission", np.float64),
        ("compliance", np.float64),
        ("free_fen", np.float64),
        ("bound_fen", np.float64),
        ("is_inspection", np.bool_),
        ("is_restricted", np.bool_),
    ],
    align=True,
)
# What they take of a department: where its matters begin and end, and the terms that hold for it.
TERMS: Final = np.dtype(
    [
        ("first", np.int64),
        ("end", np.int64),
        ("approval_days", np.float64),
        ("mandate_audit_share", np.float64),
        ("inspection_audit_share", np.float64),
        ("budget_fen", np.int64),
    ]
)
_STATUS: Final = {"duty": "permit.duty", "assist": "permit.assist"}


@dataclass(frozen=True, slots=True)
class Matter:
    """A mandate or inspection that a department decides on.

    Attributes
    ----------
    id
        Of the mandate, or ``inspection-<department>``.
    row
        Among the matters of the charter.
    entity
        Identity of the mandate in the district, for its draws.
    weight
        What the department stakes on it.
    score
        Log odds of admission by the usual board.
    is_inspection, is_restricted
        Whether it is an inspection; whether some of its jobs may not simply be sent down.
    standing
        Where it stands among all that could be listed, a number between 0 and 1, the same in every run.
    compliance
        Chance that a community takes an ad hoc job of it, on average over those where it is restricted.
    free_fen, bound_fen
        What a month of its unrestricted, and its restricted, jobs would cost to buy.
    """

    id: str
    row: int
    entity: int
    weight: float
    score: float
    standing: float
    is_inspection: bool
    is_restricted: bool
    compliance: float
    free_fen: float
    bound_fen: float


def admission(matter: Matter, strictness: float) -> float:
    """Return the chance that the permit board lists or admits a matter; a logistic, as odds of refusal."""
    return 1.0 / (1.0 + strictness * math.exp(-matter.score))


@dataclass(frozen=True, slots=True)
class Brief:
    """What one department decides on, and the terms that hold for it.

    Attributes
    ----------
    matters
        In the order of the catalogue, the inspection last.
    strictness, approval_days
        Of the permit board; 0 where none is needed.
    mandate_audit_share, inspection_audit_share
        Chance that ad hoc tasks, and ad hoc visits, are found out.
    budget_fen
        Money of a month to buy work with.
    """

    matters: tuple[Matter, ...]
    strictness: float
    approval_days: float
    mandate_audit_share: float
    inspection_audit_share: float
    budget_fen: int


class Docket(NamedTuple):
    """What all departments decide on.

    Attributes
    ----------
    briefs
        One for each department, in the order of the catalogue.
    matters, terms
        The same as record arrays: a row for each matter, department by department, and one for each department.
    """

    briefs: tuple[Brief, ...]
    matters: Any
    terms: Any


def compile_docket(institution: Institution, charter: Charter) -> Docket:
    """Return what departments decide on; ``docs/odd.md`` part 7.16."""
    costs = _costs(institution, charter)
    departments = institution.catalogue.departments
    return docket_of(tuple(_brief(institution, line, department, costs) for line, department in enumerate(departments)))


def docket_of(briefs: tuple[Brief, ...]) -> Docket:
    """Return briefs with their tables."""
    table = as_records(np.zeros(sum(len(brief.matters) for brief in briefs), MATTER_TO_DECIDE))
    for name in MATTER_TO_DECIDE.names or ():
        if name != "admission":
            table[name] = [getattr(matter, name) for brief in briefs for matter in brief.matters]
    table["admission"] = [admission(matter, brief.strictness) for brief in briefs for matter in brief.matters]
    return Docket(briefs, table, _terms(briefs))


def _terms(briefs: tuple[Brief, ...]) -> Any:
    table = as_records(np.zeros(len(briefs), TERMS))
    table["end"] = np.cumsum([len(brief.matters) for brief in briefs])
    table["first"][1:] = table["end"][:-1]
    for name in ("approval_days", "mandate_audit_share", "inspection_audit_share", "budget_fen"):
        table[name] = [getattr(brief, name) for brief in briefs]
    return table


def _brief(
    institution: Institution, line: int, department: DepartmentEntry, costs: dict[int, tuple[float, float]]
) -> Brief:
    assigns, inspects = institution.relations.assigns[line], institution.relations.inspects[line]
    mandates, restricted = institution.catalogue.mandates, assigns["permit"] != 0.0
    bound = bool(restricted.any()), _mean_compliance(institution, inspects["kept_share"][restricted])
    own = [
        _mandate(institution, row, mandate, bound, costs[row])
        for row, mandate in enumerate(mandates)
        if mandate.department == department.id and mandate.work_class == WorkClass.ADMINISTRATION
    ]
    yuan = FEN_PER_YUAN * department.purchase_yuan_per_year
    return Brief(
        matters=(*own, _inspection(institution, len(mandates) + line, department, inspects["kept_share"])),
        strictness=_highest(assigns, "strictness"),
        approval_days=_highest(assigns, "approval_days"),
        mandate_audit_share=_highest(assigns, "audit_share"),
        inspection_audit_share=_highest(inspects, "audit_share"),
        budget_fen=int(scaled(institution, yuan) / MONTHS_PER_YEAR),
    )


def _highest(edges: Any, term: str) -> float:
    return float(edges[term].max(initial=0.0))


def _mandate(
    institution: Institution, row: int, mandate: Mandate, bound: tuple[bool, float], fen: tuple[float, float]
) -> Matter:
    p = institution.parameters
    status = _STATUS.get(mandate.legal_status)
    score = p["permit.base"] + (p[status] if status else 0.0) + p["permit.political"] * (mandate.weight - 1.0)
    return Matter(
        id=mandate.id,
        row=row,
        entity=text_entity(f"push:{mandate.id}"),
        weight=mandate.weight,
        score=score,
        standing=text_uniform(f"listed:{mandate.id}"),
        is_inspection=False,
        is_restricted=bound[0],
        compliance=bound[1],
        free_fen=fen[0],
        bound_fen=fen[1],
    )


def _inspection(institution: Institution, row: int, department: DepartmentEntry, kept_shares: Any) -> Matter:
    cut = kept_shares[kept_shares < 1.0]
    return Matter(
        id=f"inspection-{department.id}",
        row=row,
        entity=text_entity(f"push:inspection-{department.id}"),
        weight=department.inspection_weight,
        score=0.0,
        standing=1.0,
        is_inspection=True,
        is_restricted=bool(len(cut)),
        compliance=_mean_compliance(institution, cut),
        free_fen=0.0,
        bound_fen=0.0,
    )


def _mean_compliance(institution: Institution, kept_shares: Any) -> float:
    # Added one by one: NumPy's sum goes in pairs.
    chances = np.cumsum(compliance(institution, kept_shares))
    return float(chances[-1] / len(chances)) if len(chances) else 1.0


def _costs(institution: Institution, charter: Charter) -> dict[int, tuple[float, float]]:
    """Return what a month of the jobs of each mandate would cost to buy, without and with need of a permit."""
    p = institution.parameters
    fen_per_minute = FEN_PER_YUAN * p["push.bought_yuan_per_hour"] / MINUTES_PER_HOUR
    units, matters = charter.units, charter.matters
    jobs = units["jobs_per_year"] / MONTHS_PER_YEAR * units["scale"] * p["mandates.volume"]
    minutes = np.bincount(
        2 * units["matter"] + units["needs_permit"],
        jobs * matters["minutes"][units["matter"]],
        minlength=2 * len(matters),
    ).reshape(-1, 2)
    return {
        row: (fen_per_minute * float(free), fen_per_minute * float(bound)) for row, (free, bound) in enumerate(minutes)
    }
