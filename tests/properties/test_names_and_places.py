"""M5, M6, M7 and M9: files may be rewritten, lists permuted, titles changed and strangers added."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from govsim.institution.institution import Institution
from govsim.institution.places import Places, StreetPlace
from govsim.institution.relations import draw_relations
from govsim.scenarios import load_scenario
from tests.properties.runs import REFORMS, digests, run, with_all
from tests.reference.worlds import WORLDS, small_scenario

LIANDU = Path(__file__).parents[2] / "scenarios" / "liandu"


# M5 ------------------------------------------------------------------------------------------------------


def backwards(value):
    """Return the same content with the keys of every block in reverse order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(list(value))}
    return [backwards(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def rewritten(tmp_path):
    """Write the pay rise of Liandu as one file in flow style with every default spelt out."""
    yaml = YAML(typ="safe", pure=True)
    baseline = yaml.load((LIANDU / "baseline.yaml").read_text(encoding="utf-8"))
    content = yaml.load((LIANDU / "pay-rise.yaml").read_text(encoding="utf-8"))
    content = {**baseline, **content}
    del content["extends"]
    content["id"] = "another-name"
    content["title"] = {"en": "Another title", "zh": "另一个标题"}
    for reform in content["reforms"]:
        reform.update(in_streets=[], in_communities=[], ends_on=None)
        reform["id"] = "called-otherwise"
    for table in ("communities.csv", "settlements.csv"):
        head, *rows = (LIANDU / table).read_text(encoding="utf-8").splitlines()
        (tmp_path / table).write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    path = tmp_path / "rewritten.yaml"
    text = json.dumps(backwards(content), ensure_ascii=False, indent=1)
    path.write_text(f"# the same in other words\n{text}\n", encoding="utf-8")
    return path


SMALL = ("world.residents=4000", "horizon.years=1", "horizon.warm_up_years=1")


def test_a_rewritten_file_is_the_same_scenario_and_the_same_run(rewritten):
    original, other = load_scenario(LIANDU / "pay-rise.yaml", SMALL), load_scenario(rewritten, SMALL)
    assert other.fingerprint() == original.fingerprint()
    assert digests(other) == digests(original)


def test_another_number_is_another_scenario_and_another_run(rewritten):
    original = load_scenario(LIANDU / "pay-rise.yaml", SMALL)
    other = load_scenario(rewritten, (*SMALL, "reforms.called-otherwise.rise_share=0.31"))
    assert other.fingerprint() != original.fingerprint()
    assert digests(other) != digests(original)


# M6 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", ["two_streets", "turnover", "escalating"])
def test_the_order_of_communities_and_settlements_decides_nothing(world):
    communities, settlements = WORLDS[world].communities, WORLDS[world].settlements
    expected = digests(with_all(small_scenario(world)))
    for turn in range(1, 3):
        permuted = small_scenario(
            world,
            communities=communities[turn:] + communities[:turn],
            settlements=tuple(reversed(settlements[turn:] + settlements[:turn])),
            street_offices=tuple(reversed(WORLDS[world].street_offices)),
        )
        assert digests(with_all(permuted)) == expected


def with_titles(scenario, mark):
    """Return the scenario with another name, in both languages, on everything that has one."""

    def renamed(entries):
        return tuple(replace(entry, en=entry.en + mark, zh=entry.zh + mark) for entry in entries)

    old = scenario.institution
    places = Places(
        old.places.district,
        renamed(old.places.communities),
        renamed(old.places.settlements),
        renamed(old.places.street_offices),
    )
    catalogue = replace(
        old.catalogue,
        departments=renamed(old.catalogue.departments),
        mandates=renamed(old.catalogue.mandates),
        requests=renamed(old.catalogue.requests),
    )
    relations = draw_relations(places, catalogue, old.parameters)
    return replace(
        scenario, id=scenario.id, institution=Institution(places, catalogue, old.parameters, old.rules, relations)
    )


@pytest.mark.parametrize("world", ["two_streets", "escalating"])
def test_titles_decide_nothing(world):
    scenario = with_all(small_scenario(world))
    assert digests(with_titles(scenario, " renamed")) == digests(scenario)


def test_the_table_of_streets_decides_something_and_may_be_left_out_where_it_says_the_usual():
    world = "escalating"
    usual = tuple(StreetPlace(name, "en", "zh") for name in ("s1", "s2"))
    spelt_out = digests(small_scenario(world, street_offices=usual))
    assert spelt_out == digests(small_scenario(world, street_offices=()))
    assert spelt_out != digests(small_scenario(world))


def test_identities_do_decide():
    world = WORLDS["two_streets"]
    settlements = tuple((i.replace("c1-a", "c1-z"), *rest) for i, *rest in world.settlements)
    assert digests(small_scenario("two_streets", settlements=settlements)) != digests(small_scenario("two_streets"))


# M7 and M9 -----------------------------------------------------------------------------------------------
# Streets share the departments. These join them in three ways: cases of all streets stand in one tray, the load that
# all make decides on routes, and the money of a month is spent on all. Where no work needs authority, or departments
# have staff in plenty, no case waits for another; where departments choose the best route with certainty, it is
# ``down`` at any load: each choice rests on utilities that lie far more than the noise apart. Then streets are
# isolated from each other. Capacity, core and money of departments grow with the residents of the district.

CERTAIN = {"push.noise": 0.001}
WITHOUT_LINKS = {
    "no work needs authority": {"authority": 0.0},
    "departments have staff in plenty": {"authority": 2.0, "staff": 1000.0},
}
NO_LINK = pytest.mark.parametrize("why", WITHOUT_LINKS)
INDICES = {"community", "home", "collective", "settlement", "first_row", "first_post", "first_settlement", "street"}


def two_streets(why="no work needs authority", **changes):
    """Return two streets that departments do not join."""
    return small_scenario("two_streets", parameters=CERTAIN, **WITHOUT_LINKS[why], **changes)


def rows_of(model, street):
    """Return everything that is known of a street, without the numbers of rows."""
    places, people, seen = model.institution.places, model.state.people, model.recording
    communities = [c for c, place in enumerate(places.communities) if place.street == street]
    settlements = [s for s in range(len(places.settlements)) if people.settlements["community"][s] in communities]
    posts = np.isin(people.posts["community"], communities)
    residents = np.isin(people.residents["settlement"], settlements)
    office = places.streets.index(street)
    tables = {
        "communities": people.communities[communities],
        "settlements": people.settlements[settlements],
        "posts": people.posts[posts],
        "residents": people.residents[residents],
        "office": model.state.work.offices[office],
        "community tallies": seen.communities[:, communities],
        "settlement tallies": seen.settlements[:, settlements],
        "cohorts": seen.settlement_cohorts[:, settlements],
        "reports": seen.reports[:, communities],
        "office tallies": seen.offices[:, office],
    }
    columns = {
        f"{name}.{column}": table[column].tolist()
        for name, table in tables.items()
        for column in table.dtype.names
        if column not in INDICES
    }
    return {
        **columns,
        "holders": seen.holders[:, posts].tolist(),
        "pay": seen.pay_fen[:, posts].tolist(),
        "lines held up": model.state.work.returned[communities].tolist(),
        "open work": open_work(model, communities),
    }


def open_work(model, communities):
    """Return what is open in some communities, as a set of its own: identity, minutes and days."""
    work, fields = model.state.work, ("entity", "tick", "index", "remaining", "given", "due_on_day", "n_returned")
    found = []
    for tray in range(len(work.trays)):
        slot = int(work.trays["first"][tray])
        while slot >= 0:
            item = work.items[slot]
            if item.community in communities:
                found.append(tuple(int(item[field]) for field in fields))
            slot = int(item.next)
    return sorted(found)


def only(street):
    """Return the communities and settlements of one street."""
    world = WORLDS["two_streets"]
    own = tuple(row for row in world.communities if row[1] == street)
    ids = {row[0] for row in own}
    return {"communities": own, "settlements": tuple(row for row in world.settlements if row[1] in ids)}


def with_a_community(name, street):
    world = WORLDS["two_streets"]
    return {
        "communities": (*world.communities, (name, street, 4, True, 7000, 90)),
        "settlements": (*world.settlements, (f"{name}-a", name, 211, 0.8)),
    }


@NO_LINK
@pytest.mark.parametrize("stranger", ["a0", "c2x", "z9"], ids=["first row", "middle row", "last row"])
def test_a_community_in_another_street_changes_no_number_of_the_others(stranger, why):
    alone, together = run(two_streets(why)), run(two_streets(why, **with_a_community(stranger, "s9")))
    assert together.digest != alone.digest
    for street in ("s1", "s2"):
        assert rows_of(together, street) == rows_of(alone, street)


def test_a_community_in_the_same_street_does_change_the_others():
    together, alone = run(two_streets(**with_a_community("z9", "s1"))), run(two_streets())
    # The newcomers' top-up widens the spread of pay, with which workers of a street compare.
    old = [c for c, place in enumerate(together.institution.places.communities) if place.id in {"c1", "c3"}]
    motivation = together.state.people.posts["motivation"][np.isin(together.state.people.posts["community"], old)]
    before = alone.state.people.posts
    assert motivation.tolist() != before["motivation"][np.isin(before["community"], old)].tolist()


@NO_LINK
@pytest.mark.parametrize("street", ["s1", "s2"])
def test_two_streets_in_one_file_are_the_two_run_apart(street, why):
    together = run(two_streets(why))
    assert (together.recording.origins["issued"][:, :, 1:] == 0).all(), "all jobs come down"
    assert (together.recording.offices["cases"].sum() > 0) == (why != "no work needs authority")
    assert rows_of(together, street) == rows_of(run(two_streets(why, **only(street))), street)


# Each link by itself: the same two streets with one of the three put back.
LINKS = {
    "one tray for the cases of all": {"authority": 2.0, "staff": 0.6, "parameters": CERTAIN},
    "routes that depend on load": {"authority": 0.0, "parameters": {"push.noise": 0.25}, "staff": 0.7},
    "money for the work of all": {
        "authority": 0.0,
        "parameters": {**CERTAIN, "push.bought_cost": 0.05},
        "money": 1.0,
    },
}


@pytest.mark.parametrize("link", LINKS)
def test_departments_that_are_a_link_do_join_two_streets(link):
    together = run(small_scenario("two_streets", **LINKS[link]))
    apart = [run(small_scenario("two_streets", **LINKS[link], **only(street))) for street in ("s1", "s2")]
    assert any(
        rows_of(together, street) != rows_of(one, street) for street, one in zip(("s1", "s2"), apart, strict=True)
    )


@NO_LINK
@pytest.mark.parametrize("reformed", REFORMS)
def test_a_reform_in_one_street_changes_no_number_of_another(reformed, why):
    scenario = two_streets(why)
    here = reformed(scenario, in_streets=("s1",), in_communities=(), strength=1.0)
    assert rows_of(run(here), "s2") == rows_of(run(scenario), "s2")
    assert rows_of(run(here), "s1") != rows_of(run(scenario), "s1")
