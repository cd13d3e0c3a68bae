"""An item from one evening to the next: where it lies, and what must have happened to it in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from govsim.experiments.lives import Event, Layer, Named, Office, What
from govsim.kernels.queueing import NONE

if TYPE_CHECKING:
    from govsim.model import GovernanceModel

JOBS_COME: Final = frozenset({What.CAME_DOWN, What.CAME_AD_HOC, What.CAME_WITH_PERMIT})


class Seen(NamedTuple):
    """What of an item, on the evening of a day, decides what can be told of it.

    ``is_open`` is whether it is still open; if not, the rest is how it ended. Days are working days of the run.
    """

    office: Office
    on_way: bool
    is_open: bool
    community: Office
    arrived_on: int
    due_on: int
    number: int
    is_begun: bool
    size: int
    given: int
    n_returned: int


def seen(model: GovernanceModel, slot: int) -> Seen:
    """Return what an item looks like now."""
    item = model.state.work.items[slot]
    layer, row, on_way = _place(model.state.work.layout, int(item.tray), int(item.community))
    return Seen(
        office=office_of(model, layer, row),
        on_way=on_way,
        is_open=is_open(model.state.work, slot),
        community=office_of(model, Layer.COMMUNITY, int(item.community)),
        arrived_on=int(item.arrived_on_day),
        due_on=int(item.due_on_day),
        number=int(item.index),
        is_begun=bool(item.is_begun),
        size=int(item.size_minutes),
        given=int(item.given),
        n_returned=int(item.n_returned),
    )


def is_open(work: Any, slot: int) -> bool:
    """Return whether an item stands in the chain of those due on its day: what ends is taken out of it."""
    items = work.items
    found = work.due_first[min(int(items[slot].due_on_day), len(work.due_first) - 1)]
    while found not in (NONE, slot):
        found = items[found].next_due
    return bool(found == slot)


def office_of(model: GovernanceModel, layer: Layer, row: int) -> Office:
    """Return an office by its layer and row."""
    institution = model.institution
    rows: tuple[Any, ...] = {
        Layer.COMMUNITY: institution.places.communities,
        Layer.STREET: institution.places.street_offices,
        Layer.DEPARTMENT: institution.catalogue.departments,
    }[layer]
    return Office(layer, row, Named(rows[row].en, rows[row].zh))


def _place(layout: Any, tray: int, community: int) -> tuple[Layer, int, bool]:
    """Return layer and row of the office in whose tray, or on the way to which, an item lies."""
    on_way = tray >= layout.first_arriving
    number = tray - layout.first_arriving - layout.n_communities if on_way else tray - layout.n_posts
    if number < 0:
        return Layer.COMMUNITY, community, on_way
    if number < layout.n_streets:
        return Layer.STREET, number, on_way
    return Layer.DEPARTMENT, number - layout.n_streets, on_way


class Change(NamedTuple):
    """A day in the life of an item: the evening before, None on its first day, and the evening after.

    ``was_number`` tells a piece that comes again from the one before, ``came`` is how it came up, and ``is_met`` what
    became of the need if it was closed.
    """

    day: int
    before: Seen | None
    now: Seen
    was_number: int
    came: What
    is_met: bool | None

    @property
    def comes_again(self) -> bool:
        """Whether a request ended today and is brought once more."""
        return self.now.number > self.was_number

    @property
    def has_lapsed(self) -> bool:
        """Whether it ended because it was overdue, which is looked at before anybody works."""
        has_ended = self.comes_again or not self.now.is_open
        return has_ended and self.before is not None and self.before.due_on <= self.day


def happened(change: Change) -> list[Event]:
    """Return what happened on a day; within one, communities work before streets and departments."""
    day, before, now, _, came, _ = change
    events = [Event(day, came, now.community, now.size)] if before is None else _came_in(day, before, now)
    if before and change.has_lapsed:
        events.append(Event(day, What.EXPIRED if came in JOBS_COME else What.GIVEN_UP, before.office))
    else:
        events += [*_begun(day, before, now), *_went_on(day, before, now), *_closed(change)]
    return [*events, Event(day, What.AGAIN, now.community, now.size)] if change.comes_again else events


def _came_in(day: int, before: Seen, now: Seen) -> list[Event]:
    events = []
    if now.community.row != before.community.row:
        events.append(Event(day, What.MOVED, now.community))
    if before.on_way and before.arrived_on <= day:
        office = now.community if before.office.layer is Layer.COMMUNITY else before.office
        events.append(Event(day, What.ARRIVED, office))
    return events


def _begun(day: int, before: Seen | None, now: Seen) -> list[Event]:
    if not now.is_begun or (before and before.is_begun):
        return []
    return [Event(day, What.TAKEN, now.community, now.given)]


def _went_on(day: int, before: Seen | None, now: Seen) -> list[Event]:
    was, layer = before.office.layer if before else Layer.COMMUNITY, now.office.layer
    if not now.is_open or was is layer:
        return []
    if layer is not Layer.COMMUNITY:
        return [Event(day, What.SENT_UP if was is Layer.COMMUNITY else What.PASSED_ON, now.office)]
    is_back = before is not None and now.n_returned > before.n_returned
    return [Event(day, What.RETURNED if is_back else What.SETTLED, before.office if before else now.office)]


def _closed(change: Change) -> list[Event]:
    day, before, now = change.day, change.before, change.now
    if now.is_open and not change.comes_again:
        return []
    given = (before.given if before else 0) if change.comes_again else now.given
    # What was begun and closed on the day on which it comes again has lost the minutes that it was given.
    what = What.DONE_IN_FULL if given == now.size else What.DONE_PERFUNCTORILY if given else What.CLOSED
    return [Event(day, what, now.community, given or None, change.is_met)]
