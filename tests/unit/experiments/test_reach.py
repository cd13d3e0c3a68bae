"""When and where reforms hold, counted from the reforms and from the institution in force."""

from __future__ import annotations

import pytest

from govsim.experiments.reach import reaches
from govsim.model import GovernanceModel
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit

# Three communities; the run has 24 months from January 2006, and reforms start in October 2006.
BASE = small_scenario("turnover")


def reach(scenario):
    (found,) = reaches(scenario)
    return found


def communities_with_a_permit(scenario):
    """Return the communities to which an edge of the institution in force in the last month asks for a permit."""
    model = GovernanceModel(scenario)
    model.run_for((scenario.calendar.n_months - 1) * 21 + 1)
    edges = model.institution.organisation.edges(keys=True, data=True)
    return {target for _, target, relation, terms in edges if relation == "assigns" and terms["permit"]}


def test_a_baseline_without_reforms_has_no_reach():
    assert reaches(BASE) == ()


@pytest.mark.parametrize(("strength", "holds_in"), [(1.0, 3), (0.7, 2), (0.4, 1), (0.1, 0)])
def test_a_reform_that_holds_or_not_holds_in_the_share_of_its_places(strength, holds_in):
    scenario = with_permit(BASE, strength=strength)
    found = reach(scenario)
    assert (found.holds_in, found.communities) == (holds_in, 3)
    assert found.holds_everywhere is (holds_in == 3)
    assert len(communities_with_a_permit(scenario)) == holds_in


def test_a_reform_that_weighs_less_at_a_small_dose_holds_everywhere():
    found = reach(with_pay_rise(BASE, strength=0.1))
    assert (found.holds_in, found.holds_everywhere, found.dose_at_end) == (3, True, 0.1)


@pytest.mark.parametrize(
    ("where", "holds_in"), [({"in_streets": ("s2",)}, 2), ({"in_communities": ("c1",)}, 1)], ids=str
)
def test_a_pilot_holds_in_its_places(where, holds_in):
    assert reach(with_pay_rise(BASE, **where)).holds_in == holds_in
    assert reach(with_permit(BASE, **where)).holds_in == holds_in


def test_a_reform_that_has_ended_or_never_began_holds_nowhere_at_the_end():
    ended = reach(with_pay_rise(BASE, ends_on="2007-06"))
    assert (ended.holds_in, ended.dose_at_end) == (0, 0.0)
    assert ended.doses["2007-06"] == 0.0
    later = reach(with_pay_rise(BASE, starts_on="2008-01"))
    assert (later.holds_in, later.doses) == (0, {})


def test_doses_are_told_for_each_month_in_which_they_change():
    found = reach(with_pay_rise(BASE, strength=0.6, phase_in_months=3, ends_on="2007-09"))
    assert found.doses == pytest.approx({"2006-10": 0.2, "2006-11": 0.4, "2006-12": 0.6, "2007-09": 0.0})
    assert (found.starts_on, found.ends_on, found.phase_in_months) == ("2006-10", "2007-09", 3)


def test_what_json_shows_of_each_reform():
    rise, cut = reaches(with_inspection_cut(with_pay_rise(BASE)))
    assert (rise.use, cut.use) == ("pay_rise", "inspection_cut")
    content = cut.to_dict()
    assert content == {
        "id": "inspection-cut",
        "use": "inspection_cut",
        "title_en": "Fewer inspections",
        "title_zh": "减少检查考评",
        "starts_on": "2006-10",
        "ends_on": None,
        "phase_in_months": 2,
        "strength": 0.8,
        "doses": {"2006-10": 0.4, "2006-11": 0.8},
        "dose_at_end": 0.8,
        "holds_in_communities": 2,
        "of_communities": 3,
    }
