"""On what was measured: versions, commit and machine."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from benchmarks.beside import PEERS, PYTHON
from benchmarks.worlds import ROOT

OURS: Final = ("govsim", "numpy", "numba", "llvmlite", "mesa", "pandas", "networkx", "scipy")
ASKED: Final = "from importlib.metadata import version; import sys; print(version(sys.argv[1]))"


def about() -> dict[str, Any]:
    """Return what was measured, with what, and where."""
    return {
        "measured_on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": _git("rev-parse", "HEAD"),
        "is_changed": bool(_git("status", "--porcelain")),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in OURS},
        "peers": {name: _version_of_peer(name) for name in ["numpy", "numba", *sorted({each[2] for each in PEERS})]},
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def processor() -> str:
    """Return the name of the processor, as far as the system tells."""
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _version_of_peer(name: str) -> str | None:
    if not PYTHON.exists():
        return None
    done = subprocess.run([PYTHON, "-c", ASKED, name], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None
