"""Write the tables and curves of ``docs/performance.md`` anew from ``build/bench.json``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that the parts are a package

from benchmarks.curves import drawing  # noqa: E402 found by the line above
from benchmarks.measuring import shown  # noqa: E402 the same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RESULTS = ROOT / "build" / "bench.json"
FOLDER = ROOT / "docs" / "performance"
WORDS = {True: "yes", False: "**no**", None: ""}
PEER = re.compile(r"peer-[a-z_]+(-(?P<residents>[0-9]+))?")


def texts(content: dict[str, Any]) -> dict[str, str]:
    """Return the files of the page by name."""
    parts = content["parts"]
    found = {
        "machine.md": machine(content),
        "bars.md": bars(parts),
        "phases.md": phases(parts),
        "peers.md": peers(parts),
        "all.md": everything(parts),
    }
    for part in parts.values():
        found |= {f"{curve['id']}.svg": drawing(curve) for curve in part["curves"]}
    return found


def machine(content: dict[str, Any]) -> str:
    """Return what was measured, where and with what, and whether all parts are of one commit."""
    about = content["about"]
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items() if number)
    others = ", ".join(f"{name} {number}" for name, number in about["peers"].items() if number)
    text = (
        f"Measured on {about['measured_on']} at commit `{about['commit'][:10]}`"
        f"{', with changes that were not committed' if about['is_changed'] else ''}: {about['processor']}, "
        f"{about['cores']} cores, {about['system']}; Python {about['python']}, {versions}. Environment of the peers: "
        f"{others or 'not there'}.\n"
    )
    commits = sorted({part["about"]["commit"][:10] for part in content["parts"].values()})
    if len(commits) > 1:
        text += f"\nParts were measured at several commits: {', '.join(commits)}.\n"
    return text


def bars(parts: dict[str, Any]) -> str:
    """Return every row that has a bar."""
    rows = [row for part in parts.values() for row in part["rows"] if row["target"] and not PEER.match(row["id"])]
    return table(("what", "median", "spread", "unit", "bar", "met"), map(_barred, rows))


def _barred(row: dict[str, Any]) -> Sequence[str]:
    met = WORDS[row["is_met"]] if row["values"] else row["note"]
    return named(row), shown(row["median"]), spread(row), row["unit"], row["target"], met


def phases(parts: dict[str, Any]) -> str:
    """Return what each phase takes of a year, the longest first."""
    rows = [row for row in parts.get("phases", {"rows": []})["rows"] if row["id"].startswith("phase-")]
    whole = sum(row["median"] for row in rows)
    rows.sort(key=lambda row: -row["median"])
    return table(
        ("what", "phase", "ms a year", "spread", "share"),
        (
            (
                row["what"],
                f"`{row['id'].removeprefix('phase-')}`",
                shown(row["median"]),
                spread(row),
                f"{row['median'] / whole:.1%}",
            )
            for row in rows
        ),
    )


def peers(parts: dict[str, Any]) -> str:
    """Return peers beside govsim, a row for each peer and size."""
    rows = {row["id"]: row for row in parts.get("beside", {"rows": []})["rows"]}
    return table(
        ("peer", "residents", "peer, ns", "govsim, ns", "peer over govsim", "spread", "note"),
        (_pair(row, rows) for key, row in rows.items() if not key.endswith(("-theirs", "-ours"))),
    )


def _pair(row: dict[str, Any], rows: dict[str, Any]) -> Sequence[str]:
    found = PEER.fullmatch(row["id"])
    if found is None or found["residents"] is None:
        return row["what"], "", "", "", "", "", row["note"]
    theirs, ours = (shown(rows[f"{row['id']}-{side}"]["median"]) for side in ("theirs", "ours"))
    name = row["what"].partition(f", {int(found['residents']):,} residents")[0]
    return name, f"{int(found['residents']):,}", theirs, ours, shown(row["median"]), spread(row), row["note"]


def everything(parts: dict[str, Any]) -> str:
    """Return all rows of all parts but those of peers and phases, which have tables of their own."""
    return "\n".join(_part(part) for name, part in parts.items() if name != "beside")


def _part(part: dict[str, Any]) -> str:
    lines = (
        (named(row), shown(row["median"]), spread(row), row["unit"], row["note"])
        for row in part["rows"]
        if not row["id"].startswith("phase-")
    )
    return f"**{part['title']}**\n\n" + table(("what", "median", "spread", "unit", "note"), lines)


def named(row: dict[str, Any]) -> str:
    """Return what a row is of, with its name in the file."""
    return f"{row['what']} (`{row['id']}`)"


def spread(row: dict[str, Any]) -> str:
    """Return the least and the most, and of how many."""
    n = len(row["values"])
    return f"{shown(row['low'])} to {shown(row['high'])}, n = {n}" if n > 1 else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    return "\n".join(_lines(head, rows)) + "\n"


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def main() -> int:
    """Write the files, and say which."""
    if not RESULTS.exists():
        print(f"There is no {RESULTS.relative_to(ROOT)} yet: run make bench first.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts(json.loads(RESULTS.read_text(encoding="utf-8"))).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"written: {(FOLDER / name).relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
