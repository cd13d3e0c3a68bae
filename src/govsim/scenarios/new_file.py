"""A new scenario file, with a comment at every line that wants a decision, that loads as it is."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import ScenarioError, did_you_mean
from govsim.reforms import REFORMS, VillageMerger
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import listed, shown
from govsim.scenarios.explaining import words
from govsim.scenarios.listing import DEMO
from govsim.scenarios.loader import load_scenario
from govsim.scenarios.schema import SCHEMA_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govsim.reforms import Reform
    from govsim.scenarios.scenario import Scenario

BASELINE: Final = "baseline.yaml"
_EVERY: Final = ("starts_on", "ends_on", "phase_in_months", "strength", "in_streets", "in_communities")
_DEFAULTS: Final = {"phase_in_months": "1", "strength": "1.0", "in_streets": "[]", "in_communities": "[]"}


def check_reform_names(names: Sequence[str]) -> None:
    """Raise ``ScenarioError`` for the first name that no reform has."""
    for name in names:
        if name not in REFORMS:
            hint = did_you_mean(name, REFORMS)
            raise ScenarioError(m.UNKNOWN_REFORM.format(given=shown(name), hint=hint, known=listed(sorted(REFORMS))))


def write_new(path: Path, base: Path | None, reforms: Sequence[str]) -> list[Path]:
    """Write a scenario that extends another, and return what was written.

    Without a base it extends ``baseline.yaml`` beside it; where there is none, the world of the demo is copied there.

    Raises
    ------
    ScenarioError
        If a name is no reform, a file is in the way, or the base cannot be used; then nothing is left behind.
    """
    check_reform_names(reforms)
    if path.exists():
        raise ScenarioError(m.IN_THE_WAY.format(path=path))
    if base is None and path.name == BASELINE:
        raise ScenarioError(m.NAME_OF_BASE.format(name=BASELINE))
    with _whole_or_absent(path.parent) as written:
        if base is None:
            base = path.parent / BASELINE
            if not base.exists():
                _copy_demo(path.parent, written)
        _write(path, new_text(path, base, load_scenario(base), reforms), written)
        load_scenario(path)
    return [path, *(each for each in written if each != path)]


@contextmanager
def _whole_or_absent(folder: Path) -> Iterator[list[Path]]:
    """Make a folder, and yield a list of files in it that go again, with it, if anything goes wrong."""
    written: list[Path] = []
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield written
    except BaseException:
        for each in written:
            each.unlink(missing_ok=True)
        for each in missing:
            if each.is_dir():
                each.rmdir()
        raise


def new_text(path: Path, base: Path, scenario: Scenario, reforms: Sequence[str]) -> str:
    """Return the text of a scenario that extends another of this world."""
    name = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-_") or "scenario"
    head = [
        f"# {m.NEW_HEAD}",
        f"# {m.NEW_CHECK.format(path=' '.join(str(path).split()))}",
        f"extends: {_quoted(Path(os.path.relpath(base, path.parent)).as_posix())}",
        f"schema: {SCHEMA_NAME}",
        f"id: {_quoted(name)}  # {m.NEW_ID}",
        "title:",
        f"  en: {_quoted(f'Synthetic: {name}')}  # {m.NEW_TITLE}",
        f"  zh: {_quoted(f'合成情景：{name}')}",
    ]
    taken = Counter(reform.id for reform in scenario.reforms)
    entries = [line for use in reforms for line in _entry(use, _own_id(use, taken), scenario)]
    if not entries:
        return "\n".join([*head, f"# {m.NEW_NO_REFORM.format(known=', '.join(sorted(REFORMS)))}", "reforms: []", ""])
    return "\n".join([*head, "reforms:", *entries, ""])


def _own_id(use: str, taken: Counter[str]) -> str:
    name = use.replace("_", "-")
    number = 1
    while name in taken:
        number += 1
        name = f"{use.replace('_', '-')}-{number}"
    taken[name] += 1
    return name


def _entry(use: str, reform_id: str, scenario: Scenario) -> list[str]:
    reform = REFORMS[use]
    calendar = scenario.calendar
    values = dict(_DEFAULTS) | {"starts_on": calendar.label(calendar.warm_up_months)}
    lines = [f"  - use: {use}  # {reform.title_en} {reform.title_zh}", f"    id: {reform_id}"]
    for name in _EVERY:
        if name in ("in_streets", "in_communities") and issubclass(reform, VillageMerger):
            continue
        prefix = "" if name in values else "# "
        value = values.get(name, calendar.label(calendar.n_months - 1))
        lines.append(f"    {prefix}{name}: {value}  # {words.field(name, None)}")
    lines += [f"    {name}: {value}  # {about}" for name, value, about in _own_fields(reform, scenario)]
    return [*lines, f"    sources: [{_quoted(f'GUESS: {m.NEW_SOURCE}')}]  # {words.field('sources', None)}"]


def _own_fields(reform: type[Reform], scenario: Scenario) -> list[tuple[str, str, str]]:
    fields = []
    for name, info in reform.model_fields.items():
        if name in words.FIELDS:
            continue
        value = _groups(scenario) if info.is_required() else _plain(info.default)
        fields.append((name, value, words.field(name, info.description)))
    return fields


def _groups(scenario: Scenario) -> str:
    """Return a group of the first two communities of a street that has two, or none."""
    by_street: dict[str, list[str]] = {}
    for place in scenario.institution.places.communities:
        by_street.setdefault(place.street, []).append(place.id)
    pair = next((each[:2] for each in by_street.values() if len(each) > 1), [])
    return f"[[{', '.join(map(_quoted, pair))}]]" if pair else "[]"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _copy_demo(folder: Path, written: list[Path]) -> None:
    for source in sorted(DEMO.iterdir()) if DEMO.is_dir() else []:
        if source.name == BASELINE or source.suffix == ".csv":
            target = folder / source.name
            if target.exists():
                raise ScenarioError(m.IN_THE_WAY.format(path=target))
            shutil.copyfile(source, target)
            written.append(target)


def _write(path: Path, text: str, written: list[Path]) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        written.append(path)
        file.write(text)
