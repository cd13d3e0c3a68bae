"""7.1 Reforms and pay: the terms on the edges that lead to each community."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.randomness import text_entity
from tests.reference.merging import merge_villages, unmerged

if TYPE_CHECKING:
    from govsim.reforms import InspectionCut, PayRise, Reform, TaskPermit
    from tests.reference.entities import Community, Post
    from tests.reference.model import ReferenceModel


@dataclass
class Assigning:
    """The edge by which a department assigns work to a community."""

    permit: int = 0
    strictness: float = 0.0
    approval_days: int = 0
    audit_share: float = 0.0


@dataclass
class Inspecting:
    """The edge by which a department, or the street, inspects a community."""

    kept_share: float = 1.0
    audit_share: float = 0.0


def start_due_reforms(model: ReferenceModel, month: int) -> None:
    """Amend the baseline by every reform with its dose of the month."""
    n_lines = len(model.departments)
    for community in model.communities:
        community.public_pay_factor = 1.0
        community.insurance_share = model.p["pay.insurance_share"]
        community.assigning = [Assigning() for _ in range(n_lines)]
        community.inspecting = [Inspecting() for _ in range(n_lines + 1)]
        unmerged(community)
    for reform in sorted(model.reforms, key=lambda reform: reform.id):
        d = dose(model, reform, month)
        if d != 0:
            AMENDMENTS[reform.use](model, reform, d)


def raise_pay(model: ReferenceModel, reform: PayRise, d: float) -> None:
    """Raise what the district pays in each place that is covered."""
    for community in places_of(model, reform):
        community.public_pay_factor *= 1 + reform.rise_share * d
        community.insurance_share += reform.insurance_rise_share * d


def require_permits(model: ReferenceModel, reform: TaskPermit, d: float) -> None:
    """Require a permit in the nested share of places; the stricter of several reforms counts."""
    for community in nested_places(model, reform, d):
        for edge in community.assigning:
            edge.permit = 1
            edge.strictness = max(edge.strictness, reform.strictness)
            edge.approval_days = max(edge.approval_days, reform.approval_days)
            edge.audit_share = max(edge.audit_share, reform.audit_share)


def cut_inspections(model: ReferenceModel, reform: InspectionCut, d: float) -> None:
    """Keep only a share of the inspections by departments and streets."""
    for community in places_of(model, reform):
        for edge in community.inspecting:
            edge.kept_share *= 1 - reform.cut_share * d
            edge.audit_share = max(edge.audit_share, reform.audit_share)


# A merger takes edges away after all: terms of edges that are gone are never read, so the order does not matter.
AMENDMENTS = {
    "pay_rise": raise_pay,
    "task_permit": require_permits,
    "inspection_cut": cut_inspections,
    "village_merger": merge_villages,
}


def dose(model: ReferenceModel, reform: Reform, month: int) -> float:
    """Return strength times phase."""
    start = month_number(model, reform.starts_on)
    if month < start or (reform.ends_on is not None and month >= month_number(model, reform.ends_on)):
        phase = 0.0
    else:
        phase = min(1, (month - start + 1) / reform.phase_in_months)
    return reform.strength * phase


def month_number(model: ReferenceModel, label: str) -> int:
    """Return the month of the run that ``YYYY-MM`` names."""
    year, month = label.split("-")
    calendar = model.calendar
    first_year = calendar.start_year - calendar.warm_up_years
    return 12 * (int(year) - first_year) + int(month) - calendar.start_month


def places_of(model: ReferenceModel, reform: Reform) -> list[Community]:
    """Return the communities in which a reform holds; no place named means everywhere."""
    if not reform.in_streets and not reform.in_communities:
        return list(model.communities)
    return [c for c in model.communities if c.street.id in reform.in_streets or c.id in reform.in_communities]


def nested_places(model: ReferenceModel, reform: Reform, d: float) -> list[Community]:
    """Return the share d of the places of a reform that holds or does not hold; a larger share only adds."""
    ranked = sorted(places_of(model, reform), key=lambda c: (text_entity("rank:" + c.id), c.id))
    return ranked[: math.floor(len(ranked) * d + 0.5)]


def set_pay(model: ReferenceModel, post: Post) -> None:
    """Set public pay and top-up of a post, a month, in fen; the edge to its home counts, or else that to the seat."""
    p = model.p
    allowance = {
        1: p["pay.allowance_first_yuan_per_month"],
        2: p["pay.allowance_second_yuan_per_month"],
    }.get(post.number, p["pay.allowance_other_yuan_per_month"])
    yuan = p["pay.base_yuan_per_month"] + p["pay.bonus_yuan_per_month"] + allowance
    public_pay_fen = math.floor(100 * yuan * post.home.edges_at.public_pay_factor + 0.5)
    post.topup_fen = post.home.topup_fen
    post.pay_fen = public_pay_fen + post.topup_fen


# --- 7.2 What inspection lends to a line -----------------------------------------------------------------


def lent_share(model: ReferenceModel, community: Community, line: int) -> float:
    """Return the share of its weight that a mandate of a department keeps by the edge to a community."""
    a = community.inspecting[line].kept_share
    return 1 - model.p["inspections.attention"] * (1 - a)


def compliance(model: ReferenceModel, community: Community, line: int) -> float:
    """Return the chance with which an ad hoc task of a department is taken in a community."""
    base, a = model.p["push.compliance_base"], community.inspecting[line].kept_share
    return base + (1 - base) * a
