"""How compiled code is put together: what kernels call is translated once, and optimised where it ends up.

Numba prepares every function to be called from anywhere: it optimises and emits it alone and gives it two wrappers,
and then does the same in each function that calls it. For two hundred small kernels that was more than half of the
time that compiling took. Here a kernel that others call is translated only; one that Python calls is optimised and
emitted with all that it calls (decision 0022). Whatever is touched of Numba beyond its decorator is in this file.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Final

from numba import _dynfunc
from numba.core import funcdesc
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS: Final = 16


def _symbol(name: str, argument_types: Any, *, abi_tags: Any = (), uid: int | None = None) -> str:
    """Return a symbol that names types by a hash; spelled out, the records of a table take thousands of letters."""
    spelled = "\0".join(str(each) for each in argument_types)
    short = hashlib.sha256(spelled.encode()).hexdigest()[:_DIGITS]
    return str(funcdesc.default_mangler(name, [short], abi_tags=abi_tags, uid=uid))


def _not_for_python(library: Any, description: Any, environment: Any) -> Any:
    """Return the object by which Numba knows a function; there is no code yet that it could call."""
    return _dynfunc.make_function(description.lookup_module(), description.qualname, "", 0, environment, (library,))


class _Drawn(JITCodeLibrary):
    """Code that goes into what calls it, with all that it calls, and is neither optimised nor emitted alone."""

    _whole: Any = None

    def add_linking_library(self, library: Any) -> None:
        self._linking_libraries.append(library)

    def finalize(self) -> None:
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        if self._whole is None:
            self._whole = self._alone().clone()
            for library in self._called():
                part = library._alone() if isinstance(library, _Drawn) else library._get_module_for_linking()
                self._whole.link_in(part, preserve=True)
        return self._whole

    def _alone(self) -> Any:
        return super()._get_module_for_linking()

    def _called(self) -> list[Any]:
        """Return the code of everything that is called, however far down, each once."""
        found: dict[Any, None] = {}
        waiting = list(self._linking_libraries)
        while waiting:
            library = waiting.pop()
            if library not in found:
                found[library] = None
                waiting += library._linking_libraries if isinstance(library, _Drawn) else []
        return list(found)


class EntryCompiler(Compiler):
    """Compiles a kernel that Python calls, with short symbols."""

    amendments: ClassVar[Mapping[str, Any]] = {"mangler": _symbol}

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.state.targetctx = self.state.targetctx.subtarget(**self.amendments)


class DrawnCompiler(EntryCompiler):
    """Translates a kernel that other kernels call."""

    amendments: ClassVar[Mapping[str, Any]] = {"mangler": _symbol, "get_executable": _not_for_python}

    def __init__(self, typing: Any, target: Any, _library: Any, *given: Any) -> None:
        super().__init__(typing, target, _Drawn(target.codegen(), "kernel"), *given)
