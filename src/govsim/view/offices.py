"""One office opened: its work, its people and its money before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from govsim.experiments.cells import LEVEL_DIGITS, decimals_of
from govsim.figures.flows import traffic
from govsim.view import messages as m

if TYPE_CHECKING:
    from govsim.view.bench import Answer
    from govsim.view.desk import Checked
    from govsim.view.looks import Look


def office_card(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    """Return the open office as a table, or nothing."""
    if not look.office:
        return []
    found = [
        traffic(institution, runs, look.month_of_run).offices.get(look.office)
        for institution, runs in zip(checked.institutions, answer.comparison.recordings_of(0), strict=True)
    ]
    before, after = found
    if before is None or after is None:
        return []
    month = look.month_of_run
    when = str(m.QUANTITY) if month is None else checked.baseline.scenario.calendar.label(month)
    head = [when, str(m.BEFORE), str(m.AFTER)]
    rows = [
        html.Tr([html.Th(str(label), scope="row"), *(html.Td(_number(getattr(each, name))) for each in found)])
        for name, label in m.OFFICE_ROWS.items()
        if getattr(before, name) or getattr(after, name)
    ]
    table = html.Table([html.Thead(html.Tr([html.Th(each, scope="col") for each in head])), html.Tbody(rows)])
    return [html.Div([html.H3(name_of_office(checked, look.office)), table], className="card", id="office-card")]


def name_of_office(checked: Checked, id_: str) -> str:
    """Return the name of an office in the language of a page."""
    institution = checked.baseline.scenario.institution
    places = institution.places
    known: tuple[Any, ...] = (*institution.catalogue.departments, *places.street_offices, *places.communities)
    return next((str(getattr(each, checked.choice.lang)) for each in known if each.id == id_), id_)


def _number(value: float) -> str:
    return f"{value:,.{decimals_of(abs(value), LEVEL_DIGITS)}f}" if value else "0"
