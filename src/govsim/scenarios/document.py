"""A scenario file as plain values with the place of each key, built from guarded YAML 1.2 events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from govsim.errors import Place, ScenarioError
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import shown
from govsim.scenarios.guard import check_characters, guarded_events, place_of, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.events import Event

    from govsim.scenarios.complaints import Complaints

Route = tuple[str | int, ...]

# The core schema of YAML 1.2; ruamel.yaml also takes 1_000 for a number, which YAML 1.2 does not.
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBERS: Final[tuple[tuple[re.Pattern[str], Callable[[str], float]], ...]] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), lambda text: float(text.replace(".", ""))),
)
# What other readers of YAML, or of numbers, take for something else than YAML 1.2 does.
_SURPRISING: Final = re.compile(
    r"[-+]?0[0-9]+|0[ox][0-9a-fA-F]+|[-+]?[0-9.]+[eE][-+]?[0-9]+|[-+]?[0-9]+(:[0-5]?[0-9])+|[-+]?[0-9]+(_[0-9]+)+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}|yes|no|on|off|y|n",
    re.IGNORECASE,
)


@dataclass
class Document:
    """The values of a file (lists as tuples), where each key and value stands, and what is written otherwise than read.

    ``surprises`` holds the text of values that other readers of YAML take for something else.
    """

    file: str
    tree: dict[str, Any]
    keys: dict[Route, Place] = field(default_factory=dict)
    values: dict[Route, Place] = field(default_factory=dict)
    surprises: dict[Route, str] = field(default_factory=dict)

    def place(self, route: Route) -> Place:
        """Return where the value at a route stands, or else the nearest thing around it."""
        while route and route not in self.values:
            route = route[:-1]
        return self.values.get(route, Place(self.file, 1, 1))

    def key_place(self, route: Route) -> Place:
        """Return where the key at the end of a route stands."""
        return self.keys.get(route) or self.place(route)

    def put(self, route: Route, value: object, place: Place) -> None:
        """Set a value, making blocks on the way to it; what is not a block of keys is left alone."""
        block: Any = self.tree
        for step in route[:-1]:
            block = block.setdefault(step, {}) if isinstance(block, dict) else block[step]
        if isinstance(block, dict):
            block[route[-1]] = value
            for notes in (self.keys, self.values, self.surprises):
                for below in [known for known in notes if known[: len(route)] == route]:
                    del notes[below]
            self.keys[route] = self.values[route] = place


def read_document(path: Path, complaints: Complaints, file: str | None = None) -> Document:
    """Return a file's values behind the guard; keys written twice become complaints.

    ``file`` is what the file is called, if it lies elsewhere for a moment.
    """
    file = str(path) if file is None else file
    builder = _Builder(read_text(path), file, complaints)
    tree = builder.build()
    place = Place(file, 1, 1)
    if not builder.has_content:
        raise ScenarioError(str(m.EMPTY), place)
    if not isinstance(tree, dict):
        raise ScenarioError(m.ROOT_NOT_KEYS.format(given=shown(tree)), place)
    return Document(file, tree, builder.keys, builder.values, builder.surprises)


def read_value(text: str, file: str, complaints: Complaints) -> object:
    """Return the value of a short text, such as the right side of a setting, behind the same guard."""
    check_characters(text, file)
    return _Builder(text, file, complaints).build()


def plain_value(text: str) -> object:
    """Return what an unquoted scalar means in the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    for pattern, convert in _NUMBERS:
        if pattern.fullmatch(text):
            return convert(text)
    return text


class _Builder:
    def __init__(self, text: str, file: str, complaints: Complaints) -> None:
        self.file = file
        self.complaints = complaints
        self.keys: dict[Route, Place] = {}
        self.values: dict[Route, Place] = {}
        self.surprises: dict[Route, str] = {}
        self.has_content = False
        self._events: Iterator[Event] = guarded_events(text, file)

    def build(self) -> object:
        value: object = None
        for event in self._events:
            if isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
                self.has_content = True
                value = self._value(event, ())
        return value

    def _value(self, event: Event, route: Route) -> object:
        self.values[route] = place_of(event, self.file)
        if isinstance(event, MappingStartEvent):
            return self._mapping(route)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(route)
        assert isinstance(event, ScalarEvent)  # the guard lets nothing else through
        if event.style is not None:
            return event.value
        if _SURPRISING.fullmatch(event.value) and "?" not in route:
            self.surprises[route] = event.value
        return plain_value(event.value)

    def _sequence(self, route: Route) -> tuple[object, ...]:
        items: list[object] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._value(event, (*route, len(items))))
        return tuple(items)

    def _mapping(self, route: Route) -> dict[str, object]:
        block: dict[str, object] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            place = place_of(event, self.file)
            key = self._value(event, (*route, "?"))
            value_event = next(self._events)
            if not isinstance(key, str):
                self.complaints.add(place, m.KEY_NOT_TEXT.format(given=shown(key)))
                self._value(value_event, (*route, "?"))
            elif key in block:
                line = self.keys[*route, key].line
                self.complaints.add(place, m.DUPLICATE_KEY.format(given=shown(key), line=line))
                self._value(value_event, (*route, "?"))
            else:
                self.keys[*route, key] = place
                block[key] = self._value(value_event, (*route, key))
        return block
