"""A scenario file opened in a view: what it sets becomes what is chosen."""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import ScenarioError
from govsim.scenarios.complaints import Complaints, listed
from govsim.scenarios.document import read_document
from govsim.scenarios.loader import resolve_document
from govsim.view import messages as m
from govsim.view.choice import RESIDENTS, YEARS, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.reforms import Reform
    from govsim.scenarios import Scenario
    from govsim.scenarios.document import Document
    from govsim.view.desk import Checked
    from govsim.view.places import ViewedPlace

# What an opened file is called beside the baseline of its place, from where its links are counted.
_NAME: Final = "opened.yaml"


def query_of_file(content: str, places: Mapping[str, ViewedPlace], lang: str, seeds: int, here: str = "") -> str:
    """Return the query of a scenario file as a browser sends it: what a view can set of it is set.

    Of several places that it may be of, it is of that which the page shows, ``here``.

    Raises
    ------
    ScenarioError
        If it is no scenario file, or not of a place of this view.
    """
    tree = _read(content, Complaints()).tree
    place = _place(tree, places, here)
    settings: dict[str, Any] = {}
    for path, value in _block(tree, "parameters").items():
        settings[path] = value.get("value") if isinstance(value, dict) else value
    for key, path in ((("world", "residents"), RESIDENTS), (("horizon", "years"), YEARS)):
        settings[path] = _block(tree, key[0]).get(key[1])
    reforms = tree.get("reforms")
    entries = [entry for entry in reforms if isinstance(entry, dict)] if isinstance(reforms, tuple) else []
    on = []
    for entry in entries:
        known = _known(entry, place)
        on.append(known.id)
        usual = known.model_dump(mode="json")
        for name, value in entry.items():
            if name not in ("use", "id", "sources") and _plain(value) != usual.get(name):
                settings[f"reforms.{known.id}.{name}"] = _plain(value)
    parameters = place.scenario.institution.parameters
    usual_ones = {path: parameters[path] for path in parameters}
    own = {path: value for path, value in settings.items() if value is not None and value != usual_ones.get(path)}
    return query_of(place, lang, seeds, on, own)


def check_whole(content: str, checked: Checked) -> None:
    """Raise ``ScenarioError`` unless a file is right in itself, and a choice stands for all that it says."""
    complaints, place = Complaints(), checked.place
    document = _read(content, complaints, str(place.path.with_name(_NAME)))
    written = resolve_document(document, complaints, checked.choice.settings_of_baseline).scenario
    if _meaning(written) != _meaning(checked.reform.scenario):
        raise ScenarioError(str(m.NOT_ALL_OF_IT))


def _meaning(scenario: Scenario) -> dict[str, Any]:
    """Return what decides numbers; a file may call its reforms otherwise, which decides their order."""
    content: dict[str, Any] = json.loads(scenario.canonical())
    return content | {"reforms": sorted(json.dumps(each, sort_keys=True) for each in content["reforms"])}


def _read(content: str, complaints: Complaints, name: str | None = None) -> Document:
    try:
        data = base64.b64decode(content.partition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise ScenarioError(str(error)) from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        path.write_bytes(data)
        try:
            document = read_document(path, complaints, name)
            complaints.raise_any()
        except ScenarioError as error:
            raise ScenarioError(error.message) from error  # its place is a file that is gone
    return document


def _place(tree: Mapping[str, Any], places: Mapping[str, ViewedPlace], here: str) -> ViewedPlace:
    given = str(tree.get("id", ""))
    for place in sorted(places.values(), key=lambda each: each.id != here):
        if given == place.scenario.id or given.startswith(f"{place.id}-"):
            return place
    raise ScenarioError(m.ELSEWHERE.format(id=given, known=listed(sorted(places))))


def _known(entry: Mapping[str, Any], place: ViewedPlace) -> Reform:
    """Return the reform of the place that an entry sets: of its id, or else the first of its kind."""
    alike = [reform for reform in place.reforms.values() if reform.use == entry.get("use")]
    if not alike:
        raise ScenarioError(m.NO_SUCH_REFORM.format(given=entry.get("use"), known=listed(sorted(place.reforms))))
    return next((reform for reform in alike if reform.id == entry.get("id")), alike[0])


def _block(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    block = tree.get(name)
    return block if isinstance(block, dict) else {}


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
