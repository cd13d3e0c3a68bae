"""The charter and the docket say of each place what the graph says, under every reform; every number, to the last bit.

Only sums are allowed a last bit or two, because theirs are rounded and those of the plain charter are not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from govsim.institution.charter import compile_charter
from govsim.institution.docket import compile_docket
from govsim.institution.relations import no_edge
from govsim.reforms.timetable import Timetable
from tests.properties.runs import with_all
from tests.reference.villages import MERGERS, VILLAGE_WORLDS, village_scenario
from tests.reference.worlds import SMALL_WORLDS, small_scenario
from tests.unit.institution.plain_charter import Plain

SUMS = ("planned_self_government", "planned_outreach", "attention")


def institutions(scenario):
    """Return the institution before any reform, and each that its reforms make."""
    timetable = Timetable(scenario.institution, scenario.reforms, scenario.calendar)
    months = range(scenario.calendar.n_months)
    amended = {timetable.edits(month): month for month in reversed(months)}
    return [scenario.institution.amended(edits) for edits in amended]


def records(table):
    return [dict(zip(table.dtype.names, row.tolist(), strict=True)) for row in table]


def assert_plain(institution):
    """Compare everything that is compiled from the graph with what the plain charter reads there."""
    plain, charter = Plain(institution), compile_charter(institution)
    assert records(charter.units) == plain.units()
    assert charter.settlements.tolist() == plain.settlements()
    assert charter.posts.tolist() == plain.posts()
    assert charter.lines.tolist() == plain.lines()
    for compiled, told in zip(records(charter.communities), plain.communities(), strict=True):
        exact = {name: value for name, value in told.items() if name not in SUMS}
        assert {name: compiled[name] for name in exact} == exact
        assert [compiled[name] for name in SUMS] == pytest.approx([float(told[name]) for name in SUMS], rel=1e-14)
    briefs = compile_docket(institution, charter).briefs
    for department, brief in zip(institution.catalogue.departments, briefs, strict=True):
        assert_brief(plain.brief(department.id), brief)


def assert_brief(told, brief):
    for name in ("strictness", "approval_days", "mandate_audit_share", "inspection_audit_share"):
        assert getattr(brief, name) == told[name]
    for matter in brief.matters:
        restricted, compliance = told["inspection" if matter.is_inspection else "mandates"]
        assert matter.is_restricted == restricted
        assert matter.compliance == pytest.approx(float(compliance), rel=1e-14)


@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_worlds_are_compiled_as_their_graphs_say_under_reforms_of_terms(name):
    for institution in institutions(with_all(small_scenario(name))):
        assert_plain(institution)


@pytest.mark.parametrize("name", VILLAGE_WORLDS)
@pytest.mark.parametrize("joined", MERGERS)
def test_villages_are_compiled_as_their_graphs_say_however_they_join(name, joined):
    for institution in institutions(joined(village_scenario(name))):
        assert_plain(institution)


def test_a_department_that_assigns_or_inspects_in_some_places_only_is_compiled_so():
    institution = small_scenario("two_streets").institution
    assigns, inspects, *_ = relations = institution.relations.copy()
    assigns[0, 0], inspects[2, 1], inspects[:, 2] = (no_edge(edges.dtype) for edges in (assigns, inspects, inspects))
    assigns[1, 1] = True, 1.0, 7.0, 9.0, 0.2
    inspects[-1, 1] = True, 0.7, 1.0, 0.3, 0.9
    assert_plain(replace(institution, relations=relations.frozen()))


def test_two_mandates_of_one_name_are_refused():
    institution = small_scenario("two_streets").institution
    mandates = institution.catalogue.mandates
    catalogue = replace(institution.catalogue, mandates=(mandates[0], *mandates))
    with pytest.raises(ValueError, match="same identity"):
        compile_charter(replace(institution, catalogue=catalogue))


def test_charters_and_dockets_compiled_apart_share_the_very_layouts_of_their_tables():
    compiled = []
    for name in ("two_streets", "evading"):
        institution = small_scenario(name).institution
        charter = compile_charter(institution)
        docket = compile_docket(institution, charter)
        compiled.append([*charter, docket.matters, docket.terms])
    shared = [table.dtype is other.dtype for table, other in zip(*compiled, strict=True) if hasattr(table, "dtype")]
    assert all(shared)
    assert len(shared) == len(compiled[0]) - 1, "all but the layout are tables"
