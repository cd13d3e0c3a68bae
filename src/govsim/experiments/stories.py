"""One resident's contacts with offices: needs, requests, waits, and what they do to satisfaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.experiments.evenings import office_of
from govsim.experiments.following import Track, experience, how_it_came, new_items, slots_used
from govsim.experiments.lives import CLOSINGS, Kind, Layer, Named, Thing, What
from govsim.experiments.picking import names_of_matters

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.experiments.lives import Event, Office
    from govsim.model import GovernanceModel

_BILLIONTH: Final = 1e-9
TOLD: Final = frozenset({What.BROUGHT, What.CALLED, What.RETURNED, What.GIVEN_UP, What.AGAIN, *CLOSINGS})


@dataclass(frozen=True)
class Moment:
    """A day on which something happened between a resident and offices.

    Attributes
    ----------
    day
        Working day of the run.
    what
        As of an event; ``NOT_VOICED`` is a need that was brought to nobody, ``ANSWERED`` a call answered at once, and
        None that the resident took part in self-government.
    matter
        Kind of request, where there is one.
    waited
        Working days since it was last brought, where it ends.
    is_met
        Whether the need was met, where a request is closed.
    before, after
        Satisfaction in the evening before and in this one, 0 to 1. On the last working day of a month the hearsay and
        ambience of the month are in the difference.
    """

    day: int
    what: What | None
    matter: Named | None
    waited: int | None
    is_met: bool | None
    before: float
    after: float


@dataclass(frozen=True)
class Story:
    """What happened to a resident, from one working day up to, not including, another.

    Attributes
    ----------
    row, group
        Of the resident.
    before, after
        Satisfaction at the beginning and at the end, 0 to 1.
    """

    row: int
    group: int
    community: Office
    calendar: Calendar
    first: int
    end: int
    before: float
    after: float
    moments: tuple[Moment, ...]


@dataclass
class _Diary:
    """A resident who is looked at every evening."""

    row: int
    names: list[Named]
    tracks: list[Track] = field(default_factory=list)
    brought_on: dict[int, int] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)

    def live(self, model: GovernanceModel) -> None:
        """Run a day and note what it brought."""
        day, level = model.day, _satisfaction(model, self.row)
        cases, act = experience(model, self.row), _last_act(model, self.row)
        model.run_for(1)
        new = self._new(model)
        self.tracks = [track for track in self.tracks if track.is_open] + new
        met, unmet = (now - was for now, was in zip(experience(model, self.row), cases, strict=True))
        found = [(track, event) for track in self.tracks for event in track.look(model, day, (met, unmet))]
        here = Moment(day, None, None, None, None, level, _satisfaction(model, self.row))
        contacts = sum(event.what in CLOSINGS or event.what is What.GIVEN_UP for _, event in found)
        self._need(model, here, len(new), answered=met + unmet > contacts)
        self.moments += [self._told(track, event, here) for track, event in found if event.what in TOLD]
        if _last_act(model, self.row) != act:
            self.moments.append(here)

    def _new(self, model: GovernanceModel) -> list[Track]:
        items = slots_used(model)
        found = []
        for slot in np.flatnonzero(new_items(model) & (items["resident"] == self.row)).tolist():
            item = items[slot]
            community = office_of(model, Layer.COMMUNITY, int(item["community"]))
            name = self.names[int(item["matter"])]
            thing = Thing(Kind.REQUEST, int(item["entity"]), 0, 0, model.day - 1, name, community, self.row)
            found.append(Track(thing, slot, how_it_came(model, thing, slot)))
        return found

    def _need(self, model: GovernanceModel, here: Moment, n_brought: int, *, answered: bool) -> None:
        plan, today = model.state.plan, here.day % DAYS_PER_YEAR
        needs = plan.needs["row"][int(plan.need_first[today]) : int(plan.need_first[today + 1])]
        if answered:
            self.moments.append(replace(here, what=What.ANSWERED, is_met=True))
        silent = int((needs == self.row).sum()) - n_brought - answered
        self.moments += [replace(here, what=What.NOT_VOICED)] * silent

    def _told(self, track: Track, event: Event, here: Moment) -> Moment:
        key, waited = track.thing.entity, None
        if event.what in CLOSINGS or event.what is What.GIVEN_UP:
            waited = event.day - self.brought_on.get(key, event.day)
        if event.what in (What.BROUGHT, What.CALLED, What.AGAIN):
            self.brought_on[key] = event.day + (event.what is What.AGAIN)
        return replace(here, what=event.what, matter=track.thing.name, waited=waited, is_met=event.is_met)


def story_of(model: GovernanceModel, row: int, n_months: int = 12) -> Story:
    """Run a model on for so many months, or to its end, and tell what happened to a resident.

    The model stands at the first day of a month; it is run a day at a time and only looked at. Told are needs that the
    resident might have voiced: those that no experience could have made worth voicing are counted by the model, and
    kept no further.
    """
    first, before = model.day, _satisfaction(model, row)
    diary = _Diary(row, names_of_matters(model.institution))
    resident = model.state.people.residents[row]
    group, settlement = int(resident.group), int(resident.settlement)
    community = int(model.state.people.settlements[settlement].community)
    office = office_of(model, Layer.COMMUNITY, community)
    end = min(first + DAYS_PER_MONTH * n_months, model.scenario.calendar.n_days)
    while model.day < end:
        diary.live(model)
    calendar, after = model.scenario.calendar, _satisfaction(model, row)
    return Story(row, group, office, calendar, first, end, before, after, tuple(diary.moments))


def _satisfaction(model: GovernanceModel, row: int) -> float:
    return int(model.state.people.residents[row].satisfaction) * _BILLIONTH


def _last_act(model: GovernanceModel, row: int) -> int:
    return int(model.state.people.residents[row].last_act_month)
