"""Districts are runs of ordinary sweeps: run once, kept, and the same whoever runs them."""

from __future__ import annotations

import pytest

from country.running import country_of, run_districts
from country.samples import sample_of
from govsim.errors import ScenarioError
from govsim.experiments.tasks import RunError
from govsim.model import GovernanceModel
from govsim.recording.tallies import tallies_of
from govsim.sweeps import making
from govsim.sweeps.engines import Processes
from govsim.sweeps.reading import scenario_of
from tests.country.tiny_country import DISTRICTS, PLAN, plan_in
from tests.sweeps.small_plans import contents

SOME = DISTRICTS[:3]


@pytest.fixture(scope="module")
def done(tiny, tmp_path_factory):
    """Return a country of which three districts are run, and their rows."""
    country = country_of(plan_in(tiny), tmp_path_factory.mktemp("out"))
    return country, run_districts(country, SOME)


@pytest.fixture
def made(monkeypatch):
    """Return the names of the worlds that are run from here on."""
    names, together = [], making.run_together

    def counting(group, **settings):
        names.extend(course.scenario.institution.places.drawn_as for course in group.courses)
        return together(group, **settings)

    monkeypatch.setattr(making, "run_together", counting)
    return names


def alone(country, district, part, arm=0):
    """Return digest and tallies of a part of a district, run by a model alone."""
    sweep = country.sweeps[part.id]
    scenario = scenario_of(sweep.arms[arm], country.plan.folder_of_plans, sample_of(district, part))
    model = GovernanceModel(scenario, sweep.seed)
    model.run()
    found = model.digest, tallies_of(model.recording)
    model.release()
    return found


def test_rows_are_those_of_models_of_the_drawn_worlds(done):
    country, rows = done
    assert [row.id for row in rows] == [district.id for district in SOME]
    for district, row in zip(SOME, rows, strict=True):
        assert set(row.digests) == set(row.tallies) == set(district.sizes)
        assert row.total["size.residents"] == district.residents
        for part in (part for part in PLAN.parts if part.id in district.sizes):
            assert (row.digests[part.id], row.tallies[part.id]) == alone(country, district, part)
    digests = [digest for row in rows for digest in row.digests.values()]
    assert len(set(digests)) == len(digests)


def test_what_is_kept_is_not_run_again_and_a_sample_is_the_start_of_the_whole(done, made):
    country, rows = done
    assert run_districts(country, SOME) == rows
    assert made == []
    more = run_districts(country, DISTRICTS[4:0:-1])
    new = {f"{district.id}-{part}" for district in DISTRICTS[3:5] for part in district.sizes}
    assert set(made) == new
    assert more[2:] == [rows[2], rows[1]]
    made.clear()
    assert run_districts(country, SOME) == rows
    assert made == []


def test_a_district_that_fails_is_named_and_the_others_stay(tiny, tmp_path, monkeypatch):
    together = making.run_together
    country = country_of(plan_in(tiny), tmp_path)

    def failing(group, **settings):
        if SOME[1].id in group.courses[0].scenario.institution.places.drawn_as:
            message = "not enough memory"
            raise MemoryError(message)
        return together(group, **settings)

    with monkeypatch.context() as patch:
        patch.setattr(making, "run_together", failing)
        with pytest.raises(RunError, match=f"{SOME[1].id}-urban: MemoryError: not enough memory"):
            run_districts(country, SOME)
    sealed = country.store(PLAN.parts[0]).sealed()
    assert sum(bool(digest) for digest in sealed.digests.values()) == 2 * (len(SOME) - 1)


def test_two_processes_give_the_rows_of_one(tiny, tmp_path, done):
    country = country_of(plan_in(tiny), tmp_path)
    assert run_districts(country, SOME, Processes(2)) == done[1]


def test_the_rows_of_another_arm_are_those_of_its_runs(done):
    country, rows = done
    others = run_districts(country, SOME, arm="second")
    assert [row.id for row in others] == [row.id for row in rows]
    for part in (part for part in PLAN.parts if part.id in SOME[0].sizes):
        assert others[0].digests[part.id] == alone(country, SOME[0], part, arm=1)[0]
        assert others[0].digests[part.id] != rows[0].digests[part.id]


def test_another_seed_or_setting_asks_for_a_folder_of_its_own(tiny, done):
    country, _ = done
    for settings, seed in (([], 2), (["mandates.volume=0.9"], None)):
        other = country_of(plan_in(tiny), country.out, settings, seed)
        with pytest.raises(ScenarioError, match="tiny-urban"):
            run_districts(other, SOME)


def test_another_seed_gives_other_numbers(tiny, tmp_path, done):
    other = run_districts(country_of(plan_in(tiny), tmp_path, seed=2), SOME[:1])
    assert other[0].digests.keys() == done[1][0].digests.keys()
    assert set(other[0].digests.values()).isdisjoint(done[1][0].digests.values())


def test_progress_ends_at_all_runs(tiny, tmp_path):
    heard = []
    run_districts(country_of(plan_in(tiny), tmp_path), SOME, progress=lambda done, wanted: heard.append((done, wanted)))
    n_runs = 2 * sum(len(district.sizes) for district in SOME)
    assert heard[-1] == (n_runs, n_runs)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_the_files_of_a_sweep_are_those_of_any_sweep(done):
    country, _ = done
    for part in PLAN.parts:
        rows = contents(country.store(part))["rows"]
        assert {row[0] for row in rows} == {"outcome", "tally"}


def test_a_table_that_is_not_what_is_drawn_is_refused(tiny, tmp_path):
    table = tiny / "urban.csv"
    text = table.read_text(encoding="utf-8")
    head, first, *rest = text.splitlines()
    try:
        table.write_text("\n".join([head, *rest]) + "\n", encoding="utf-8")
        with pytest.raises(ScenarioError, match=rf"tiny-urban\.yaml: .*{first.split(',')[0]}.*--draw"):
            run_districts(country_of(plan_in(tiny), tmp_path), SOME)
    finally:
        table.write_text(text, encoding="utf-8")


def test_a_plan_that_keeps_no_tallies_is_refused(tiny, tmp_path):
    plan = tiny.parent / "tiny-urban.yaml"
    text = plan.read_text(encoding="utf-8")
    try:
        plan.write_text(text.replace(", tallies: true", ""), encoding="utf-8")
        with pytest.raises(ScenarioError, match="tallies of one replicate"):
            country_of(plan_in(tiny), tmp_path)
    finally:
        plan.write_text(text, encoding="utf-8")
