"""The life of a job or a request in sentences, in English or Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.lives import What
from govsim.language import Message, using

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.clock import Calendar
    from govsim.experiments.lives import Event, Life

_WHEN: Final = Message("{month}, working day {day}")
_SAID: Final = Message("{when}: {what}")
_SAYS: Final[Mapping[What, Message]] = MappingProxyType(
    {
        What.DONE_ABOVE: Message("the department did the job itself; it does not come down to {office}."),
        What.BOUGHT: Message("the department paid a provider to do the job; it does not come down to {office}."),
        What.LET_BE: Message("the department let the job be; it does not come down to {office}."),
        What.DECLINED: Message("the job was sent ad hoc, and {office} declined it."),
        What.NOT_ISSUED: Message("the job was not issued to {office}."),
        What.NOT_VOICED: Message("the resident did not bring the need to {office}."),
        What.CAME_DOWN: Message("the job came down to {office}, {minutes} minutes of work."),
        What.CAME_AD_HOC: Message("the job came down to {office} ad hoc, round the permit, {minutes} minutes of work."),
        What.CAME_WITH_PERMIT: Message(
            "the permit board admitted the job; it is on its way to {office}, {minutes} minutes of work."
        ),
        What.BROUGHT: Message("a resident brought the request to {office}, {minutes} minutes of work."),
        What.CALLED: Message(
            "a resident called the hotline, which sent the request down to {office}, {minutes} minutes of work."
        ),
        What.ANSWERED: Message("the hotline answered the request at once."),
        What.ARRIVED: Message("it reached {office}."),
        What.TAKEN: Message("{office} began work on it (days in the tray: {days})."),
        What.SENT_UP: Message("it was sent up to {office}."),
        What.PASSED_ON: Message("it was passed on to {office}."),
        What.RETURNED: Message("{office} returned it to be put in order (days there: {days})."),
        What.SETTLED: Message("{office} decided it and sent it back (days there: {days})."),
        What.MOVED: Message("{office} took it over when communities joined or parted."),
        What.DONE_IN_FULL: Message("{office} did it in full (days since it came up: {age})."),
        What.DONE_PERFUNCTORILY: Message(
            "coping under load, {office} did it perfunctorily, in {minutes} of {size} minutes (days since it came up: "
            "{age})."
        ),
        What.CLOSED: Message("{office} closed it (days since it came up: {age})."),
        What.EXPIRED: Message("it expired with {office} (days since it came up: {age})."),
        What.GIVEN_UP: Message("the resident gave it up; it lay with {office} (days since it came up: {age})."),
        What.AGAIN: Message("the resident brings it once more."),
    }
)
_MET: Final = Message("{said} The need was met.")
_NOT_MET: Final = Message("{said} The need was not met.")
_OPEN: Final = Message("{when}: it is still open; nobody looked any further.")
_BEGINS: Final = frozenset(
    {What.CAME_DOWN, What.CAME_AD_HOC, What.CAME_WITH_PERMIT, What.BROUGHT, What.CALLED, What.AGAIN}
)


def when(calendar: Calendar, day: int) -> str:
    """Return a working day of the run as a month and the working day in it, counted from 1."""
    return _WHEN.format(month=calendar.label(day // DAYS_PER_MONTH), day=day % DAYS_PER_MONTH + 1)


def life_sentences(life: Life, lang: str = "en") -> list[str]:
    """Return a sentence for each event in the life of a job or a request, and one if it is still open."""
    with using(lang):
        told = [
            _SAID.format(when=when(life.calendar, event.day), what=what)
            for event, what in zip(life.events, _whats(life, lang), strict=True)
        ]
        return told if life.is_over else [*told, _OPEN.format(when=when(life.calendar, life.seen_until - 1))]


def event_words(life: Life, lang: str = "en") -> list[str]:
    """Return what happened at each event, without when."""
    with using(lang):
        return _whats(life, lang)


def _whats(life: Life, lang: str) -> list[str]:
    found, came, size, since = [], life.thing.day, 0, life.thing.day
    for event in life.events:
        if event.what in _BEGINS:
            came, size, since = event.day, event.minutes or 0, event.day
        found.append(_what(event, lang, {"age": event.day - came, "size": size, "days": event.day - since}))
        if event.what in (What.ARRIVED, What.MOVED):
            since = event.day
    return found


def _what(event: Event, lang: str, numbers: Mapping[str, int]) -> str:
    said = _SAYS[event.what].format(office=event.office.name.said(lang), minutes=event.minutes, **numbers)
    if event.is_met is None or event.what not in (What.DONE_IN_FULL, What.DONE_PERFUNCTORILY, What.CLOSED):
        return said
    return (_MET if event.is_met else _NOT_MET).format(said=said)
