"""Every sentence of the page and its figures exists in both languages and takes the same values."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from govsim.figures.words import _WORDS
from govsim.institution.parameters import Grade
from govsim.recording.outcomes import OUTCOMES
from govsim.reforms import REFORMS, Reform
from govsim.report.answer_sentences import ANSWER
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.sentences import _PAGE

SENTENCES = {
    f"{table}: {key}": pair
    for table, sentences in (("figures", _WORDS), ("page", _PAGE), ("answer", ANSWER), ("evidence", EVIDENCE))
    for key, pair in sentences.items()
}
# Marks and codes that read the same everywhere, and what a field of a reform says of itself in English.
SAME = re.compile(r"page: (html lang|colon|semicolon|quoted|comma|and|to|percent)|answer: levels|evidence: meaning .*")


def fields(sentence):
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_take_the_same_values(key):
    english, chinese = SENTENCES[key]
    assert fields(english) == fields(chinese) or not english


@pytest.mark.parametrize("key", [key for key in SENTENCES if not SAME.match(key)])
def test_each_language_is_itself(key):
    english, chinese = SENTENCES[key]
    assert english
    assert not re.search("[\u4e00-\u9fff]", english)
    has_words = re.search("[a-z]", re.sub(r"\{[^}]*\}|%", "", english))
    assert re.search("[\u4e00-\u9fff]", chinese) or not has_words


@pytest.mark.parametrize("use", REFORMS)
def test_every_reform_has_a_trap_and_a_meaning_of_each_setting_in_both_languages(use):
    assert f"trap {use}" in EVIDENCE
    for name, entry in REFORMS[use].model_fields.items():
        if name not in Reform.model_fields:
            assert entry.description
            assert EVIDENCE[f"meaning {use}.{name}"][1]


@pytest.mark.parametrize("grade", Grade)
def test_every_grade_has_a_meaning(grade):
    assert all(EVIDENCE[f"grade {grade.value}"])


@pytest.mark.parametrize(
    "unit", sorted({outcome.unit for outcome in OUTCOMES.values()} - {"share", "ratio", "per year"})
)
def test_every_unit_that_a_name_does_not_say_has_words(unit):
    assert all(_WORDS[unit])
