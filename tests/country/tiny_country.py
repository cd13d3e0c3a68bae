"""A country of two provinces and ten small districts, and what tests do with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from country.districts import draw_districts
from country.plan import read_plan
from country.worlds import scenario_of, seed_of
from govsim.model import GovernanceModel
from govsim.recording.recorder import Recording

TINY = Path(__file__).parent / "tiny"
PLAN = read_plan(TINY)
DISTRICTS = draw_districts(PLAN)


def recordings(districts):
    """Return a recording of each part of each district, run with root seed 1."""
    found = []
    for district in districts:
        for part in PLAN.parts:
            if part.id in district.sizes:
                model = GovernanceModel(scenario_of(district, part), seed_of(1, district, part))
                model.run()
                found.append(model.recording)
                model.release()
    return found


def side_by_side(parts):
    """Return one recording with the rows of all: what a world would record that has every office of each."""
    n_streets = [each.offices.shape[1] - each.origins.shape[1] + 1 for each in parts]
    streets = [each.offices[:, :n] for each, n in zip(parts, n_streets, strict=True)]
    departments = [each.offices[:, n:] for each, n in zip(parts, n_streets, strict=True)]
    senders = [each.origins[:, :-1] for each in parts]
    rows = {
        name: np.concatenate([getattr(each, name) for each in parts], axis=1)
        for name in ("communities", "moved", "settlements", "settlement_cohorts", "holders", "pay_fen", "reports")
    }
    return Recording(
        calendar=parts[0].calendar,
        **rows,
        groups=sum_of_records([each.groups for each in parts]),
        group_cohorts=sum_of_records([each.group_cohorts for each in parts]),
        origins=np.concatenate([*senders, sum_of_records([each.origins[:, -1:] for each in parts])], axis=1),
        offices=np.concatenate([*streets, *departments], axis=1),
        money=sum(each.money for each in parts),
        residents_by_settlement=np.concatenate([each.residents_by_settlement for each in parts]),
        residents_by_group=sum(each.residents_by_group for each in parts),
        community_of_settlement=np.zeros(0),
        community_of_post=np.zeros(0),
        street_of_community=np.zeros(0),
        local_wage_yuan_per_year=parts[0].local_wage_yuan_per_year,
        digests=(),
    )


def sum_of_records(tables):
    """Return the sum of record arrays of one shape, field by field."""
    total = tables[0].copy()
    for table in tables[1:]:
        for name in total.dtype.names:
            total[name] += table[name]
    return total
