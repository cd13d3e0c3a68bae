"""Every sentence of the surface exists in both languages and takes the same values."""

from __future__ import annotations

from string import Formatter

import pytest

from govsim.experiments.displacement import ELSEWHERE, PARTS
from govsim.language import _SENTENCES, say
from govsim.recording.outcomes import OUTCOMES


def fields(sentence):
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("key", _SENTENCES)
def test_both_languages_take_the_same_values(key):
    english, chinese = _SENTENCES[key]
    assert english
    assert chinese
    assert fields(english) == fields(chinese)


@pytest.mark.parametrize("unit", sorted({outcome.unit for outcome in OUTCOMES.values()}))
def test_every_unit_has_words_in_both_languages(unit):
    assert say(unit, "en") == unit
    assert say(unit, "zh") != unit


@pytest.mark.parametrize("account", ["removed", *PARTS, *ELSEWHERE])
def test_every_account_of_displaced_hours_has_words_in_both_languages(account):
    assert say(f"account {account}", "en").isascii()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in say(f"account {account}", "zh"))
