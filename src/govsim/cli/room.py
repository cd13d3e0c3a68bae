"""Whether the memory suffices, found out before the work by an estimate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.cli import messages as m
from govsim.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Measured: ten million residents run in 0.9 GiB, a small world in 0.25 GiB.
BYTES_A_RESIDENT: Final = 80
BYTES_A_PROCESS: Final = 256 * 1024**2
GIB: Final = 1024**3
VARIABLE: Final = "GOVSIM_MEMORY_GIB"
_KIB: Final = 1024


# A run that several arms have in common, and the copy that one of them goes on with.
WORLDS_OF_ARMS: Final = 2


def check_room(residents: int, processes: int, environment: Mapping[str, str] = os.environ, worlds: int = 1) -> None:
    """Raise ``ScenarioError`` if processes with so many worlds of so many residents need more memory than is free."""
    free = free_bytes(environment)
    needed = max(1, processes) * (BYTES_A_PROCESS + BYTES_A_RESIDENT * residents * worlds)
    if free is not None and needed > free:
        values = {"residents": residents, "needed": f"{needed / GIB:.1f}", "free": f"{free / GIB:.1f}"}
        raise ScenarioError(m.NO_ROOM.format(processes=max(1, processes), variable=VARIABLE, **values))


def free_bytes(environment: Mapping[str, str], table: Path = Path("/proc/meminfo")) -> int | None:
    """Return the memory that may be used, by GOVSIM_MEMORY_GIB or else by the system; None if neither says."""
    chosen = environment.get(VARIABLE)
    if chosen:
        return _chosen(chosen)
    try:
        lines = table.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(found[0]) * _KIB if found else None


def _chosen(given: str) -> int:
    try:
        return int(float(given) * GIB)
    except (ValueError, OverflowError) as error:
        sentence = m.NO_NUMBER_OF_GIB.format(variable=VARIABLE, given=repr(given)[1:-1])
        raise ScenarioError(sentence) from error
