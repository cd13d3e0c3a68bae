"""The page and what happens on it; every call says all that it wants, so any number of pages may be open."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import dash
from dash import ALL, ClientsideFunction, Input, Output, State, dcc, html

from govsim.errors import ScenarioError
from govsim.experiments.tables import counted_guesses
from govsim.figures.words import label_of
from govsim.language import using
from govsim.recording.outcomes import OUTCOMES
from govsim.view import messages as m
from govsim.view.bench import Workbench
from govsim.view.choice import USUAL_SEEDS, query_of
from govsim.view.controls import controls, setting, switch, usual_values
from govsim.view.desk import Desk
from govsim.view.panels import TABS, Look, panel
from govsim.view.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govsim.view.choice import Choice

# A page that has just been changed waits for its first answer; one that gets surer asks again.
FIRST_WAIT_SECONDS: Final = 1.5
NEXT_WAIT_SECONDS: Final = 0.7
TICK_MILLISECONDS: Final = 400


def make_app(scenarios: Sequence[Path] = (), n_jobs: int = -1, lang: str = "en") -> dash.Dash:
    """Return the app, whose ``server`` is an ordinary Flask server; ``app.desk.bench.close()`` ends its work.

    Parameters
    ----------
    scenarios
        Files whose places are shown; by default the place of the package.
    n_jobs
        Processes that run models; -1 is as many as there are cores.
    lang
        Language of a page whose address names none.

    Raises
    ------
    ScenarioError
        If a file cannot be used.
    """
    desk = Desk(places_of(scenarios), Workbench(n_jobs), lang)
    app = dash.Dash(
        "govsim.view",
        assets_folder=_assets(),
        title=str(m.TITLE),
        update_title="",
        serve_locally=True,
        compress=False,
        enable_mcp=False,
        suppress_callback_exceptions=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.desk = desk  # type: ignore[attr-defined]  # whoever serves the app ends the work
    app.layout = html.Div(
        [dcc.Location(id="address"), dcc.Store(id="chosen"), html.Div(id="page", className="page")],
    )
    app.validation_layout = html.Div([app.layout, *_page(desk, desk.choice(""), 0)])
    _connect(app, desk)
    return app


def _assets() -> str:
    from importlib.resources import files

    return str(files("govsim.view") / "assets")


def _page(desk: Desk, choice: Choice, number: int) -> list[Any]:
    with using(choice.lang):
        place = desk.places[choice.place]
        caveat = m.CAVEAT.format(**counted_guesses(place.scenario))
        return [
            html.A(str(m.SKIP), href="#answer", className="skip"),
            dcc.Store(id="page-number", data=number),
            dcc.Store(id="shown", data={}),
            dcc.Store(id="news", data={}),
            dcc.Interval(id="tick", interval=TICK_MILLISECONDS, disabled=True),
            html.Header(
                [
                    html.H1(str(m.HEADING)),
                    dcc.RadioItems(
                        [{"label": "English", "value": "en"}, {"label": "中文", "value": "zh"}],
                        choice.lang,
                        id="lang",
                        inline=True,
                        className="language",
                    ),
                    html.P(caveat, className="caveat"),
                ],
                lang=choice.lang,
            ),
            html.Aside(controls(choice, desk.places), lang=choice.lang),
            html.Main(
                id="answer",
                lang=choice.lang,
                children=[
                    html.P(id="status", role="status", className="status"),
                    html.Fieldset(
                        [html.Legend(str(m.SHOW_OF), className="unseen"), _radio("tabs", TABS)], className="tabs"
                    ),
                    html.Div(_look(desk, choice), id="look", className="look"),
                    html.Div(id="panel", className="panel"),
                ],
            ),
            html.Footer([html.P(str(m.SHARE), className="note")], lang=choice.lang),
        ]


def _look(desk: Desk, choice: Choice) -> list[Any]:
    """Return what a panel can be looked at with; style sheets hide what a panel has no use for."""
    place = desk.places[choice.place]
    calendar = place.scenario.calendar
    first = calendar.warm_up_months
    months = [{"label": str(m.WHOLE), "value": -1}]
    months += [{"label": calendar.label(first + n), "value": first + n} for n in range(12 * choice.years)]
    communities = [
        {"label": getattr(each, choice.lang), "value": each.id}
        for each in place.scenario.institution.places.communities
    ]
    names = [{"label": label_of(name, choice.lang), "value": name} for name in OUTCOMES]
    return [
        _pick("outcome", m.OUTCOME, dcc.Dropdown(names, Look().outcome, id="outcome", clearable=False)),
        _pick("band", m.BAND, _radio("band", {"worlds": m.BAND_WORLDS, "mean": m.BAND_MEAN})),
        _pick("by", m.GROUPED_BY, _radio("by", {"resident_group": m.BY_RESIDENT_GROUP, "community": m.BY_COMMUNITY})),
        _pick("graph", m.SHOW, _radio("graph", {"difference": m.DIFFERENCE, "before": m.BEFORE, "after": m.AFTER})),
        _pick("month", m.MONTH, dcc.Dropdown(months, -1, id="month", clearable=False)),
        _pick(
            "community",
            m.COMMUNITY,
            dcc.Dropdown(communities, communities[0]["value"], id="community", clearable=False),
        ),
    ]


def _pick(name: str, label: m.Message, control: Any) -> html.Fieldset:
    return html.Fieldset([html.Legend(str(label)), control], className=f"pick pick-{name}")


def _radio(name: str, options: dict[str, m.Message]) -> dcc.RadioItems:
    first = next(iter(options))
    return dcc.RadioItems(
        [{"label": str(label), "value": key} for key, label in options.items()], first, id=name, inline=True
    )


def _connect(app: dash.Dash, desk: Desk) -> None:
    numbers = itertools.count(1)

    @app.callback(Output("page", "children"), Input("address", "search"), State("chosen", "data"))
    def page(search: str | None, chosen: str | None) -> Any:
        query = (search or "").removeprefix("?")
        if chosen is not None and query == chosen:
            return dash.no_update
        return _page(desk, desk.choice(query), next(numbers))

    @app.callback(
        Output("chosen", "data"),
        Output("address", "search"),
        Input("lang", "value"),
        Input("place", "value"),
        Input("seeds", "value"),
        Input(switch(ALL), "value"),
        Input(setting(ALL), "value"),
        State(setting(ALL), "id"),
        State("address", "search"),
    )
    def gather(
        lang: str,
        place_id: str,
        seeds: int,
        switches: list[list[str]],
        values: list[Any],
        ids: list[Any],
        search: str | None,
    ) -> Any:
        place = desk.places[place_id]
        before = desk.choice((search or "").removeprefix("?"))
        if before.place != place_id:
            query = query_of(place, lang, USUAL_SEEDS, place.on, {})
        else:
            given = {each["setting"]: value for each, value in zip(ids, values, strict=True)}
            usual = usual_values(place)
            own = {path: value for path, value in given.items() if value is not None and value != usual.get(path)}
            query = query_of(place, lang, seeds, [id_ for ids_on in switches for id_ in ids_on or ()], own)
        is_other_page = before.place != place_id or before.lang != lang
        # A page in another language, or of another place, is made anew from its address.
        return (None if is_other_page else query), f"?{query}"

    @app.callback(
        Output("news", "data"),
        Output("status", "children"),
        Output("tick", "disabled"),
        Input("chosen", "data"),
        Input("tick", "n_intervals"),
        State("news", "data"),
        State("page-number", "data"),
    )
    def follow(chosen: str | None, _ticks: int | None, news: dict[str, Any], number: int) -> Any:
        if chosen is None:
            return dash.no_update, dash.no_update, dash.no_update
        with using(desk.choice(chosen).lang):
            try:
                checked = desk.checked(chosen)
            except ScenarioError as error:
                return {"query": chosen, "seeds": 0, "failure": str(error)}, str(error), True
            if not checked.choice.on:
                return {"query": chosen, "seeds": 0}, str(m.NO_REFORM), True
            job = desk.job(checked, str(number))
            is_new = news.get("query") != chosen
            known = 0 if is_new else news.get("seeds", 0)
            desk.bench.wait(job, known, FIRST_WAIT_SECONDS if is_new else NEXT_WAIT_SECONDS)
            told = {"query": chosen, "seeds": job.n_seeds}
            if job.failure:
                return {**told, "failure": job.failure}, m.FAILED.format(reason=job.failure), True
            return told, _status(job), job.is_done

    @app.callback(
        Output("panel", "children"),
        Output("shown", "data"),
        Output("look", "className"),
        Input("news", "data"),
        Input("tabs", "value"),
        Input("outcome", "value"),
        Input("band", "value"),
        Input("by", "value"),
        Input("graph", "value"),
        Input("month", "value"),
        Input("community", "value"),
        State("shown", "data"),
        State("page-number", "data"),
    )
    def show(
        news: dict[str, Any],
        tab: str,
        outcome: str,
        band: str,
        by: str,
        graph: str,
        month: int,
        community: str,
        shown: dict[str, Any],
        number: int,
    ) -> Any:
        query, look_class = news.get("query"), f"look look-{tab}"
        if query is None:
            return dash.no_update, dash.no_update, look_class
        if not news.get("seeds"):
            return (
                ([], {"query": query}, look_class)
                if "failure" in news or not desk.choice(query).on
                else (dash.no_update, dash.no_update, look_class)
            )
        look = Look(outcome, band, by, graph, None if month < 0 else month, community)
        now = {"query": query, "seeds": news["seeds"], "tab": tab, "look": repr(look)}
        if now == shown:
            return dash.no_update, dash.no_update, look_class
        checked = desk.checked(query)
        answer = desk.job(checked, str(number)).answer
        if answer is None:
            return dash.no_update, dash.no_update, look_class
        with using(checked.choice.lang):
            return panel(tab, checked, answer, look), now, look_class

    app.clientside_callback(
        ClientsideFunction("govsim", "freshness"),
        Output("panel", "className"),
        Input("chosen", "data"),
        Input("shown", "data"),
    )


def _status(job: Any) -> str:
    if job.answer is None:
        return m.COMPUTING.format(done=job.done, wanted=job.wanted) if job.wanted else str(m.WAITING)
    if not job.is_done:
        return m.SURER.format(seeds=job.n_seeds, done=job.done, wanted=job.wanted, all=job.seeds)
    return m.ANSWERED.format(seeds=job.n_seeds, seconds=f"{job.answer.seconds:.1f}")
