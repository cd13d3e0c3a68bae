"""The page: what is chosen on the left, what it changes on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from govsim.experiments.tables import counted_guesses
from govsim.language import using
from govsim.view import messages as m
from govsim.view.controls import controls
from govsim.view.looks import kept_at, look_controls, radio
from govsim.view.panels import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.view.choice import Choice
    from govsim.view.places import ViewedPlace

TICK_MILLISECONDS: Final = 400
# Of a file that is opened; it travels in a request, of which the walls take a little more.
MOST_BYTES: Final = 500_000
_LANGUAGES: Final = ({"label": "English", "value": "en"}, {"label": "中文", "value": "zh"})


def frame() -> html.Div:
    """Return what every page begins as: it asks for its content under its address."""
    return html.Div(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="chosen"),
            html.Div(id="page", className="page"),
        ]
    )


def page_of(choice: Choice, places: Mapping[str, ViewedPlace], number: int) -> list[Any]:
    """Return a page on which a choice is set; ``number`` tells it from others that are open."""
    place = places[choice.place]
    with using(choice.lang):
        return [
            html.A(str(m.SKIP), href="#answer", className="skip"),
            dcc.Store(id="page-number", data=number),
            dcc.Store(id="shown", data={}),
            dcc.Store(id="news", data={}),
            dcc.Store(id="stopped", data=""),
            dcc.Interval(id="tick", interval=TICK_MILLISECONDS, disabled=True),
            dcc.Download(id="download"),
            html.Header(_head(choice, place), lang=choice.lang),
            html.Aside(_choosing(choice, places), lang=choice.lang),
            html.Main(_answer(choice, place), id="answer", lang=choice.lang),
            html.Footer([html.P(str(m.SHARE), className="note")], lang=choice.lang),
        ]


def _head(choice: Choice, place: ViewedPlace) -> list[Any]:
    languages = dcc.RadioItems(list(_LANGUAGES), choice.lang, id="lang", inline=True)
    return [
        html.H1(str(m.HEADING)),
        html.Fieldset([html.Legend(str(m.LANGUAGE), className="unseen"), languages], className="language"),
        html.P(m.CAVEAT.format(**counted_guesses(place.scenario)), className="caveat"),
    ]


def _choosing(choice: Choice, places: Mapping[str, ViewedPlace]) -> list[Any]:
    """Return all that can be chosen; a narrow window folds it up, so that the answer is not below all of it."""
    return [html.Details([html.Summary(str(m.CHOOSE)), controls(choice, places), *_files()], id="choose", open=True)]


def _files() -> list[Any]:
    return [
        html.Div(
            className="files",
            children=[
                html.Button(str(m.DOWNLOAD), id="save", type="button"),
                html.Button(str(m.REPORT), id="report", type="button"),
                html.Fieldset(
                    [
                        html.Legend(str(m.OPEN), className="unseen"),
                        dcc.Upload(
                            html.Button(str(m.OPEN), type="button"), id="open", accept=".yaml,.yml", max_size=MOST_BYTES
                        ),
                    ]
                ),
                html.P(id="opened", role="status", className="note"),
            ],
        )
    ]


def _answer(choice: Choice, place: ViewedPlace) -> list[Any]:
    return [
        html.Div(
            [
                html.P(id="status", role="status", className="status"),
                html.Button(str(m.CANCEL), id="stop", type="button", className="stop", hidden=True),
            ],
            className="progress",
        ),
        html.Fieldset(
            [html.Legend(str(m.SHOW_OF), className="unseen"), radio("tabs", TABS, **kept_at(choice.place))],
            className="tabs",
        ),
        html.Div(look_controls(choice, place), id="look", className="look"),
        html.P(str(m.WAITING), id="busy", role="status", className="busy", hidden=True),
        html.Div(id="panel", className="panel stale"),
    ]
