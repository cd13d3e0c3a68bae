"""How kernels are compiled: one decorator, and what stands for a kernel until it is called."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numba
from numba.core import types

from govsim.compilation.linking import DrawnCompiler, EntryCompiler

if TYPE_CHECKING:
    from collections.abc import Callable

    F = TypeVar("F", bound=Callable[..., object])

# Without reference counts, which cost more than the work itself.
_OPTIONS: Final = {"_nrt": False, "no_cfunc_wrapper": True}
_declared: Final[list[Kernel]] = []


class Kernel:
    """A compiled function that Python and other kernels can call, compiled for each when first called by it."""

    def __init__(self, function: Callable[..., object], *, is_drawn_in: bool) -> None:
        self.py_func = function
        self._is_drawn_in = is_drawn_in
        functools.update_wrapper(self, function)
        _declared.append(self)

    def __call__(self, *arguments: Any) -> Any:
        """Call the version that Python calls; it is optimised with all that it calls, and cached."""
        return self._entry(*arguments)

    @functools.cached_property
    def _entry(self) -> Any:
        return numba.njit(cache=True, pipeline_class=EntryCompiler, **_OPTIONS)(self.py_func)

    @functools.cached_property
    def _drawn(self) -> Any:
        return numba.njit(
            no_cpython_wrapper=True, forceinline=self._is_drawn_in, pipeline_class=DrawnCompiler, **_OPTIONS
        )(self.py_func)

    @property
    def _numba_type_(self) -> Any:
        """What Numba sees where one kernel calls another."""
        return types.Dispatcher(self._drawn)

    @property
    def targetoptions(self) -> dict[str, object]:
        """The options that Numba was given."""
        return {**self._entry.targetoptions, **self._drawn.targetoptions}

    @property
    def signatures(self) -> set[Any]:
        """The kinds of arguments that it has been compiled for."""
        return {*self._entry.signatures, *self._drawn.signatures}


def kernel(function: F) -> F:
    """Compile a scalar loop over arrays; with ``NUMBA_DISABLE_JIT=1`` it stays plain Python.

    A kernel may not allocate: it is compiled without reference counts, and drawn into its caller (decision 0011).
    """
    return _compiled(function, is_drawn_in=True)


def separate_kernel(function: F) -> F:
    """Compile a kernel that is called where it is used: a long loop whose call costs nothing beside it."""
    return _compiled(function, is_drawn_in=False)


def _compiled(function: F, *, is_drawn_in: bool) -> F:
    if numba.config.DISABLE_JIT:
        return function
    return cast("F", Kernel(function, is_drawn_in=is_drawn_in))


def n_declared() -> int:
    """Return the number of kernels in the modules that have been imported."""
    return len(_declared)
