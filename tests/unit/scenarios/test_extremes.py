"""What is extreme but legal runs to its end: every law holds, and no outcome is infinite or no number."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from govsim.institution.rules import RULES
from govsim.model import GovernanceModel
from govsim.reforms import REFORMS
from govsim.scenarios import load_scenario
from govsim.scenarios.catalogue import read_parameters
from govsim.scenarios.loader import PARAMETERS_CSV

VALID = Path(__file__).parents[2] / "scenarios" / "valid"
TINY = VALID / "tiny.yaml"
HEAD = TINY.read_text(encoding="utf-8").split("parameters:")[0].replace("../valid/", "")
PARAMETERS = read_parameters(PARAMETERS_CSV).entries


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(VALID, tmp_path / "valid")


def run(path, settings=()):
    """Run a scenario to its end; a law that fails raises."""
    model = GovernanceModel(load_scenario(path, settings))
    model.run()
    outcomes = model.outcomes()
    assert all(value is None or math.isfinite(value) for value in outcomes.values()), outcomes
    model.release()
    return outcomes


@pytest.mark.parametrize(
    "settings",
    [
        ["world.residents=100"],
        ["world.residents=101"],
        ["horizon.warm_up_years=0"],
        ["horizon.start=1900-01", "reforms.pay-rise.starts_on=1900-12"],
        ["reforms.pay-rise.strength=0"],
        ["reforms.pay-rise.phase_in_months=120"],
        ["reforms.pay-rise.starts_on=2007-12"],
        ["reforms.pay-rise.ends_on=2007-08"],
        *([f"rules.{name}={rule.name.lower()}"] for name, rules in RULES.items() for rule in rules),
    ],
    ids=str,
)
def test_an_extreme_setting_runs(settings):
    assert run(TINY, settings)


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_parameter_at_the_end_of_its_range_runs(end):
    assert run(TINY, [f"{path}={getattr(entry, end)!r}" for path, entry in PARAMETERS.items()])


@pytest.mark.nightly
@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("path", PARAMETERS)
def test_each_parameter_alone_at_the_end_of_its_range_runs(path, end):
    assert run(TINY, [f"{path}={getattr(PARAMETERS[path], end)!r}"])


def ends_of(reform):
    """Return, for each number of a reform, the settings at both ends of its range."""
    for name, info in reform.model_fields.items():
        for bound in ("ge", "le"):
            for item in info.metadata:
                if hasattr(item, bound):
                    yield name, getattr(item, bound)


@pytest.mark.parametrize("use", REFORMS)
def test_every_number_of_a_reform_at_the_ends_of_its_range_runs(use, folder):
    path = folder / "it.yaml"
    groups = ", groups: [[east-1, east-2]]" if use == "village_merger" else ""
    path.write_text(f"{HEAD}reforms: [{{use: {use}, id: it, starts_on: 2006-06{groups}}}]\n", encoding="utf-8")
    for name, value in ends_of(REFORMS[use]):
        assert run(path, [f"reforms.it.{name}={value}"])


def rewritten(folder, table, column, value):
    """Write one value into a column of a table, in every row."""
    path = folder / table
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    at = header.split(",").index(column)
    lines = [",".join([*cells[:at], str(value), *cells[at + 1 :]]) for cells in (row.split(",") for row in rows)]
    path.write_text("\n".join([header, *lines]), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("catalogue/mandates.csv", "jobs_per_year", 0),
        ("catalogue/mandates.csv", "minutes", 0.1),
        ("catalogue/mandates.csv", "red_tape_permille", 1000),
        ("catalogue/mandates.csv", "authority_share", 1),
        ("catalogue/mandates.csv", "deadline_days", 1),
        ("catalogue/departments.csv", "inspections_per_year", 0),
        ("catalogue/departments.csv", "staff", 0),
        ("catalogue/departments.csv", "core_share", 1),
        ("catalogue/departments.csv", "purchase_yuan_per_year", 0),
        ("catalogue/requests.csv", "authority_share", 1),
        ("catalogue/requests.csv", "resolved_share", 0),
        ("communities.csv", "posts", 1),
        ("communities.csv", "own_income_yuan_per_year", 0),
        ("communities.csv", "topup_yuan_per_month", 1_000_000),
    ],
)
def test_an_extreme_column_of_a_table_runs(table, column, value, folder):
    path = folder / "it.yaml"
    path.write_text(HEAD, encoding="utf-8")
    rewritten(folder, table, column, value)
    assert run(path)


@pytest.mark.parametrize(("column", "value"), [("residents", 1), ("distance_km", 0), ("distance_km", 1000)])
def test_settlements_of_one_resident_and_ways_of_any_length_run(column, value, folder):
    (folder / "settlements.csv").write_text(
        "id,en,zh,community,residents,distance_km\n"
        "a,A,甲,east-1,300,0.5\nb,B,乙,east-2,300,0.4\nc,C,丙,west-1,300,1.5\n",
        encoding="utf-8",
    )
    path = folder / "it.yaml"
    path.write_text(HEAD, encoding="utf-8")
    rewritten(folder, "settlements.csv", column, value)
    assert run(path)


def test_where_nothing_is_sent_down_and_nobody_has_a_need_there_is_next_to_nothing_to_do(folder):
    path = folder / "it.yaml"
    path.write_text(HEAD, encoding="utf-8")
    before = run(path)
    rewritten(folder, "catalogue/mandates.csv", "jobs_per_year", 0)
    rewritten(folder, "catalogue/departments.csv", "inspections_per_year", 0)
    needs = f"voice.latent_needs_per_year={PARAMETERS['voice.latent_needs_per_year'].low}"
    after = run(path, [needs])
    assert after["workload_hours"] < 0.5 * before["workload_hours"]
