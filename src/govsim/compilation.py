"""How kernels are compiled: one decorator, one cache directory named by what it was compiled from."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    F = TypeVar("F", bound=Callable[..., object])

_PACKAGE: Final = Path(__file__).parent
# Numba's own cache notices a change in the decorated file only, so every file whose code or layout a
# kernel depends on takes part in the name of the directory.
_SOURCES: Final = ("compilation.py", "randomness.py", "clock.py", "kernels/*.py", "tables/*.py")


def source_fingerprint() -> str:
    """Return 16 hexadecimal digits naming sources, versions and every NUMBA_ flag."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    flags = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    versions = [sys.version, numba.__version__, np.__version__]
    digest.update("\n".join([*versions, *flags]).encode())
    return digest.hexdigest()[:16]


def cache_directory() -> Path:
    """Return where compiled kernels are kept; ``GOVSIM_CACHE_DIR`` overrides the user's cache folder."""
    chosen = os.environ.get("GOVSIM_CACHE_DIR")
    if chosen:
        root = Path(chosen)
    elif "XDG_CACHE_HOME" in os.environ:
        root = Path(os.environ["XDG_CACHE_HOME"]) / "govsim"
    else:
        root = Path.home() / ".cache" / "govsim"
    return root / f"kernels-{source_fingerprint()}"


numba.config.CACHE_DIR = str(cache_directory())
# Intel's vector library changes the last bits of exp and log where it is installed.
numba.config.DISABLE_INTEL_SVML = 1


def kernel(function: F) -> F:
    """Compile a scalar loop over arrays; with ``NUMBA_DISABLE_JIT=1`` it stays plain Python.

    A kernel may not allocate: it is compiled without reference counts, which cost more than the work itself, and
    drawn into its caller (decision 0011).
    """
    compiled: F = numba.njit(cache=True, _nrt=False, forceinline=True)(function)
    return compiled


def separate_kernel(function: F) -> F:
    """Compile a kernel that is called where it is used: a long loop whose call costs nothing beside it."""
    compiled: F = numba.njit(cache=True, _nrt=False)(function)
    return compiled
