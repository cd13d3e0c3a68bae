"""What is to be followed: one of the jobs, requests, workers or residents of a month, chosen by a key."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.evenings import office_of
from govsim.experiments.following import new_items, slots_used
from govsim.experiments.lives import Kind, Layer, Named, Thing, in_both
from govsim.institution.catalogue import WorkClass
from govsim.language import Message
from govsim.randomness import text_entity

if TYPE_CHECKING:
    from govsim.institution.institution import Institution
    from govsim.model import GovernanceModel

_INSPECTION: Final = Message("inspection by {department}")
_STREET_INSPECTION: Final = Message("inspection by the street office")
# Within this many months of the first day of its month, what is looked for has happened, or it is not chosen.
_MONTHS: Final = 4


class Wanted(StrEnum):
    """What is looked for among the jobs or requests that come up in a month."""

    JOB = "job"
    JOB_SENT_UP = "job_sent_up"
    JOB_RETURNED = "job_returned"
    REQUEST = "request"
    REQUEST_SENT_UP = "request_sent_up"
    REQUEST_RETURNED = "request_returned"

    @property
    def kind(self) -> Kind:
        """Whether it is a job or a request."""
        return Kind.JOB if self.value.startswith(Kind.JOB) else Kind.REQUEST


def things_of(model: GovernanceModel, wanted: Wanted | str) -> list[Thing]:
    """Return what is wanted of that which comes up in the month that begins, in the order of its key.

    The model is run to the end of the month, or for four months where something has to happen first. The order depends
    on identities alone, not on rows, reforms or other things. Self-government is no job that comes down.

    Raises
    ------
    ValueError
        If a month has begun already.
    """
    wanted = Wanted(wanted)
    if model.day % DAYS_PER_MONTH:
        message = f"things are chosen from the first day of a month on, not from day {model.day}"
        raise ValueError(message)
    names = names_of_matters(model.institution)
    things: list[Thing] = []
    waiting: list[tuple[Thing, int]] = []
    first_days = range(model.day, model.day + DAYS_PER_MONTH)
    at_once = wanted in (Wanted.JOB, Wanted.REQUEST)
    end = first_days.stop if at_once else model.day + DAYS_PER_MONTH * _MONTHS
    while model.day < min(end, model.scenario.calendar.n_days):
        model.run_for(1)
        if model.day - 1 in first_days:
            waiting += _come_up(model, wanted.kind, names)
        has_happened = [True] * len(waiting) if at_once else _have_happened(model, waiting, wanted)
        things += [thing for (thing, _), yes in zip(waiting, has_happened, strict=True) if yes]
        waiting = [each for each, yes in zip(waiting, has_happened, strict=True) if not yes]
    return sorted(things, key=rank)


def rank(thing: Thing) -> tuple[int, int]:
    """Return the place of a thing among others."""
    return text_entity(f"follow:{thing.entity}/{thing.tick}/{thing.index}"), thing.entity


def _come_up(model: GovernanceModel, kind: Kind, names: list[Named]) -> list[tuple[Thing, int]]:
    """Return what came up on the day that was run last, with its slots."""
    items, state = slots_used(model), model.state
    is_request = items["resident"] >= 0
    of_kind = is_request if kind is Kind.REQUEST else ~is_request
    of_kind &= state.class_of_matter[items["matter"]] != WorkClass.SELF_GOVERNMENT
    slots = (new_items(model) & of_kind).nonzero()[0]
    return [(thing_in(model, items[slot], kind, names), int(slot)) for slot in slots]


def thing_in(model: GovernanceModel, item: Any, kind: Kind, names: list[Named]) -> Thing:
    """Return what came up on the day that was run last, from its row among the items."""
    return Thing(
        kind=kind,
        entity=int(item["entity"]),
        tick=int(item["tick"]),
        index=0 if kind is Kind.REQUEST else int(item["index"]),
        day=model.day - 1,
        name=names[int(item["matter"])],
        community=office_of(model, Layer.COMMUNITY, int(item["community"])),
        resident=int(item["resident"]),
    )


def _have_happened(model: GovernanceModel, waiting: list[tuple[Thing, int]], wanted: Wanted) -> list[bool]:
    layout = model.state.work.layout
    items = slots_used(model)[[slot for _, slot in waiting]]
    if wanted in (Wanted.JOB_RETURNED, Wanted.REQUEST_RETURNED):
        yes = items["n_returned"] > 0
    else:
        tray = items["tray"]
        in_office = (tray >= layout.n_posts) & (tray < layout.first_arriving)
        yes = in_office | (tray >= layout.first_arriving + layout.n_communities)
    # A slot whose item has ended may have another one by now.
    yes &= items["entity"] == [thing.entity for thing, _ in waiting]
    yes &= items["tick"] == [thing.tick for thing, _ in waiting]
    found: list[bool] = yes.tolist()
    return found


def names_of_matters(institution: Institution) -> list[Named]:
    """Return the names of mandates, inspections and kinds of request, in the order of the matters."""
    catalogue = institution.catalogue
    return [
        *(Named(each.en, each.zh) for each in catalogue.mandates),
        *(in_both(_INSPECTION, department=Named(each.en, each.zh)) for each in catalogue.departments),
        in_both(_STREET_INSPECTION),
        *(Named(each.en, each.zh) for each in catalogue.requests),
    ]
