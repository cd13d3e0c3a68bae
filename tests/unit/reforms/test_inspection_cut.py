"""The cut of inspections, worked out by hand: what may still be held, and what goes with it."""

from __future__ import annotations

import pytest

from govsim.institution.charter import compile_charter
from govsim.reforms import InspectionCut
from tests.reference.worlds import small_scenario

# A fifth of ad hoc work is taken by a community that is not inspected; without inspection a line weighs half.
PLAIN = {"push.compliance_base": 0.2, "inspections.attention": 0.5, "street.inspections_per_year": 1.5}


def cut(name="cut", **settings):
    return InspectionCut(id=name, starts_on="2007-04", **settings)


def amended(*reforms, dose=1.0):
    institution = small_scenario("two_streets", parameters=PLAIN).institution
    return institution.amended(edit for reform in reforms for edit in reform.amend(institution, dose))


def terms(institution, office, community):
    edge = institution.organisation.edges[office, community, "inspects"]
    return edge["kept_share"], edge["audit_share"], edge["inspections_per_year"], edge["weight"]


def test_a_cut_leaves_a_share_of_the_inspections_of_departments_and_of_the_street():
    after = amended(cut(cut_share=0.75, audit_share=0.2, in_communities=("c2",)))
    assert terms(after, "civil_affairs", "c2") == (0.25, 0.2, 2.0, 1.0)
    assert terms(after, "public_security", "c2") == (0.25, 0.2, 1.5, 1.5)
    assert terms(after, "s2", "c2") == (0.25, 0.2, 1.5, 1.0)
    for office, community in (("civil_affairs", "c1"), ("s1", "c1"), ("civility", "c3")):
        assert terms(after, office, community)[:2] == (1.0, 0.0)


@pytest.mark.parametrize(("dose", "kept"), [(0.0, 1.0), (0.5, 0.625), (1.0, 0.25)])
def test_half_a_dose_cuts_half_as_much_everywhere(dose, kept):
    after = amended(cut(cut_share=0.75, audit_share=0.2), dose=dose)
    for community in ("c1", "c2", "c3"):
        assert terms(after, "civil_affairs", community)[:2] == (kept, 0.2)


def test_two_cuts_multiply_and_the_higher_share_of_audits_counts():
    one, two = cut("one", cut_share=0.5, audit_share=0.3), cut("two", cut_share=0.75, audit_share=0.1)
    for after in (amended(one, two), amended(two, one)):
        assert terms(after, "civil_affairs", "c1")[:2] == (0.125, 0.3)


def test_what_is_sent_ad_hoc_is_taken_less_often_by_communities_that_are_not_inspected():
    charter = compile_charter(amended(cut(cut_share=0.75, in_communities=("c1",))))
    units = charter.units
    assert units["compliance"][units["community"] == 0].tolist() == pytest.approx([0.2 + 0.8 * 0.25] * 15)
    assert set(units["compliance"][units["community"] != 0].tolist()) == {1.0}


def test_inspections_are_kept_in_part_and_tasks_of_the_catalogue_whole():
    units = compile_charter(amended(cut(cut_share=0.75))).units
    is_inspection = units["matter"] >= 11
    assert set(units["kept_share"][is_inspection].tolist()) == {0.25}
    assert set(units["kept_share"][~is_inspection].tolist()) == {1.0}


def test_attention_is_the_share_kept_weighed_by_the_number_of_inspections():
    """Departments inspect 2, 1.5 and 1 times a year and the street 1.5 times; only the whole is cut here."""
    everywhere = compile_charter(amended(cut(cut_share=0.6)))
    in_one_street = compile_charter(amended(cut(cut_share=0.6, in_streets=("s1",))))
    assert everywhere.communities.attention.tolist() == pytest.approx([0.4] * 3)
    assert in_one_street.communities.attention.tolist() == pytest.approx([0.4, 1.0, 0.4])


def test_a_task_presses_less_where_its_sender_inspects_less():
    """Files (weight 1, 10 days, 300 minutes) stand in class 11; at five eighths of the weight, in class 12."""
    rules = {"priority": "MOST_PRESSING_FIRST"}
    baseline = small_scenario("two_streets", parameters=PLAIN, rules=rules).institution
    reduced = baseline.amended(cut(cut_share=0.75).amend(baseline, 1.0))
    before, after = compile_charter(baseline).units, compile_charter(reduced).units
    files = [int(units["own_class"][units["matter"] == 0][0]) for units in (before, after)]
    assert files == [11, 12]


def test_the_neutral_cut_keeps_every_inspection():
    after = amended(cut(audit_share=0.4).neutral())
    assert terms(after, "civil_affairs", "c1") == (1.0, 0.4, 2.0, 1.0)
