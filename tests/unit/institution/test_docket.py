"""What departments and the board decide on: which matters, how they score, which terms hold and what buying costs."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from govsim.institution.charter import compile_charter
from govsim.institution.docket import compile_docket
from govsim.reforms import InspectionCut, TaskPermit
from tests.reference.worlds import small_scenario

START = "2007-01"
# Numbers that are easy to add up; a yuan a minute, so that a minute bought costs 100 fen.
PLAIN = {
    "permit.base": -1.0,
    "permit.duty": 4.0,
    "permit.assist": 2.0,
    "permit.political": 0.5,
    "push.bought_yuan_per_hour": 60.0,
    "push.compliance_base": 0.2,
    "mandates.volume": 1.5,
}


def institution(**changes):
    """Return three departments in a world of 420, 800 and 330 residents in the communities c1, c2 and c3."""
    return small_scenario("two_streets", parameters=PLAIN, **changes).institution


def docket(of, *reforms):
    amended = of.amended(edit for reform in reforms for edit in reform.amend(of, 1.0))
    return compile_docket(amended, compile_charter(amended)).briefs


def permit(name="permit", **settings):
    return TaskPermit(id=name, starts_on=START, **settings)


def cut(name="cut", **settings):
    return InspectionCut(id=name, starts_on=START, **settings)


def matters(of, *reforms):
    """Return every matter by the id of its mandate, inspections by ``inspection-`` and the id of the department."""
    names = [mandate.id for mandate in of.catalogue.mandates]
    names += [f"inspection-{department.id}" for department in of.catalogue.departments]
    return {names[matter.row]: matter for brief in docket(of, *reforms) for matter in brief.matters}


def test_a_department_decides_on_its_administration_in_the_order_of_the_catalogue_and_on_its_inspection_last():
    assert [[matter.row for matter in brief.matters] for brief in docket(institution())] == [
        [0, 2, 5, 11],
        [1, 6, 12],
        [3, 4, 13],
    ]
    found = matters(institution())
    assert {name for name, matter in found.items() if matter.is_inspection} == {
        "inspection-civil_affairs",
        "inspection-public_security",
        "inspection-civility",
    }


def test_the_score_is_of_the_legal_status_and_rises_with_the_weight():
    scores = {name: matter.score for name, matter in matters(institution()).items() if not matter.is_inspection}
    assert scores == pytest.approx(
        {
            "files": -1.0 + 2.0,
            "rounds": -1.0,
            "returns": -1.0 + 0.5,
            "visits": -1.0 - 0.2,
            "campaign": -1.0 + 0.25,
            "relief": -1.0 + 4.0,
            "register": -1.0 + 2.0 - 0.1,
        }
    )


def test_what_is_staked_is_the_weight_of_the_mandate_and_for_an_inspection_of_the_department():
    found = matters(institution())
    assert (found["returns"].weight, found["visits"].weight) == (2.0, 0.6)
    assert (found["inspection-public_security"].weight, found["inspection-civility"].weight) == (1.5, 0.8)


def test_where_a_mandate_stands_follows_from_its_name_alone():
    for of in (institution(), institution(load=3.0, staff=2.0)):
        for name, matter in matters(of, permit(strictness=7.0)).items():
            if not matter.is_inspection:
                digest = hashlib.blake2b(f"listed:{name}".encode(), digest_size=8).digest()
                assert matter.standing == ((int.from_bytes(digest, "big") >> 12) + 0.5) / 2**52


def test_draws_of_a_matter_are_keyed_by_its_name_in_the_district():
    for name, matter in matters(institution()).items():
        digest = hashlib.blake2b(f"push:{name}".encode(), digest_size=8).digest()
        assert matter.entity == int.from_bytes(digest, "big") >> 1


def test_without_a_reform_nothing_is_restricted_and_no_permit_is_needed():
    for brief in docket(institution()):
        assert (brief.strictness, brief.approval_days) == (0.0, 0.0)
        assert (brief.mandate_audit_share, brief.inspection_audit_share) == (0.0, 0.0)
        assert not any(matter.is_restricted for matter in brief.matters)
        assert {matter.compliance for matter in brief.matters} == {1.0}


def test_terms_of_a_department_are_the_highest_on_its_edges_each_by_itself():
    one = permit("one", strictness=2.0, approval_days=20, audit_share=0.1, in_communities=("c1",))
    two = permit("two", strictness=5.0, approval_days=3, audit_share=0.4, in_communities=("c1", "c2"))
    fewer = cut("fewer", audit_share=0.2, in_communities=("c1",)), cut("more", audit_share=0.6, in_communities=("c3",))
    for brief in docket(institution(), one, two, *fewer):
        assert (brief.strictness, brief.approval_days) == (5.0, 20.0)
        assert (brief.mandate_audit_share, brief.inspection_audit_share) == (0.4, 0.6)


def test_the_terms_of_one_department_are_none_of_another():
    of = institution()
    relations, (_, security, _, streets), c2 = of.relations.copy(), range(4), 1
    for term, value in (("permit", 1.0), ("strictness", 7.0), ("approval_days", 9.0)):
        relations.assigns[term][security, c2] = value
    relations.inspects["kept_share"][streets, c2], relations.inspects["audit_share"][streets, c2] = 0.5, 0.9
    civil, security, civility = docket(replace(of, relations=relations))
    assert (security.strictness, security.approval_days) == (7.0, 9.0)
    for brief in (civil, civility):
        assert (brief.strictness, brief.approval_days) == (0.0, 0.0)
    assert [matter.is_restricted for matter in security.matters] == [True, True, False]
    assert not any(matter.is_restricted for brief in (civil, civility) for matter in brief.matters)
    assert {brief.inspection_audit_share for brief in (civil, security, civility)} == {0.0}


def test_the_budget_of_a_month_is_in_proportion_to_residents():
    """200 000, 120 000 and 60 000 yuan a year for 10 000 residents; there are 1550."""
    assert [brief.budget_fen for brief in docket(institution())] == [258_333, 155_000, 77_500]
    twice = [(name, community, 2 * residents, km) for name, community, residents, km in SETTLEMENTS]
    assert [brief.budget_fen for brief in docket(institution(settlements=tuple(twice)))] == [516_666, 310_000, 155_000]
    assert [brief.budget_fen for brief in docket(institution(money=0.0))] == [0, 0, 0]


SETTLEMENTS = (
    ("c2-b", "c2", 350, 1.5),
    ("c2-a", "c2", 450, 0.3),
    ("c1-a", "c1", 420, 0.5),
    ("c3-a", "c3", 200, 0.2),
    ("c3-b", "c3", 130, 3.0),
)


@pytest.mark.parametrize(
    ("where", "bound_units", "bound_residents"),
    [((), 3, 1550), (("c2",), 1, 800), (("c1", "c3"), 2, 750)],
    ids=["everywhere", "in one community", "in a street"],
)
def test_what_buying_costs_is_split_by_need_of_a_permit_in_units_or_in_residents(where, bound_units, bound_residents):
    """Rounds: 40 jobs of 400 minutes a year and community. Files: 60 of 300 for 200 residents."""
    found = matters(institution(), permit(in_communities=where))
    a_unit, a_resident = 40 * 400 * 1.5 / 12 * 100, 60 * 300 / 200 * 1.5 / 12 * 100
    assert found["rounds"].bound_fen == pytest.approx(bound_units * a_unit)
    assert found["rounds"].free_fen == pytest.approx((3 - bound_units) * a_unit)
    assert found["files"].bound_fen == pytest.approx(bound_residents * a_resident)
    assert found["files"].free_fen == pytest.approx((1550 - bound_residents) * a_resident)


def test_without_a_permit_all_costs_are_of_free_jobs_and_inspections_are_never_bought():
    for matter in matters(institution(), cut()).values():
        assert matter.bound_fen == 0.0
        assert (matter.free_fen == 0.0) == matter.is_inspection


def test_compliance_is_the_mean_over_the_places_where_a_permit_is_needed():
    """A fifth of what is not inspected is taken all the same; in c1 a quarter of inspections is kept, in c2 a half."""
    cuts = cut("a", cut_share=0.75, in_communities=("c1",)), cut("b", cut_share=0.5, in_communities=("c2",))
    found = matters(institution(), permit(in_communities=("c1", "c3")), *cuts)
    assert found["files"].compliance == pytest.approx(((0.2 + 0.8 * 0.25) + 1.0) / 2)
    assert found["files"].is_restricted
    assert found["inspection-civility"].compliance == pytest.approx(((0.2 + 0.8 * 0.25) + (0.2 + 0.8 * 0.5)) / 2)
    assert found["inspection-civility"].is_restricted


def test_a_cut_of_inspections_restricts_no_task_and_a_permit_no_inspection():
    only_cut, only_permit = matters(institution(), cut()), matters(institution(), permit())
    assert all(matter.is_restricted == matter.is_inspection for matter in only_cut.values())
    assert all(matter.is_restricted != matter.is_inspection for matter in only_permit.values())
