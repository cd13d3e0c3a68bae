"""Which model made a number: the version, and a hash of everything in the package that decides numbers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from govsim.version import version

_PACKAGE: Final = Path(__file__).parents[1]
_DECIDING: Final = (
    "model.py",
    "clock.py",
    "randomness.py",
    "agents/*.py",
    "institution/*.py",
    "institution/data/*",
    "kernels/*.py",
    "processes/*.py",
    "recording/*.py",
    "reforms/*.py",
    "tables/*.py",
)
_DIGITS: Final = 8


def model_version() -> str:
    """Return the version and, behind a plus, eight digits of the sources: other sources may give other numbers."""
    digest = hashlib.sha256()
    for pattern in _DECIDING:
        for path in sorted(_PACKAGE.glob(pattern)):
            text = path.read_bytes().replace(b"\r\n", b"\n")  # as Git may write them elsewhere
            digest.update(path.name.encode() + b"\0" + text)
    return f"{version()}+{digest.hexdigest()[:_DIGITS]}"
