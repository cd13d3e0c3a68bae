"""What a page may ask of a callback: Dash takes a body on trust, and fails on one that no page of its own sends."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LEVELS: Final = 64
_OF_LIST: Final = (["ALL"], ["ALLSMALLER"])
_SCALARS: Final = (str, int, float, bool)


def read(body: bytes) -> Any:
    """Return the content of strict JSON that is not deep; raise ``ValueError`` otherwise."""
    try:
        content = json.loads(body.decode("utf-8"))
        # Refuses what Python reads beyond JSON and cannot send back: numbers without end, halves of characters.
        json.dumps(content, allow_nan=False, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError from error
    if _is_deep(content):
        raise ValueError
    return content


def fits(content: Any, callbacks: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a body asks one of these callbacks for what it gives, with the arguments it takes."""
    if not isinstance(content, dict) or not isinstance(content.get("output"), str):
        return False
    wanted = next((each for each in callbacks if each["output"] == content["output"]), None)
    if wanted is None or wanted["clientside_function"]:
        return False
    changed = content.get("changedPropIds", [])
    return (
        isinstance(changed, list)
        and all(isinstance(each, str) and _is_name(each) for each in changed)
        and _are(content.get("inputs", []), wanted["inputs"])
        and _are(content.get("state", []), wanted["state"])
        and (wanted["no_output"] or _are(_listed(content.get("outputs")), _outputs(wanted["output"])))
    )


def _is_name(given: str) -> bool:
    """Return whether this is the id of a component, or what a pattern is matched with, and a property."""
    identity, _, name = given.rpartition(".")
    if not identity.startswith("{"):
        return bool(identity and name)
    try:
        return isinstance(json.loads(identity), dict)
    except (ValueError, RecursionError):
        return False


def _is_deep(content: Any) -> bool:
    level = [content]
    for _ in range(MOST_LEVELS):
        level = [
            part
            for each in level
            if isinstance(each, dict | list)
            for part in (each.values() if isinstance(each, dict) else each)
        ]
    return bool(level)


def _listed(outputs: Any) -> Any:
    return [outputs] if isinstance(outputs, dict) else outputs


def _outputs(name: str) -> list[dict[str, str]]:
    """Return the parts of a callback's name; those of several outputs stand between dots."""
    names = name[2:-2].split("...") if name.startswith("..") else [name]
    return [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True)) for each in names]


def _are(given: Any, wanted: Sequence[Mapping[str, str]]) -> bool:
    return isinstance(given, list) and all(
        part is not None and _is(each, part) for each, part in zip_longest(given, wanted)
    )


def _is(given: Any, wanted: Mapping[str, str]) -> bool:
    """Return whether what is given is one component, or a list of them where the pattern asks for all."""
    is_pattern = wanted["id"].startswith("{")
    if not is_pattern:
        return _is_one(given, wanted["property"]) and given["id"] == wanted["id"]
    pattern = json.loads(wanted["id"])
    if any(value in _OF_LIST for value in pattern.values()):
        return isinstance(given, list) and all(_matches(each, pattern, wanted["property"]) for each in given)
    return _matches(given, pattern, wanted["property"])


def _is_one(given: Any, name: str) -> bool:
    # A second callback with the same output has a digest behind the property.
    return (
        isinstance(given, dict)
        and isinstance(given.get("property"), str)
        and re.sub("@.*", "", given["property"]) == re.sub("@.*", "", name)
        and isinstance(given.get("id"), str | dict)
    )


def _matches(given: Any, pattern: Mapping[str, Any], name: str) -> bool:
    return (
        _is_one(given, name)
        and isinstance(given["id"], dict)
        and given["id"].keys() == pattern.keys()
        and all(
            isinstance(value, _SCALARS) and (isinstance(pattern[key], list) or value == pattern[key])
            for key, value in given["id"].items()
        )
    )
