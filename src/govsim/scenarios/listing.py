"""The scenario files below a folder, read only so far as to say what they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import ScenarioError
from govsim.scenarios.complaints import Complaints
from govsim.scenarios.document import read_document
from govsim.scenarios.extending import extended
from govsim.scenarios.schema import SCHEMA_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.scenarios.document import Document

DEMO: Final = Path(__file__).parent / "demo"
SUFFIXES: Final = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One scenario file.

    Attributes
    ----------
    path
        The file.
    place
        The folder of the tables of its world, by name.
    title_en, title_zh
        Its titles.
    reforms
        The kinds of its reforms, in the order of the file.
    problem
        What is wrong, if it cannot be read; then the rest is empty.
    """

    path: str
    place: str = ""
    title_en: str = ""
    title_zh: str = ""
    reforms: tuple[str, ...] = ()
    problem: str = ""


def list_scenarios(folder: Path) -> Iterator[Listed]:
    """Yield the scenario files below a folder in the order of their paths; other YAML files are left out."""
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in SUFFIXES and path.is_file() and not is_hidden:
            listed = _listed(path)
            if listed is not None:
                yield listed


def _listed(path: Path) -> Listed | None:
    try:
        own = read_document(path, Complaints())
        if own.tree.get("schema") != SCHEMA_NAME and "extends" not in own.tree:
            return None
        document = extended(own, Complaints())
    except ScenarioError as error:
        return Listed(str(path), problem=str(error).split("\n", 1)[0])
    tree = document.tree
    reforms = tree.get("reforms")
    kinds = [entry.get("use") for entry in reforms if isinstance(entry, dict)] if isinstance(reforms, tuple) else []
    return Listed(
        str(path),
        place=_place(document),
        title_en=_text(tree.get("title"), "en"),
        title_zh=_text(tree.get("title"), "zh"),
        reforms=tuple(str(kind) for kind in kinds),
    )


def _text(block: Any, name: str) -> str:
    return str(block.get(name, "")) if isinstance(block, dict) else ""


def _place(document: Document) -> str:
    table = _text(document.tree.get("world"), "communities")
    folder = Path(document.place(("world", "communities")).file).parent
    return (folder / table).resolve().parent.name if table else ""
