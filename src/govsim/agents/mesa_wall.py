"""The one place that imports Mesa, and undoes or spares what importing it does to the whole process."""

from __future__ import annotations

import inspect
import multiprocessing
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _start_method_kept() -> Iterator[None]:
    """Mesa forces how processes start."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@contextmanager
def _short_stack() -> Iterator[None]:
    """Mesa names a logger after the module that asks, for which it reads the sources of the whole stack: 0.3 s."""
    whole = inspect.stack

    def two_frames(*_: Any) -> list[Any]:
        return [(sys._getframe(1),), (sys._getframe(2),)]

    inspect.stack = two_frames  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.stack = whole


with _start_method_kept(), _short_stack():
    import mesa

__all__ = ["mesa"]
