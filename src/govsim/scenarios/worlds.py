"""Worlds: read the places of a district from tables of communities, settlements and, if there is one, streets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.errors import did_you_mean
from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import Complaints, shown
from govsim.scenarios.csv_table import Row, choice, identifier, number, read_table, text, whole

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MOST_SETTLEMENT_RESIDENTS: Final = 7_999_999
MOST_POSTS: Final = 1000
MOST_YUAN: Final = 10**12

_NAMES: Final = (identifier("id"), text("en"), text("zh"))
_COMMUNITIES: Final = (
    *_NAMES,
    identifier("street"),
    whole("posts", 1, MOST_POSTS),
    whole("upper_floor", 0, 1),
    whole("own_income_yuan_per_year", 0, MOST_YUAN),
    whole("topup_yuan_per_month", 0, 1_000_000),
)
_STREETS: Final = (
    *_NAMES,
    whole("organs", 1, 100),
    number("cadres", high=10_000, above_low=True),
    whole("enforcement", 0, 1),
)


def read_places(
    communities_csv: Path,
    settlements_csv: Path,
    district: str,
    departments: Collection[str] = (),
    streets_csv: Path | None = None,
) -> Places:
    """Return the places of a district, checked.

    Parameters
    ----------
    district
        Id of the district.
    departments
        Ids that are taken already.
    streets_csv
        A table of the street offices; without one they are the usual ones.
    """
    complaints = Complaints()
    communities = read_table(communities_csv, _COMMUNITIES, complaints, unique="id")
    complaints.raise_any()
    columns = (
        *_NAMES,
        choice("community", [row["id"] for row in communities]),
        whole("residents", 1, MOST_SETTLEMENT_RESIDENTS),
        number("distance_km", 0, 1000),
    )
    settlements = read_table(settlements_csv, columns, complaints, unique="id")
    streets = read_table(streets_csv, _STREETS, complaints, unique="id") if streets_csv else []
    if streets_csv and not len(complaints):
        _check_streets(communities, streets, str(communities_csv), str(streets_csv), complaints)
    if not len(complaints):
        _check_served(communities, settlements, str(settlements_csv), complaints)
    _check_ids(
        communities,
        settlements,
        {district: "district"} | dict.fromkeys(departments, "department"),
        complaints,
    )
    complaints.raise_any()
    return Places(
        district=district,
        communities=tuple(CommunityPlace(**_truth(row)) for row in communities),
        settlements=tuple(SettlementPlace(**row.cells) for row in settlements),
        street_offices=tuple(StreetPlace(**row.cells | {"enforcement": row["enforcement"] == 1}) for row in streets),
    )


def _truth(row: Row) -> dict[str, Any]:
    return row.cells | {"upper_floor": row["upper_floor"] == 1}


def _check_streets(
    communities: list[Row], streets: list[Row], communities_csv: str, streets_csv: str, complaints: Complaints
) -> None:
    listed = {row["id"] for row in streets}
    named = {row["street"] for row in communities}
    first = {row["street"]: row for row in reversed(communities)}
    for street in sorted(named - listed):
        near = did_you_mean(street, listed - named)
        sentence = m.NO_STREET_ROW.format(given=shown(street), file=streets_csv, hint=near)
        complaints.add(first[street].place, sentence)
    for row in streets:
        if row["id"] not in named:
            complaints.add(row.place, m.STREET_WITHOUT_COMMUNITY.format(given=shown(row["id"]), file=communities_csv))


def _check_served(communities: list[Row], settlements: list[Row], file: str, complaints: Complaints) -> None:
    served = {row["community"] for row in settlements}
    for row in communities:
        if row["id"] not in served:
            complaints.add(row.place, m.NO_SETTLEMENT.format(given=shown(row["id"]), file=file))


def _check_ids(communities: list[Row], settlements: list[Row], taken: dict[str, str], complaints: Complaints) -> None:
    offices = taken | {row["street"]: "street" for row in communities}
    for row in communities:
        _check_id(row, "street", taken, complaints)
        _check_id(row, "id", offices, complaints)
    everything = offices | {row["id"]: "community" for row in communities}
    for row in settlements:
        _check_id(row, "id", everything, complaints)


def _check_id(row: Row, column: str, taken: dict[str, str], complaints: Complaints) -> None:
    given = row[column]
    if given in taken:
        complaints.add(row.place, m.SAME_ID.format(column=column, given=shown(given), other=m.KINDS[taken[given]]))
