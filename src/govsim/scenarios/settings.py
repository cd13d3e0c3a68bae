"""Settings from the command line, ``path=value``, written over what a scenario file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.errors import Place, ScenarioError, did_you_mean
from govsim.institution.rules import RULES
from govsim.reforms import REFORMS
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import MOST_CHARACTERS, listed, shown
from govsim.scenarios.document import read_value
from govsim.scenarios.schema import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document, Route

SCENARIO_SETTINGS: Final = (
    "world.residents",
    *(f"world.drawn.{name}" for name in Drawn.model_fields),
    "horizon.start",
    "horizon.years",
    "horizon.warm_up_years",
    *(f"rules.{name}" for name in RULES),
)
_FIXED_FIELDS: Final = frozenset({"use", "id"})


def apply_settings(
    document: Document, settings: Sequence[str], parameters: Iterable[str], complaints: Complaints
) -> None:
    """Write settings into a document; those that name nothing become complaints."""
    known = frozenset(parameters)
    done: set[str] = set()
    for setting in settings:
        short = setting if len(setting) <= MOST_CHARACTERS else setting[:MOST_CHARACTERS] + "..."
        place = Place(f"--set {repr(short)[1:-1]}")
        path, equals, text = (part.strip() for part in setting.partition("="))
        if not equals or not path:
            complaints.add(place, m.NOT_A_SETTING.format(given=shown(setting)))
        elif path in done:
            complaints.add(place, m.SET_TWICE.format(given=shown(path)))
        else:
            done.add(path)
            _apply(document, path, text, place, known, complaints)


def _apply(
    document: Document, path: str, text: str, place: Place, parameters: frozenset[str], complaints: Complaints
) -> None:
    try:
        route = _route(document, path, parameters)
        value = read_value(text, place.file, complaints)
    except ScenarioError as error:
        complaints.add(place, error.message)
        return
    document.put(route, value, place)


def _route(document: Document, path: str, parameters: frozenset[str]) -> Route:
    if path in parameters:
        return ("parameters", path)
    if path in SCENARIO_SETTINGS:
        return tuple(path.split("."))
    if path.startswith("reforms."):
        return _reform_route(document, path)
    hint = did_you_mean(path, [*parameters, *SCENARIO_SETTINGS]) or str(m.SETTING_HELP)
    raise ScenarioError(m.UNKNOWN_SETTING.format(given=shown(path), hint=hint))


def _reform_route(document: Document, path: str) -> Route:
    _, reform_id, *steps = path.split(".")
    entries = document.tree.get("reforms")
    reforms = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, tuple) else []
    if not reforms:
        raise ScenarioError(m.NO_REFORMS.format(given=shown(reform_id)))
    ids = [str(entry.get("id")) for entry in reforms]
    if reform_id not in ids:
        hint = did_you_mean(reform_id, ids)
        raise ScenarioError(m.UNKNOWN_REFORM_ID.format(given=shown(reform_id), hint=hint, known=listed(ids)))
    entry = reforms[ids.index(reform_id)]
    fields = _fields(entry.get("use"))
    field = ".".join(steps)
    if field not in fields:
        hint = did_you_mean(field, fields)
        raise ScenarioError(m.UNKNOWN_REFORM_FIELD.format(given=shown(field), hint=hint, known=listed(fields)))
    return ("reforms", document.tree["reforms"].index(entry), field)


def _fields(use: object) -> list[str]:
    reform = REFORMS.get(use) if isinstance(use, str) else None
    return [name for name in reform.model_fields if name not in _FIXED_FIELDS] if reform else []
