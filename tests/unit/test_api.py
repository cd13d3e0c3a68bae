"""What ``import govsim as gs`` offers."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import govsim as gs
from tests.reference.worlds import small_scenario

TINY = str(Path(__file__).parents[1] / "scenarios" / "valid" / "tiny.yaml")
DERIVED = str(Path(__file__).parents[1] / "scenarios" / "valid" / "derived.yaml")


@pytest.fixture(scope="module")
def run():
    return gs.run(TINY, seed=3)


def test_importing_govsim_imports_nothing_heavy():
    heavy = "{'numba', 'mesa', 'pandas', 'scipy', 'numpy', 'pydantic'}"
    script = f"import sys, govsim; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_promised_is_there():
    assert all(getattr(gs, name) is not None for name in gs.__all__)
    assert set(gs.__all__) <= set(dir(gs))
    assert gs.__version__


def test_what_is_not_promised_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gs.nothing


def test_a_run_is_what_the_model_says(run):
    model = gs.GovernanceModel(gs.load_scenario(TINY), seed=3)
    model.run()
    assert (run.digest, run.outcomes) == (model.digest, model.outcomes())
    assert (run.days, run.residents, run.name) == (504, 1000, TINY)
    assert set(run.seconds) == {"build", "run"}


def test_the_summary_holds_the_headline(run):
    summary = run.summary()
    assert list(summary.index) == ["workload_hours", "turnover_per_year", "satisfaction"]
    assert summary["satisfaction"] == run.outcomes["satisfaction"]


def test_the_json_of_a_run_has_exactly_the_agreed_keys(run):
    content = json.loads(run.to_json())
    keys = ["scenario", "seed", "days", "residents", "outcomes", "digest", "seconds"]
    assert list(content) == [*keys, "replicate", "settings", "version", "fingerprint"]
    assert list(content["outcomes"]) == list(gs.OUTCOMES)


def test_the_json_of_a_run_holds_what_reproduces_it():
    settings = ["world.residents=600", "horizon.years=1"]
    found = json.loads(gs.run(gs.load_scenario(TINY, settings), seed=4, replicate=2).to_json())
    assert (found["seed"], found["replicate"], found["settings"]) == (4, 2, settings)
    assert (found["version"], found["scenario"]) == (gs.__version__, TINY)
    assert found["fingerprint"] == gs.load_scenario(TINY, settings).fingerprint()
    again = gs.run(found["scenario"], found["seed"], found["replicate"], found["settings"])
    assert again.digest == found["digest"]


def test_the_page_of_a_run_names_settings_and_version():
    page = gs.run(TINY, settings=["world.residents=600"]).table()
    assert "with world.residents=600" in page
    assert f"govsim {gs.__version__}" in page


def test_an_undefined_outcome_of_a_run_is_null_and_never_nan():
    """One settlement has no gap to another, and one post no inequality of pay."""
    text = gs.run(small_scenario("alone")).to_json()
    undefined = [name for name, value in json.loads(text)["outcomes"].items() if value is None]
    assert undefined == ["satisfaction_gap", "pay_gini"]
    assert "NaN" not in text


def test_months_places_and_groups_stand_under_their_names(run):
    assert list(run.to_df().index[[0, -1]]) == ["2006-01", "2007-12"]
    places = gs.load_scenario(TINY).institution.places
    assert list(run.by_community().index) == [place.id for place in places.communities]
    assert list(run.by_settlement().index) == [place.id for place in places.settlements]
    assert "older" in run.by_resident_group().index
    assert (run.by_community().index.name, run.by_settlement().index.name) == ("community", "settlement")


def test_the_ledger_adds_up(run):
    hours = run.ledger()
    assert isinstance(hours, pd.DataFrame)
    parts = hours["booked"] + hours["waived"] + hours["dropped"] + hours["still_open"]
    assert parts.to_numpy() == pytest.approx(hours["arrived"].to_numpy())


def test_the_ledger_may_be_asked_by_sender_and_by_holder(run):
    departments = [each.id for each in gs.load_scenario(TINY).institution.catalogue.departments]
    assert list(run.ledger("sender").index) == [*departments, "street"]
    holders = ["communities", "streets", "departments", "providers", "residents", "volunteers"]
    assert list(run.ledger("holder").index) == holders
    assert list(run.money().index) == ["district", "own_funds", "department_budgets", "outside"]


def test_a_run_may_report_its_progress_without_changing_anything(run):
    months = []
    again = gs.run(TINY, seed=3, progress=lambda done, total: months.append((done, total)))
    assert again.digest == run.digest
    assert months == [(month, 24) for month in range(1, 25)]


def test_settings_are_written_over_the_file():
    assert gs.run(TINY, settings=["horizon.years=2"]).days == 756


def test_a_scenario_made_in_python_runs_as_well():
    run = gs.run(small_scenario("alone"), replicate=4)
    assert (run.name, run.replicate) == ("alone", 4)


@pytest.mark.parametrize("kind", ["months", "organisation"])
def test_a_run_shows_itself_in_both_languages(run, kind):
    english, chinese = run.plot(kind), run.plot(kind, lang="zh")
    assert english.data
    assert english.to_json() != chinese.to_json()


def test_a_run_has_no_other_figures(run):
    with pytest.raises(ValueError, match="one of months, organisation, not 'effects'"):
        run.plot("effects")


def test_reforms_are_compared_with_a_baseline():
    comparison = gs.compare(TINY, DERIVED, seeds=2)
    assert isinstance(comparison, gs.Comparison)
    assert [arm.scenario for arm in comparison.arms] == [DERIVED]


@pytest.fixture(scope="module")
def compared():
    return gs.compare(TINY, DERIVED, seeds=2, recordings=2)


OF_ALL = ["headline", "overview", "displacement", "schedule", "burden", "workers", "residents", "money"]
OF_ONE = ["series", "winners", "payers", "ledger", "chain", "organisation", "difference", "threads"]


@pytest.mark.parametrize("kind", [*OF_ALL, *OF_ONE])
def test_a_comparison_shows_itself_in_figures_of_both_languages(compared, kind):
    english, chinese = compared.plot(kind), compared.plot(kind, lang="zh")
    assert english.data
    assert english.to_json() != chinese.to_json()


def test_a_figure_that_there_is_not_is_refused_with_those_there_are(compared):
    with pytest.raises(ValueError, match="one of headline, overview, displacement, schedule, burden"):
        compared.plot("happiness")


@pytest.mark.parametrize("kind", ["series", "winners", "payers", "organisation", "difference"])
def test_what_needs_recordings_says_how_to_keep_them(compared, kind):
    with pytest.raises(ValueError, match=r"compare\(\.\.\., recordings=10\)"):
        replace(compared, recordings=()).plot(kind)


@pytest.mark.parametrize("kind", ["threads", "difference"])
def test_what_shows_institutions_says_that_it_needs_the_scenarios(compared, kind):
    with pytest.raises(ValueError, match="scenarios of this comparison are not at hand"):
        replace(compared, scenarios=()).plot(kind)


def test_a_figure_takes_the_options_of_its_function(compared):
    chosen = compared.plot("series", outcome="turnover_per_year", band="mean", arm=0)
    assert "turnover" in chosen.layout.meta["title"]
    assert chosen.to_json() != compared.plot("series").to_json()


def test_a_comparison_writes_its_report(compared, tmp_path):
    compared.report(tmp_path / "page.html", lang="zh")
    assert '<html lang="zh' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_table_of_a_run_speaks_both_languages(run):
    assert "residents' satisfaction" in run.table()
    assert "居民满意度" in run.table("zh")


@pytest.mark.parametrize("label", ["2007-13", "2007-1", "June 2007", "2007"])
def test_a_month_that_is_none_is_refused_with_how_it_is_written(label):
    model = gs.GovernanceModel(small_scenario("alone"))
    with pytest.raises(ValueError, match="a month is written like 2008-03"):
        model.run_until(label)


def test_a_run_goes_forward_only():
    scenario = small_scenario("alone")
    model = gs.GovernanceModel(scenario)
    model.run_for(30)
    with pytest.raises(ValueError, match="lies behind day 30"):
        model.run_until(scenario.calendar.label(1))
    with pytest.raises(ValueError, match="a run goes forward only"):
        model.run_for(-3)
