"""Turn what pydantic finds in a block into complaints with places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.errors import DID_YOU_MEAN
from govsim.scenarios import messages as m
from govsim.scenarios.sentences import say

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document, Route


def complain_all(
    document: Document, root: Route, error: ValidationError, model: type[BaseModel], complaints: Complaints
) -> None:
    """Note everything found in the block at ``root``, whose schema is ``model``."""
    findings = error.errors(include_url=False)
    unknown = [finding for finding in findings if finding["type"] == "extra_forbidden"]
    # A key written wrongly is also missing under its right name; one sentence is enough.
    suggestions = " ".join(say(finding, model) for finding in unknown)
    for finding in findings:
        if finding["type"] == "missing" and DID_YOU_MEAN.format(word=finding["loc"][-1]) in suggestions:
            continue
        if complaints.is_full:
            return
        _complain(document, (*root, *finding["loc"]), finding, model, complaints)


def dotted(document: Document, route: Route) -> str:
    """Return a route as a user writes it: ``reforms.<id>.<field>``, or with a number where there is no id."""
    words: list[str] = []
    block: Any = document.tree
    for step in route:
        block = _inside(block, step)
        if isinstance(step, int):
            name = block.get("id") if isinstance(block, dict) else None
            words.append(f".{name}" if isinstance(name, str) else f"[{step}]")
        else:
            words.append(f".{step}")
    return "".join(words).lstrip(".")


def _complain(
    document: Document,
    route: Route,
    finding: ErrorDetails,
    model: type[BaseModel],
    complaints: Complaints,
) -> None:
    is_unknown = finding["type"] == "extra_forbidden"
    if not is_unknown and finding["type"] != "missing":
        route = _as_written(document, route)
    place = document.key_place(route) if is_unknown else document.place(route)
    path = dotted(document, route[:-1] if is_unknown or finding["type"] == "missing" else route)
    sentence = say(finding, model)
    complaints.add(place, m.AT.format(path=path, sentence=sentence) if path else sentence)


def _as_written(document: Document, route: Route) -> Route:
    """Return the route as far as the file goes: what a short form stands for is not written there."""
    block: Any = document.tree
    for depth, step in enumerate(route):
        is_there = step in block if isinstance(block, dict) else isinstance(block, tuple) and isinstance(step, int)
        if not is_there:
            return route[:depth]
        block = _inside(block, step)
    return route


def _inside(block: Any, step: str | int) -> Any:
    if isinstance(block, dict):
        return block.get(step)
    if isinstance(block, tuple) and isinstance(step, int) and step < len(block):
        return block[step]
    return None
