"""A resolved scenario as a file that means the same: nothing extended, every setting written in."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML

from govsim.scenarios import messages as m
from govsim.scenarios.extending import linked_path
from govsim.scenarios.schema import SCHEMA_NAME

if TYPE_CHECKING:
    from govsim.scenarios.loader import Resolved

_TABLES: Final = ("communities", "settlements", "streets")
# Long texts stay on one line each: how they are folded decides nothing.
_WIDTH: Final = 1_000_000


def resolved_text(resolved: Resolved) -> str:
    """Return YAML with the same fingerprint, for a file in the folder of the one that it was made from."""
    folder = Path(resolved.document.file).parent
    lines = [
        m.RESOLVED_FROM.format(file=resolved.document.file),
        *([_settings(resolved)] if _settings(resolved) else []),
    ]
    lines.append(m.PATHS_FROM.format(folder=folder))
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.default_flow_style = False
    text = io.StringIO()
    yaml.dump(resolved_content(resolved), text)
    return "".join(f"# {line}\n" for line in lines) + text.getvalue()


def _settings(resolved: Resolved) -> str:
    return (
        m.WITH_SETTINGS.format(settings=" ".join(" ".join(resolved.scenario.settings).split()))
        if resolved.scenario.settings
        else ""
    )


def resolved_content(resolved: Resolved) -> dict[str, Any]:
    """Return what the file says, in the order in which it says it."""
    folder, content = Path(resolved.document.file).parent, resolved.content
    plain = content.model_dump(mode="json", exclude_none=True, exclude={"schema_name", "extends", "world", "catalogue"})
    world: dict[str, Any] = {
        name: _path(resolved, folder, "world", name) for name in _TABLES if getattr(content.world, name) is not None
    }
    if content.world.residents is not None:
        world["residents"] = content.world.residents
    if content.world.drawn is not None:
        world["drawn"] = content.world.drawn.model_dump()
    ordered: dict[str, Any] = {"schema": SCHEMA_NAME}
    for name in ("id", "title", "description", "as_of", "horizon"):
        if name in plain:
            ordered[name] = plain[name]
    ordered["world"] = world
    if content.catalogue is not None:
        ordered["catalogue"] = _path(resolved, folder, "catalogue")
    ordered["rules"] = plain["rules"]
    if content.parameters:
        ordered["parameters"] = {
            path: entry["value"] if set(entry) == {"value"} else entry for path, entry in plain["parameters"].items()
        }
    if resolved.entries:
        ordered["reforms"] = [entry.reform.model_dump(mode="json", exclude_none=True) for entry in resolved.entries]
    return ordered


def _path(resolved: Resolved, folder: Path, *route: str) -> str:
    return Path(os.path.relpath(linked_path(resolved.document, route), folder)).as_posix()
