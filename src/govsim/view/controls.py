"""The controls: what may be chosen, each with a label, a range and what it rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from dash import dcc, html

from govsim.scenarios.explaining import words
from govsim.scenarios.messages import UNITS
from govsim.view import messages as m
from govsim.view.choice import RESIDENTS, SEEDS, YEARS
from govsim.view.options import named_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from govsim.reforms import Reform
    from govsim.view.choice import Choice
    from govsim.view.places import ViewedPlace

# Those on which the answer to "what does this reform do" turns most; the others stand in scenario files.
ASSUMPTIONS: Final = (
    "mandates.volume",
    "push.penalty",
    "push.own_minutes_share",
    "inspections.weight",
    "strain.gain_per_day",
    "quit.exhaustion_weight",
    "hiring.applicants",
    "voice.latent_needs_per_year",
)
SIZES: Final = (20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
MOST_YEARS: Final = 5
MOST_PHASES: Final = 24
_FEWEST_STEPS: Final = 50
_COMMON: Final = ("strength", "starts_on", "phase_in_months")


def controls(choice: Choice, places: Mapping[str, ViewedPlace]) -> html.Div:
    """Return all controls, set to a choice."""
    place = places[choice.place]
    return html.Div(
        className="controls",
        children=[
            _place(choice, places),
            html.H2(str(m.REFORMS)),
            *(_reform(place, reform, choice) for reform in place.reforms.values()),
            html.H2(str(m.WORLD)),
            *_world(choice, place),
            html.Details([html.Summary(str(m.ASSUMPTIONS)), *_assumptions(choice, place)], open=_has_own(choice)),
        ],
    )


def setting(path: Any) -> dict[str, Any]:
    """Return the id of the control of a setting, or of all of them."""
    return {"setting": path}


def switch(reform_id: Any) -> dict[str, Any]:
    """Return the id of the switch of a reform, or of all of them."""
    return {"switch": reform_id}


def usual_values(place: ViewedPlace) -> dict[str, Any]:
    """Return by path what every setting is that nobody has touched."""
    found: dict[str, Any] = {path: place.scenario.institution.parameters[path] for path in ASSUMPTIONS}
    found |= {RESIDENTS: place.usual_residents, YEARS: place.usual_years}
    for reform in place.reforms.values():
        for name in _fields(reform):
            found[f"reforms.{reform.id}.{name}"] = getattr(reform, name)
    return found


def _has_own(choice: Choice) -> bool:
    return any(path in ASSUMPTIONS for path in choice.settings)


def _place(choice: Choice, places: Mapping[str, ViewedPlace]) -> html.Fieldset:
    options = named_options({id_: getattr(place.scenario, f"title_{choice.lang}") for id_, place in places.items()})
    return _labelled(
        str(m.PLACE),
        dcc.Dropdown(options, choice.place, id="place", clearable=False, searchable=False, disabled=len(places) == 1),
    )


def _world(choice: Choice, place: ViewedPlace) -> Iterator[html.Fieldset]:
    sizes = sorted({*SIZES, place.usual_residents, choice.residents})
    options = [{"label": f"{size:,}", "value": size} for size in sizes]
    yield _labelled(
        str(m.RESIDENTS),
        dcc.Dropdown(options, choice.residents, id=setting(RESIDENTS), clearable=False, searchable=False),
    )
    yield _labelled(str(m.YEARS), _slider(YEARS, 1, max(MOST_YEARS, choice.years), 1, choice.years))
    yield _labelled(
        str(m.SEEDS),
        dcc.RadioItems([{"label": str(n), "value": n} for n in SEEDS], choice.seeds, id="seeds", inline=True),
    )


def _assumptions(choice: Choice, place: ViewedPlace) -> Iterator[html.Fieldset]:
    parameters = place.scenario.institution.parameters
    for path in ASSUMPTIONS:
        entry = parameters.entries[path]
        value = _number(choice.settings.get(path), entry.value)
        bounds = m.RANGE.format(
            low=f"{entry.low:g}", high=f"{entry.high:g}", unit=unit_of(entry.unit), usual=f"{entry.value:g}"
        )
        yield _labelled(
            getattr(entry, choice.lang),
            _slider(path, entry.low, entry.high, step_of(entry.low, entry.high), value),
            note=f"{bounds}. {m.GRADE.format(grade=entry.grade.value, source=entry.source)}",
        )


def _reform(place: ViewedPlace, reform: Reform, choice: Choice) -> html.Div:
    title = _title(place, reform, choice.lang)
    is_on = reform.id in choice.on
    fields = [_field(place, reform, name, choice) for name in _fields(reform)]
    return html.Div(
        className="reform on" if is_on else "reform",
        children=[
            dcc.Checklist(
                [{"label": title, "value": reform.id}],
                [reform.id] if is_on else [],
                id=switch(reform.id),
            ),
            html.Details([_summary(title), *fields, *_sources(reform)], open=False),
        ],
    )


def _title(place: ViewedPlace, reform: Reform, lang: str) -> str:
    """Return the title of a reform, with its id where the place has several of its kind."""
    title = str(getattr(type(reform), f"title_{lang}"))
    n_alike = sum(each.use == reform.use for each in place.reforms.values())
    return title if n_alike == 1 else str(m.OF_KIND.format(title=title, id=reform.id))


def _summary(title: str) -> html.Summary:
    said: dict[str, Any] = {"aria-label": m.SETTINGS_OF.format(title=title)}
    return html.Summary(str(m.SETTINGS), **said)


def _sources(reform: Reform) -> list[html.Ul]:
    return [html.Ul([html.Li(source) for source in reform.sources], className="note")] if reform.sources else []


def _fields(reform: Reform) -> list[str]:
    """Return the fields that a page can set: those that all have, then its own that are numbers or words."""
    own = [
        name
        for name, field in type(reform).model_fields.items()
        if name not in {"use", "id", "ends_on", "sources", "in_streets", "in_communities", "groups", *_COMMON}
        and (field.annotation in (int, float) or get_origin(field.annotation) is Literal)
    ]
    where = ["in_streets"] if "groups" not in type(reform).model_fields else []
    return [*_COMMON, *where, *own]


def _field(place: ViewedPlace, reform: Reform, name: str, choice: Choice) -> html.Fieldset:
    path, field = f"reforms.{reform.id}.{name}", type(reform).model_fields[name]
    given = choice.settings.get(path)
    label = words.field(name, field.description)
    if name == "in_streets":
        return _streets(place, path, given, choice.lang)
    if name == "starts_on":
        return _labelled(label, _months(place, path, given or reform.starts_on, choice))
    if get_origin(field.annotation) is Literal:
        options = [{"label": str(m.VALUES[value]), "value": value} for value in get_args(field.annotation)]
        value = given or getattr(reform, name)
        return _labelled(label, dcc.Dropdown(options, value, id=setting(path), clearable=False, searchable=False))
    low, high = _bounds(type(reform), name)
    whole = field.annotation is int
    step = 1.0 if whole else step_of(low, high)
    value = _number(given, getattr(reform, name))
    return _labelled(label, _slider(path, low, high, step, value))


def _bounds(block: type[BaseModel], name: str) -> tuple[float, float]:
    if name == "phase_in_months":
        return 1, MOST_PHASES
    limits = {type(limit).__name__: limit for limit in block.model_fields[name].metadata}
    return limits["Ge"].ge, limits["Le"].le


def _months(place: ViewedPlace, path: str, value: str, choice: Choice) -> dcc.Dropdown:
    calendar = place.scenario.calendar
    first = calendar.warm_up_months
    months = {calendar.label(month) for month in range(first, first + 12 * choice.listed_years, 3)}
    options = sorted({*months, value})
    return dcc.Dropdown(options, value, id=setting(path), clearable=False, searchable=False)


def _streets(place: ViewedPlace, path: str, given: str | None, lang: str) -> html.Fieldset:
    offices = place.scenario.institution.places.street_offices
    options = named_options({office.id: getattr(office, lang) for office in offices})
    chosen = given.strip("[]").split(",") if given and given != "[]" else []
    return _labelled(
        str(m.STREETS),
        dcc.Dropdown(options, chosen, id=setting(path), multi=True, placeholder=str(m.EVERYWHERE)),
    )


def _number(given: str | None, usual: float) -> float:
    """Return what an address says a slider is, or what it usually is where that is no number."""
    try:
        value = usual if given is None else float(given)
    except ValueError:
        return usual
    return value if math.isfinite(value) else usual


def step_of(low: float, high: float) -> float:
    """Return by how much a slider goes on: a power of ten, of which its range has fifty to five hundred."""
    return float(10.0 ** math.floor(math.log10((high - low) / _FEWEST_STEPS)))


def _slider(path: str, low: float, high: float, step: float, value: float) -> dcc.Slider:
    return dcc.Slider(low, high, step, value=value, id=setting(path), marks=None, updatemode="mouseup", dots=False)


def _labelled(label: str, control: Any, note: str = "") -> html.Fieldset:
    """Return a control with its label, as a group that a screen reader names."""
    notes = [html.P(note, className="note")] if note else []
    return html.Fieldset([html.Legend(label), control, *notes], className="control")


def unit_of(unit: str) -> str:
    """Return a unit in the language in force."""
    return str(UNITS.get(unit, unit))
