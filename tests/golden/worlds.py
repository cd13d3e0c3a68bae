"""Three tiny worlds and what is kept of each: a digest, and numbers with what a reader may expect of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.kernels.routes import AD_HOC
from govsim.model import GovernanceModel
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference.worlds import Scenario

FOLDER = Path(__file__).parent
SEED = 11
MONTHS = 7  # three that requests need to have sixty days behind them, and four that count
COLUMNS = ("name", "value", "low", "high")

WORLDS: dict[str, Callable[[], Scenario]] = {
    "one-community": lambda: small_scenario("overload_shared", warm_up_years=0),
    "one-street": lambda: small_scenario("vacant", warm_up_years=0),
    "two-streets": lambda: with_pay_rise(
        small_scenario("two_streets", warm_up_years=0), starts_on="2007-03", in_communities=()
    ),
    "permit": lambda: with_permit(
        with_inspection_cut(small_scenario("evading", warm_up_years=0), starts_on="2007-08"), starts_on="2007-08"
    ),
}


@dataclass(frozen=True)
class Bound:
    """Between which numbers a value lies if the model is right at all; 0 for what should be alive would fail."""

    low: float
    high: float


# Outcomes: what the small worlds are built to give, wide enough for any seed.
OUTCOMES = {
    "workload_hours": Bound(1.0, 30.0),
    "load_ratio": Bound(0.1, 4.0),
    "utilisation": Bound(0.2, 1.0),
    "administrative_share": Bound(0.4, 0.98),
    "red_tape_share": Bound(0.02, 0.25),
    "service_share": Bound(0.01, 0.5),
    "perfunctory_share": Bound(0.0001, 0.6),
    "vacancy_share": Bound(0.0, 0.7),
    "worker_satisfaction": Bound(0.2, 0.8),
    "satisfaction": Bound(0.2, 0.8),
    "user_dissatisfied_share": Bound(0.02, 0.9),
    "wait_days": Bound(1.0, 60.0),
    "resolution_share": Bound(0.1, 0.95),
    "voiced_share": Bound(0.1, 0.45),
    "cost_per_resident_year": Bound(20.0, 300.0),
    "pay_relative": Bound(0.4, 0.8),
}
# Counts over all months and communities; the identities in test_golden.py hold between them.
COUNTS = {
    "arrived_minutes": Bound(20_000, 2_000_000),
    "booked_minutes": Bound(20_000, 2_000_000),
    "waived_minutes": Bound(1, 500_000),
    "dropped_minutes": Bound(1, 1_000_000),
    "open_minutes": Bound(1, 500_000),
    "created": Bound(100, 5_000),
    "done": Bound(100, 5_000),
    "dropped": Bound(1, 3_000),
    "open_items": Bound(1, 1_000),
    "cost_district_fen": Bound(1_000_000, 20_000_000),
    "wages_and_insurances_fen": Bound(500_000, 20_000_000),
    "office_fen": Bound(300_000, 3_000_000),
    "issued_minutes": Bound(20_000, 2_000_000),
    "came_down_minutes": Bound(20_000, 2_000_000),
    "kept_above_minutes": Bound(0, 1_000_000),
    "rework_minutes": Bound(1, 200_000),
    "minutes_from_residents": Bound(1_000, 1_000_000),
}
BOUNDS = {**OUTCOMES, **COUNTS}


def numbers(world: str) -> dict[str, str]:
    """Run a world and return its digest and its numbers as they stand in the file."""
    model = GovernanceModel(WORLDS[world](), seed=SEED)
    model.run_for(21 * MONTHS)
    outcomes, seen, people = model.outcomes(), model.recording.communities, model.state.people
    counts = {
        name: int(seen[name].sum())
        for name in ("arrived_minutes", "booked_minutes", "waived_minutes", "dropped_minutes")
    }
    counts |= {name: int(seen[name].sum()) for name in ("created", "done", "dropped", "cost_district_fen")}
    counts["open_minutes"] = int(
        people.communities["backlog_minutes"].sum() + people.communities["blocked_minutes"].sum()
    )
    counts["open_items"] = int(people.communities["n_open"].sum())
    own = int(seen["cost_own_fen"].sum())
    received = int(seen["workers_received_fen"].sum() + seen["insurance_received_fen"].sum())
    counts["wages_and_insurances_fen"] = received - own
    counts["office_fen"] = int(seen["suppliers_received_fen"].sum())
    issued = model.recording.origins["issued_minutes"].sum(axis=(0, 1))
    counts["issued_minutes"] = int(issued.sum())
    counts["came_down_minutes"] = int(issued[: AD_HOC + 1].sum())
    counts["kept_above_minutes"] = int(issued[AD_HOC + 1 :].sum())
    counts["rework_minutes"] = int(seen["rework_minutes"].sum())
    requests = seen["arrived_minutes"][:, :, WorkClass.SERVICE].sum()
    rework_of_jobs = model.recording.origins["rework_minutes"].sum()
    counts["minutes_from_residents"] = int(requests) - counts["rework_minutes"] + int(rework_of_jobs)
    values = {name: repr(outcomes[name]) for name in OUTCOMES} | {name: str(counts[name]) for name in COUNTS}
    return {"digest": model.digest, **values}


def read(world: str) -> list[dict[str, str]]:
    with (FOLDER / f"{world}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(world: str, values: dict[str, str]) -> None:
    with (FOLDER / f"{world}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, value in values.items():
            bound = BOUNDS.get(name)
            writer.writerow([name, value, *((bound.low, bound.high) if bound else ("", ""))])
