"""What stands under a comparison is of this comparison, and states the thresholds that were used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govsim.experiments.comparison import ComparedArm, Comparison
from govsim.experiments.displacement import Displacement
from govsim.experiments.footnotes import comparison_notes
from govsim.experiments.pairing import PairedEffect

STUDENT = PairedEffect(20, 9.0, 10.0, 1.0, 0.5, 1.5, 0.0, 3.0, "t", 0.001, 0.001)
BOOTSTRAP = replace(STUDENT, interval="bca")
HOURS = Displacement({"removed": STUDENT})


def arm(effect=STUDENT, hours=HOURS):
    return ComparedArm("reform.yaml", "Reform", "改革", {"workload_hours": effect}, hours)


def notes(*arms, seeds=20, lang="en"):
    comparison = Comparison("baseline.yaml", seeds, 1, arms, (), (), n_guesses=136, n_parameters=162, version="7.7")
    return list(comparison_notes(comparison, lang))


def test_students_interval_of_one_reform_needs_no_further_word():
    found = " ".join(notes(arm()))
    assert "95 % t interval of the mean paired difference over 20 replicates; Monte-Carlo error only" in found
    assert "bootstrap" not in found
    assert "Holm" not in found


@pytest.mark.parametrize("which", [{"effect": BOOTSTRAP}, {"hours": Displacement({"removed": BOOTSTRAP})}], ids=str)
def test_a_bootstrap_interval_anywhere_on_the_page_is_explained(which):
    assert any(
        note.startswith("* BCa bootstrap interval") and "more than 2 of its" in note and "20 pairs or more" in note
        for note in notes(arm(**which))
    )
    assert any(note.startswith("* 改用 BCa 自助法区间") for note in notes(arm(**which), lang="zh"))


def test_several_reforms_are_said_to_be_corrected_and_their_intervals_not():
    (note,) = [note for note in notes(arm(), arm(), arm()) if "Holm" in note]
    assert note.startswith("3 reforms beside one baseline")
    assert "intervals are pointwise, not corrected" in note
    assert "outcome by outcome" in note
    assert any("Holm 校正" in note for note in notes(arm(), arm(), lang="zh"))


def test_the_thresholds_of_words_are_stated():
    (english,) = [note for note in notes(arm()) if note.startswith("Clearly")]
    assert "Clearly: p below 0.01; likely: p below 0.05" in english
    assert "small below 2 %, large from 10 % on" in english
    (chinese,) = [note for note in notes(arm(), lang="zh") if note.startswith("明显")]
    assert "不足 2% 为小，10% 及以上为大" in chinese


def test_one_replicate_is_given_neither_intervals_nor_words_for_them():
    found = notes(arm(), arm(), seeds=1)
    assert found[0].startswith("One replicate gives no interval")
    assert not any("Clearly" in note or "Holm" in note for note in found)


def test_the_page_ends_with_its_caveat_and_the_version():
    assert "136 of 162 parameters are guesses" in notes(arm())[-2]
    assert notes(arm())[-1] == "govsim 7.7"
