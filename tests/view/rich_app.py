"""A page with every shape of callback, so that a browser sends what the walls have to let through."""

from __future__ import annotations

import dash
import plotly.graph_objects as go
from dash import ALL, MATCH, Input, Output, State, ctx, dcc, html

PLACES = ("莲都", "Xihu", "3")


def rich_app(assets):
    app = dash.Dash("rich", assets_folder=str(assets))
    app.close = lambda: None
    traces = [go.Scatter(x=[1, 2], y=[1, 2]), go.Scattergl(x=[1, 2], y=[2, 1])]
    app.layout = html.Div(
        [
            dcc.Graph(id="figure", figure=go.Figure(traces)),
            dcc.Store(id="kept", data={"clicks": [0.5, None, True]}),
            dcc.Download(id="file"),
            dcc.Interval(id="clock", interval=200, max_intervals=2),
            *(html.Button(place, id={"kind": "reform", "place": place}) for place in PLACES),
            *(html.Div(id={"kind": "said", "place": place}) for place in PLACES),
            *(html.Div(id=name) for name in ("all", "named", "ticks", "client", "silent")),
        ]
    )
    buttons = {"kind": "reform", "place": ALL}

    @app.callback(Output("all", "children"), Input(buttons, "n_clicks"), State(buttons, "id"), State("kept", "data"))
    def of_all(clicks, identities, kept):
        last = ctx.triggered_id["place"] if ctx.triggered_id else "nobody"
        return f"{sum(filter(None, clicks))} of {len(identities)} by {last}, {kept['clicks']}"

    @app.callback(
        Output({"kind": "said", "place": MATCH}, "children"), Input({"kind": "reform", "place": MATCH}, "n_clicks")
    )
    def of_one(clicks):
        return f"{clicks or 0} clicks"

    @app.callback(
        output={"text": Output("named", "children"), "rest": [Output("named", "title"), Output("all", "title")]},
        inputs={"ticks": Input("clock", "n_intervals"), "figure": State("figure", "figure")},
    )
    def by_name(ticks, figure):
        return {"text": f"{ticks} ticks, {len(figure['data'])} traces", "rest": ["a", "b"]}

    @app.callback(
        Output({"kind": "said", "place": ALL}, "title"),
        Output("all", "title", allow_duplicate=True),
        Input("clock", "n_intervals"),
        prevent_initial_call=True,
    )
    def of_several(ticks):
        return [str(ticks)] * len(PLACES), "twice"

    @app.callback(Input("clock", "n_intervals"))
    def of_nothing(ticks):
        dash.set_props("silent", {"children": f"silent {ticks}"})

    app.clientside_callback(
        "function(ticks) { return 'client ' + ticks; }", Output("client", "children"), Input("clock", "n_intervals")
    )
    return app
