"""A page of the smallest kind, and what a browser would send for it."""

from __future__ import annotations

import dash
from dash import ALL, Input, Output, State, dcc, html

from govsim.errors import ScenarioError

TOKEN = "a-token-for-tests-that-is-long-enough"
HOST = "127.0.0.1:8050"
OWN = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
CALLS = "/_dash-update-component"
CANARY = "the canary sings"


def small_app(assets):
    app = dash.Dash("small", assets_folder=str(assets))
    app.start = app.close = lambda: None  # as the view has, which begins and ends its work
    app.layout = html.Div(
        [dcc.Input(id="name"), html.Div(id="said"), html.Div(id={"kind": "reform", "place": 1}), html.Div(id="count")]
    )

    @app.callback(Output("said", "children"), Input("name", "value"), State("count", "children"))
    def say(name, _count):
        if not isinstance(name, str):
            raise ScenarioError("a name is text")
        if name == "fault":
            raise ZeroDivisionError
        return f"hello {name}"

    @app.callback(
        Output("count", "children"),
        Output("said", "children", allow_duplicate=True),
        Input({"kind": "reform", "place": ALL}, "children"),
        prevent_initial_call=True,
    )
    def count(children):
        return len(children), "counted"

    app.clientside_callback("function(x) { return x; }", Output("name", "value"), Input("said", "title"))
    return app


def call(name="you", **changes):
    """Return what a browser sends when the name has changed."""
    return {
        "output": "said.children",
        "outputs": {"id": "said", "property": "children"},
        "inputs": [{"id": "name", "property": "value", "value": name}],
        "state": [{"id": "count", "property": "children"}],
        "changedPropIds": ["name.value"],
        **changes,
    }


def call_of_all(app, reforms):
    """Return what a browser sends to the callback that takes every reform."""
    output = next(each for each in app.callback_map if "count" in each)
    digest = output.removesuffix("..").split("@")[1]
    return {
        "output": output,
        "outputs": [
            {"id": "count", "property": "children"},
            {"id": "said", "property": f"children@{digest}"},
        ],
        "inputs": [
            [{"id": {"kind": "reform", "place": place}, "property": "children", "value": 1} for place in reforms]
        ],
        "changedPropIds": ['{"kind":"reform","place":1}.children'],
        "state": [],
    }


class Browser:
    """A client that keeps cookies and names the host that a browser would."""

    def __init__(self, app):
        self.client = app.server.test_client()

    def get(self, path, **more):
        return self.client.get(path, **{"base_url": f"http://{HOST}", "buffered": True, **more})

    def post(self, path=CALLS, **more):
        return self.client.post(path, **{"base_url": f"http://{HOST}", "headers": OWN, **more})
