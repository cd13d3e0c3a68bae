"""Files that name other files: a scenario that extends another, and paths inside the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import ScenarioError
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import shown
from govsim.scenarios.document import Document, read_document
from govsim.scenarios.guard import nearby_file

if TYPE_CHECKING:
    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Route

_MERGED: Final = ("parameters", "rules")


def linked_path(document: Document, route: Route) -> Path:
    """Return the file or folder that a value names, counted from the folder of the file it stands in."""
    given: Any = document.tree
    for step in route:
        given = given[step]
    place = document.place(route)
    folder = Path(place.file).parent
    root = folder.resolve().parent
    path = folder / str(given)
    if Path(given).is_absolute() or not path.resolve().is_relative_to(root):
        sentence = m.OUTSIDE_PROJECT.format(given=shown(given))
        raise ScenarioError(m.AT.format(path=_dotted(route), sentence=sentence), place)
    if not path.exists():
        sentence = m.NO_LINKED_FILE.format(given=shown(given), hint=nearby_file(path))
        raise ScenarioError(m.AT.format(path=_dotted(route), sentence=sentence), place)
    tidy = Path(os.path.normpath(path))
    return tidy if tidy.resolve() == path.resolve() else path


def extended(document: Document, complaints: Complaints) -> Document:
    """Return the document on top of the one it extends; a document that extends none is returned as it is."""
    if not isinstance(document.tree.get("extends"), str):
        return document
    path = linked_path(document, ("extends",))
    base = read_document(path, complaints)
    place = document.place(("extends",))
    if "extends" in base.tree:
        sentence = m.SECOND_EXTENDS.format(given=shown(document.tree["extends"]))
        raise ScenarioError(m.AT.format(path="extends", sentence=sentence), place)
    if "id" not in document.tree:
        complaints.add(document.place(()), m.AT.format(path="id", sentence=m.OWN_ID))
    return _merged(base, document)


def _merged(base: Document, own: Document) -> Document:
    merged = Document(own.file, dict(base.tree), dict(base.keys), dict(base.values), dict(base.surprises))
    merged.values[()] = own.place(())
    for key, value in own.tree.items():
        before = base.tree.get(key)
        if key in _MERGED and isinstance(before, dict) and isinstance(value, dict):
            merged.tree[key] = before | value
            _take_places(merged, own, key, shift=0)
        elif key == "reforms" and isinstance(before, tuple) and isinstance(value, tuple):
            merged.tree[key] = before + value
            _take_places(merged, own, key, shift=len(before))
        else:
            merged.tree[key] = value
            _drop_places(merged, key)
            _take_places(merged, own, key, shift=0)
    return merged


def _drop_places(merged: Document, key: str) -> None:
    for notes in (merged.keys, merged.values, merged.surprises):
        for route in [route for route in notes if route[:1] == (key,)]:
            del notes[route]


def _take_places(merged: Document, own: Document, key: str, shift: int) -> None:
    for route in own.values:
        if route[:1] == (key,):
            merged.surprises.pop(_shifted(route, shift), None)
    pairs: tuple[tuple[dict[Route, Any], dict[Route, Any]], ...] = (
        (merged.keys, own.keys),
        (merged.values, own.values),
        (merged.surprises, own.surprises),
    )
    for target, source in pairs:
        for route, note in source.items():
            if route[:1] == (key,):
                target[_shifted(route, shift)] = note


def _shifted(route: Route, shift: int) -> Route:
    if shift and len(route) > 1 and isinstance(route[1], int):
        return (route[0], route[1] + shift, *route[2:])
    return route


def _dotted(route: Route) -> str:
    return ".".join(str(step) for step in route)
