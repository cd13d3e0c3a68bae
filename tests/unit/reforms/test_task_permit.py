"""The task permit, worked out by hand: where it holds, and which terms it sets."""

from __future__ import annotations

import hashlib

import pytest

from govsim.institution.charter import compile_charter
from govsim.reforms import TaskPermit
from tests.reference.worlds import small_scenario

COMMUNITIES = ("c1", "c2", "c3")
DEPARTMENTS = ("civil_affairs", "public_security", "civility")


def permit(name="permit", **settings):
    return TaskPermit(id=name, starts_on="2007-04", **settings)


def amended(*reforms, dose=1.0):
    institution = small_scenario("two_streets").institution
    return institution.amended(edit for reform in reforms for edit in reform.amend(institution, dose))


def terms(institution, community, department="civil_affairs"):
    edge = institution.organisation.edges[department, community, "assigns"]
    return edge["permit"], edge["strictness"], edge["approval_days"], edge["audit_share"]


def rank(community):
    """Return the place of a community in the order in which permits come: the first 63 bits of the hash of its id."""
    digest = hashlib.blake2b(f"rank:{community}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def test_a_permit_sets_the_terms_of_every_department_in_its_places_and_of_no_other():
    after = amended(permit(strictness=2.0, approval_days=10, audit_share=0.3, in_communities=("c3",)))
    for department in DEPARTMENTS:
        assert terms(after, "c3", department) == (1.0, 2.0, 10.0, 0.3)
        assert terms(after, "c1", department) == terms(after, "c2", department) == (0.0, 0.0, 0.0, 0.0)


def test_a_permit_of_half_strength_is_as_strict_where_it_holds():
    after = amended(permit(strictness=2.0, approval_days=10, audit_share=0.3), dose=0.34)
    assert sorted(terms(after, community) for community in COMMUNITIES) == [
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0),
        (1.0, 2.0, 10.0, 0.3),
    ]


@pytest.mark.parametrize(
    ("dose", "covered"), [(0.1, 0), (0.17, 1), (0.49, 1), (0.5, 2), (0.83, 2), (0.84, 3), (1.0, 3)]
)
def test_places_come_in_the_order_of_their_hashes_whatever_the_settings(dose, covered):
    first = sorted(COMMUNITIES, key=rank)[:covered]
    for reform in (permit(), permit("another", strictness=9.0, audit_share=0.9)):
        after = amended(reform, dose=dose)
        assert {community for community in COMMUNITIES if terms(after, community)[0] == 1.0} == set(first)


def test_of_several_permits_the_stricter_counts_term_by_term_and_edge_by_edge():
    one = permit("one", strictness=2.0, approval_days=20, audit_share=0.1, in_communities=("c1", "c2"))
    two = permit("two", strictness=5.0, approval_days=3, audit_share=0.4, in_communities=("c2", "c3"))
    for after in (amended(one, two), amended(two, one)):
        assert terms(after, "c1") == (1.0, 2.0, 20.0, 0.1)
        assert terms(after, "c2") == (1.0, 5.0, 20.0, 0.4)
        assert terms(after, "c3") == (1.0, 5.0, 3.0, 0.4)


def test_jobs_need_a_permit_where_it_holds_and_wait_for_as_long_as_it_says():
    charter = compile_charter(amended(permit(approval_days=12, in_communities=("c2",))))
    assigned = charter.units[charter.units["matter"] < 11]
    assert set(assigned["community"][assigned["needs_permit"] == 1].tolist()) == {1}
    assert set(assigned["community"][assigned["needs_permit"] == 0].tolist()) == {0, 2}
    assert not charter.units["needs_permit"][charter.units["matter"] >= 11].any()
    assert charter.lines.approval_days.tolist() == [12, 12, 12, 0]


def test_the_neutral_permit_is_one_whose_board_refuses_nothing():
    neutral = permit(strictness=3.0, approval_days=5).neutral()
    assert (neutral.strictness, neutral.approval_days) == (0.0, 5)
