"""How kernels are compiled, and where compiled code is kept."""

from govsim.compilation.decorator import kernel, separate_kernel
from govsim.compilation.folder import cache_directory, is_complete, note_complete, source_fingerprint
from govsim.compilation.layouts import as_records
from govsim.compilation.watching import reporting

__all__ = [
    "as_records",
    "cache_directory",
    "is_complete",
    "kernel",
    "note_complete",
    "reporting",
    "separate_kernel",
    "source_fingerprint",
]
