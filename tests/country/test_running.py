"""Rows of districts: kept when done, run once, the same whoever runs them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from country import running
from country.running import Row, Rows, inputs_of, run_district, run_districts
from country.tallies import Tallies
from govsim.experiments.tasks import RunError
from tests.country.tiny_country import DISTRICTS, PLAN

SOME = DISTRICTS[:3]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return a folder with the rows of three districts, and these."""
    rows = Rows(tmp_path_factory.mktemp("rows"))
    return rows, run_districts(PLAN, SOME, 1, rows)


@pytest.fixture
def ran(monkeypatch):
    """Return the ids of the districts that are run from here on."""
    names = []

    def counting(plan, district, seed, inputs=""):
        names.append(district.id)
        return run_district(plan, district, seed, inputs)

    monkeypatch.setattr(running, "run_district", counting)
    return names


def numbers(rows):
    """Return of rows what does not depend on how long they took, or where."""
    return [(row.id, row.inputs, row.digests, row.tallies) for row in rows]


def test_rows_come_in_the_order_of_the_districts_with_a_digest_for_each_part(done):
    _, rows = done
    assert [row.id for row in rows] == [district.id for district in SOME]
    for district, row in zip(SOME, rows, strict=True):
        assert set(row.digests) == set(row.tallies) == set(district.sizes)
        assert row.total["size.residents"] == district.residents
    digests = [digest for row in rows for digest in row.digests.values()]
    assert len(set(digests)) == len(digests)


def test_resuming_runs_nothing_twice_and_loses_nothing(done, ran):
    kept, rows = done
    assert run_districts(PLAN, SOME, 1, kept) == rows
    assert ran == []
    more = run_districts(PLAN, DISTRICTS[:4], 1, kept)
    assert ran == [DISTRICTS[3].id]
    assert more[:3] == rows


def test_what_was_done_before_a_failure_stays(tmp_path, monkeypatch):
    largest = max(SOME, key=lambda district: district.residents)

    def failing(plan, district, seed, inputs=""):
        if district.id != largest.id:
            message = f"{district.id}: not enough memory"
            raise RunError(message)
        return run_district(plan, district, seed, inputs)

    with monkeypatch.context() as patch:
        patch.setattr(running, "run_district", failing)
        with pytest.raises(RunError, match="not enough memory"):
            run_districts(PLAN, SOME, 1, Rows(tmp_path))
    assert [path.stem for path in tmp_path.iterdir()] == [largest.id]


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"inputs": 1}'])
def test_a_row_that_cannot_be_read_is_run_again(tmp_path, ran, damage, done):
    rows = Rows(tmp_path)
    (tmp_path / f"{SOME[0].id}.json").write_text(damage, encoding="utf-8")
    again = run_districts(PLAN, SOME[:1], 1, rows)
    assert ran == [SOME[0].id]
    assert numbers(again) == numbers(done[1][:1])
    assert rows.get(SOME[0].id, again[0].inputs) == again[0]


def test_rows_of_other_inputs_are_not_taken():
    inputs = inputs_of(PLAN, SOME, 1)
    assert len(set(inputs.values())) == len(SOME)
    assert inputs_of(PLAN, SOME, 1) == inputs
    name = SOME[0].id
    assert inputs_of(PLAN, SOME, 2)[name] != inputs[name]
    assert inputs_of(PLAN.with_settings(["mandates.volume=0.9"]), SOME, 1)[name] != inputs[name]
    part, size = next(iter(SOME[0].sizes.items()))
    other = replace(SOME[0], sizes={**SOME[0].sizes, part: replace(size, residents=size.residents + 1)})
    assert inputs_of(PLAN, [other], 1)[name] != inputs[name]


def test_rows_depend_on_the_code_that_makes_them(tmp_path, monkeypatch):
    before = inputs_of(PLAN, SOME[:1], 1)
    for name in ("apportioning.py", "worlds.py", "tallies.py", "running.py"):
        (tmp_path / name).write_text("# other code\n", encoding="utf-8")
    monkeypatch.setattr(running.plans, "FOLDER", tmp_path)
    assert inputs_of(PLAN, SOME[:1], 1) != before


def test_a_row_survives_being_written(done):
    row = done[1][0]
    assert Row.from_json(row.to_json()) == row


def test_two_processes_give_the_rows_of_one(tmp_path, done):
    rows = run_districts(PLAN, SOME, 1, Rows(tmp_path), n_jobs=2)
    assert numbers(rows) == numbers(done[1])


def test_progress_hears_of_every_district_once_and_whether_it_was_run(tmp_path, done):
    kept, _ = done
    heard = []
    run_districts(PLAN, SOME, 1, kept, progress=lambda district, is_new: heard.append((district.id, is_new)))
    assert sorted(heard) == sorted((district.id, False) for district in SOME)
    heard.clear()
    run_districts(PLAN, SOME[:2], 1, Rows(tmp_path), progress=lambda district, is_new: heard.append((district, is_new)))
    assert [is_new for _, is_new in heard] == [True, True]
    assert heard[0][0].residents >= heard[1][0].residents


def test_another_seed_gives_other_numbers(done):
    other = run_district(PLAN, SOME[0], 2)
    assert other.digests != done[1][0].digests
    assert isinstance(other.total, Tallies)
