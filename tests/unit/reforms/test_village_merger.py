"""The merger of villages, redrawn by hand."""

from __future__ import annotations

import pytest

from govsim.institution.charter import compile_charter
from govsim.institution.joining import n_consenting, pools_assets, seat_of, service_of, willing
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
    assert [n_consenting(institution.organisation, name) for name in ("v1", "v2", "v3")] == [2, 1, 1]
    assert n_consenting(in_force(("v1", "v2", "v4")).organisation, "v1") == 1, "a merged one needs nobody's consent"


def test_ways_are_longer_for_those_who_do_not_live_at_the_seat_and_all_hear_the_announcement():
    graph = in_force(("v1", "v2"), added_km=2.5, announced_rise=0.2).organisation
    found = {name: service_of(graph, name) for name in ("v1-a", "v1-b", "v2-a", "v3-a")}
    assert {name: community for name, (community, _) in found.items()} == {
        "v1-a": "v1",
        "v1-b": "v1",
        "v2-a": "v1",
        "v3-a": "v3",
    }
    assert [found[name][1]["distance_km"] for name in found] == [0.4, 1.2, 2.8, 0.5]
    assert [found[name][1]["announced_rise"] for name in found] == [0.2, 0.2, 0.2, 0.0]
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
    seats = [
        {seat_of(in_force(*groups, dose=dose).organisation, name) for name in ("v2", "v6")} for dose in (0, 0.5, 1)
    ]
    assert seats[0] == {"v2", "v6"}
    assert seats[2] == {"v1", "v5"}
    first = min(("v1", "v5"), key=lambda seat: text_entity(f"rank:{seat}"))
    assert seats[1] == ({"v1", "v6"} if first == "v1" else {"v2", "v5"})


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
    assert pools_assets(in_force(("v1", "v2"), assets="pooled").organisation, "v2")
    assert not pools_assets(in_force(("v1", "v2")).organisation, "v2")
    assert not pools_assets(in_force(("v1", "v2"), assets="pooled").organisation, "v1")


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
