"""A chain shows at each link what was measured, and says by which formula and on what; what is unclear is dotted."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from govsim import figures
from govsim.experiments.pairing import PairedEffect
from govsim.figures.chain_words import chain_words
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.numbers import shown
from govsim.odd.chains import chains
from govsim.scenarios.catalogue import DATA_FOLDER, read_parameters
from tests.compared import two_reforms

HEADLINES = list(chains())
PARAMETERS = read_parameters(DATA_FOLDER / "parameters.csv")
UNCLEAR = PairedEffect(4, 1.0, 1.1, 0.1, -0.2, 0.4, 0.5, 1.0, "t", 0.5, 0.5)
CLEAR = PairedEffect(4, 1.0, 1.3, 0.3, 0.2, 0.4, 0.0, 1.0, "t", 0.001, 0.001)


def effects():
    return two_reforms().arms[0].outcomes


def drawn(headline, lang="en", given=None):
    return figures.chain(given or effects(), headline, lang).to_plotly_json()


def marks(figure):
    return next(trace for trace in figure["data"] if "hovertext" in trace)


def lines(figure, dash):
    """Return how many lines between links have this dash."""
    own = [trace for trace in figure["data"] if trace["mode"] == "lines" and trace["x"] != [None]]
    return sum(1 + trace["x"].count(None) for trace in own if trace["line"]["dash"] == dash)


def words(figure):
    """Return all that is written, lines put together again."""
    return [note["text"].replace("<br>   ", " ") for note in figure["layout"]["annotations"]]


def told(headline, lang="en", given=None):
    return chain_words(given or effects(), headline, PARAMETERS, lang)


def everywhere(effect):
    return dict.fromkeys(effects(), effect)


@pytest.mark.parametrize("headline", HEADLINES)
def test_every_link_has_the_mark_and_the_number_of_what_was_measured(headline):
    figure, links = drawn(headline), chains()[headline]
    measured = [link for link in links if link.outcome]
    symbols = [symbol for symbol, link in zip(marks(figure)["marker"]["symbol"], links, strict=True) if link.outcome]
    assert symbols == [MARKS[verdict_of(link.outcome, effects()[link.outcome])].symbol for link in measured]
    for link in measured:
        assert shown(link.outcome, effects()[link.outcome]).difference in words(figure)


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_words_of_a_link_have_its_number_its_sign_and_its_change(headline):
    links, found = chains()[headline], told(headline)
    numbers = [text for text in words(drawn(headline)) if re.fullmatch(r"<b>\d+</b>", text)]
    assert numbers == [f"<b>{number}</b>" for number in range(1, len(found) + 1)]
    for link, each in zip(links, found, strict=True):
        assert each.title == link.en
        effect = effects().get(link.outcome)
        assert each.change[0][0] == (MARKS[verdict_of(link.outcome, effect)].sign if effect else "⬡")
        assert effect is None or shown(link.outcome, effect).difference in each.change[0]


def test_a_change_without_an_interval_says_none():
    alone = everywhere(replace(CLEAR, ci_low=None, ci_high=None, p_value=None, p_holm=None))
    given = {"without": told("satisfaction", given=alone), "with": told("satisfaction", given=everywhere(CLEAR))}
    says = {
        name: any("95 % interval" in line for each in links for line in each.change) for name, links in given.items()
    }
    assert says == {"without": False, "with": True}


@pytest.mark.parametrize("headline", HEADLINES)
def test_every_link_says_its_formulas_and_its_parameters_with_value_and_grade(headline):
    for link, each in zip(chains()[headline], told(headline), strict=True):
        assert len(each.formulas) == len(link.formulas)
        assert all(said.endswith(f": {formula}") for said, formula in zip(each.formulas, link.formulas, strict=True))
        said = each.parameters
        for path in link.parameters:
            grade = {"GUESS": "guess", "DER": "derived", "SEED": "figure of the source", "READ": "read in literature"}
            entry = PARAMETERS.entries[path]
            value, named = re.search(rf"{path.split('.')[1]} (\S+) \(([a-z ]+)\)", said).groups()
            assert float(value.replace("−", "-").replace(",", "")) == pytest.approx(entry.value, rel=1e-3)
            assert named == grade[entry.grade]


@pytest.mark.parametrize("headline", HEADLINES)
def test_lines_are_solid_where_all_is_clear_and_dotted_where_nothing_is(headline):
    links = chains()[headline]
    total = sum(len(link.after) for link in links)
    unmeasured = {link.name for link in links if not link.outcome}
    beyond = sum(before in unmeasured and link.name in unmeasured for link in links for before in link.after)
    clear, unclear = (drawn(headline, given=everywhere(effect)) for effect in (CLEAR, UNCLEAR))
    assert (lines(clear, "solid"), lines(clear, "2px,4px")) == (total, 0)
    assert (lines(unclear, "solid"), lines(unclear, "2px,4px")) == (beyond, total - beyond)


@pytest.mark.parametrize("headline", HEADLINES)
def test_one_link_without_a_clear_sign_dots_the_lines_that_meet_it_and_no_others(headline):
    links = chains()[headline]
    last = links[-1]
    figure = drawn(headline, given=everywhere(CLEAR) | {last.outcome: UNCLEAR})
    assert lines(figure, "2px,4px") == len(last.after)


def test_a_single_pair_has_no_clear_sign():
    alone = everywhere(replace(CLEAR, ci_low=None, ci_high=None, p_value=None, p_holm=None))
    assert lines(drawn("turnover_per_year", given=alone), "solid") == 0


@pytest.mark.parametrize("headline", HEADLINES)
def test_no_two_links_stand_in_one_place_and_causes_stand_to_the_left(headline):
    found = marks(drawn(headline))
    at = list(zip(found["x"], found["y"], strict=True))
    assert len(set(at)) == len(at)
    column = {link.name: x for link, x in zip(chains()[headline], found["x"], strict=True)}
    assert all(column[before] < column[link.name] for link in chains()[headline] for before in link.after)


@pytest.mark.parametrize("headline", HEADLINES)
def test_english_has_no_chinese_and_chinese_only_formulas_and_names_of_parameters_in_english(headline):
    english = [*words(drawn(headline)), *(str(each) for each in told(headline))]
    assert not any(re.search("[\u4e00-\u9fff]", text) for text in english)
    # Long names first: one may be the beginning of another.
    names = sorted({path.split(".")[1] for link in chains()[headline] for path in link.parameters}, reverse=True)
    chinese = [line for each in told(headline, "zh") for line in (each.title, *each.change, each.parameters)]
    for line in [*words(drawn(headline, "zh")), *chinese]:
        rest = re.sub(f"<[^>]*>|{'|'.join(names)}", "", line)
        assert not re.search("[A-Za-z]", rest), line


@pytest.mark.parametrize("headline", HEADLINES)
def test_it_is_drawn_as_svg_from_valid_json(headline):
    figure = figures.chain(effects(), headline)
    assert {trace["type"] for trace in figure.to_plotly_json()["data"]} == {"scatter"}
    assert len(json.dumps(json.loads(figure.to_json()), allow_nan=False)) < 100_000
