"""The plan: provinces with their figures, the parts of a district, and the numbers that districts are drawn by."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from govsim.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER: Final = Path(__file__).parent
KINDS: Final = ("urban_district", "county_level_city", "county", "autonomous_county")
COLUMNS: Final = dict(
    zip(KINDS, ("urban_districts", "county_level_cities", "counties", "autonomous_counties"), strict=True)
)
_T = TypeVar("_T")
URBAN: Final = "urban"
RURAL: Final = "rural"


@dataclass(frozen=True)
class Province:
    """A provincial unit with its published figures.

    Attributes
    ----------
    residents
        Of the census.
    urban_share
        Of them in places that the census calls urban.
    n_districts
        County-level divisions by kind, in the order of ``KINDS``.
    township_level_units
        Streets, towns and townships.
    village_level_units, rural_village_level_units
        Residents' and village committees together, and those in places that statistics call rural.
    village_committees
        Wherever they are.
    """

    id: str
    en: str
    zh: str
    residents: int
    urban_share: float
    n_districts: tuple[int, ...]
    township_level_units: int
    village_level_units: int
    rural_village_level_units: int
    village_committees: int


@dataclass(frozen=True)
class Part:
    """What a district is made of: residents served by residents' committees, or by village committees.

    Attributes
    ----------
    plan
        File of the sweep that runs it: the scenario whose world, parameters, rules and calendar hold in this part.
    least_posts
        Posts that a committee has however few its residents are.
    residents_an_office
        Residents for which there is one street office or township.
    """

    id: str
    en: str
    zh: str
    plan: str
    least_posts: int
    residents_an_office: int


@dataclass(frozen=True)
class Plan:
    """All that districts are drawn from, as data.

    Attributes
    ----------
    figures
        Numbers that have no province.
    folder
        Where the tables are; the plans of sweeps stand beside it.
    """

    provinces: tuple[Province, ...]
    parts: tuple[Part, ...]
    figures: Mapping[str, float]
    folder: Path

    @property
    def folder_of_plans(self) -> Path:
        """Where the plans of sweeps are."""
        return self.folder.parent

    def figure(self, id_: str) -> float:
        """Return a number of the plan; ``ScenarioError`` if it has none of this name."""
        if id_ not in self.figures:
            message = f"figures.csv: there is no value for {id_}"
            raise ScenarioError(message)
        return self.figures[id_]


def read_plan(folder: Path = FOLDER) -> Plan:
    """Return the plan of a folder with ``provinces.csv``, ``parts.csv`` and ``figures.csv``.

    Raises
    ------
    ScenarioError
        If a table cannot be read, lacks a column, or has something else than a number where one belongs.
    """
    plan = Plan(
        provinces=tuple(_read(folder / "provinces.csv", _province)),
        parts=tuple(_read(folder / "parts.csv", _part)),
        figures={id_: value for id_, value in _read(folder / "figures.csv", _figure) if value is not None},
        folder=folder,
    )
    if [part.id for part in plan.parts] != [URBAN, RURAL]:
        message = f"{folder / 'parts.csv'}: the parts are {URBAN} and {RURAL}, in this order"
        raise ScenarioError(message)
    return plan


def _read(path: Path, of_row: Callable[[Mapping[str, str]], _T]) -> list[_T]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [of_row(row) for row in csv.DictReader(file)]
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
    except KeyError as error:
        message = f"{path}: there is no column {error}"
    except ValueError as error:
        message = f"{path}: {error}"
    raise ScenarioError(message)


def _figure(row: Mapping[str, str]) -> tuple[str, float | None]:
    return row["id"], float(row["value"]) if row["value"] else None


def _province(row: Mapping[str, str]) -> Province:
    return Province(
        id=row["id"],
        en=row["en"],
        zh=row["zh"],
        residents=int(row["residents"]),
        urban_share=float(row["urban_share"]),
        n_districts=tuple(int(row[COLUMNS[kind]]) for kind in KINDS),
        township_level_units=int(row["township_level_units"]),
        village_level_units=int(row["village_level_units"]),
        rural_village_level_units=int(row["rural_village_level_units"]),
        village_committees=int(row["village_committees"]),
    )


def _part(row: Mapping[str, str]) -> Part:
    return Part(
        id=row["part"],
        en=row["en"],
        zh=row["zh"],
        plan=row["plan"],
        least_posts=int(row["least_posts"]),
        residents_an_office=int(row["residents_an_office"]),
    )
