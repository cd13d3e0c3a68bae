"""One job or request followed through the offices of a run, day by day, without changing the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.experiments.evenings import Change, Seen, happened, seen
from govsim.experiments.lives import Event, Kind, Life, Office, Stay, Thing, What
from govsim.kernels.routes import AD_HOC, BUY, DECLINED, DO, DOWN, DROP, PERMIT, fate
from govsim.randomness import run_key, seed_of_world

if TYPE_CHECKING:
    from govsim.model import GovernanceModel

MOST_DAYS: Final = DAYS_PER_YEAR
_FATES: Final = {
    DOWN: What.CAME_DOWN,
    PERMIT: What.CAME_WITH_PERMIT,
    AD_HOC: What.CAME_AD_HOC,
    DECLINED: What.DECLINED,
    DO: What.DONE_ABOVE,
    BUY: What.BOUGHT,
    DROP: What.LET_BE,
}


@dataclass
class Track:
    """An item that is followed: its slot, how it came up, the last evening, and all that was seen."""

    thing: Thing
    slot: int
    came: What
    last: Seen | None = None
    number: int = 0
    events: list[Event] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)

    def look(self, model: GovernanceModel, day: int, cases: tuple[int, int] = (0, 0)) -> list[Event]:
        """Note what happened on a day that has just been run, and return it.

        ``cases`` is by how many met and unmet cases the experience of its resident grew on that day.
        """
        now = seen(model, self.slot)
        met, unmet = cases
        is_met = None if (met and unmet) or self.thing.kind is Kind.JOB else bool(met)
        found = happened(Change(day, self.last, now, self.number, self.came, is_met))
        self.last, self.number = now, now.number
        self.events += found
        if now.is_open:
            _add_evening(self.stays, day, now.office, on_way=now.on_way)
        return found

    @property
    def is_open(self) -> bool:
        """Whether it is still open, as of the last evening."""
        return self.last is not None and self.last.is_open


def _add_evening(stays: list[Stay], day: int, office: Office, *, on_way: bool) -> None:
    if stays and stays[-1].end == day and (stays[-1].office, stays[-1].on_way) == (office, on_way):
        stays[-1] = Stay(stays[-1].first, day + 1, office, on_way)
    else:
        stays.append(Stay(day, day + 1, office, on_way))


def life_of(model: GovernanceModel, thing: Thing, most_days: int = MOST_DAYS) -> Life:
    """Run a model on until a thing has ended, the run has, or so many working days are over, and tell its life.

    The model is run a day at a time and only looked at, so it goes on, bit for bit, as it would have. A day costs what
    a day of ``run_for`` costs, and some ten microseconds.

    Raises
    ------
    ValueError
        If the model is past the day on which the thing comes up.
    """
    model.run_for(thing.day - model.day)
    end = min(model.scenario.calendar.n_days, thing.day + most_days)
    before = experience(model, thing.resident)
    model.run_for(1)
    slot = slot_of(model, thing)
    came = how_it_came(model, thing, slot)
    if slot is None:
        return Life(thing, model.scenario.calendar, (Event(thing.day, came, thing.community),), (), model.day)
    track = Track(thing, slot, came, number=thing.index)
    while True:
        after = experience(model, thing.resident)
        track.look(model, model.day - 1, (after[0] - before[0], after[1] - before[1]))
        if not track.is_open or model.day >= end:
            break
        before = after
        model.run_for(1)
    return Life(thing, model.scenario.calendar, tuple(track.events), tuple(track.stays), model.day)


def experience(model: GovernanceModel, resident: int) -> tuple[int, int]:
    """Return the met and unmet cases of a resident, who is -1 if there is none."""
    if resident < 0:
        return 0, 0
    row = model.state.people.residents[resident]
    return int(row.cases_met), int(row.cases_unmet)


def slot_of(model: GovernanceModel, thing: Thing) -> int | None:
    """Return the slot of a thing in the evening of the day on which it came up; None if it did not come."""
    found = np.flatnonzero(new_items(model) & (slots_used(model)["entity"] == thing.entity))
    if thing.kind is Kind.JOB:
        own = slots_used(model)[found]
        found = found[(own["tick"] == thing.tick) & (own["index"] == thing.index)]
    return int(found[0]) if len(found) else None


def new_items(model: GovernanceModel) -> Any:
    """Return which slots have an item that came up, for the first time, on the day that was run last.

    A slot is not used again before the next day, so that what came up and ended today is among them.
    """
    items, day = slots_used(model), model.day - 1
    return (items["entity"] != 0) & (items["created_on_day"] == day) & (items["first_raised_on_day"] == day)


def slots_used(model: GovernanceModel) -> Any:
    """Return the items of all slots that were ever used, ended ones as they ended."""
    return model.state.work.items.view(np.ndarray)[: int(model.state.work.pool[0].n_used)]


def how_it_came(model: GovernanceModel, thing: Thing, slot: int | None) -> What:
    """Return how a thing came up on the day that was run last, or what became of it instead."""
    if thing.kind is Kind.REQUEST:
        if slot is None:
            return What.NOT_VOICED
        return What.CALLED if model.state.work.items[slot].by_hotline else What.BROUGHT
    state, (seed, replicate) = model.state, model.seed_and_replicate
    key = run_key(seed_of_world(seed, model.institution.places.drawn_as), replicate)
    today = thing.day % DAYS_PER_MONTH
    jobs = state.plan.jobs[int(state.plan.job_first[today]) : int(state.plan.job_first[today + 1])]
    units = model.charter.units
    for row in jobs["row"][jobs["k"] == thing.index].tolist():
        if units[row].entity == thing.entity:
            return _FATES[int(fate(key, units[row], thing.tick, thing.index, state.plan.routes))]
    return What.NOT_ISSUED
