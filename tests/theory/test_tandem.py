"""O9: a street and a department in a row, with and without cases that are returned.

A case takes one minute of triage at once, the street ends whole cases each day and sends a share on; both have the
minutes of whole cases, so the number in a tray is its minutes over those of a case, and the joint chain is exact.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from govsim.model import GovernanceModel
from tests.oracles import day_of_whole_items, tandem_of_whole_items, traffic
from tests.theory.agreement import Agreement, agreement, all_agree, all_differ
from tests.theory.offices import DAY, DAYS_A_MONTH, DAYS_A_YEAR, REPLICATES, District, Group, Kind

MINUTES = 60
SERVED = (3, 2)
ARRIVALS = 2.4
SHARE_ON = 0.6
YEARS = 6


def district(return_share: float, served: tuple[int, int] = SERVED) -> District:
    """Return one street and one department behind a community that nothing waits at."""
    residents = 600
    return District(
        groups=(Group(1, 20, residents),),
        kinds=(Kind(2.0),),
        needs_per_year=ARRIVALS * DAYS_A_YEAR / residents,
        years=YEARS,
        warm_up_years=1,
        cadres=served[0] * MINUTES / DAY,
        staff=served[1] * MINUTES / DAY,
        authority_share=1.0,
        parameters={
            "escalation.triage_minutes": 1.0,
            "escalation.street_minutes": MINUTES,
            "escalation.department_minutes": MINUTES,
            "escalation.department_share": SHARE_ON,
            "escalation.street_transit_days": 1.0,
            "escalation.department_transit_days": 1.0,
            "escalation.return_share": return_share,
            "escalation.most_returns": 3.0,
        },
    )


@cache
def observed(return_share: float, served: tuple[int, int] = SERVED) -> dict[str, np.ndarray]:
    """Return means over the days after the warm-up, shape (replicates, offices)."""
    scenario = district(return_share, served).scenario()
    found: dict[str, list[np.ndarray]] = {"waiting": [], "cases": []}
    for replicate in range(REPLICATES):
        model = GovernanceModel(scenario, seed=2009, replicate=replicate)
        model.run()
        offices = model.recording.offices[12:]
        days = DAYS_A_MONTH * len(offices)
        found["waiting"].append(offices["backlog_minute_days"].sum(axis=0) / MINUTES / days)
        found["cases"].append(offices["cases"].sum(axis=0) / days)
        model.release()
    return {name: np.array(rows) for name, rows in found.items()}


def numbers(factor: float) -> list[Agreement]:
    waiting = observed(0.0)["waiting"]
    theory = tandem_of_whole_items(factor * ARRIVALS, SERVED, SHARE_ON)
    return [
        agreement(f"cases in the evening at office {office}", waiting[:, office], theory[office], 0.04)
        for office in range(2)
    ]


def flows(factor: float) -> list[Agreement]:
    cases = observed(0.25, (12, 12))["cases"]
    theory = traffic(factor * ARRIVALS, 0.25, SHARE_ON, 3)
    return [agreement(f"cases a day at office {office}", cases[:, office], theory[office], 0.02) for office in range(2)]


def test_a_street_and_a_department_in_a_row_hold_what_their_joint_chain_says():
    assert all_agree(numbers(1.0)) == []


def test_theory_for_five_in_a_hundred_more_cases_in_the_row_is_rejected():
    assert all_differ(numbers(1.05)) == []


def test_with_returned_cases_flows_obey_the_traffic_equations():
    assert all_agree(flows(1.0)) == []


def test_traffic_equations_for_five_in_a_hundred_more_cases_are_rejected():
    assert all_differ(flows(1.05)) == []


def test_the_first_office_of_the_row_is_the_single_office_of_lindley():
    first, _ = tandem_of_whole_items(ARRIVALS, SERVED, SHARE_ON, sizes=(80, 4))
    assert first == pytest.approx(day_of_whole_items(ARRIVALS, SERVED[0]), rel=1e-6)
