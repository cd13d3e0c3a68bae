"""Where compiled kernels are kept: a folder named by everything that they were compiled from and for."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import llvmlite.binding
import numba
import numpy as np

_PACKAGE: Final = Path(__file__).parents[1]
# Numba's own cache notices a change in the decorated file only, so every file whose code or layout a
# kernel depends on takes part in the name of the directory.
_SOURCES: Final = ("compilation/*.py", "randomness.py", "clock.py", "kernels/*.py", "tables/*.py")


def source_fingerprint() -> str:
    """Return 16 hexadecimal digits naming sources, versions, every NUMBA_ flag and the processor."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    flags = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    versions = [sys.version, numba.__version__, llvmlite.__version__, np.__version__]
    processor = [llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_host_cpu_features().flatten()]
    digest.update("\n".join([*versions, *processor, *flags]).encode())
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


def is_complete(what: str) -> bool:
    """Return whether everything that ``what`` needs has been noted to lie in the folder, and no file is gone since."""
    try:
        return _n_kernels() >= int(_note(what).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False


def note_complete(what: str) -> None:
    """Note that everything that ``what`` needs lies in the folder; where it cannot be written, nothing is lost."""
    with suppress(OSError):  # a disk that is full, for one: whoever comes next compiles again
        _note(what).parent.mkdir(parents=True, exist_ok=True)
        _note(what).write_text(str(_n_kernels()), encoding="ascii")


def _note(what: str) -> Path:
    # Numba keeps the kernels of a package under its path.
    place = hashlib.sha256(str(_PACKAGE).encode()).hexdigest()[:8]
    return cache_directory() / f"{what}-{place}.complete"


def _n_kernels() -> int:
    return len(sorted(cache_directory().rglob("*.nbi")))


numba.config.CACHE_DIR = str(cache_directory())
# Intel's vector library changes the last bits of exp and log where it is installed.
numba.config.DISABLE_INTEL_SVML = 1
