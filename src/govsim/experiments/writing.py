"""Files that are whole or absent: written beside their place and moved into it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def prepare_folder(folder: Path) -> None:
    """Make a folder with its parents and try a file in it; ``OSError`` if that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".govsim-"):
        pass


def write_files(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write UTF-8 texts by file name, each at once or not at all, and return their paths."""
    paths = []
    for name, text in texts.items():
        path = folder / name
        write_atomically(path, text)
        paths.append(path)
    return paths


def write_atomically(path: Path, text: str) -> None:
    """Write a text beside its place, make sure that it is on the disk, and move it there."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_usual_mode())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
