"""The one place that imports Mesa: importing it forces the start method of the whole process, which we undo."""

from __future__ import annotations

import multiprocessing

_before = multiprocessing.get_start_method(allow_none=True)

import mesa  # noqa: E402 the start method has to be read before Mesa sets it

multiprocessing.set_start_method(_before, force=True)

__all__ = ["mesa"]
