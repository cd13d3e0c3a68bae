"""The profile of a run as rows, JSON and table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import govsim as gs
from govsim.experiments.profiling import TITLES, phase_times, profile_of
from govsim.processes import PHASES
from govsim.recording.profile import Profile

TINY = str(Path(__file__).parents[2] / "scenarios" / "valid" / "tiny.yaml")


@pytest.fixture(scope="module")
def run():
    return gs.run(TINY, seed=3, profile=True)


def test_every_phase_has_a_title_and_no_title_is_left_over():
    assert set(TITLES) == {"start_due_reforms", *(phase.name for phase in PHASES), "record", "rest"}


def test_means_are_of_days_for_daily_phases_and_of_months_for_monthly_ones():
    profile = Profile(
        seconds={"receive": 1.0, "serve_rest_day": 0.5, "pay_out": 0.3, "record": 0.2},
        calls={"receive": 42, "serve_rest_day": 8, "pay_out": 2, "record": 2},
    )
    found = {each.phase: each for each in phase_times(profile, 4.0, 42)}
    assert list(found) == ["receive", "serve_rest_day", "pay_out", "record", "rest"]
    assert found["receive"].milliseconds == pytest.approx(1000 / 42)
    assert found["serve_rest_day"].milliseconds == pytest.approx(500 / 42)
    assert found["pay_out"].milliseconds == pytest.approx(150)
    assert found["record"].each == "month"
    assert (found["rest"].seconds, found["rest"].share) == (pytest.approx(2.0), pytest.approx(0.5))


def test_the_profile_of_a_run_is_its_model_time_divided(run):
    times = profile_of(run)
    assert sum(each.seconds for each in times) == pytest.approx(run.seconds["run"])
    assert sum(each.share for each in times) == pytest.approx(1.0)
    assert [each.phase for each in times] == list(TITLES)


def test_a_run_without_a_profile_has_none_in_its_json():
    plain = gs.run(TINY, seed=3)
    assert plain.profile is None
    assert profile_of(plain) == []
    assert "profile" not in json.loads(plain.to_json())


def test_the_json_names_phases_in_both_languages(run):
    entries = json.loads(run.to_json())["profile"]
    assert [entry["phase"] for entry in entries] == list(TITLES)
    for entry in entries:
        assert re.search("[a-z]", entry["en"])
        assert re.search("[\u4e00-\u9fff]", entry["zh"])
        assert ("milliseconds_per_day" in entry) != ("milliseconds_per_month" in entry)


@pytest.mark.parametrize(
    ("lang", "daily", "title"), [("en", "Each working day", "residents raise"), ("zh", "每个工作日", "居民提出")]
)
def test_the_table_has_a_line_for_each_phase_under_the_outcomes(run, lang, daily, title):
    text = run.table(lang)
    below = text[text.index(daily) :]
    assert title in below
    for phase in PHASES:
        assert len(re.findall(rf" {phase.name} +[0-9]+\.[0-9]{{3}} ", below)) == 1
