"""Put a model's records into the form of the reference, so that both can be compared field by field."""

from __future__ import annotations

from typing import Any

from govsim.model import GovernanceModel

NONE = -1
OFFICE_FIELDS = ("own_due_minutes", "tray_minutes", "load", "ad_hoc_tries", "ad_hoc_caught")
RESIDENT_FIELDS = ("group", "satisfaction", "expectation", "cases_met", "cases_unmet", "last_act_month")
POST_FIELDS = (
    "is_filled",
    "holder",
    "since_day",
    "skill_permille",
    "susceptibility_permille",
    "exhaustion",
    "motivation",
    "quit_hazard",
    "vacancy_hazard",
    "pay_fen",
    "topup_fen",
    "n_lines",
    "efficiency_permille",
)
COMMUNITY_FIELDS = ("stock", "take_up", "last_quits", "own_funds_fen")
SETTLEMENT_FIELDS = ("met_share", "mean_expectation")


def differences(model: GovernanceModel, reference: Any) -> list[str]:
    """Return where a model and the reference differ, nothing when they are equal."""
    found = _differences_in_books(model, reference)
    state = reference.state()
    residents = [tuple(int(row[name]) for name in RESIDENT_FIELDS) for row in model.state.people.residents]
    found += _compare("residents", residents, state["residents"])
    posts = [{name: int(row[name]) for name in POST_FIELDS} for row in model.state.people.posts]
    for number, (ours, theirs) in enumerate(zip(posts, state["posts"], strict=True)):
        fields = [name for name in POST_FIELDS if ours["is_filled"] or name not in POST_FIELDS[-2:]]
        found += [
            f"post {number} {name}: {ours[name]} {theirs[name]}" for name in fields if ours[name] != int(theirs[name])
        ]
    found += _compare("open items", _open_items(model), _masked(state["open_items"]))
    offices = [{name: int(row[name]) for name in OFFICE_FIELDS} for row in model.state.work.offices]
    found += _compare("offices", offices, [dict(office) for office in state["offices"]])
    found += _compare("lines", model.state.work.returned.tolist(), state["lines"])
    people = model.state.people
    for what, rows, fields in (
        ("communities", people.communities, COMMUNITY_FIELDS),
        ("settlements", people.settlements, SETTLEMENT_FIELDS),
    ):
        found += _compare(what, [{name: int(row[name]) for name in fields} for row in rows], state[what])
    ids = [place.id for place in model.institution.places.communities]
    found += _compare(
        "served by",
        [(ids[row["community"]], float(row["distance_km"])) for row in people.settlements],
        state["served_by"],
    )
    found += _compare("employed by", [ids[row["community"]] for row in people.posts], state["employed_by"])
    return found


def _compare(what: str, ours: Any, theirs: Any) -> list[str]:
    ours, theirs = list(ours), list(theirs)
    if ours == theirs:
        return []
    pairs = [(i, a, b) for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b][:3]
    return [f"{what}: {len(ours)} against {len(theirs)}, first differences {pairs}"]


def _differences_in_books(model: GovernanceModel, reference: Any) -> list[str]:
    recording, places = model.recording, model.institution.places
    communities = [place.id for place in places.communities]
    settlements = [place.id for place in places.settlements]
    groups = list(range(12))
    departments = [department.id for department in model.institution.catalogue.departments]
    offices = [f"street:{name}" for name in places.streets] + [f"department:{name}" for name in departments]
    found = []
    for month, book in enumerate(reference.recorded):
        by_class = {
            field: {(communities.index(name), work_class): value for (name, work_class), value in values.items()}
            for field, values in book["community_class"].items()
        }
        found += _fields(f"month {month}", recording.communities[month], by_class)
        for table, kind, ids in (
            (recording.communities, "community", communities),
            (recording.settlements, "settlement", settlements),
            (recording.groups, "group", groups),
            (recording.origins, "origin", [*departments, "street"]),
            (recording.offices, "office", offices),
        ):
            by_row = {
                field: {ids.index(name): value for name, value in values.items()}
                for field, values in book[kind].items()
            }
            found += _fields(f"month {month} {kind}", table[month], by_row)
    for table, kind, ids in (
        (recording.settlement_cohorts, "settlement", settlements),
        (recording.group_cohorts, "group", groups),
    ):
        by_month = {
            field: {(month, ids.index(name)): value for (month, name), value in values.items()}
            for field, values in reference.cohorts[kind].items()
        }
        found += _fields(f"cohort {kind}", table, by_month)
    return found


def _fields(where: str, table: Any, expected: dict[str, dict[Any, int]]) -> list[str]:
    return [
        f"{where} {field} {row}: {_cell(table, field, row)} {value}"
        for field, values in expected.items()
        for row, value in values.items()
        if _cell(table, field, row) != value
    ]


def _cell(table: Any, field: str, row: Any) -> int:
    """Return a count; ``issued_3`` is the fourth of the counts ``issued``."""
    name, _, index = field.rpartition("_")
    return int(table[name][row][int(index)] if index.isdecimal() else table[field][row])


def _open_items(model: GovernanceModel) -> list[tuple[Any, ...]]:
    work, names = model.state.work, _tray_names(model)
    ids = [place.id for place in model.institution.places.communities]
    rows = []
    for tray, name in enumerate(names):
        slot = int(work.trays["first"][tray])
        while slot != NONE:
            item = work.items[slot]
            values = [int(item[field]) for field in ("entity", "tick", "index", "remaining", "size_minutes")]
            given = int(item.given) if item.is_begun else 0
            days = [int(item[field]) for field in ("arrived_on_day", "created_on_day", "due_on_day")]
            ways = [int(item[field]) for field in ("n_returned", "own_class", "by_hotline")]
            settled = [int(item[field]) for field in ("triage_left", "blocks_line")]
            rows.append((*values, given, *days, *ways, ids[item.community], *settled, name))
            slot = int(item.next)
    return _masked(sorted(rows))


def _masked(rows: Any) -> list[tuple[Any, ...]]:
    """Hide the arrival day of work on the way, which the page leaves open until it arrives."""
    return sorted((*row[:6], -1 if row[-1].startswith("arriving") else row[6], *row[7:]) for row in rows)


def _tray_names(model: GovernanceModel) -> list[str]:
    places = model.institution.places
    posts = [f"{place.id}/{number}" for place in places.communities for number in range(1, place.posts + 1)]
    departments = [department.id for department in model.institution.catalogue.departments]
    communities = [place.id for place in places.communities]
    return [
        *(f"tray:post:{name}" for name in posts),
        *(f"tray:street:{name}" for name in places.streets),
        *(f"tray:department:{name}" for name in departments),
        *(f"arriving:community:{name}" for name in communities),
        *(f"arriving:street:{name}" for name in places.streets),
        *(f"arriving:department:{name}" for name in departments),
    ]
