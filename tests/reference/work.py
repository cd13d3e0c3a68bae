"""Work: its kinds, items, sizes, which tray (7.4), what first (7.5), and the mandates' jobs (7.2)."""

from __future__ import annotations

import math
from bisect import insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govsim.institution.catalogue import SizeRule, WorkClass
from govsim.institution.rules import Priority
from govsim.randomness import Decision, text_entity
from tests.reference.draws import CONSENT_GIVEN, CONSENT_NEEDED, exponential, lognormal
from tests.reference.money import pay
from tests.reference.routes import Route, approval_days
from tests.reference.terms import compliance, lent_share

if TYPE_CHECKING:
    from govsim.institution.catalogue import Catalogue
    from tests.reference.entities import Community, Post, Resident, Settlement
    from tests.reference.model import ReferenceModel

BEGUN = 0
AT_AN_OFFICE = 1
MOST_JOBS = 60000
STREET = "street"

# What became of a job, as origins are told (8).
DOWN, PERMIT, AD_HOC, DECLINED, DONE, BOUGHT, DROPPED = range(7)
FATES = {
    Route.DOWN: DOWN,
    Route.PERMIT: PERMIT,
    Route.DO: DONE,
    Route.BUY: BOUGHT,
    Route.DROP: DROPPED,
}


@dataclass(frozen=True)
class Kind:
    """A mandate 项, or a kind of request 诉求."""

    id: str
    line: int
    work_class: WorkClass
    minutes: float
    size_rule: SizeRule
    cv: float
    deadline_days: int
    weight: float
    authority_share: float
    # of mandates
    origin: str = ""
    legal_status: str = "own"
    jobs_per_year: float = 0.0
    red_tape_permille: int = 0
    is_per_resident: bool = False
    season: str = "even"
    period_years: int = 1
    period_phase: int = 0
    records_per_job: int = 0
    is_outreach: bool = False
    is_inspection: bool = False
    is_of_streets: bool = False
    # of requests
    is_request: bool = False
    share: float = 0.0
    resolved_share: float = 0.0
    is_emotional: bool = False


@dataclass(eq=False)
class Item:
    """A job 件 or a request; ``lies`` anywhere in exactly one list."""

    kind: Kind
    entity: int
    tick: int
    index: int
    size: int
    home: Community
    own_class: int
    created_on_day: int
    due_on_day: int
    settlement: Settlement | None = None
    resident: Resident | None = None
    by_hotline: bool = False
    raised_on_day: int = 0
    first_raised_on_day: int = 0
    repeat: int = 0
    given: int = 0
    given_red: int = 0
    remaining: int = 0
    triage_left: int = 0
    office_left: int = 0
    n_returned: int = 0
    blocks_line: bool = False
    arrived_on_day: int = 0
    arrives_on_day: int = 0
    key: int = 0

    @property
    def is_begun(self) -> bool:
        """Whether minutes for it have been settled; given is at least 1 from then on."""
        return self.given > 0


@dataclass(frozen=True)
class Duty:
    """A mandate in a unit: the community (per unit) or a settlement (per resident), as founded."""

    kind: Kind
    entity: int
    founded_in: Community
    settlement: Settlement | None
    scale: float

    @property
    def is_in_force(self) -> bool:
        """Whether it exists this month: per unit it needs an edge to the community it was founded in (7.19)."""
        return self.settlement is not None or self.founded_in.keeps_edges

    @property
    def edges_at(self) -> Community:
        """The community to which the edges lead whose terms it takes."""
        return self.founded_in.edges_at

    @property
    def community(self) -> Community:
        """The community to which its jobs go."""
        return self.founded_in.seat if self.settlement is None else self.settlement.community


# --- Kinds -----------------------------------------------------------------------------------------------


def pressing_class(weight: float, deadline_days: float, minutes: float) -> int:
    """Return the class under the rule ``most_pressing_first`` (7.5); what has no weight at all comes last."""
    if weight <= 0:
        return 30
    pressing = math.floor(-math.log2(weight / (deadline_days * minutes)))
    return min(30, max(1, pressing))


def class_of_job(model: ReferenceModel, duty: Duty) -> int:
    """Return the own class of a job that comes up now: it belongs to the mandate in its unit (7.2, 7.5)."""
    kind, rule = duty.kind, model.rules["priority"]
    if rule in (Priority.OLDEST_FIRST, Priority.INSPECTED_FIRST):
        return 1
    if rule == Priority.RESIDENTS_FIRST:
        return 2
    weight = kind.weight
    if not kind.is_inspection:
        weight = kind.weight * lent_share(model, duty.edges_at, kind.line)
    return pressing_class(weight, kind.deadline_days, kind.minutes)


def class_of_request(model: ReferenceModel, kind: Kind, *, by_hotline: bool) -> int:
    """Return the own class of a request, which follows from its kind or from the hotline (7.3, 7.5)."""
    p, rule = model.p, model.rules["priority"]
    if rule in (Priority.OLDEST_FIRST, Priority.RESIDENTS_FIRST):
        return 1
    if rule == Priority.INSPECTED_FIRST:
        return 1 if by_hotline else 2
    if by_hotline:
        return pressing_class(p["hotline.weight"], p["hotline.deadline_days"], p["hotline.minutes"])
    return pressing_class(kind.weight, kind.deadline_days, kind.minutes)


def mandate_kinds(model: ReferenceModel) -> list[Kind]:
    """Return the catalogue's mandates, then one inspection mandate a department and one for the streets (7.2)."""
    catalogue, p = model.catalogue, model.p
    lines = line_numbers(catalogue)
    kinds = [
        Kind(
            id=m.id,
            line=lines[m.department],
            work_class=m.work_class,
            minutes=m.minutes,
            size_rule=m.size_rule,
            cv=m.cv,
            deadline_days=m.deadline_days,
            weight=m.weight,
            authority_share=m.authority_share,
            origin=m.department,
            legal_status=m.legal_status,
            jobs_per_year=m.jobs_per_year,
            red_tape_permille=m.red_tape_permille,
            is_per_resident=m.is_per_resident,
            season=m.season,
            period_years=m.period_years,
            period_phase=m.period_phase,
            records_per_job=m.records_per_job,
            is_outreach=m.is_outreach,
        )
        for m in catalogue.mandates
    ]
    inspections = [
        inspection_kind(model, entry.id, lines[entry.id], entry.inspections_per_year, entry.inspection_weight)
        for entry in catalogue.departments
    ]
    of_streets = inspection_kind(model, STREET, len(lines), p["street.inspections_per_year"], 1.0)
    return [*kinds, *inspections, replace(of_streets, is_of_streets=True)]


def inspection_kind(model: ReferenceModel, origin: str, line: int, per_year: float, edge_weight: float) -> Kind:
    """Return the inspection mandate of a department or of the streets."""
    p = model.p
    return Kind(
        id=f"inspection-{origin}",
        line=line,
        work_class=WorkClass.INSPECTION,
        minutes=p["inspections.minutes"],
        size_rule=SizeRule.FIXED,
        cv=0.0,
        deadline_days=int(p["inspections.deadline_days"]),
        weight=p["inspections.weight"] * edge_weight,
        authority_share=0.0,
        origin=origin,
        jobs_per_year=per_year,
        is_inspection=True,
    )


def request_kinds(model: ReferenceModel) -> list[Kind]:
    """Return the kinds of request; their class of work is service."""
    lines = line_numbers(model.catalogue)
    return [
        Kind(
            id=r.id,
            line=lines[r.department],
            work_class=WorkClass.SERVICE,
            minutes=r.minutes,
            size_rule=r.size_rule,
            cv=r.cv,
            deadline_days=r.deadline_days,
            weight=r.weight,
            authority_share=r.authority_share,
            is_request=True,
            share=r.share,
            resolved_share=r.resolved_share,
            is_emotional=r.is_emotional,
        )
        for r in model.catalogue.requests
    ]


def line_numbers(catalogue: Catalogue) -> dict[str, int]:
    """Return the number of each department, which is its line."""
    return {department.id: number for number, department in enumerate(catalogue.departments)}


def duties(model: ReferenceModel) -> list[Duty]:
    """Return every mandate in every unit; which of them are in force is a matter of the month."""
    reference = model.p["mandates.reference_residents"]
    found = []
    for kind in model.mandates:
        for community in model.communities:
            if not kind.is_per_resident:
                entity = text_entity(f"mandate:{community.id}/{kind.id}")
                found.append(Duty(kind, entity, community, None, 1.0))
                continue
            for settlement in community.founding_settlements:
                entity = text_entity(f"mandate:{settlement.id}/{kind.id}")
                scale = len(settlement.residents) / reference
                found.append(Duty(kind, entity, community, settlement, scale))
    return found


# --- Items and trays -------------------------------------------------------------------------------------


def draw_size(model: ReferenceModel, kind: Kind, entity: int, tick: int, index: int) -> int:
    """Return the minutes of an item by the size rule of its kind."""
    if kind.size_rule == SizeRule.FIXED:
        minutes = kind.minutes
    else:
        u11 = model.draws.u(Decision.SIZE, entity, tick, index)
        if kind.size_rule == SizeRule.EXPONENTIAL:
            minutes = exponential(kind.minutes, u11)
        else:
            minutes = lognormal(kind.minutes, kind.cv, u11)
    return max(1, math.floor(min(2.0**30, minutes + 0.5)))


def line_post(posts: list[Post], line: int) -> Post:
    """Return the post to which a line now goes among the posts of a community (7.4)."""
    return _filled_from(posts, line % len(posts))


def post_for(model: ReferenceModel, item: Item) -> Post:
    """Return the post to whose tray an item goes in its community (7.4)."""
    if not item.kind.is_request:
        return line_post(item.home.posts, item.kind.line)
    u15 = model.draws.u(Decision.DESK, item.entity)
    return _filled_from(item.home.posts, math.floor(len(item.home.posts) * u15))


def _filled_from(posts: list[Post], preferred: int) -> Post:
    for step in range(len(posts)):
        post = posts[(preferred + step) % len(posts)]
        if post.is_filled:
            return post
    return posts[preferred]


def put(model: ReferenceModel, tray: list[Item], item: Item, number: int) -> None:
    """Lay an item into a tray in order of its key, with this class (7.5)."""
    order = model.draws.order_bits(item.entity, item.tick, item.index)
    item.key = number * 2**57 + item.arrived_on_day * 2**37 + order
    insort(tray, item, key=lambda other: other.key)


def enter_community(model: ReferenceModel, item: Item, day: int) -> None:
    """Lay an item into the tray of its community, with its own class, as arrived today."""
    item.arrived_on_day = day
    put(model, post_for(model, item).tray, item, item.own_class)


def send_to_community(item: Item, arrives_on_day: int) -> None:
    """Send an item on its way to its community."""
    item.arrives_on_day = arrives_on_day
    item.home.arriving.append(item)


def consent_days(model: ReferenceModel, item: Item) -> int:
    """Return how long an item that comes up waits for the consent of the villages of a federation (7.19)."""
    k, p = item.home.n_villages, model.p
    if k < 2 or item.kind.is_inspection:
        return 0
    u46 = model.draws.u(CONSENT_NEEDED, item.entity, item.tick, item.index)
    if not u46 < p["federation.consent_share"]:
        return 0
    u47 = model.draws.u(CONSENT_GIVEN, item.entity, item.tick, item.index)
    return max(1, math.ceil(21 * math.log(1 - u47 ** (1 / k)) / math.log(1 - p["federation.consent_per_month"])))


def come_up(model: ReferenceModel, item: Item) -> None:
    """Note that an item (or a repeat of one) has come up with all its minutes still to do."""
    item.remaining = item.size
    model.tally.work(item, "arrived_minutes", item.size)
    model.tally.work(item, "created", 1)


def patience_days(model: ReferenceModel, entity: int, repeat: int) -> int:
    """Return for how many days after the first a resident waits (7.3)."""
    u16 = model.draws.u(Decision.PATIENCE, entity, 0, repeat)
    return min(30000, math.floor(exponential(model.p["patience.mean_days"], u16)))


def free_line(item: Item) -> None:
    """A job that was returned is settled or leaves: it blocks its line no longer (7.10)."""
    if item.blocks_line:
        item.blocks_line = False
        item.home.returned[item.kind.line] -= 1


# --- 7.2 Jobs --------------------------------------------------------------------------------------------


def draw_jobs(model: ReferenceModel, month: int) -> None:
    """On the first day of a month: how many jobs each mandate has in each unit, and on which days."""
    model.jobs_on_day = {}
    for duty in model.duties:
        if not duty.is_in_force:
            continue
        rate = job_rate(model, duty, month)
        n = min(MOST_JOBS, math.floor(rate + model.draws.u(Decision.JOB_COUNT, duty.entity, month)))
        for k in range(n):
            u20 = model.draws.u(Decision.JOB_DAY, duty.entity, month, k)
            day = 21 * month + math.floor(21 * u20)
            model.jobs_on_day.setdefault(day, []).append((duty, k))


def job_rate(model: ReferenceModel, duty: Duty, month: int) -> float:
    """Return the expected jobs of a month."""
    kind, calendar = duty.kind, model.calendar
    if kind.period_years > 1 and (calendar.calendar_year(month) - kind.period_phase) % kind.period_years != 0:
        return 0.0
    weight = model.catalogue.seasons[kind.season][calendar.calendar_month(month)] / 1000
    return kind.jobs_per_year / 12 * weight * duty.scale * model.p["mandates.volume"]


def issue_jobs(model: ReferenceModel, day: int) -> None:
    """Each job of the day takes its route, and some come to their communities."""
    month = day // 21
    for duty, k in model.jobs_on_day.get(day, []):
        size = draw_size(model, duty.kind, duty.entity, month, k)
        fate = fate_of(model, duty, month, k)
        model.tally.origin(duty.kind, f"issued_{fate}", 1)
        model.tally.origin(duty.kind, f"issued_minutes_{fate}", size)
        model.tally.drawn_minutes[duty.kind.origin] += size
        if fate in (DOWN, PERMIT, AD_HOC):
            send_down(model, duty, k, size, fate, day)
        elif fate == DONE:
            do_itself(model, duty.kind, size)
        elif fate == BOUGHT:
            buy(model, duty.kind, size)
        if fate in (DONE, BOUGHT):
            model.tally.community(duty.community, "personal_records", duty.kind.records_per_job)
            model.tally.community(duty.community, "outreach_minutes", size if duty.kind.is_outreach else 0)


def fate_of(model: ReferenceModel, duty: Duty, month: int, k: int) -> int:
    """Return what becomes of a job by the route of its mandate, free or bound."""
    route = route_of(model, duty, month, k)
    if route != Route.AD_HOC:
        return FATES[route]
    u44 = model.draws.u(Decision.COMPLIED, duty.entity, month, k)
    return AD_HOC if u44 < compliance(model, duty.edges_at, duty.kind.line) else DECLINED


def route_of(model: ReferenceModel, duty: Duty, month: int, k: int) -> Route:
    """Return the route of a job."""
    kind, choices = duty.kind, model.choices
    if kind.is_inspection:
        u43 = model.draws.u(Decision.INSPECTION_KEPT, duty.entity, month, k)
        if u43 < duty.edges_at.inspecting[kind.line].kept_share:
            return Route.DOWN
        return Route.DROP if kind.is_of_streets else choices.bound[kind.id]
    if kind.work_class != WorkClass.ADMINISTRATION:
        return Route.DOWN
    if duty.edges_at.assigning[kind.line].permit == 1 and kind.id not in choices.listed:
        return choices.bound[kind.id]
    return choices.free[kind.id]


def send_down(model: ReferenceModel, duty: Duty, k: int, size: int, fate: int, day: int) -> None:
    """A job comes to its community, at once or when its permit and the consent of villages are there."""
    kind = duty.kind
    permitted_on_day = day + (approval_days(model, kind) if fate == PERMIT else 0)
    item = Item(
        kind=kind,
        entity=duty.entity,
        tick=day // 21,
        index=k,
        size=size,
        home=duty.community,
        settlement=duty.settlement,
        own_class=class_of_job(model, duty),
        created_on_day=day,
        due_on_day=permitted_on_day + kind.deadline_days + int(model.p["jobs.grace_days"]),
    )
    come_up(model, item)
    if kind.work_class == WorkClass.ADMINISTRATION:
        # The page's "that day" is read as the job's own day, permit or not.
        duty.community.street.jobs_passed_today += 1
    wait = consent_days(model, item)
    if fate == PERMIT or wait > 0:
        send_to_community(item, permitted_on_day + wait)
    else:
        enter_community(model, item, day)


def do_itself(model: ReferenceModel, kind: Kind, size: int) -> None:
    """The department does a job itself; what that saves is saved."""
    own = max(1, math.floor(size * model.p["push.own_minutes_share"]))
    model.departments[kind.line].did_itself_today += own
    model.tally.origin(kind, "taken_minutes", own)


def buy(model: ReferenceModel, kind: Kind, size: int) -> None:
    """A provider does a job for money."""
    fen = math.floor(size * 100 * model.p["push.bought_yuan_per_hour"] / 60)
    model.tally.origin(kind, "bought_fen", fen)
    pay(model, f"department {kind.origin}", "providers", fen)
