"""The version of the software that runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as _installed


def version() -> str:
    """Return the version of the installed package, or one that says that none is installed."""
    try:
        return _installed("govsim")
    except PackageNotFoundError:
        return "0+unknown"
