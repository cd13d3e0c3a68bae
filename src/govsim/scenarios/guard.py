"""The guard before construction: what reaches the schema is small, flat, plain YAML 1.2 in clean UTF-8."""

from __future__ import annotations

import codecs
import re
import stat
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
    ScalarEvent,
)

from govsim.errors import DID_YOU_MEAN, Place, ScenarioError, reason_of
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ruamel.yaml.events import Event

YAML_BYTES: Final = 256 * 1024
MOST_EVENTS: Final = 50_000
MOST_LEVELS: Final = 64
MOST_DIGITS: Final = 18
# What ruamel.yaml lets escape beside its own errors, each seen.
_LEAKS: Final = (RecursionError, ValueError, KeyError, AttributeError, OverflowError, TypeError, IndexError)
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
# A key followed by the full-width colon of Chinese text.
_FULL_WIDTH_COLON: Final = re.compile("^[ -]*[A-Za-z_]+ *\uff1a", re.MULTILINE)


def read_text(path: Path, most_bytes: int = YAML_BYTES) -> str:
    """Return the text of an ordinary UTF-8 file without byte order mark, control characters or odd forms."""
    place = Place(str(path))
    data = _read_bytes(path, most_bytes, place)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ScenarioError(str(m.UTF_16), place)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScenarioError(str(m.NOT_UTF_8), Place(str(path), line)) from error
    check_characters(text, place.file)
    return text


def check_characters(text: str, file: str) -> None:
    """Raise if a text holds control or invisible characters or is not in Unicode form NFC."""
    unwanted = _UNWANTED.search(text)
    if unwanted:
        line, column = _line_and_column(text, unwanted.start())
        raise ScenarioError(_about_character(unwanted.group()), Place(file, line, column))
    if not unicodedata.is_normalized("NFC", text):
        lines = text.splitlines()
        number = next((n for n, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)), 0)
        raise ScenarioError(str(m.NOT_NFC), Place(file, number))


def guarded_events(text: str, file: str) -> Iterator[Event]:
    """Yield the YAML events of a text and stop with a ``ScenarioError`` at the first thing not allowed."""
    directive = re.search(r"^%", text, re.MULTILINE)
    if directive:
        raise ScenarioError(str(m.DIRECTIVE), Place(file, *_line_and_column(text, directive.start())))
    levels = documents = 0
    for count, event in enumerate(_events(text, file)):
        place = place_of(event, file)
        if count >= MOST_EVENTS:
            raise ScenarioError(m.TOO_MANY.format(limit=MOST_EVENTS), place)
        levels += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if levels > MOST_LEVELS:
            raise ScenarioError(m.TOO_DEEP.format(limit=MOST_LEVELS), place)
        documents += isinstance(event, DocumentStartEvent)
        if documents > 1:
            raise ScenarioError(str(m.SECOND_DOCUMENT), place)
        if isinstance(event, NodeEvent):
            _check_node(event, place)
        yield event


def place_of(event: Event, file: str) -> Place:
    """Return where an event begins."""
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _check_node(event: NodeEvent, place: Place) -> None:
    if isinstance(event, AliasEvent):
        raise ScenarioError(m.ALIAS.format(name=event.anchor), place)
    if event.anchor is not None:
        raise ScenarioError(m.ANCHOR.format(name=event.anchor), place)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise ScenarioError(m.TAG.format(given=shown(str(tag).replace("tag:yaml.org,2002:", "!!"))), place)
    if isinstance(event, ScalarEvent):
        _check_scalar(event, place)


def _check_scalar(event: ScalarEvent, place: Place) -> None:
    unwanted = _UNWANTED.search(event.value)
    if unwanted:
        raise ScenarioError(_about_character(unwanted.group()), place)
    if event.style is not None:
        return
    if event.value == "<<":
        raise ScenarioError(str(m.MERGE), place)
    digits = len(event.value.lstrip("+-"))
    if digits > MOST_DIGITS and _INTEGER.fullmatch(event.value):
        raise ScenarioError(m.LONG_INTEGER.format(digits=digits, limit=MOST_DIGITS), place)


def _events(text: str, file: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        _raise_syntax(error, text, file)
    except (YAMLError, *_LEAKS) as error:
        raise ScenarioError(str(m.BROKEN), Place(file)) from error


def _raise_syntax(error: MarkedYAMLError, text: str, file: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    problem = str(error.problem or error.context)
    hint = next((hint for needle, hint in m.SYNTAX_HINTS if needle in problem), None)
    lines = text.splitlines()
    nearby = "\n".join(lines[max(0, line - 1) : line + 1])
    if _FULL_WIDTH_COLON.search(nearby):
        hint = m.FULL_WIDTH_HINT
    place = Place(file, line + 1, mark.column + 1 if mark else 1)
    raise ScenarioError(m.NOT_YAML.format(hint=hint) if hint else str(m.SYNTAX), place) from error


def _read_bytes(path: Path, most_bytes: int, place: Place) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ScenarioError(str(m.A_FOLDER), place)
        if not stat.S_ISREG(mode):
            raise ScenarioError(str(m.NOT_REGULAR), place)
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except FileNotFoundError as error:
        raise ScenarioError(m.NO_FILE.format(hint=nearby_file(path)), place) from error
    except (OSError, ValueError) as error:
        raise ScenarioError(m.UNREADABLE.format(reason=reason_of(error)), place) from error
    if len(data) > most_bytes:
        raise ScenarioError(m.TOO_LARGE.format(limit=most_bytes // 1024), place)
    return data


def nearby_file(path: Path) -> str:
    """Return a hint that names a file with nearly this name in the same folder."""
    if not path.parent.is_dir():
        return ""
    near = get_close_matches(path.name, sorted(other.name for other in path.parent.iterdir()), 1, 0.8)
    return DID_YOU_MEAN.format(word=near[0]) if near else ""


def _about_character(character: str) -> str:
    kind = unicodedata.category(character)
    other = {"Cc": m.CONTROL_CHARACTER, "Cs": m.HALF_CHARACTER}.get(kind, m.INVISIBLE_CHARACTER)
    return m.BAD_CHARACTER.format(code=f"U+{ord(character):04X}", name=m.CHARACTERS.get(character, other))


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
