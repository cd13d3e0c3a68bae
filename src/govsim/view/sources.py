"""The files that a place is read from, and whether they still say what they said when the view began."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.errors import ScenarioError
from govsim.scenarios.extending import linked_path
from govsim.view import messages as m

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govsim.scenarios.loader import Resolved

_TABLES: Final = ("communities", "settlements", "streets")


def contents_of(resolved: Resolved) -> dict[Path, str]:
    """Return what the files of a scenario hold, as digests: itself, what it extends, its tables and its catalogue."""
    return {path: _digest(path) for path in sorted(set(_files(resolved)))}


def check_unchanged(contents: Mapping[Path, str]) -> None:
    """Raise ``ScenarioError`` if a file is gone or holds something else: a page must not show two worlds as one."""
    for path, digest in contents.items():
        if _digest(path) != digest:
            raise ScenarioError(m.CHANGED.format(file=path))


def _files(resolved: Resolved) -> Iterator[Path]:
    document, content = resolved.document, resolved.content
    yield from (Path(place.file) for place in document.values.values())
    yield from (linked_path(document, ("world", name)) for name in _TABLES if getattr(content.world, name) is not None)
    if content.catalogue is not None:
        yield from sorted(linked_path(document, ("catalogue",)).glob("*.csv"))


def _digest(path: Path) -> str:
    """Return the digest of a file, and nothing of one that cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
