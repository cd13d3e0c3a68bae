"""The graph that is drawn from the relations: what stands on it, counted by hand, and who asks for it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.properties.runs import run, with_all
from tests.properties.villages import merged, villages
from tests.reference.worlds import small_scenario


def test_two_streets_of_three_communities_under_three_departments_have_these_edges():
    graph = small_scenario("two_streets").institution.organisation
    assert Counter(terms["kind"] for _, terms in graph.nodes(data=True)) == {
        "district": 1,
        "department": 3,
        "street_office": 2,
        "community": 3,
        "settlement": 5,
    }
    assert Counter(relation for *_, relation in graph.edges(keys=True)) == {
        "commands": 3 + 2,
        "guides": 3,
        "assigns": 3 * 3,
        "inspects": 3 * 3 + 3,
        "funds": 3,
        "escalates_to": 2 * 3 + 3,
        "serves": 5,
    }


def test_edges_carry_the_terms_of_their_relation():
    institution = small_scenario("two_streets").institution
    edges = institution.organisation.edges
    assert edges["civility", "c1", "assigns"] == {
        "permit": 0.0,
        "strictness": 0.0,
        "approval_days": 0.0,
        "audit_share": 0.0,
    }
    assert edges["public_security", "c2", "inspects"] == {
        "inspections_per_year": 1.5,
        "weight": 1.5,
        "kept_share": 1.0,
        "audit_share": 0.0,
    }
    insurance = institution.parameters["pay.insurance_share"]
    assert edges["district", "c3", "funds"] == {"pay_factor": 1.0, "insurance_share": insurance}


@pytest.mark.parametrize("scenario", [with_all(small_scenario("two_streets")), merged(villages())])
def test_no_run_draws_the_graph(scenario):
    institution = run(scenario).institution
    assert "organisation" not in vars(institution)
    assert institution.organisation is institution.organisation
