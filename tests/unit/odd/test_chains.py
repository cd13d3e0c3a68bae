"""The chains of mechanisms name nothing that does not exist, and their formulas are those of the ODD page."""

from __future__ import annotations

import re

import pytest

from govsim.odd.chains import chains, columns, depths
from govsim.odd.outcomes import formula_words
from govsim.recording.outcomes import OUTCOMES
from govsim.scenarios.catalogue import DATA_FOLDER, read_parameters
from tests.architecture.source import ODD

SECTIONS = re.split(r"^#+ (\d+(?:\.\d+)?)\.? .*$", ODD, flags=re.MULTILINE)
TEXT = {number: " ".join(text.split()) for number, text in zip(SECTIONS[1::2], SECTIONS[2::2], strict=True)}
LINKS = [(headline, link) for headline, links in chains().items() for link in links]
PARAMETERS = read_parameters(DATA_FOLDER / "parameters.csv").entries


def name_of(value):
    return getattr(value, "name", str(value))


def test_there_is_a_chain_behind_each_headline_outcome():
    assert list(chains()) == [name for name, outcome in OUTCOMES.items() if outcome.is_headline]


def text_of(link):
    return " ".join(TEXT[section] for section in link.sections)


@pytest.mark.parametrize(("headline", "link"), LINKS, ids=name_of)
def test_every_link_has_formulas_that_stand_word_for_word_in_its_sections(headline, link):
    assert link.formulas
    assert [formula for formula in link.formulas if formula not in text_of(link)] == []


@pytest.mark.parametrize(("headline", "link"), LINKS, ids=name_of)
def test_every_parameter_and_outcome_of_a_link_exists(headline, link):
    assert link.parameters
    assert [path for path in link.parameters if path not in PARAMETERS] == []
    assert not link.outcome or formula_words()[link.outcome]["formula"]


@pytest.mark.parametrize(("headline", "link"), LINKS, ids=name_of)
def test_the_parameters_of_a_link_are_named_in_its_sections(headline, link):
    assert [path for path in link.parameters if path.split(".")[1] not in text_of(link)] == []


@pytest.mark.parametrize("headline", chains())
def test_causes_stand_before_effects_and_the_headline_is_the_only_end(headline):
    links = chains()[headline]
    names = [link.name for link in links]
    for number, link in enumerate(links):
        assert set(link.after) <= set(names[:number])
    assert {link.outcome for link in links if not any(link.name in each.after for each in links)} == {headline}
    assert depths(links)[names[-1]] == max(depths(links).values())


@pytest.mark.parametrize("headline", chains())
def test_a_link_stands_left_of_what_it_acts_on_and_no_further_than_it_must(headline):
    links = chains()[headline]
    at = columns(links)
    for link in links:
        assert all(at[before] < at[link.name] for before in link.after)
        acts_on = [at[each.name] for each in links if link.name in each.after]
        assert not acts_on or at[link.name] == min(acts_on) - 1
    assert min(at.values()) == 0
