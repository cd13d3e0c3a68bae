"""Arms of one baseline that begin, step up and end on many days, for what is claimed of runs that share days."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from govsim.model import GovernanceModel
from tests.properties.villages import merged, villages
from tests.reference.worlds import with_inspection_cut, with_pay_rise, with_permit

if TYPE_CHECKING:
    from tests.reference.worlds import Scenario

SEED = 3
BASE = villages()
MONTHS = 24


def rise(scenario=BASE, month=9, **settings):
    """Return the scenario with a pay rise everywhere, in three steps unless the settings say otherwise."""
    place = {"in_communities": (), "insurance_rise_share": 0.0, "starts_on": label(month)}
    return with_pay_rise(scenario, **{**place, **settings})


def permit(scenario=BASE, month=9, **settings):
    return with_permit(scenario, starts_on=label(month), **settings)


def cut(scenario=BASE, month=9):
    return with_inspection_cut(scenario, in_streets=(), starts_on=label(month))


def label(month):
    return BASE.calendar.label(month)


def with_value(scenario, path, value):
    """Return the scenario with another value of a parameter, as a setting would write it."""
    institution = scenario.institution
    return replace(
        scenario, institution=replace(institution, parameters=institution.parameters.with_values({path: value}))
    )


ARMS: dict[str, Scenario] = {
    "baseline": BASE,
    "rise in three steps": rise(),
    "rise of an early month": rise(month=3),
    "rise that ends": rise(ends_on=label(13)),
    "rise of no strength": rise(strength=0.0),
    "permit": permit(),
    "permit in steps over places": permit(phase_in_months=4, month=11),
    "cut": cut(),
    "merger": merged(BASE),
    "federation": merged(BASE, mode="federated", month=14),
    "merger that ends": merged(BASE, month=5, until=14),
    "all four": merged(cut(permit(rise()))),
    "permit, then a rise": rise(permit(), month=15),
    "permit, then a merger": merged(permit(), month=15),
    "from the first month": rise(month=0),
    "from the first month, then a permit": permit(rise(month=0)),
    "merger of the first month": merged(BASE, month=0),
    "in the last month": rise(month=MONTHS - 1),
    "after the horizon": rise(month=MONTHS),
    "the baseline again": BASE,
    "another parameter": with_value(BASE, "quit.offers_per_year", 3.0),
    "another parameter, and a permit": permit(with_value(BASE, "quit.offers_per_year", 3.0)),
}


def alone(scenario, replicate=0):
    """Return digest and outcomes of a run that shares nothing."""
    return _alone(pickle.dumps(scenario), replicate)


@cache
def _alone(scenario, replicate):
    model = GovernanceModel(pickle.loads(scenario), SEED, replicate)
    model.run()
    return model.digest, model.outcomes()


def months_to_run(scenarios):
    """Return how many months there are if scenarios that have been the same so far are one: a tree, counted."""
    histories = set()
    for scenario in scenarios:
        values = tuple(
            sorted((path, scenario.institution.parameters[path]) for path in scenario.institution.parameters)
        )
        for month in range(MONTHS):
            histories.add((values, *(in_force(scenario, past) for past in range(month + 1))))
    return len(histories)


def in_force(scenario, month):
    """Return the reforms in force in a month, each with its dose and its settings but the id and the dates."""
    doses = [(each, each.dose(scenario.calendar, month)) for each in scenario.reforms]
    notes = {"id", "starts_on", "ends_on", "phase_in_months", "strength"}
    return tuple((dose, each.model_dump_json(exclude=notes)) for each, dose in doses if dose > 0.0)
