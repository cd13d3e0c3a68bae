"""The app: what on a page makes which call, and what the answer changes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State, html

from govsim.figures.look import look
from govsim.view import messages as m
from govsim.view.answering import Answering
from govsim.view.bench import Workbench
from govsim.view.choice import YEARS
from govsim.view.controls import setting, switch
from govsim.view.desk import Desk
from govsim.view.looks import look_inputs
from govsim.view.page import frame, page_of
from govsim.view.places import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govsim.view.answering import Report


class ViewApp(dash.Dash):
    """A Dash app that ends its work when it is closed."""

    bench: Workbench

    def start(self) -> None:
        """Start the processes that run models, so that they are ready by the time a browser is."""
        self.bench.start()

    def close(self) -> None:
        """End the work and the processes that do it."""
        self.bench.close()


def make_app(
    scenarios: Sequence[Path] = (), n_jobs: int = -1, lang: str = "en", report: Report | None = None
) -> ViewApp:
    """Return the app, whose ``server`` is an ordinary Flask server.

    Parameters
    ----------
    scenarios
        Files whose places are shown; by default the place of the package.
    n_jobs
        Processes that run models; -1 is as many as there are cores.
    lang
        Language of a page whose address names none.
    report
        What makes a file of a comparison in a language, from it, its scenarios and what the address says, for whoever
        asks for a report.

    Raises
    ------
    ScenarioError
        If a file cannot be used.
    """
    places = places_of(scenarios)
    app = ViewApp(
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
    app.index_string = app.index_string.replace("{%css%}", f"<style>{look()}</style>{{%css%}}")
    app.bench = Workbench(n_jobs)
    desk = Desk(places, app.bench, lang)
    app.layout = frame()
    app.validation_layout = html.Div([frame(), *page_of(desk.choice(""), places, 0)])  # type: ignore[assignment]
    _connect(app, Answering(desk, report))
    return app


def _assets() -> str:
    from importlib.resources import files

    return str(files("govsim.view") / "assets")


def _connect(app: dash.Dash, answering: Answering) -> None:
    address, chosen, opened = Output("address", "search"), Output("chosen", "data"), Output("opened", "children")
    is_chosen, page = State("chosen", "data"), State("page-number", "data")
    calls: list[tuple[Any, list[Any], dict[str, Any]]] = [
        (answering.gather, [chosen, address], _gathered()),
        (answering.follow, _followed(), {"chosen": Input("chosen", "data"), "page": page, **_asked()}),
    ]
    for method, outputs, inputs in calls:
        app.callback(output=outputs if len(outputs) > 1 else outputs[0], inputs=inputs)(method)
    busy = [(Output("busy", "hidden"), False, True)]
    app.callback(output=_shown(), inputs={"look": look_inputs(), **_seen()}, running=busy)(answering.show)
    app.callback(
        output=_months(), inputs=Input(setting(YEARS), "value"), state=_months_now(), prevent_initial_call=True
    )(answering.months)
    again = {"allow_duplicate": True}
    app.callback(
        output=[Output("page", "children"), Output("chosen", "data", **again)],
        inputs={"search": Input("address", "search"), "chosen": is_chosen},
        prevent_initial_call="initial_duplicate",
    )(answering.page)
    app.callback(
        output=[Output("chosen", "data", **again), Output("address", "search", **again), opened],
        inputs={"content": Input("open", "contents")},
        state={
            "file": State("open", "filename"),
            **{name: State(name, "value") for name in ("lang", "seeds", "place")},
        },
        prevent_initial_call=True,
    )(answering.opened)
    for button, method in {"save": answering.scenario_file, "report": answering.report_file}.items():
        app.callback(
            Output("download", "data", allow_duplicate=button != "save"),
            Output("opened", "children", **again),
            Input(button, "n_clicks"),
            is_chosen,
            prevent_initial_call=True,
        )(_of_click(method))
    _connect_in_browser(app)


def _of_click(method: Callable[[str], Any]) -> Callable[[int, str], Any]:
    return lambda _clicks, query: method(query)


def _gathered() -> dict[str, Any]:
    return {
        "lang": Input("lang", "value"),
        "place": Input("place", "value"),
        "seeds": Input("seeds", "value"),
        "switches": Input(switch(ALL), "value"),
        "values": Input(setting(ALL), "value"),
        "ids": State(setting(ALL), "id"),
        "search": State("address", "search"),
    }


def _followed() -> list[Output]:
    return [
        Output("news", "data"),
        Output("status", "children"),
        Output("tick", "disabled"),
        Output("stop", "hidden"),
    ]


def _months() -> list[Output]:
    repeated = Output("month", "value", allow_duplicate=True)  # playing sets it, too
    return [Output("month", "options"), repeated, Output("since", "options"), Output("since", "value")]


def _months_now() -> list[State]:
    return [State("month", "value"), State("since", "value"), State("address", "search")]


def _asked() -> dict[str, Any]:
    return {
        "ticks": Input("tick", "n_intervals"),
        "stopped": Input("stopped", "data"),
        "news": State("news", "data"),
    }


def _shown() -> list[Output]:
    return [Output("panel", "children"), Output("shown", "data"), Output("look", "className")]


def _seen() -> dict[str, Any]:
    return {"news": Input("news", "data"), "tab": Input("tabs", "value"), "shown": State("shown", "data")}


def _connect_in_browser(app: dash.Dash) -> None:
    """Connect what needs no server: freshness, the stop button, a click on an office, and playing the months."""
    connect: Any = app.clientside_callback

    def here(name: str) -> ClientsideFunction:
        return ClientsideFunction("govsim", name)

    # Two calls: one that heard of both would wait until what is shown has followed what is chosen.
    connect(here("freshness"), Output("panel", "className"), Input("chosen", "data"), State("shown", "data"))
    connect(
        here("shownFreshness"),
        Output("panel", "className", allow_duplicate=True),
        Input("shown", "data"),
        State("chosen", "data"),
        prevent_initial_call=True,
    )
    connect(
        here("stop"),
        Output("stopped", "data"),
        Input("stop", "n_clicks"),
        State("chosen", "data"),
        prevent_initial_call=True,
    )
    connect(
        here("openOffice"),
        Output("office", "data"),
        Input({"figure": ALL}, "clickData"),
        State("office", "data"),
        prevent_initial_call=True,
    )
    connect(here("unfolded"), Output("choose", "open"), Input("page-number", "data"))
    connect(here("play"), Output("beat", "disabled"), Input("play", "value"))
    connect(
        here("nextMonth"),
        Output("month", "value"),
        Input("beat", "n_intervals"),
        State("month", "value"),
        State("month", "options"),
        prevent_initial_call=True,
    )
