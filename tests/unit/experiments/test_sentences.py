"""What tables name has words in both languages."""

from __future__ import annotations

import pytest

from govsim.experiments.displacement import ELSEWHERE, PARTS
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES


@pytest.mark.parametrize("unit", sorted({outcome.unit for outcome in OUTCOMES.values()}))
def test_every_unit_has_words_in_both_languages(unit):
    assert say(unit, "en") == unit
    assert say(unit, "zh") != unit


@pytest.mark.parametrize("account", ["removed", *PARTS, *ELSEWHERE])
def test_every_account_of_displaced_hours_has_words_in_both_languages(account):
    assert say(f"account {account}", "en").isascii()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in say(f"account {account}", "zh"))
