"""The store: whole or absent, and whatever is damaged is found."""

from __future__ import annotations

import errno
import json
import os
import shutil

import pandas as pd
import pytest

from govsim.recording.tallies import NAMES
from govsim.sweeps.keeping import Number
from govsim.sweeps.results import open_results
from govsim.sweeps.running import run_sweep
from govsim.sweeps.shard import RunRecord
from govsim.sweeps.store import RECORD, SET_ASIDE, SHARDS, TEMPORARY, DisagreementError, StoreError
from tests.sweeps.small_plans import HEAD, SMALL, Place, contents, place_in

FLIPS = 300


@pytest.fixture
def copy(swept, tmp_path):
    """Return a copy of the small sweep, to be damaged."""
    place = place_in(tmp_path)
    shutil.copytree(swept.folder, tmp_path / "store")
    return place


def files(place: Place):
    return sorted((place.folder / "store" / SHARDS).iterdir())


def test_every_flipped_bit_of_a_file_is_found(copy):
    store = copy.store()
    for path in files(copy):
        data = path.read_bytes()
        for n in range(FLIPS // len(files(copy))):
            bit = n * 8 * len(data) // (FLIPS // len(files(copy)))
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            path.write_bytes(changed)
            assert list(store.sealed().damaged) == [path.name]
        path.write_bytes(data)
    assert store.sealed().damaged == {}


@pytest.mark.parametrize("kept", [0, 1, 8, 0.5, -1])
def test_a_file_that_is_cut_off_is_found_set_aside_and_made_again(copy, swept, kept):
    path = files(copy)[0]
    data = path.read_bytes()
    n = int(len(data) * kept) if isinstance(kept, float) else kept % len(data)
    path.write_bytes(data[:n])
    assert list(copy.store().sealed().damaged) == [path.name]
    copy.swept(SMALL)
    assert contents(copy.store()) == contents(swept)
    (aside,) = (copy.folder / "store" / SET_ASIDE).iterdir()
    assert aside.read_bytes() == data[:n]


def test_a_file_under_the_name_of_another_is_found(copy):
    one, other, *_ = files(copy)
    shutil.copyfile(one, other)
    assert list(copy.store().sealed().damaged) == [other.name]
    key = other.name.split(".")[0]
    one.rename(one.with_name(f"{key}.{one.name.split('.')[1]}.parquet"))
    assert len(copy.store().sealed().damaged) == 2


def test_what_is_no_file_of_a_sweep_is_named_and_harms_nothing(copy, swept):
    folder = copy.folder / "store" / SHARDS
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "x.parquet").mkdir()
    (folder / ("0" * 16 + "." + "0" * 32 + ".parquet")).symlink_to(files(copy)[0])
    os.mkfifo(folder / ("1" * 16 + "." + "0" * 32 + ".parquet"))
    assert len(copy.store().sealed().damaged) == 4
    copy.swept(SMALL)
    assert contents(copy.store()) == contents(swept)


def test_what_writers_left_is_removed_once_it_is_old(copy):
    folder = copy.folder / "store" / TEMPORARY
    old, new = folder / "old", folder / "new"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    copy.swept(SMALL)
    assert not old.exists()
    assert new.exists()


def test_the_record_names_no_person_host_or_absolute_path(copy):
    text = (copy.folder / "store" / RECORD).read_text(encoding="utf-8")
    assert str(copy.folder) not in text
    assert os.uname().nodename not in text
    assert '"/' not in text
    assert json.loads(text)["units"]["workload_hours"] == "hours/worker-day"


def test_another_plan_is_refused_and_the_one_there_is_named(copy):
    with pytest.raises(StoreError, match="holds the plan 'small', not 'other'"):
        copy.swept(SMALL.replace("id: small", "id: other"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("replicates: 3", "replicates: 2", "replicates"),
        ("replicates: 3", "replicates: 3\nseed: 2", "seed"),
        ("series: month", "series: none", "kept"),
        ("[0.05, 0.06]", "[0.06, 0.07]", "samples"),
        ("runs_per_shard: 4", "runs_per_shard: 5", "runs_per_shard"),
        ("../valid/derived.yaml}", "../valid/derived.yaml, set: {hiring.applicants: 5}}", "arm second"),
    ],
)
def test_a_plan_that_has_changed_is_refused_with_what_is_different(copy, old, new, named):
    before = contents(copy.store())
    with pytest.raises(StoreError, match=rf"other contents: {named}\."):
        copy.swept(SMALL.replace(old, new))
    assert contents(copy.store()) == before


def test_another_model_is_refused(copy, monkeypatch):
    monkeypatch.setattr("govsim.sweeps.reading.model_version", lambda: "0.0+00000000")
    with pytest.raises(StoreError, match="whose numbers may differ"):
        copy.swept(SMALL)


def test_more_replicates_and_samples_add_runs_and_leave_those_that_are_there(copy):
    more = SMALL.replace("replicates: 3", "replicates: 5").replace("[0.05, 0.06]", "[0.05, 0.06, 0.07]")
    before = {path.name: path.read_bytes() for path in files(copy)}
    reached = run_sweep(copy.plan(more), copy.folder / "plans", copy.store())
    assert (reached.planned, reached.done, reached.new) == (45, 45, 45 - 18)
    assert before.items() <= {path.name: path.read_bytes() for path in files(copy)}.items()
    fresh = copy.swept(more, name="fresh")
    assert contents(copy.store()) == contents(fresh)


def test_samples_that_come_in_between_add_runs_and_every_number_stays_with_its_sample(copy):
    more = SMALL.replace("[0.05, 0.06]", "[0.07, 0.06, 0.05]").replace("[0.1, 0.4]", "[0.1, 0.2, 0.4]")
    run_sweep(copy.plan(more), copy.folder / "plans", copy.store())
    fresh = copy.swept(more, name="fresh")
    assert contents(copy.store()) == contents(fresh)
    pd.testing.assert_frame_equal(open_results(copy.store().folder).to_df(), open_results(fresh.folder).to_df())


@pytest.mark.parametrize("tally", [2**53 + 1, -(2**63), 2**63 - 1])
def test_whole_numbers_are_kept_exactly(place, tally):
    plan = place.plan(HEAD + "set: {horizon.years: 1}\nreplicates: 1\nkeep: {tallies: true}\n")
    store = place.store()
    store.put_plan(plan)
    (run,) = next(plan.shards())
    numbers = tuple(Number("tally", "", "", name, "", None, tally) for name in NAMES)
    store.publish([RunRecord(run.key, 0, "f" * 64, numbers)], plan)
    assert set(open_results(store.folder).tallies()[list(NAMES)].iloc[0]) == {tally}


def test_two_files_that_disagree_about_a_run_end_everything(copy):
    store, plan = copy.store(), copy.plan()
    key = next(iter(next(iter(plan.shards())))).key
    store.publish([RunRecord(key, 0, "f" * 64)], plan)
    with pytest.raises(DisagreementError, match=f"NONDETERMINISM.*{key}"):
        copy.swept(SMALL)


@pytest.mark.parametrize("failure", ["WorkerEnded: gone", "Aaa: another name, so that the file sorts elsewhere"])
def test_a_run_that_failed_in_one_file_and_came_out_in_another_is_there(copy, swept, failure):
    store, plan = copy.store(), copy.plan()
    run = next(iter(next(iter(plan.shards()))))
    store.publish([RunRecord(run.key, run.replicate, "", failure=failure)], plan)
    assert store.sealed().digests == swept.sealed().digests
    assert store.sealed().failed == frozenset()


def test_whole_numbers_and_fractions_are_different_samples(place):
    text = HEAD + "factors: {hiring.applicants: [3, 4]}\nreplicates: 1\n"
    place.swept(text)
    with pytest.raises(StoreError, match="samples"):
        place.swept(text.replace("[3, 4]", "[3.0, 4]"))


def test_a_scenario_that_changes_between_reading_and_running_is_refused(place):
    plan = place.plan(SMALL)
    path = place.folder / "valid" / "tiny.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("rise_share: 0.3", "rise_share: 0.2"), encoding="utf-8")
    with pytest.raises(StoreError, match="has changed since the plan was read"):
        run_sweep(plan, place.folder / "plans", place.store())
    assert place.store().sealed().digests == {}


def test_the_columns_of_samples_keep_their_order_in_the_record(place):
    text = HEAD + "design: {kind: list, points: [{push.noise: 0.3, hiring.applicants: 3}]}\nreplicates: 1\n"
    assert place.swept(text).plan().factors == ("push.noise", "hiring.applicants")


def test_a_run_that_two_files_agree_about_counts_once(copy, swept):
    store, plan = copy.store(), copy.plan()
    from govsim.sweeps.making import ShardTask, make_shard

    run = next(iter(next(iter(plan.shards()))))
    samples = {run.sample: plan.samples[run.sample]}
    make_shard(ShardTask(plan, samples, str(copy.folder / "plans"), str(store.folder), (run,)))
    assert len(store.sealed().footers) == len(swept.sealed().footers) + 1
    assert store.sealed().digests == swept.sealed().digests
    from govsim.sweeps.results import open_results

    one, other = open_results(store.folder), open_results(swept.folder)
    assert one.to_df().equals(other.to_df())


def test_a_file_that_another_has_published_is_made_sure_of_before_it_counts(copy, monkeypatch):
    from govsim.sweeps.shard import RunRecord

    store, plan = copy.store(), copy.plan()
    record = RunRecord("0" * 16, 0, "f" * 64)
    path = store.publish([record], plan)
    synced = []
    monkeypatch.setattr("govsim.sweeps.store._sync", synced.append)
    assert store.publish([record], plan) == path
    assert store.shards in synced


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_on_which_a_link_fails_is_not_said_to_have_no_links(place, monkeypatch, number):
    def full(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match=os.strerror(number)):
        place.swept(SMALL)


def test_of_two_plans_that_come_at_once_one_is_refused(place, monkeypatch):
    other, mine = place.plan(SMALL.replace("id: small", "id: other")), place.plan(SMALL)
    link = os.link

    def slow(source, target):
        if str(target).endswith(RECORD):  # the other one comes in between
            with monkeypatch.context() as undone:
                undone.setattr(os, "link", link)
                place.store().put_plan(other)
        link(source, target)

    monkeypatch.setattr(os, "link", slow)
    with pytest.raises(StoreError, match="holds the plan 'other', not 'small'"):
        place.store().put_plan(mine)
    assert place.store().plan() == other


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"schema": "govsim/store@1", "plan": {"id": 3}}'])
def test_a_broken_record_is_explained(copy, content):
    (copy.folder / "store" / RECORD).write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="is no record of a sweep"):
        copy.store().plan()


def test_a_folder_without_a_sweep_is_explained(tmp_path):
    with pytest.raises(StoreError, match="holds no sweep"):
        place_in(tmp_path).store("nothing").plan()


def test_a_file_system_without_links_is_refused(place, monkeypatch):
    def no_link(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    with pytest.raises(StoreError, match="no hard links"):
        place.swept(SMALL)
    assert not list((place.folder / "store" / TEMPORARY).iterdir())
