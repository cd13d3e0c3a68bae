"""Places are read as declared and scaled without losing or inventing a resident."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govsim.errors import ScenarioError
from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.scenarios.scaling import original_id, scale_places
from govsim.scenarios.worlds import read_places

VALID = Path(__file__).parents[2] / "scenarios" / "valid"


@pytest.fixture(scope="module")
def tiny():
    return read_places(VALID / "communities.csv", VALID / "settlements.csv", "tiny-district")


def read_with_streets():
    return read_places(VALID / "communities.csv", VALID / "settlements.csv", "tiny-district", (), VALID / "streets.csv")


@pytest.fixture(scope="module")
def staffed():
    """Return the tiny world with a table of streets: east of 800 residents has 8.5 cadres, west of 200 has 4."""
    return read_with_streets()


def members(places):
    return {
        place.id: sum(s.residents for s in places.settlements if s.community == place.id)
        for place in places.communities
    }


def test_places_are_read_as_the_tables_declare_them(tiny):
    assert tiny.streets == ("east", "west")
    assert tiny.residents_by_community == {"east-1": 400, "east-2": 400, "west-1": 200}
    assert tiny.communities[1].upper_floor is True
    assert tiny.settlements[2].en == "East 2, whole"


@settings(deadline=None)  # reading a file takes as long as the machine needs
@given(residents=st.integers(100, 20_000))
def test_a_scaled_world_has_exactly_the_residents_asked_for(residents):
    tiny = read_places(VALID / "communities.csv", VALID / "settlements.csv", "tiny-district")
    scaled = scale_places(tiny, residents)
    assert scaled.n_residents == residents
    assert all(place.residents >= 1 for place in scaled.settlements)
    assert all(place.posts >= 1 for place in scaled.communities)
    assert {place.community for place in scaled.settlements} == {place.id for place in scaled.communities}
    ids = [place.id for place in (*scaled.communities, *scaled.settlements)]
    assert len(ids) == len(set(ids))


def test_a_world_scaled_to_its_own_size_is_itself(tiny):
    assert scale_places(tiny, 1000) == tiny


def test_full_copies_differ_in_their_ids_only(tiny):
    scaled = scale_places(tiny, 3000)
    assert scaled.streets == ("east", "east~2", "east~3", "west", "west~2", "west~3")
    for place in scaled.communities:
        original = next(other for other in tiny.communities if other.id == original_id(place.id))
        assert (place.posts, place.topup_yuan_per_month) == (original.posts, original.topup_yuan_per_month)
        assert members(scaled)[place.id] == members(tiny)[original.id]


def test_the_rest_is_filled_in_order_and_the_last_community_shrunk(tiny):
    scaled = scale_places(tiny, 1500)
    assert members(scaled) == {
        "east-1": 400,
        "east-2": 400,
        "west-1": 200,
        "east-1~2": 400,
        "east-2~2": 100,
    }
    last = next(place for place in scaled.communities if place.id == "east-2~2")
    # A quarter of 7 posts is 1.75, of 25 001 yuan 6 250.25; the top-up belongs to a post and stays.
    assert (last.posts, last.own_income_yuan_per_year, last.topup_yuan_per_month) == (2, 6250, 0)


def test_a_world_smaller_than_one_community_keeps_the_ids_and_splits_by_largest_remainder(tiny):
    scaled = scale_places(tiny, 101)
    # 301 and 99 of 400 give 76.0025 and 24.9975 of 101.
    assert {place.id: place.residents for place in scaled.settlements} == {"east-1-old": 76, "east-1-new": 25}
    assert [place.id for place in scaled.communities] == ["east-1"]
    assert scaled.communities[0].posts == 2


def test_a_settlement_without_residents_is_dropped():
    places = Places(
        "d",
        (CommunityPlace("c", "C", "丙", "s", 1, False, 0, 0),),
        (SettlementPlace("big", "B", "大", "c", 9999, 1.0), SettlementPlace("small", "S", "小", "c", 1, 1.0)),
    )
    assert [place.id for place in scale_places(places, 100).settlements] == ["big"]


@pytest.mark.parametrize("residents", [99, 0, -5, 50_000_001])
def test_a_world_too_small_or_too_large_is_refused(residents, tiny):
    with pytest.raises(ScenarioError, match="between 100 and 50000000"):
        scale_places(tiny, residents)


# Street offices.


def test_street_offices_are_read_as_their_table_declares_them(staffed):
    assert staffed.streets == ("east", "west")
    assert staffed.street_offices == (
        StreetPlace("east", "East street", "东街", organs=7, cadres=8.5, enforcement=False),
        StreetPlace("west", "West street", "西街", organs=5, cadres=4.0, enforcement=True),
    )
    assert staffed.residents_by_street == {"east": 800, "west": 200}


def test_the_order_of_rows_of_streets_does_not_matter(staffed, tmp_path):
    header, *rows = (VALID / "streets.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "streets.csv").write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    communities, settlements = VALID / "communities.csv", VALID / "settlements.csv"
    assert read_places(communities, settlements, "tiny-district", (), tmp_path / "streets.csv") == staffed


def test_streets_without_a_table_are_made_from_the_communities_that_name_them(tiny):
    assert tiny.street_offices == (StreetPlace("east", "east", "east"), StreetPlace("west", "west", "west"))
    assert [office.cadres for office in tiny.street_offices] == [None, None]


def test_a_world_with_streets_scaled_to_its_own_size_is_itself(staffed):
    assert scale_places(staffed, 1000) == staffed


def test_streets_of_full_copies_differ_in_their_ids_only(staffed):
    scaled = scale_places(staffed, 3000)
    originals = {office.id: office for office in staffed.street_offices}
    assert scaled.streets == ("east", "east~2", "east~3", "west", "west~2", "west~3")
    for office in scaled.street_offices:
        original = originals[original_id(office.id)]
        assert (office.en, office.organs, office.enforcement) == (original.en, original.organs, original.enforcement)
        assert office.cadres == original.cadres


def test_a_street_that_is_not_whole_has_cadres_in_proportion_to_its_residents(staffed):
    """Of the second east 500 of 800 residents are left."""
    scaled = scale_places(staffed, 1500)
    assert scaled.residents_by_street == {"east": 800, "west": 200, "east~2": 500}
    assert {office.id: office.cadres for office in scaled.street_offices} == {
        "east": 8.5,
        "west": 4.0,
        "east~2": 8.5 * 500 / 800,
    }
    smaller = scale_places(staffed, 400)
    assert {office.id: office.cadres for office in smaller.street_offices} == {"east": 4.25}


@settings(deadline=None)
@given(residents=st.integers(100, 20_000))
def test_a_scaled_world_has_as_many_cadres_a_resident_in_every_street(residents):
    scaled = scale_places(read_with_streets(), residents)
    a_resident = {"east": 8.5 / 800, "west": 4.0 / 200}
    for office in scaled.street_offices:
        there = scaled.residents_by_street[office.id]
        assert office.cadres == pytest.approx(there * a_resident[original_id(office.id)], rel=1e-12)


def test_streets_of_usual_size_stay_usual_in_a_scaled_world(tiny):
    assert {office.cadres for office in scale_places(tiny, 2300).street_offices} == {None}
