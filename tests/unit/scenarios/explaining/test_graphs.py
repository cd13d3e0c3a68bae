"""Two graphs are set against each other edge by edge, and what changed alike is counted together."""

from __future__ import annotations

import networkx as nx
import pytest

from govsim.scenarios.explaining.graphs import MOST_WAYS, KindChange, difference


def graph(edges, kinds=None):
    made = nx.MultiDiGraph()
    for source, target, relation, terms in edges:
        for node in (source, target):
            made.add_node(node, kind=(kinds or {}).get(node, node.rstrip("0123456789")))
        made.add_edge(source, target, key=relation, **terms)
    return made


def assigning(permits, **others):
    return [
        (f"d{d}", f"c{c}", "assigns", {"permit": permit, **others}) for d in (1, 2) for c, permit in permits.items()
    ]


def test_graphs_that_are_equal_have_no_difference():
    assert not difference(graph(assigning({1: 0.0})), graph(assigning({1: 0.0})))


def test_edges_that_change_alike_are_one_group_with_its_numbers():
    found = difference(graph(assigning({1: 0.0, 2: 0.0, 3: 0.0})), graph(assigning({1: 1.0, 2: 1.0, 3: 0.0})))
    (change,) = found.edges
    assert (change.relation, change.how, change.source_kind, change.target_kind) == ("assigns", "change", "d", "c")
    assert (change.n_sources, change.n_targets, change.n_edges) == (2, 2, 4)
    ((term, before, after),) = [(each.term, each.before, each.after) for each in change.terms]
    assert (term, before, after) == ("permit", (0.0, 0.0), (1.0, 1.0))


def test_terms_of_one_edge_stand_together():
    found = difference(graph(assigning({1: 0.0}, days=0.0)), graph(assigning({1: 1.0}, days=15.0)))
    (change,) = found.edges
    assert [each.term for each in change.terms] == ["permit", "days"]


def test_few_ways_of_changing_are_told_apart_and_many_become_a_range():
    before = dict.fromkeys(range(1, MOST_WAYS + 2), 0.0)
    few = {number: float(min(number, MOST_WAYS)) for number in before}
    many = {number: float(number) for number in before}
    assert len(difference(graph(assigning(before)), graph(assigning(few))).edges) == MOST_WAYS
    (change,) = difference(graph(assigning(before)), graph(assigning(many))).edges
    assert change.terms[0].after == (1.0, float(MOST_WAYS + 1))
    assert change.n_edges == 2 * (MOST_WAYS + 1)


def test_an_edge_that_moves_is_gone_and_new():
    before = graph([("c1", "s1", "serves", {"km": 1.0}), ("c2", "s2", "serves", {"km": 1.0})])
    after = graph(
        [("c1", "s1", "serves", {"km": 1.0}), ("c1", "s2", "serves", {"km": 2.0}), ("c2", "c1", "partners", {})]
    )
    found = difference(before, after)
    assert [(each.relation, each.how, each.n_edges) for each in found.edges] == [
        ("partners", "appear", 1),
        ("serves", "appear", 1),
        ("serves", "vanish", 1),
    ]


def test_edges_of_one_pair_are_told_apart_by_relation():
    before = graph([("d1", "c1", "assigns", {"x": 0.0}), ("d1", "c1", "inspects", {"x": 0.0})])
    after = graph([("d1", "c1", "assigns", {"x": 0.0}), ("d1", "c1", "inspects", {"x": 1.0})])
    assert [each.relation for each in difference(before, after).edges] == ["inspects"]


@pytest.mark.parametrize(
    ("kinds", "change"),
    [
        ({"c1": "cooperative"}, KindChange("c", "cooperative", 1)),
        ({}, None),
    ],
)
def test_nodes_that_become_another_kind_are_counted(kinds, change):
    edges = [("c1", "s1", "serves", {})]
    found = difference(graph(edges), graph(edges, kinds))
    assert found.nodes == ((change,) if change else ())


def test_nodes_that_come_and_go_are_counted():
    found = difference(graph([("c1", "s1", "serves", {})]), graph([("c1", "s2", "serves", {})]))
    assert set(found.nodes) == {KindChange("s", None, 1), KindChange(None, "s", 1)}
