"""One command, one table and one file: what govsim costs, beside what is measured in the same call.

``python benchmarks/bench.py --only growth`` measures one part and leaves the others in the file as they were.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that the parts are a package, and the reference in the tests another

from benchmarks.measuring import Row, say, shown, verdict  # noqa: E402 found by the line above

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = ROOT / "build" / "bench.json"
PARTS = {
    "compiling": "Before a run",
    "sizes": "One run",
    "phases": "Where the time of a million residents goes",
    "arms": "A new arm",
    "sweeping": "A sweep",
    "viewing": "The view",
    "reference": "Beside plain objects",
    "roofline": "Beside a bare loop",
    "beside": "Beside peers, which do the requests alone",
    "growth": "Growth",
}


def measure(part: str) -> dict[str, Any]:
    """Measure one part; a part that fails says so and lets the others go on."""
    started = time.perf_counter()
    module = importlib.import_module(f"benchmarks.{part}")
    rows: list[Row] = []
    curves: list[dict[str, Any]] = []
    try:
        if part == "growth":
            for curve in module.curves():
                curves.append(curve.to_dict())
                rows += module.rows_of(curve)
        else:
            rows += module.rows()
    except Exception as error:  # noqa: BLE001 what went wrong is a line of the table
        rows.append(Row(f"{part}-failed", f"{part}: failed", "", (), note=f"{type(error).__name__}: {error}"))
    return {
        "title": PARTS[part],
        "seconds": time.perf_counter() - started,
        "rows": [row.to_dict() for row in rows],
        "curves": curves,
    }


def line_of(row: dict[str, Any]) -> str:
    """Return one line of the table."""
    spread = f"{shown(row['low'])} to {shown(row['high'])}" if len(row["values"]) > 1 else ""
    numbers = f"{shown(row['median']):>11s} {spread:>19s} {row['unit']:8s} {row['target'] or '':14s}"
    return f"  {row['what']:86s} {numbers} {verdict(row['is_met'])} {row['note']}".rstrip()


def show(part: dict[str, Any]) -> None:
    """Print the lines of a part."""
    print(f"\n{part['title']}")
    for row in part["rows"]:
        print(line_of(row))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write ``build/bench.json``; return 1 if a part failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part; may be repeated")
    chosen = parser.parse_args(arguments).only or list(PARTS)
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    from benchmarks.about import about

    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() and len(chosen) < len(PARTS) else {}
    parts: dict[str, Any] = dict(kept.get("parts", {}))
    for number, name in enumerate(chosen, 1):
        say(f"[{number}/{len(chosen)}] {PARTS[name]}")
        parts[name] = measure(name) | {"about": about()}
        show(parts[name])
    ordered = {name: parts[name] for name in PARTS if name in parts}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"about": about(), "parts": ordered}, indent=1) + "\n", encoding="utf-8")
    bars = [row["is_met"] for part in ordered.values() for row in part["rows"] if row["is_met"] is not None]
    print(f"\n{sum(bars)} of {len(bars)} bars met; written to {RESULTS.relative_to(ROOT)}")
    return int(any(row["id"].endswith("-failed") for name in chosen for row in parts[name]["rows"]))


if __name__ == "__main__":
    sys.exit(main())
