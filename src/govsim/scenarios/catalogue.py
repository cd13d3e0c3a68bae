"""Read the catalogue of work and the table of parameters from CSV files."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import Place
from govsim.institution import catalogue as institution_catalogue
from govsim.institution.catalogue import Catalogue, DepartmentEntry, Mandate, RequestKind, SizeRule, WorkClass
from govsim.institution.matters import EVEN
from govsim.institution.parameters import Grade, Parameter, Parameters
from govsim.institution.units import STREETS
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import Complaints, shown
from govsim.scenarios.csv_table import Column, Row, choice, identifier, number, read_table, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA_FOLDER: Final = Path(institution_catalogue.__file__).parent / "data"
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR_PERMILLE: Final = 12_000
SHARE_TOLERANCE: Final = 1e-9

_NAMES: Final = (identifier("id"), text("en"), text("zh"))
_EVIDENCE: Final = (choice("grade", Grade), text("source"))
_SIZE_RULES: Final = tuple(rule.name.lower() for rule in SizeRule)
_WORK_CLASSES: Final = ("administration", "census", "meeting", "self_government")
_DEPARTMENTS: Final = (
    *_NAMES,
    number("inspections_per_year", high=1000),
    number("inspection_weight", high=1000, above_low=True),
    number("staff", high=1e5),
    number("core_share", high=1),
    number("purchase_yuan_per_year", high=1e9),
    *_EVIDENCE,
)
_SEASONS: Final = (*_NAMES, *(whole(month, 0, YEAR_PERMILLE) for month in MONTHS))
_PARAMETERS: Final = (
    text("path"),
    number("value", -1e12, 1e12),
    text("unit"),
    number("low", -1e12, 1e12),
    number("high", -1e12, 1e12),
    *_EVIDENCE,
    text("en"),
    text("zh"),
)


def _work_columns(departments: Iterable[str]) -> tuple[Column, ...]:
    return (
        choice("department", departments),
        number("minutes", high=1e6, above_low=True),
        choice("size_rule", _SIZE_RULES),
        number("cv", high=10),
        whole("deadline_days", 1, 10_000),
        number("weight", high=1000, above_low=True),
        number("authority_share", high=1),
        *_EVIDENCE,
    )


def read_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue in a folder, departments, mandates and requests in the order of their files."""
    complaints = Complaints()
    departments = read_table(folder / "departments.csv", _DEPARTMENTS, complaints, unique="id")
    seasons = read_table(folder / "seasons.csv", _SEASONS, complaints, unique="id")
    for row in departments:
        if row["id"] == STREETS:
            complaints.add(row.place, m.RESERVED_DEPARTMENT.format(given=shown(row["id"])))
    for row in seasons:
        _check_season(row, complaints)
    if seasons and EVEN not in {row["id"] for row in seasons}:
        complaints.add(Place(str(folder / "seasons.csv"), 1), m.NO_EVEN_SEASON.format(season=EVEN))
    complaints.raise_any()
    lines = [row["id"] for row in departments]
    mandates = _read_mandates(folder / "mandates.csv", lines, [row["id"] for row in seasons], complaints)
    requests = _read_requests(folder / "requests.csv", lines, complaints)
    complaints.raise_any()
    return Catalogue(
        departments=tuple(_department(row) for row in departments),
        mandates=tuple(_mandate(row) for row in mandates),
        requests=tuple(_request(row) for row in requests),
        seasons={row["id"]: tuple(row[month] for month in MONTHS) for row in seasons},
    )


def read_parameters(path: Path) -> Parameters:
    """Return the parameters of a table, each inside its own range."""
    complaints = Complaints()
    rows = read_table(path, _PARAMETERS, complaints, unique="path")
    for row in rows:
        if row["low"] > row["high"]:
            complaints.add(row.place, m.LOW_ABOVE_HIGH.format(low=row["low"], high=row["high"]))
        elif not row["low"] <= row["value"] <= row["high"]:
            bounds = {"low": f"{row['low']:g}", "high": f"{row['high']:g}"}
            complaints.add(row.place, m.VALUE_OUTSIDE.format(given=f"{row['value']:g}", **bounds))
    complaints.raise_any()
    return Parameters({row["path"]: Parameter(**row.cells | {"grade": Grade(row["grade"])}) for row in rows})


def _check_season(row: Row, complaints: Complaints) -> None:
    total = sum(row[month] for month in MONTHS)
    if total != YEAR_PERMILLE:
        complaints.add(row.place, m.SEASON_SUM.format(given=shown(row["id"]), total=total))


def _read_mandates(path: Path, departments: list[str], seasons: list[str], complaints: Complaints) -> list[Row]:
    columns = (
        *_NAMES,
        choice("work_class", _WORK_CLASSES),
        choice("legal_status", ("duty", "assist", "own")),
        number("jobs_per_year", high=1e6),
        whole("red_tape_permille", 0, 1000),
        choice("scaling", ("per_unit", "per_resident")),
        choice("season", seasons),
        whole("period_years", 1, 100),
        whole("period_phase", 0, 9999),
        whole("records_per_job", 0, 10_000),
        whole("outreach", 0, 1),
        *_work_columns(departments),
    )
    rows = read_table(path, columns, complaints, unique="id")
    for row in rows:
        if row["work_class"] == "self_government" and row["scaling"] != "per_resident":
            complaints.add(row.place, m.OWN_WORK_UNIT.format(given=shown(row["scaling"])))
    return rows


def _read_requests(path: Path, departments: list[str], complaints: Complaints) -> list[Row]:
    columns = (
        *_NAMES,
        number("share", high=1),
        number("resolved_share", high=1),
        whole("emotional", 0, 1),
        *_work_columns(departments),
    )
    before = len(complaints)
    rows = read_table(path, columns, complaints, unique="id")
    total = math.fsum(row["share"] for row in rows)
    if len(complaints) == before and abs(total - 1.0) > SHARE_TOLERANCE:
        complaints.add(rows[-1].place, m.SHARE_SUM.format(total=f"{total:.10g}"))
    return rows


def _fields(row: Row, *left_out: str) -> dict[str, Any]:
    return {name: cell for name, cell in row.cells.items() if name not in {"grade", "source", *left_out}}


def _department(row: Row) -> DepartmentEntry:
    return DepartmentEntry(**_fields(row))


def _mandate(row: Row) -> Mandate:
    read = {
        "work_class": WorkClass[row["work_class"].upper()],
        "size_rule": SizeRule[row["size_rule"].upper()],
        "is_per_resident": row["scaling"] == "per_resident",
        "is_outreach": row["outreach"] == 1,
    }
    return Mandate(**_fields(row, "scaling", "outreach") | read)


def _request(row: Row) -> RequestKind:
    read = {"size_rule": SizeRule[row["size_rule"].upper()], "is_emotional": row["emotional"] == 1}
    return RequestKind(**_fields(row, "emotional") | read)
