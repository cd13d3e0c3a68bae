"""What is told of one thing that went through a run: a job or a request, where it lay, and what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from govsim.language import Message, using

if TYPE_CHECKING:
    from govsim.clock import Calendar


class Layer(StrEnum):
    """Kinds of office, from the residents up."""

    COMMUNITY = "community"
    STREET = "street"
    DEPARTMENT = "department"


class Kind(StrEnum):
    """What can be followed through offices."""

    JOB = "job"
    REQUEST = "request"


class What(StrEnum):
    """What happens to a job or a request; the first eleven end it, and the first seven before any office has it."""

    DONE_ABOVE = "done_above"
    BOUGHT = "bought"
    LET_BE = "let_be"
    DECLINED = "declined"
    NOT_ISSUED = "not_issued"
    NOT_VOICED = "not_voiced"
    ANSWERED = "answered"
    DONE_IN_FULL = "done_in_full"
    DONE_PERFUNCTORILY = "done_perfunctorily"
    EXPIRED = "expired"
    GIVEN_UP = "given_up"
    CAME_DOWN = "came_down"
    CAME_AD_HOC = "came_ad_hoc"
    CAME_WITH_PERMIT = "came_with_permit"
    BROUGHT = "brought"
    CALLED = "called"
    ARRIVED = "arrived"
    TAKEN = "taken"
    SENT_UP = "sent_up"
    PASSED_ON = "passed_on"
    RETURNED = "returned"
    SETTLED = "settled"
    MOVED = "moved"
    CLOSED = "closed"
    AGAIN = "again"


NEVER_CAME: Final = frozenset(list(What)[:7])
CLOSINGS: Final = frozenset({What.DONE_IN_FULL, What.DONE_PERFUNCTORILY, What.CLOSED})


class Named(NamedTuple):
    """A name in English and in Chinese."""

    en: str
    zh: str

    def said(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en


def in_both(message: Message, **names: Named) -> Named:
    """Return a message as a name in both languages, with names filled in."""
    said = []
    for lang in ("en", "zh"):
        with using(lang):
            said.append(message.format(**{key: name.said(lang) for key, name in names.items()}))
    return Named(*said)


@dataclass(frozen=True)
class Office:
    """Where work lies: a layer, the row among the offices of that layer, and the name."""

    layer: Layer
    row: int
    name: Named


@dataclass(frozen=True)
class Event:
    """What happened on a working day.

    Attributes
    ----------
    day
        Working day of the run, counted from 0.
    what
        What happened.
    office
        That has it from then on, or had it last.
    minutes
        Of the whole piece where it comes up, those it is given where it is taken or done; None elsewhere.
    is_met
        Of a request that is closed: whether the need was met; None elsewhere, and where that cannot be told from
        another contact of the same resident on the same day.
    """

    day: int
    what: What
    office: Office
    minutes: int | None = None
    is_met: bool | None = None


@dataclass(frozen=True)
class Stay:
    """Days in a row, from ``first`` up to, not including, ``end``, in whose evening it lay in one place."""

    first: int
    end: int
    office: Office
    on_way: bool


@dataclass(frozen=True)
class Thing:
    """A job or a request by its identity (decision 0008), which is the same in every arm.

    Attributes
    ----------
    entity, tick, index
        As items carry them; a request that comes again counts ``index`` up.
    day
        Working day on which it comes up, where it does.
    name
        Of the mandate or of the kind of request.
    resident
        Row of who brings a request, -1 for a job.
    """

    kind: Kind
    entity: int
    tick: int
    index: int
    day: int
    name: Named
    community: Office
    resident: int = -1


@dataclass(frozen=True)
class Life:
    """What became of a thing in one arm.

    Attributes
    ----------
    events
        In order; never empty.
    stays
        Where it lay, evening by evening; empty where it never came to an office.
    seen_until
        First working day that was not looked at any more.
    """

    thing: Thing
    calendar: Calendar
    events: tuple[Event, ...]
    stays: tuple[Stay, ...]
    seen_until: int

    @property
    def came(self) -> bool:
        """Whether it came to an office at all."""
        return self.events[0].what not in NEVER_CAME

    @property
    def is_over(self) -> bool:
        """Whether it ended before nobody looked any more."""
        return not self.came or not self.stays or self.stays[-1].end < self.seen_until
