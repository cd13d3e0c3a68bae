"""The fingerprint of an institution: every number and identity takes part, no name and no evidence does."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import pytest

from govsim.institution.parameters import Grade
from govsim.institution.rules import RULES
from tests.reference.worlds import small_scenario

INSTITUTION = small_scenario("escalating").institution
PLACES, CATALOGUE = INSTITUTION.places, INSTITUTION.catalogue
TABLES = {
    "street_offices": PLACES,
    "communities": PLACES,
    "settlements": PLACES,
    "departments": CATALOGUE,
    "mandates": CATALOGUE,
    "requests": CATALOGUE,
}
COLUMNS = [(table, field.name) for table, part in TABLES.items() for field in fields(getattr(part, table)[0])]


def other(value):
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) else (value or 0) + 1


def with_cell(table, column):
    """Return the institution with one cell of a table changed; its graph is drawn already and stays."""
    part = TABLES[table]
    first, *rest = getattr(part, table)
    changed = replace(part, **{table: (replace(first, **{column: other(getattr(first, column))}), *rest)})
    return replace(INSTITUTION, **{"places" if part is PLACES else "catalogue": changed})


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_takes_part_but_names(table, column):
    is_same = with_cell(table, column).fingerprint == INSTITUTION.fingerprint
    assert is_same == (column in {"en", "zh"})


@pytest.mark.parametrize("path", list(INSTITUTION.parameters))
def test_every_parameter_takes_part(path):
    value = INSTITUTION.parameters[path]
    changed = replace(INSTITUTION, parameters=INSTITUTION.parameters.with_values({path: value + 1e-9}))
    assert changed.fingerprint != INSTITUTION.fingerprint


def test_evidence_takes_no_part():
    evidence = {"pay.base_yuan_per_month": (Grade.SEED, "a survey")}
    changed = replace(INSTITUTION, parameters=INSTITUTION.parameters.with_evidence(evidence))
    assert changed.fingerprint == INSTITUTION.fingerprint


@pytest.mark.parametrize("name", list(RULES))
def test_every_rule_takes_part(name):
    rule = next(rule for rule in RULES[name] if rule != INSTITUTION.rules[name])
    assert replace(INSTITUTION, rules={**INSTITUTION.rules, name: rule}).fingerprint != INSTITUTION.fingerprint


def test_seasons_take_part():
    months = {**CATALOGUE.seasons, "even": (0, *CATALOGUE.seasons["even"][1:])}
    changed = replace(INSTITUTION, catalogue=replace(CATALOGUE, seasons=months))
    assert changed.fingerprint != INSTITUTION.fingerprint


def redrawn(relation, row, **terms):
    """Return the fingerprint with other terms on one edge."""
    relations = INSTITUTION.relations.copy()
    for term, value in terms.items():
        getattr(relations, relation)[term][row] = value
    return replace(INSTITUTION, relations=relations.frozen()).fingerprint


def test_every_term_of_every_relation_takes_part():
    assert redrawn("funds", 0) == INSTITUTION.fingerprint
    changed = {
        redrawn(
            name, -1, **{term: edges[term].flat[-1] + 1 if edges[term].dtype.kind != "b" else ~edges[term].flat[-1]}
        )
        for name, edges in INSTITUTION.relations._asdict().items()
        for term in edges.dtype.names
    }
    assert len(changed - {INSTITUTION.fingerprint}) == sum(len(edges.dtype.names) for edges in INSTITUTION.relations)


def test_the_fingerprint_is_the_same_in_another_process():
    copy = pickle.loads(pickle.dumps(replace(INSTITUTION)))
    assert copy.fingerprint == INSTITUTION.fingerprint
    assert len(copy.fingerprint) == 64
