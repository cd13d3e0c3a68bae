"""How somebody looks at an answer: which outcome, which band, which month, whose office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dash import Input, dcc, html

from govsim.figures.words import label_of
from govsim.recording.outcomes import OUTCOMES
from govsim.view import messages as m
from govsim.view.choice import MOST_LISTED_YEARS
from govsim.view.options import named_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.clock import Calendar
    from govsim.language import Message
    from govsim.view.choice import Choice
    from govsim.view.places import ViewedPlace

WHOLE: Final = -1
USUAL: Final = -1
# By then a reform that began with the first reported month has had time to be felt.
_MONTHS_LATER: Final = 2
HEADLINE: Final = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
# What is known of residents is known of every group and every place of them.
OF_RESIDENTS: Final = tuple(name for name, outcome in OUTCOMES.items() if outcome.of == "residents")
_PLAY_MILLISECONDS: Final = 1500
# Of more options than these, one is found by typing.
_FEW: Final = 12


@dataclass(frozen=True)
class Look:
    """How somebody looks at an answer.

    Attributes
    ----------
    outcome, group_outcome
        Of series, and of groups.
    band
        ``worlds`` or ``mean``.
    by
        ``resident_group``, ``community`` or ``settlement``.
    graph
        ``before``, ``after`` or ``difference``.
    month
        Of the run; ``WHOLE`` for all that are reported.
    community
        Id of that which threads lead to.
    office
        Id of the office that is open, or nothing.
    effect
        The headline outcome whose chain of mechanisms is shown.
    who
        What is followed: a kind of job or request, ``worker`` or ``resident``.
    since
        Month of the run in which what is followed comes up, or from which on; ``USUAL`` for the usual one.
    another
        How many of that kind were passed over.
    """

    outcome: str = HEADLINE[0]
    group_outcome: str = "satisfaction"
    band: str = "worlds"
    by: str = "resident_group"
    graph: str = "difference"
    month: int = WHOLE
    community: str = ""
    office: str = ""
    effect: str = HEADLINE[0]
    who: str = "job"
    since: int = USUAL
    another: int = 0

    @property
    def month_of_run(self) -> int | None:
        """The month, or None for all that are reported."""
        return None if self.month == WHOLE else self.month

    def within(self, calendar: Calendar) -> Look:
        """Return the same look, with months of a run that has none of these as they usually are."""
        reported = range(calendar.warm_up_months, calendar.n_months)
        month = self.month if self.month in reported else WHOLE
        since = self.since if self.since in reported else usual_since(calendar)
        return replace(self, month=month, since=since)


def usual_since(calendar: Calendar) -> int:
    """Return the month of a run from which something is followed unless somebody asks for another."""
    return calendar.warm_up_months + _MONTHS_LATER


def look_inputs() -> dict[str, Input]:
    """Return what a callback hears of, by field of a look."""
    return {
        "outcome": Input("outcome", "value"),
        "group_outcome": Input("group-outcome", "value"),
        "band": Input("band", "value"),
        "by": Input("by", "value"),
        "graph": Input("graph", "value"),
        "month": Input("month", "value"),
        "community": Input("community", "value"),
        "office": Input("office", "data"),
        "effect": Input("effect", "value"),
        "who": Input("who", "value"),
        "since": Input("since", "value"),
        "another": Input("another", "n_clicks"),
    }


def look_controls(choice: Choice, place: ViewedPlace) -> list[Any]:
    """Return the controls; the style sheet hides those that a panel has no use for."""
    lang, usual = choice.lang, Look()
    communities = place.scenario.institution.places.communities
    named = {each.id: getattr(each, lang) for each in communities}
    months = reported_months(place, choice.years)
    kept = kept_at(choice.place)
    return [
        dcc.Store(id="office", data=""),
        _pick("outcome", m.OUTCOME, _dropdown("outcome", _outcomes(OUTCOMES, lang), usual.outcome, **kept)),
        _pick(
            "group-outcome",
            m.OUTCOME,
            _dropdown("group-outcome", _outcomes(OF_RESIDENTS, lang), usual.group_outcome, **kept),
        ),
        _pick("band", m.BAND, radio("band", {"worlds": m.BAND_WORLDS, "mean": m.BAND_MEAN}, **kept)),
        _pick("by", m.GROUPED_BY, radio("by", m.GROUPINGS, **kept)),
        _pick("effect", m.EFFECT, _dropdown("effect", _outcomes(HEADLINE, lang), usual.effect, **kept)),
        _pick(
            "graph", m.SHOW, radio("graph", {"difference": m.DIFFERENCE, "before": m.BEFORE, "after": m.AFTER}, **kept)
        ),
        _pick("month", m.MONTH, html.Div([_dropdown("month", {WHOLE: str(m.WHOLE), **months}, WHOLE), *_player()])),
        _pick("community", m.COMMUNITY, _communities(named, communities[0].id, **kept)),
        _pick("who", m.FOLLOWED, _dropdown("who", {key: str(each) for key, each in m.WHO.items()}, usual.who, **kept)),
        _pick("since", m.SINCE, _dropdown("since", months, usual_since(place.scenario.calendar))),
        html.Div(html.Button(str(m.ANOTHER), id="another", type="button", n_clicks=0), className="pick pick-another"),
    ]


def kept_at(place: str) -> dict[str, Any]:
    """Return what lets a control keep what was picked when the page is made anew for a place, in another language."""
    return {"persistence": place, "persistence_type": "memory"}


def radio(name: str, options: Mapping[str, Message], **kept: Any) -> dcc.RadioItems:
    """Return radio buttons, the first of which is chosen."""
    shown = [{"label": str(label), "value": key} for key, label in options.items()]
    return dcc.RadioItems(shown, next(iter(options)), id=name, inline=True, **kept)


def reported_months(place: ViewedPlace, years: int) -> dict[int, str]:
    """Return the months of a run that are reported, as many as a page lists, and what they are called."""
    calendar = place.scenario.calendar
    first = calendar.warm_up_months
    return {month: calendar.label(month) for month in range(first, first + 12 * min(years, MOST_LISTED_YEARS))}


def options_of(named: Mapping[Any, str]) -> list[dict[str, Any]]:
    """Return what a control may be set to, as Dash wants it."""
    return [{"label": label, "value": key} for key, label in named.items()]


def _player() -> list[Any]:
    play = dcc.Checklist([{"label": str(m.PLAY), "value": "play"}], [], id="play", className="play")
    return [play, dcc.Interval(id="beat", interval=_PLAY_MILLISECONDS, disabled=True)]


def _outcomes(names: Any, lang: str) -> dict[str, str]:
    return {name: label_of(name, lang) for name in names}


def _dropdown(name: str, options: Mapping[Any, str], value: Any, **kept: Any) -> dcc.Dropdown:
    return dcc.Dropdown(options_of(options), value, id=name, clearable=False, searchable=len(options) > _FEW, **kept)


def _communities(named: Mapping[str, str], first: str, **kept: Any) -> dcc.Dropdown:
    return dcc.Dropdown(
        named_options(named), first, id="community", clearable=False, searchable=len(named) > _FEW, **kept
    )


def _pick(name: str, label: Message, control: Any) -> html.Fieldset:
    return html.Fieldset([html.Legend(str(label)), control], className=f"pick pick-{name}")
