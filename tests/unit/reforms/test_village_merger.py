"""The merger of villages, redrawn by hand."""

from __future__ import annotations

import pytest

from govsim.institution.charter import compile_charter
from govsim.institution.joining import willing
from govsim.institution.places import Places
from govsim.randomness import text_entity
from tests.properties.villages import merged, villages


def in_force(*groups, dose=1.0, **settings):
    """Return the institution once all groups have joined."""
    scenario = merged(villages(), *groups, **settings)
    institution = scenario.institution
    return institution.amended(scenario.reforms[0].amend(institution, dose))


def relations(institution, village):
    """Return how many edges of each relation lead to and from a village."""
    graph = institution.organisation
    counted = {}
    for *_, key in [*graph.in_edges(village, keys=True), *graph.out_edges(village, keys=True)]:
        counted[key] = counted.get(key, 0) + 1
    return counted


# Rows of communities.
V1, V2, V5, V6 = 0, 1, 4, 5
BEFORE = {"guides": 1, "escalates_to": 1, "funds": 1, "assigns": 3, "inspects": 4}


def test_a_village_that_is_merged_keeps_nothing_but_its_cooperative():
    institution = in_force(("v1", "v2"))
    assert relations(villages().institution, "v2") == {**BEFORE, "serves": 1}
    assert relations(institution, "v2") == {"partners": 1}
    assert institution.organisation.nodes["v2"]["kind"] == "cooperative"
    assert relations(institution, "v1") == {**BEFORE, "serves": 3, "partners": 1}


def test_a_federated_village_keeps_its_committee_and_serves_and_escalates_through_the_seat():
    institution = in_force(("v1", "v2"), mode="federated")
    kept = {name: n for name, n in BEFORE.items() if name != "escalates_to"}
    assert relations(institution, "v2") == {**kept, "partners": 1}
    assert institution.organisation.nodes["v2"]["kind"] == "community"
    assert institution.relations.n_consenting.tolist() == [2, 1, 1, 1, 1, 1]
    assert set(in_force(("v1", "v2", "v4")).relations.n_consenting) == {1}, "a merged one needs nobody's consent"


def test_ways_are_longer_for_those_who_do_not_live_at_the_seat_and_all_hear_the_announcement():
    institution = in_force(("v1", "v2"), added_km=2.5, announced_rise=0.2)
    served = dict(
        zip((place.id for place in institution.places.settlements), institution.relations.serves, strict=True)
    )
    found = [served[name].tolist() for name in ("v1-a", "v1-b", "v2-a", "v3-a")]
    assert found == [(0, 0.4, 0.2), (0, 1.2, 0.2), (0, 2.8, 0.2), (2, 0.5, 0.0)]
    charter = compile_charter(in_force(("v1", "v2"), announced_rise=0.5))
    assert charter.communities["announced_level"].tolist()[:3] == [1.0, 0.6, 0.6], "at most certainty"


def test_posts_work_for_the_seat_and_their_collective_pays_unless_assets_are_pooled():
    kept, pooled = (compile_charter(in_force(("v1", "v2", "v4"), assets=assets)) for assets in ("kept", "pooled"))
    assert kept.posts["community"].tolist() == [0, 0, 0, 2, 2, 0, 4, 4, 5]
    assert kept.posts["collective"].tolist() == [0, 0, 1, 2, 2, 3, 4, 4, 5]
    assert pooled.posts["collective"].tolist() == [0, 0, 0, 2, 2, 0, 4, 4, 5]
    assert kept.communities["n_budgets"].tolist() == [1, 0, 1, 0, 1, 1], "one office, one budget"
    federated = compile_charter(in_force(("v1", "v2", "v4"), mode="federated"))
    assert federated.communities["n_budgets"].tolist() == [3, 0, 1, 0, 1, 1], "an office each, paid for together"
    assert (
        kept.posts["public_pay_fen"].tolist() == compile_charter(villages().institution).posts.public_pay_fen.tolist()
    )


def test_a_pay_rise_at_the_seat_reaches_the_posts_that_have_joined():
    from govsim.reforms import PayRise

    institution = villages().institution
    merger = merged(villages(), ("v1", "v2")).reforms[0]
    rise = PayRise(id="rise", starts_on="2007-01", rise_share=0.5, in_communities=("v1",))
    edits = [*rise.amend(institution, 1.0), *merger.amend(institution, 1.0)]
    pay = compile_charter(institution.amended(edits)).posts["public_pay_fen"].tolist()
    before = compile_charter(institution).posts["public_pay_fen"].tolist()
    assert [after / fen for after, fen in zip(pay, before, strict=True)] == pytest.approx([1.5] * 3 + [1.0] * 6)


def test_with_a_dose_of_one_half_the_group_of_first_rank_joins():
    groups = (("v1", "v2"), ("v5", "v6"))
    seats = [set(in_force(*groups, dose=dose).relations.seats[[V2, V6]].tolist()) for dose in (0, 0.5, 1)]
    assert seats[0] == {V2, V6}
    assert seats[2] == {V1, V5}
    first = min(("v1", "v5"), key=lambda seat: text_entity(f"rank:{seat}"))
    assert seats[1] == ({V1, V6} if first == "v1" else {V2, V5})


def test_nobody_refuses_at_the_lowest_odds_and_a_seat_alone_makes_no_group():
    institution = villages(parameters={"merger.refusal_base": -4.0}).institution
    group = ("v1", "v2", "v3", "v4")
    assert willing(institution, group, 0.0, pools_assets=False) == group
    far = villages(parameters={"merger.refusal_base": 0.0, "merger.refusal_per_km": 2.0}).institution
    assert set(willing(far, group, 20.0, pools_assets=False)) <= {"v1"}, "exp(-40) is certainty"
    alone = merged(villages(parameters={"merger.refusal_base": 0.0, "merger.refusal_per_km": 2.0}), group)
    reform = alone.reforms[0].model_copy(update={"consent": "asked", "added_km": 20.0})
    assert reform.amend(alone.institution, 1.0) == ()


def test_pooling_is_on_the_edge_that_joins():
    own = list(range(6))
    assert in_force(("v1", "v2"), assets="pooled").relations.collectives.tolist() == [V1, V1, *own[2:]]
    assert in_force(("v1", "v2")).relations.collectives.tolist() == own


def test_a_scaled_world_has_a_group_for_each_copy_as_far_as_it_goes():
    places = villages().institution.places
    marked = [f"{place.id}~{copy}" for copy in (2, 10) for place in places.communities]
    names = [place.id for place in places.communities] + marked[:6] + ["v1~10", "v6~10"]
    communities = tuple(
        place.__class__(**{**{field: getattr(place, field) for field in place.__slots__}, "id": name})
        for name in names
        for place in places.communities
        if place.id == name.split("~")[0]
    )
    scaled = Places("district", communities, places.settlements)
    merger = merged(villages(), ("v1", "v2"), ("v5", "v6")).reforms[0].placed(scaled, lambda name: name.split("~")[0])
    assert set(merger.groups) == {("v1", "v2"), ("v1~2", "v2~2"), ("v5", "v6"), ("v5~2", "v6~2")}
