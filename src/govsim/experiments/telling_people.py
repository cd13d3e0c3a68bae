"""The months of a worker and the contacts of a resident in sentences, in English or Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.experiments.lives import What
from govsim.experiments.telling import when
from govsim.language import Message, using

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.experiments.stories import Moment, Story
    from govsim.experiments.workers_followed import Career

_WORKER: Final = Message(
    "The worker in post {number} of {office}, from {first} to {last}: {hours} hours a month on average, {overtime} of "
    "them overtime; exhaustion at the ends of months from {low} to {high}, pay {pay} yuan a month in the end."
)
_LEFT: Final = Message("Left at the end of {month}, after {years} years in post.")
_STAYED: Final = Message("Still in post at the end of {month}, after {years} years.")
_SOMEBODY_ELSE: Final = Message("Somebody else, or nobody, holds post {number} of {office} here.")
_BEGAN: Final = Message("{when}: a resident of {office}, satisfaction {level} of 1.")
_ENDED: Final = Message("{when}: satisfaction {level} of 1; days with contacts or acts: {n}.")
_MOMENT: Final = Message("{when}: {what} Satisfaction {before} before, {after} after.")
_SAYS: Final[Mapping[What | None, Message]] = MappingProxyType(
    {
        None: Message("took part in self-government."),
        What.NOT_VOICED: Message("a need was not voiced."),
        What.ANSWERED: Message("a call, answered at once by the hotline."),
        What.BROUGHT: Message("brought a request to the desk: {matter}."),
        What.CALLED: Message("called the hotline, which sent the request down: {matter}."),
        What.RETURNED: Message("had to go once more, because an office returned the case: {matter}."),
        What.AGAIN: Message("will bring it once more: {matter}."),
        What.GIVEN_UP: Message("gave it up (days waited: {waited}): {matter}."),
    }
)
_MET: Final = Message("closed (days waited: {waited}), the need met: {matter}.")
_NOT_MET: Final = Message("closed (days waited: {waited}), the need not met: {matter}.")
_CLOSED: Final = Message("closed (days waited: {waited}): {matter}.")


def career_sentences(career: Career, lang: str = "en") -> list[str]:
    """Return what the months of a worker come to."""
    with using(lang):
        office = career.community.name.said(lang)
        if not career.months:
            return [_SOMEBODY_ELSE.format(number=career.number, office=office)]
        months, n = career.months, len(career.months)
        first, last = (career.calendar.label(each.month) for each in (months[0], months[-1]))
        whole = _WORKER.format(
            number=career.number,
            office=office,
            first=first,
            last=last,
            hours=f"{sum(each.hours for each in months) / n:.0f}",
            overtime=f"{sum(each.overtime_hours for each in months) / n:.0f}",
            low=f"{min(each.exhaustion for each in months):.2f}",
            high=f"{max(each.exhaustion for each in months):.2f}",
            pay=f"{months[-1].pay_yuan:,.0f}",
        )
        end = _LEFT if months[-1].has_left else _STAYED
        return [whole, end.format(month=last, years=f"{career.tenure_years:.1f}")]


def story_sentences(story: Story, lang: str = "en") -> list[str]:
    """Return a sentence for each contact of a resident, and one at either end."""
    with using(lang):
        office, calendar = story.community.name.said(lang), story.calendar
        n = len({moment.day for moment in story.moments})
        return [
            _BEGAN.format(when=when(calendar, story.first), office=office, level=f"{story.before:.2f}"),
            *(_moment(story, moment, lang) for moment in story.moments),
            _ENDED.format(when=when(calendar, story.end - 1), level=f"{story.after:.2f}", n=n),
        ]


def _moment(story: Story, moment: Moment, lang: str) -> str:
    matter = moment.matter.said(lang) if moment.matter else ""
    what = _message_of(moment).format(matter=matter, waited=moment.waited)
    levels = {"before": f"{moment.before:.2f}", "after": f"{moment.after:.2f}"}
    return _MOMENT.format(when=when(story.calendar, moment.day), what=what, **levels)


def _message_of(moment: Moment) -> Message:
    if moment.what in _SAYS:
        return _SAYS[moment.what]
    return _CLOSED if moment.is_met is None else _MET if moment.is_met else _NOT_MET
