"""The ODD page says of every reform which terms it edits, and no more than that."""

from __future__ import annotations

import pytest

from govsim.odd.reforms import reform_words, split
from govsim.reforms import REFORMS
from tests.contracts.reforms import example
from tests.reference.worlds import small_scenario


def edits_of(use):
    """Return the kinds of edit that an example of a reform makes, with relation and term where a kind has them."""
    scenario = small_scenario("two_streets")
    edits = example(use, scenario).amend(scenario.institution, 1.0)
    names = (
        (type(edit).__name__, ".".join(filter(None, (getattr(edit, "relation", ""), getattr(edit, "term", "")))))
        for edit in edits
    )
    return {" ".join(filter(None, each)) for each in names}


@pytest.mark.parametrize("use", REFORMS)
def test_a_reform_makes_the_edits_that_the_page_names(use):
    assert edits_of(use) == set(split(reform_words()[use]["edits"]))
