"""A country of two provinces and ten small districts, and a folder in which it can be run."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from country.districts import draw_districts
from country.plan import read_plan
from country.samples import write_tables

ROOT = Path(__file__).parents[2]
TINY = Path(__file__).parent / "tiny"
PLAN = read_plan(TINY)
DISTRICTS = draw_districts(PLAN)
WORLDS = {"urban": "liandu", "rural": "countryside"}
SWEEP = """
schema: govsim/plan@1
id: tiny-{part}
baseline: ../scenarios/{world}/baseline.yaml
arms: [{{id: second, scenario: ../scenarios/{world}/baseline.yaml, set: {{mandates.volume: 0.8}}}}]
set: {{horizon.years: 1, horizon.warm_up_years: 0}}
design: {{kind: table, file: tiny/{part}.csv}}
replicates: 1
keep: {{outcomes: headline, tallies: true}}
runs_per_shard: 4
"""


def settle(folder: Path) -> Path:
    """Make the country in an empty folder, with worlds and plans of sweeps; return the folder of its plan."""
    for world in WORLDS.values():
        shutil.copytree(ROOT / "scenarios" / world, folder / "scenarios" / world)
    plan = folder / "experiments" / "tiny"
    shutil.copytree(TINY, plan)
    for part, world in WORLDS.items():
        text = SWEEP.format(part=part, world=world)
        (plan.parent / f"tiny-{part}.yaml").write_text(text, encoding="utf-8")
    write_tables(plan, PLAN.parts, DISTRICTS)
    return plan


def plan_in(folder: Path) -> object:
    """Return the plan of a country that was made in a folder."""
    return replace(PLAN, folder=folder)
