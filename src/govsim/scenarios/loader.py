"""Load a scenario: guard, schema, settings, tables and the checks between them, in the order they happen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from govsim.clock import Calendar
from govsim.errors import did_you_mean
from govsim.institution.institution import Institution
from govsim.institution.parameters import Grade
from govsim.institution.relations import draw_relations
from govsim.institution.rules import RULES
from govsim.scenarios import messages as m
from govsim.scenarios.catalogue import DATA_FOLDER, read_catalogue, read_parameters
from govsim.scenarios.complaints import Complaints, shown
from govsim.scenarios.document import Document, read_document
from govsim.scenarios.drawing import check_drawn, check_sizes, draw_places
from govsim.scenarios.extending import extended, linked_path
from govsim.scenarios.findings import complain_all
from govsim.scenarios.reform_entries import (
    check_reforms,
    notices_about,
    place_reforms,
    read_reforms,
    refuse_places,
)
from govsim.scenarios.scaling import scale_places
from govsim.scenarios.scenario import Scenario
from govsim.scenarios.schema import ScenarioFile, World
from govsim.scenarios.settings import apply_settings
from govsim.scenarios.worlds import read_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import IntEnum

    from govsim.institution.catalogue import Catalogue
    from govsim.institution.parameters import Parameters
    from govsim.institution.places import Places
    from govsim.scenarios.document import Route
    from govsim.scenarios.entries import ReformEntry

PARAMETERS_CSV: Final = DATA_FOLDER / "parameters.csv"


def load_scenario(path: str | Path, settings: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a file with the settings of a command line written over it.

    Parameters
    ----------
    path
        A YAML file of the schema ``govsim/scenario@1``.
    settings
        ``path=value`` each: a parameter, ``world.residents``, ``world.drawn.<field>``, ``horizon.start``,
        ``horizon.years``, ``horizon.warm_up_years``, ``rules.<name>`` or ``reforms.<id>.<field>``.

    Raises
    ------
    ScenarioError
        With a line for each thing that is wrong, its place and what would be right.
    """
    return resolve_scenario(path, settings).scenario


@dataclass(frozen=True)
class Resolved:
    """A scenario and what it was made from.

    Attributes
    ----------
    scenario
        What is run.
    document
        The values of the file on top of those it extends, with the settings, and where each stands.
    content
        The same, checked, but for its reforms.
    entries
        The reforms as the file declares them, before a scaled world copies their places.
    parameters
        Every parameter as the package has it.
    """

    scenario: Scenario
    document: Document
    content: ScenarioFile
    entries: tuple[ReformEntry, ...]
    parameters: Parameters


def resolve_scenario(
    path: str | Path, settings: Sequence[str] = (), more_reforms: Sequence[Mapping[str, Any]] = ()
) -> Resolved:
    """Return the scenario of a file together with what it was made from; see ``load_scenario``.

    ``more_reforms`` are entries that come after those of the file.
    """
    complaints = Complaints()
    return resolve_document(read_document(Path(path), complaints), complaints, settings, more_reforms)


def resolve_document(
    document: Document,
    complaints: Complaints,
    settings: Sequence[str] = (),
    more_reforms: Sequence[Mapping[str, Any]] = (),
) -> Resolved:
    """Return the scenario of a document that has been read, its links counted from the file that it names."""
    parameters = read_parameters(PARAMETERS_CSV)
    document = extended(document, complaints)
    if more_reforms:
        document.put(("reforms",), (*document.tree.get("reforms", ()), *more_reforms), document.place(()))
    apply_settings(document, settings, parameters, complaints)
    content = _content(document, complaints)
    entries = read_reforms(document, complaints)
    _check_parameters(document, parameters, complaints)
    if content is not None:
        check_drawn(document, content.world, complaints)
    complaints.raise_any()
    assert content is not None  # what failed has complained
    catalogue = _catalogue(document, content)
    places = _places(document, content, catalogue)
    calendar = _calendar(content)
    check_reforms(document, entries, calendar, places, settings, complaints)
    complaints.raise_any()
    places = _sized(document, content.world, places, entries, complaints)
    reforms = place_reforms(document, entries, places, complaints)
    complaints.raise_any()
    scenario = Scenario(
        **_names(content),
        calendar=calendar,
        institution=_institution(content, places, catalogue, _written_over(document, content, parameters)),
        reforms=reforms,
        path=document.file,
        settings=tuple(settings),
        notices=notices_about(document, entries, calendar, settings),
    )
    return Resolved(scenario, document, content, entries, parameters)


def _content(document: Document, complaints: Complaints) -> ScenarioFile | None:
    try:
        return ScenarioFile.model_validate(document.tree)
    except ValidationError as error:
        complain_all(document, (), error, ScenarioFile, complaints)
        return None


def _written_over(document: Document, content: ScenarioFile, parameters: Parameters) -> Parameters:
    """Return the parameters under the values of a file or of settings; one that comes without evidence is a guess."""
    given = content.parameters
    supports = {
        path: (Grade(entry.grade or Grade.GUESS), entry.source or str(document.place(("parameters", path))))
        for path, entry in given.items()
        if entry.grade or entry.source or entry.value != parameters[path]
    }
    return parameters.with_values({path: entry.value for path, entry in given.items()}).with_evidence(supports)


def _check_parameters(document: Document, parameters: Parameters, complaints: Complaints) -> None:
    values = document.tree.get("parameters")
    for path, value in values.items() if isinstance(values, dict) else ():
        if complaints.is_full:
            return
        route: Route = ("parameters", path)
        if path not in parameters:
            sentence = m.UNKNOWN_PARAMETER.format(given=shown(path), hint=_parameter_hint(path, parameters))
            complaints.add(document.key_place(route), m.AT.format(path="parameters", sentence=sentence))
            continue
        if isinstance(value, dict):
            route, value = (*route, "value"), value.get("value")
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            entry = parameters.entries[path]
            if not entry.low <= value <= entry.high:
                bounds = {
                    "low": f"{entry.low:g}",
                    "high": f"{entry.high:g}",
                    "unit": m.UNITS.get(entry.unit, entry.unit),
                }
                sentence = m.PARAMETER_RANGE.format(given=f"{value:.12g}", **bounds)
                complaints.add(document.place(route), m.AT.format(path=f"parameters.{path}", sentence=sentence))


def _parameter_hint(path: str, parameters: Parameters) -> str:
    example = next((known for known in parameters if known.startswith(f"{path}.")), None)
    return m.GROUP_HINT.format(example=example) if example else did_you_mean(path, parameters)


def _catalogue(document: Document, content: ScenarioFile) -> Catalogue:
    if content.catalogue is None:
        return read_catalogue(DATA_FOLDER)
    return read_catalogue(linked_path(document, ("catalogue",)))


def _places(document: Document, content: ScenarioFile, catalogue: Catalogue) -> Places:
    communities = linked_path(document, ("world", "communities"))
    settlements = linked_path(document, ("world", "settlements"))
    district = f"{communities.resolve().parent.name}-district"
    streets = linked_path(document, ("world", "streets")) if content.world.streets is not None else None
    departments = [entry.id for entry in catalogue.departments]
    return read_places(communities, settlements, district, departments, streets)


def _sized(
    document: Document, world: World, places: Places, entries: Sequence[ReformEntry], complaints: Complaints
) -> Places:
    """Return the places of a world as its file wants them: drawn, scaled, or as the tables have them."""
    if world.residents is None:
        return places
    if world.drawn is None:
        return scale_places(places, world.residents)
    refuse_places(document, entries, complaints)
    complaints.raise_any()
    drawn = draw_places(places, world.drawn, world.residents)
    check_sizes(document, drawn, complaints)
    complaints.raise_any()
    return drawn


def _calendar(content: ScenarioFile) -> Calendar:
    year, month = content.horizon.start.split("-")
    return Calendar(int(year), int(month), content.horizon.years, content.horizon.warm_up_years)


def _rules(content: ScenarioFile) -> Mapping[str, IntEnum]:
    chosen: dict[str, str] = content.model_dump()["rules"]
    return {name: RULES[name][chosen[name].upper()] for name in RULES}


def _institution(content: ScenarioFile, places: Places, catalogue: Catalogue, parameters: Parameters) -> Institution:
    relations = draw_relations(places, catalogue, parameters)
    return Institution(places, catalogue, parameters, _rules(content), relations)


def _names(content: ScenarioFile) -> dict[str, Any]:
    description = content.description
    return {
        "id": content.id,
        "title_en": content.title.en,
        "title_zh": content.title.zh,
        "description_en": description.en if description else "",
        "description_zh": description.zh if description else "",
        "as_of": content.as_of,
    }
