"""Following the compiler, for whoever waits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from numba.core import event

from govsim.compilation.decorator import n_declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Counter(event.Listener):
    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._done = 0

    def on_start(self, _event: Any) -> None:
        pass

    def on_end(self, _event: Any) -> None:
        self._done += 1
        # A few kernels are compiled twice, and some that a run does not need not at all.
        self._report(min(self._done, n_declared()), n_declared())


@contextmanager
def reporting(report: Callable[[int, int], None]) -> Iterator[None]:
    """Tell how many kernels have been compiled, and how many there are, as often as one is done."""
    with event.install_listener("numba:compile", _Counter(report)):
        yield
