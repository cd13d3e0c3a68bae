"""Write the golden numbers anew: ``make golden``.

Prints every number that differs, and refuses unless a new line under ``### Results`` in ``CHANGELOG.md`` says
what changed, why, and by how much. The lines under which the present numbers were written stand in
``results-lines.txt``.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.golden import worlds  # noqa: E402 the folder of tests has to be found first

LINES = worlds.FOLDER / "results-lines.txt"


def results_lines(changelog: str) -> list[str]:
    """Return the entries of every ``### Results`` section, one line each."""
    lines, is_inside = [], False
    for line in changelog.splitlines():
        if line.startswith("#"):
            is_inside = line.strip() == "### Results"
        elif is_inside and line.startswith("- "):
            lines.append(line.strip())
    return lines


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """Return one line for each number that is not what it was."""
    names = [*new, *(name for name in old if name not in new)]
    return [
        f"{name}: {old.get(name, 'nothing')} -> {new.get(name, 'nothing')}"
        for name in names
        if old.get(name) != new.get(name)
    ]


def old_numbers(world: str) -> dict[str, str]:
    if not (worlds.FOLDER / f"{world}.csv").exists():
        return {}
    return {row["name"]: row["value"] for row in worlds.read(world)}


def main() -> int:
    """Return the exit code: 0 written or nothing to write, 1 refused."""
    fresh = {world: worlds.numbers(world) for world in worlds.WORLDS}
    changed = {world: differences(old_numbers(world), values) for world, values in fresh.items()}
    for world, lines in changed.items():
        sys.stdout.writelines(f"{world}: {line}\n" for line in lines)
    if not any(changed.values()):
        sys.stdout.write("Every golden number is what it was.\n")
        return 0
    entries = results_lines((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    known = LINES.read_text(encoding="utf-8").splitlines() if LINES.exists() else []
    if set(entries) <= set(known):
        sys.stdout.write(
            "Nothing is written. Add a line under '### Results' in CHANGELOG.md that says what changed, why and by\n"
            "how much, and how to get the numbers from before.\n"
        )
        return 1
    for world, values in fresh.items():
        worlds.write(world, values)
    LINES.write_text("".join(f"{line}\n" for line in entries), encoding="utf-8")
    sys.stdout.write("Written.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
