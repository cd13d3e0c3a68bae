"""Work: its kinds, items, sizes, which tray (7.4), what first (7.5), and the mandates' jobs (7.2)."""

from __future__ import annotations

import math
from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.institution.catalogue import SizeRule, WorkClass
from govsim.institution.rules import Priority
from govsim.randomness import Decision, text_entity
from tests.reference.draws import exponential, lognormal

if TYPE_CHECKING:
    from govsim.institution.catalogue import Catalogue
    from tests.reference.entities import Community, Post, Resident, Settlement
    from tests.reference.model import ReferenceModel

BEGUN = 0
AT_AN_OFFICE = 1
MOST_JOBS = 60000


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
    own_class: int
    # of mandates
    jobs_per_year: float = 0.0
    red_tape_permille: int = 0
    is_per_resident: bool = False
    season: str = "even"
    period_years: int = 1
    period_phase: int = 0
    is_inspection: bool = False
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
    created_on_day: int
    due_on_day: int
    settlement: Settlement | None = None
    resident: Resident | None = None
    raised_on_day: int = 0
    first_raised_on_day: int = 0
    repeat: int = 0
    given: int = 0
    given_red: int = 0
    remaining: int = 0
    triage_left: int = 0
    office_left: int = 0
    arrived_on_day: int = 0
    arrives_on_day: int = 0
    key: int = 0

    @property
    def is_begun(self) -> bool:
        """Whether minutes for it have been settled; given is at least 1 from then on."""
        return self.given > 0


@dataclass(frozen=True)
class Duty:
    """A mandate in a unit: the community (per unit) or a settlement (per resident)."""

    kind: Kind
    entity: int
    community: Community
    settlement: Settlement | None
    scale: float


# --- Kinds -----------------------------------------------------------------------------------------------


def own_class(rule: Priority, weight: float, deadline_days: float, minutes: float, *, is_request: bool) -> int:
    """Return the class of a mandate or kind of request (7.5)."""
    if rule == Priority.OLDEST_FIRST:
        return 1
    if rule == Priority.INSPECTED_FIRST:
        return 2 if is_request else 1
    if rule == Priority.RESIDENTS_FIRST:
        return 1 if is_request else 2
    pressing = math.floor(-math.log2(weight / (deadline_days * minutes)))
    return min(30, max(1, pressing))


def mandate_kinds(model: ReferenceModel) -> list[Kind]:
    """Return the catalogue's mandates, then one inspection mandate a department (7.2)."""
    catalogue, rule, p = model.catalogue, model.rules["priority"], model.p
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
            own_class=own_class(rule, m.weight, m.deadline_days, m.minutes, is_request=False),
            jobs_per_year=m.jobs_per_year,
            red_tape_permille=m.red_tape_permille,
            is_per_resident=m.is_per_resident,
            season=m.season,
            period_years=m.period_years,
            period_phase=m.period_phase,
        )
        for m in catalogue.mandates
    ]
    minutes, deadline_days = p["inspections.minutes"], int(p["inspections.deadline_days"])
    for department in catalogue.departments:
        weight = p["inspections.weight"] * department.inspection_weight
        kinds.append(
            Kind(
                id=f"inspection-{department.id}",
                line=lines[department.id],
                work_class=WorkClass.INSPECTION,
                minutes=minutes,
                size_rule=SizeRule.FIXED,
                cv=0.0,
                deadline_days=deadline_days,
                weight=weight,
                authority_share=0.0,
                own_class=own_class(rule, weight, deadline_days, minutes, is_request=False),
                jobs_per_year=department.inspections_per_year,
                is_inspection=True,
            )
        )
    return kinds


def request_kinds(model: ReferenceModel) -> list[Kind]:
    """Return the kinds of request; their class of work is service."""
    lines = line_numbers(model.catalogue)
    rule = model.rules["priority"]
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
            own_class=own_class(rule, r.weight, r.deadline_days, r.minutes, is_request=True),
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
    """Return every mandate in every unit."""
    reference = model.p["mandates.reference_residents"]
    found = []
    for kind in model.mandates:
        for community in model.communities:
            if not kind.is_per_resident:
                entity = text_entity(f"mandate:{community.id}/{kind.id}")
                found.append(Duty(kind, entity, community, None, 1.0))
                continue
            for settlement in community.settlements:
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
    return max(1, math.floor(minutes + 0.5))


def line_post(community: Community, line: int) -> Post:
    """Return the post to which a line now goes (7.4)."""
    return _filled_from(community, line % len(community.posts))


def post_for(model: ReferenceModel, item: Item) -> Post:
    """Return the post to whose tray an item goes in its community (7.4)."""
    if not item.kind.is_request:
        return line_post(item.home, item.kind.line)
    u15 = model.draws.u(Decision.DESK, item.entity)
    return _filled_from(item.home, math.floor(len(item.home.posts) * u15))


def _filled_from(community: Community, preferred: int) -> Post:
    posts = community.posts
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
    put(model, post_for(model, item).tray, item, item.kind.own_class)


def come_up(model: ReferenceModel, item: Item) -> None:
    """Note that an item (or a repeat of one) has come up with all its minutes still to do."""
    item.remaining = item.size
    model.tally.work(item, "arrived_minutes", item.size)
    model.tally.work(item, "created", 1)


# --- 7.2 Jobs --------------------------------------------------------------------------------------------


def draw_jobs(model: ReferenceModel, month: int) -> None:
    """On the first day of a month: how many jobs each mandate has in each unit, and on which days."""
    model.jobs_on_day = {}
    for duty in model.duties:
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
    """The jobs of the day arrive at their communities."""
    month = day // 21
    grace_days = int(model.p["jobs.grace_days"])
    for duty, k in model.jobs_on_day.get(day, []):
        item = Item(
            kind=duty.kind,
            entity=duty.entity,
            tick=month,
            index=k,
            size=draw_size(model, duty.kind, duty.entity, month, k),
            home=duty.community,
            settlement=duty.settlement,
            created_on_day=day,
            due_on_day=day + duty.kind.deadline_days + grace_days,
        )
        come_up(model, item)
        enter_community(model, item, day)
