"""7.8 Service: who is there, who takes what, and how many minutes it is given."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.institution.rules import Blocking, Sharing
from govsim.randomness import Decision
from tests.reference.closing import close
from tests.reference.draws import BILLIONTH
from tests.reference.work import BEGUN, put

if TYPE_CHECKING:
    from tests.reference.entities import Community, Post
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item


@dataclass(eq=False)
class Shift:
    """What one worker has on one shift, in clock minutes and in minutes of work."""

    post: Post
    clock: int
    left: int
    done: int = 0
    is_finished: bool = False

    @classmethod
    def of(cls, post: Post, clock: int) -> Shift:
        """Return the shift of a worker who is there for so many clock minutes."""
        return cls(post, clock, clock * post.efficiency_permille // 1000)

    @property
    def used(self) -> int:
        """Clock minutes used."""
        if self.done == 0:
            return 0
        ceiling = -(-self.done * 1000 // self.post.efficiency_permille)
        return min(ceiling, self.clock)


def serve_communities(model: ReferenceModel, day: int) -> None:
    """The working day of every community."""
    for community in with_posts(model):
        backlog_days = community.backlog_days()
        shifts = [
            Shift.of(post, 480 + overtime(model, post, backlog_days))
            for post in community.filled_posts
            if not model.draws.u(Decision.ABSENT, post.worker, day) < model.p["service.absence_share"]
        ]
        serve(model, community, shifts, backlog_days, day)
        for shift in shifts:
            model.tally.community(community, "present_days", 1)
            model.tally.community(community, "contracted_minutes", 480)
            model.tally.community(community, "overtime_minutes", max(0, shift.used - 480))
            model.tally.community(community, "idle_minutes", max(0, 480 - shift.used))


def serve_rest_day(model: ReferenceModel, day: int) -> None:
    """The rest-day shift that follows the last working day of a week."""
    clock = int(model.p["service.rest_shift_minutes"])
    for community in with_posts(model):
        backlog_days = community.backlog_days()
        shifts = [
            Shift.of(post, clock)
            for post in community.filled_posts
            if model.draws.u(Decision.REST_DAY_DUTY, post.worker, day) < model.p["service.rest_day_share"]
        ]
        serve(model, community, shifts, backlog_days, day)
        for shift in shifts:
            model.tally.community(community, "overtime_minutes", shift.used)


def with_posts(model: ReferenceModel) -> list[Community]:
    """Return the communities that have posts; a merger leaves some without (7.19)."""
    return [community for community in model.communities if community.posts]


def overtime(model: ReferenceModel, post: Post, backlog_days: float) -> int:
    """Return the clock minutes that a worker is ready to stay late today."""
    p = model.p
    motivation, exhaustion = post.motivation * BILLIONTH, post.exhaustion * BILLIONTH
    cap = p["service.overtime_cap_minutes"]
    minutes = math.floor(
        cap
        * p["service.overtime_willingness"]
        * motivation
        * (1 - exhaustion)
        * min(1, backlog_days / p["service.overtime_full_at_days"])
    )
    return min(minutes, int(cap))


def serve(model: ReferenceModel, community: Community, shifts: list[Shift], backlog_days: float, day: int) -> None:
    """Workers take items until each of them is finished."""
    out_of_reach: set[Item] = set()
    while True:
        unfinished = [shift for shift in shifts if not shift.is_finished]
        if not unfinished:
            break
        shift = min(unfinished, key=lambda shift: (-shift.left, shift.post.place))
        found = take(model, shift.post, out_of_reach)
        if shift.left == 0 or found is None:
            shift.is_finished = True
            continue
        post, item = found
        if is_blocked(model, item):
            out_of_reach.add(item)
            continue
        post.tray.remove(item)
        if not item.is_begun:
            begin(model, item, backlog_days)
        work_on(model, post, item, shift, out_of_reach, day)
    for shift in shifts:
        shift.post.worked_today += shift.used
        model.tally.community(community, "worked_minutes", shift.used)


def take(model: ReferenceModel, post: Post, out_of_reach: set[Item]) -> tuple[Post, Item] | None:
    """Return the item that a worker takes next and the post in whose tray it lies, by the sharing rule."""
    own = first(post, out_of_reach)
    rule = model.rules["sharing"]
    if rule == Sharing.OWN_LINE_ONLY or (rule == Sharing.OWN_LINE_FIRST and own is not None):
        return None if own is None else (post, own)
    candidates = []
    for other in post.community.posts:
        item = first(other, out_of_reach)
        if item is not None:
            candidates.append((item.key, other.place, other, item))
    if not candidates:
        return None
    _, _, other, item = min(candidates, key=lambda candidate: candidate[:2])
    return other, item


def is_blocked(model: ReferenceModel, item: Item) -> bool:
    """Whether a job cannot be begun, because a returned job of its line is not settled yet."""
    if model.rules["blocking"] == Blocking.NEVER or item.is_begun or item.resident is not None:
        return False
    return item.kind.work_class == WorkClass.ADMINISTRATION and item.home.returned[item.kind.line] > 0


def first(post: Post, out_of_reach: set[Item]) -> Item | None:
    """Return the first item of a tray that is within reach."""
    return next((item for item in post.tray if item not in out_of_reach), None)


def begin(model: ReferenceModel, item: Item, backlog_days: float) -> None:
    """Settle how many minutes an item is given; under backlog corners are cut."""
    p = model.p
    f = min(1, max(0, 1 - p["coping.slope_per_day"] * max(0, backlog_days - p["coping.tolerated_days"])))
    red = item.size * item.kind.red_tape_permille // 1000
    item.given_red = math.floor(red * max(p["coping.least_red_tape"], f))
    given_rest = math.floor((item.size - red) * max(p["coping.least_service"], f))
    item.given = max(1, item.given_red + given_rest)
    item.remaining = item.given
    model.tally.work(item, "waived_minutes", item.size - item.given)
    u13 = model.draws.u(Decision.AUTHORITY, item.entity, item.tick, item.index)
    needs_authority = u13 < item.kind.authority_share
    item.triage_left = min(item.given, int(p["escalation.triage_minutes"])) if needs_authority else 0


def work_on(model: ReferenceModel, post: Post, item: Item, shift: Shift, out_of_reach: set[Item], day: int) -> None:
    """Work on an item, which was taken from the tray of ``post``, until its stage ends or the minutes do."""
    is_triage = item.triage_left > 0
    minutes = min(shift.left, item.triage_left if is_triage else item.remaining)
    shift.left -= minutes
    shift.done += minutes
    item.remaining -= minutes
    model.tally.work(item, "booked_minutes", minutes)
    if item.kind.is_outreach:
        model.tally.community(item.home, "outreach_minutes", minutes)
    if item.kind.is_emotional:
        shift.post.emotional_today += minutes
        model.tally.community(item.home, "emotional_minutes", minutes)
    if is_triage:
        item.triage_left -= minutes
    if is_triage and item.triage_left == 0:
        item.arrives_on_day = day + int(model.p["escalation.street_transit_days"])
        item.home.street.arriving.append(item)
    elif not is_triage and item.remaining == 0:
        close(model, item, day)
    else:
        put(model, post.tray, item, BEGUN)
        out_of_reach.add(item)
