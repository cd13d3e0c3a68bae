"""The files of a world as they stand: tables, words and the villages or communities that a merger joins."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from pathlib import Path

    from govsim.institution.institution import Institution
    from govsim.scenarios.scenario import Scenario

CODE = re.compile(r"^(?:[QRCPM][1-9][0-9]?|E[1-9]|GUESS): \S")
ACCUSING = re.compile(r"fak(e|ing)|shirk|falsif|造假|弄虚作假|偷懒|推诿")
NUMBERED = {"en": r"\((\d+)\) ", "zh": r"（(\d+)）"}


@dataclass(frozen=True)
class WorldFiles:
    """The folder of a world."""

    folder: Path

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenario files, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.yaml"))

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table, such as ``streets``."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def content(self, name: str) -> dict[str, Any]:
        """Return what a scenario file says, without what it extends."""
        tree: dict[str, Any] = YAML(typ="safe", pure=True).load(self.text(f"{name}.yaml"))
        return tree

    def text(self, name: str) -> str:
        """Return a file as text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def residents(self) -> Counter[str]:
        """Return the residents of each community."""
        total: Counter[str] = Counter()
        for row in self.rows("settlements"):
            total[row["community"]] += int(row["residents"])
        return total

    def street_of(self) -> dict[str, str]:
        """Return the street of each community."""
        return {row["id"]: row["street"] for row in self.rows("communities")}

    def posts(self) -> dict[str, int]:
        """Return the posts of each community."""
        return {row["id"]: int(row["posts"]) for row in self.rows("communities")}

    def mean_way_km(self, longer: dict[str, float] | None = None) -> float:
        """Return the mean way of a resident, where the way of some communities is longer."""
        longer = longer or {}
        sums = [
            (int(row["residents"]), float(row["distance_km"]) + longer.get(row["community"], 0.0))
            for row in self.rows("settlements")
        ]
        return sum(number * way for number, way in sums) / sum(number for number, _ in sums)

    def mergers(self, name: str) -> list[dict[str, Any]]:
        """Return the mergers of a scenario file."""
        return [entry for entry in self.content(name)["reforms"] if entry["use"] == "village_merger"]

    def numbered_assumptions(self, name: str, language: str) -> list[int]:
        """Return the numbers that the descriptions of the baseline and of a scenario give to assumptions."""
        parts = dict.fromkeys(["baseline", name])
        texts = [self.content(part)["description"][language] for part in parts]
        return [int(n) for text in texts for n in re.findall(NUMBERED[language], text)]


def title_count(title: dict[str, str], before: str, after: str) -> int:
    """Return the number that stands at the end of a title before a word, the same in both languages."""
    counts = {int(re.search(rf"(\d+) {before}$", title["en"])[1]), int(re.search(rf"(\d+){after}$", title["zh"])[1])}
    (count,) = counts
    return count


def longer_ways(mergers: list[dict[str, Any]]) -> dict[str, float]:
    """Return by how much the way becomes longer for each community that does not hold the seat."""
    return {name: entry["added_km"] for entry in mergers for group in entry["groups"] for name in group[1:]}


def institution_in(scenario: Scenario, month: int) -> Institution:
    """Return the institution of a scenario in a month after its warm-up."""
    calendar, baseline = scenario.calendar, scenario.institution
    doses = [(reform, reform.dose(calendar, calendar.warm_up_months + month)) for reform in scenario.reforms]
    return baseline.amended(edit for reform, dose in doses if dose > 0.0 for edit in reform.amend(baseline, dose))
