"""7.16 The route of each mandate: what departments choose, what the board admits, what audits find."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.randomness import Decision, text_entity
from tests.reference.draws import BILLIONTH, fixed_u
from tests.reference.terms import compliance

if TYPE_CHECKING:
    from tests.reference.entities import Community, Department
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Kind

BUSIEST = 0.95


class Route(Enum):
    """Where a job goes on its day."""

    DOWN = "down"
    PERMIT = "permit"
    AD_HOC = "ad_hoc"
    DO = "do"
    BUY = "buy"
    DROP = "drop"


@dataclass
class Choices:
    """What is chosen for a month: routes by id of mandate, what the board lists, and money committed in fen."""

    listed: set[str] = field(default_factory=set)
    free: dict[str, Route] = field(default_factory=dict)
    bound: dict[str, Route] = field(default_factory=dict)
    committed: dict[str, float] = field(default_factory=dict)


def choose_routes(model: ReferenceModel, month: int) -> None:
    """Choose the routes of the month: first choices, the board, second choices, audits."""
    model.choices = choices = Choices(committed={department.id: 0.0 for department in model.departments})
    choices.listed = {kind.id for kind in administration(model) if is_listed(model, kind)}
    for kind in administration(model):
        choices.free[kind.id] = choose(model, kind, month, is_bound=False)
        if needs_permit(model, kind) and kind.id not in choices.listed:
            model.tally.origin(kind, "unlisted", 1)
            choices.bound[kind.id] = choose(model, kind, month, is_bound=True)
    for kind in inspections_of_departments(model):
        if any(community.inspecting[kind.line].kept_share < 1 for community in with_edges(model)):
            choices.bound[kind.id] = choose(model, kind, month, is_bound=True)
    for kind in refused_by_the_board(model, month):
        choices.bound[kind.id] = choose(model, kind, month, is_bound=True, is_second=True)
    audit(model, month)


def administration(model: ReferenceModel) -> list[Kind]:
    """Return the mandates of class administration in the order of the catalogue."""
    return [kind for kind in model.mandates if kind.work_class == WorkClass.ADMINISTRATION]


def inspections_of_departments(model: ReferenceModel) -> list[Kind]:
    """Return the inspection mandates of departments."""
    return [kind for kind in model.mandates if kind.is_inspection and not kind.is_of_streets]


def needs_permit(model: ReferenceModel, kind: Kind) -> bool:
    """Whether the edge of any community needs a permit for a mandate that is not listed."""
    return any(community.assigning[kind.line].permit for community in with_edges(model))


def with_edges(model: ReferenceModel) -> list[Community]:
    """Return the communities that departments assign work to and inspect; a merger may leave fewer (7.19)."""
    return [community for community in model.communities if community.keeps_edges]


def push_entity(kind: Kind) -> int:
    """Return the identity of a mandate of the district."""
    return text_entity("push:" + kind.id)


# --- One choice ------------------------------------------------------------------------------------------


def choose(model: ReferenceModel, kind: Kind, month: int, *, is_bound: bool, is_second: bool = False) -> Route:
    """Return the route that a department takes for the free or bound jobs of a mandate this month."""
    department, committed = model.departments[kind.line], model.choices.committed
    cost = expected_fen(model, kind, is_bound=is_bound)
    utilities = options(model, kind, is_bound=is_bound)
    if is_second or kind.is_inspection:
        utilities.pop(Route.PERMIT, None)
    if kind.is_inspection:
        del utilities[Route.DO]
    if kind.is_inspection or committed[department.id] + cost > department.budget_fen:
        del utilities[Route.BUY]
    u37 = model.draws.u(Decision.ROUTE, push_entity(kind), month, int(is_second))
    route = drawn(utilities, model.p["push.noise"], u37)
    if route == Route.BUY:
        committed[department.id] += cost
    return route


def options(model: ReferenceModel, kind: Kind, *, is_bound: bool) -> dict[Route, float]:
    """Return the utility of each route, in hours of the department for an hour of the work."""
    p, department = model.p, model.departments[kind.line]
    stake = p["push.worth"] * (department.inspection_weight if kind.is_inspection else kind.weight)
    if is_bound:
        utilities = {
            Route.PERMIT: utility_of_permit(model, kind, stake),
            Route.AD_HOC: utility_of_ad_hoc(model, kind, stake),
        }
    else:
        utilities = {Route.DOWN: -p["push.pass_cost"]}
    utilities[Route.DO] = -p["push.own_minutes_share"] / (1 - min(BUSIEST, department.load * BILLIONTH))
    utilities[Route.BUY] = -p["push.bought_cost"]
    utilities[Route.DROP] = -stake
    return utilities


def utility_of_permit(model: ReferenceModel, kind: Kind, stake: float) -> float:
    """Return what asking the board is worth; inspections cannot."""
    p = model.p
    return (
        -p["push.pass_cost"]
        - p["push.delay_cost_per_day"] * approval_days(model, kind) * stake
        - (1 - admission(model, kind)) * stake
    )


def utility_of_ad_hoc(model: ReferenceModel, kind: Kind, stake: float) -> float:
    """Return what getting round the board is worth."""
    p = model.p
    belief = audit_belief(model, model.departments[kind.line])
    return -p["push.ad_hoc_cost"] - belief * p["push.penalty"] - (1 - mean_compliance(model, kind)) * stake


def audit_belief(model: ReferenceModel, department: Department) -> float:
    """Return the share of ad hoc work of which the department believes that it is found out."""
    p = model.p
    return (p["push.prior_cases"] * p["push.expected_audit_share"] + department.ad_hoc_caught) / (
        p["push.prior_cases"] + department.ad_hoc_tries
    )


def mean_compliance(model: ReferenceModel, kind: Kind) -> float:
    """Return the mean chance of being taken, over the communities in which jobs of the mandate are bound."""
    total, n = 0.0, 0
    for community in sorted(with_edges(model), key=lambda community: community.id):
        if kind.is_inspection:
            is_counted = community.inspecting[kind.line].kept_share < 1
        else:
            is_counted = community.assigning[kind.line].permit == 1
        if is_counted:
            total += compliance(model, community, kind.line)
            n += 1
    return total / n


def drawn(utilities: dict[Route, float], noise: float, u37: float) -> Route:
    """Return the first option at which the running sum of chances passes the draw."""
    best = max(utilities.values())
    chances = {route: math.exp((u - best) / noise) for route, u in utilities.items()}
    total = 0.0
    for chance in chances.values():
        total += chance
    running = 0.0
    for route, chance in chances.items():
        running += chance
        if u37 * total < running:
            return route
    raise AssertionError("a draw lies below 1")


# --- Money to buy work with ------------------------------------------------------------------------------


def expected_fen(model: ReferenceModel, kind: Kind, *, is_bound: bool) -> float:
    """Return what buying the free or bound jobs of a mandate is expected to cost this month."""
    duties = [duty for duty in model.duties if duty.kind is kind and duty.is_in_force]
    duties.sort(key=lambda duty: (duty.founded_in.id, duty.settlement.id if duty.settlement else ""))
    minutes = 0.0
    for duty in duties:
        if is_bound_unit(model, kind, duty.edges_at) == is_bound:
            minutes += kind.jobs_per_year / 12 * duty.scale * model.p["mandates.volume"] * kind.minutes
    return 100 * model.p["push.bought_yuan_per_hour"] / 60 * minutes


def is_bound_unit(model: ReferenceModel, kind: Kind, community: Community) -> bool:
    """Whether jobs of a mandate of administration are bound in a community."""
    return community.assigning[kind.line].permit == 1 and kind.id not in model.choices.listed


# --- The board and audits --------------------------------------------------------------------------------


def strictness(model: ReferenceModel, kind: Kind) -> float:
    """Return the strictness of a department: the highest on its edges."""
    return max(community.assigning[kind.line].strictness for community in with_edges(model))


def approval_days(model: ReferenceModel, kind: Kind) -> int:
    """Return the days that an admitted job of a department waits: the most on its edges."""
    return max(community.assigning[kind.line].approval_days for community in with_edges(model))


def audit_share(model: ReferenceModel, kind: Kind) -> float:
    """Return the share of ad hoc work that is found out: the highest on the edges by which it comes."""
    if kind.is_inspection:
        return max(community.inspecting[kind.line].audit_share for community in with_edges(model))
    return max(community.assigning[kind.line].audit_share for community in with_edges(model))


def admission(model: ReferenceModel, kind: Kind) -> float:
    """Return the chance p with which the board lists or admits a mandate."""
    p = model.p
    lawful = {"duty": p["permit.duty"], "assist": p["permit.assist"], "own": 0}[kind.legal_status]
    score = p["permit.base"] + lawful + p["permit.political"] * (kind.weight - 1)
    return 1 / (1 + strictness(model, kind) * math.exp(-score))


def is_listed(model: ReferenceModel, kind: Kind) -> bool:
    """Whether the board lists a mandate, so that its jobs are free everywhere."""
    return fixed_u(f"listed:{kind.id}") < admission(model, kind)


def refused_by_the_board(model: ReferenceModel, month: int) -> list[Kind]:
    """Hear who asks, and return the mandates refused or not heard, in the order of the catalogue."""
    asking = [kind for kind in administration(model) if model.choices.bound.get(kind.id) == Route.PERMIT]
    in_turn = sorted(asking, key=lambda kind: model.draws.u(Decision.HEARD, push_entity(kind), month))
    n_heard = math.floor(model.p["permit.board_cases_per_month"])
    admitted = [kind for kind in in_turn[:n_heard] if is_admitted(model, kind, month)]
    for kind in asking:
        model.tally.origin(kind, "asked", 1)
        model.tally.origin(kind, "admitted" if kind in admitted else "refused", 1)
    return [kind for kind in asking if kind not in admitted]


def is_admitted(model: ReferenceModel, kind: Kind, month: int) -> bool:
    """Whether the board admits a mandate that it hears, at once or on appeal."""
    u40 = model.draws.u(Decision.ADMITTED, push_entity(kind), month)
    u41 = model.draws.u(Decision.APPEALED, push_entity(kind), month)
    return u40 < admission(model, kind) or u41 < model.p["permit.appeals_won_share"]


def audit(model: ReferenceModel, month: int) -> None:
    """After all have chosen, some of the mandates that go ad hoc are found out."""
    for kind in model.mandates:
        if model.choices.bound.get(kind.id) != Route.AD_HOC:
            continue
        department = model.departments[kind.line]
        is_caught = model.draws.u(Decision.AUDITED, push_entity(kind), month) < audit_share(model, kind)
        department.ad_hoc_tries += 1
        department.ad_hoc_caught += int(is_caught)
        model.tally.origin(kind, "tries", 1)
        model.tally.origin(kind, "caught", int(is_caught))
