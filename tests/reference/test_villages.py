"""Villages that merge, in the reference by itself: what may change, what must not, and that all of it happens."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from govsim.institution.catalogue import WorkClass
from tests.reference import ReferenceModel
from tests.reference.draws import BILLIONTH, CONSENT_NEEDED
from tests.reference.joining import join_communities
from tests.reference.merging import agrees
from tests.reference.model import POST_FIELDS
from tests.reference.money import own_funds
from tests.reference.terms import start_due_reforms
from tests.reference.villages import (
    MERGERS,
    VILLAGE_WORLDS,
    VILLAGES,
    federated,
    federated_and_asked,
    federated_for_a_while,
    federated_then_merged,
    federated_then_one,
    federated_with_terms,
    merged,
    merged_from_the_start,
    merged_pooled_and_asked,
    merged_with_terms,
    single,
    village_scenario,
    with_merger,
)
from tests.reference.work import Item, consent_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.reference import Scenario
    from tests.reference.entities import Community

in_worlds = pytest.mark.parametrize("name", VILLAGE_WORLDS)
START = 9


def outcome(model: ReferenceModel) -> tuple:
    """Return all that a run leaves behind."""
    return model.state(), model.recorded, model.cohorts


def run(scenario: Scenario, months: int = 24) -> ReferenceModel:
    """Return the model after so many months; the daily laws are checked on the way."""
    model = ReferenceModel(scenario)
    model.run_for_months(months)
    return model


@lru_cache
def plain_outcome(name: str, months: int) -> tuple:
    """Return the same of a world without any reform."""
    return outcome(run(village_scenario(name), months))


# --- What changes nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reformed",
    [
        partial(with_merger, strength=0.0),
        partial(with_merger, strength=0.0, mode="federated", assets="pooled"),
        partial(single, announced_rise=0.0),
    ],
)
@in_worlds
def test_a_merger_of_nobody_changes_nothing(name: str, reformed: Callable[..., Scenario]) -> None:
    assert plain_outcome(name, 24) == outcome(run(reformed(village_scenario(name))))


@pytest.mark.parametrize("reformed", [single, merged, federated_with_terms])
@in_worlds
def test_a_merger_changes_nothing_before_it_starts(name: str, reformed: Callable[..., Scenario]) -> None:
    first = START - (reformed is federated_with_terms)
    changed = run(reformed(village_scenario(name)), first)
    assert outcome(changed) == plain_outcome(name, first)
    changed.run_for_months(4)
    assert outcome(changed) != plain_outcome(name, first + 4)


@pytest.mark.parametrize("mode", ["merged", "federated"])
@in_worlds
def test_members_after_the_seat_may_be_named_in_any_order(name: str, mode: str) -> None:
    groups = VILLAGES[name].groups
    turned = tuple((seat, *reversed(others)) for seat, *others in reversed(groups))
    one, other = (
        with_merger(village_scenario(name), mode=mode, groups=g, phase_in_months=2, consent="asked")
        for g in (groups, turned)
    )
    assert outcome(run(one, 14)) == outcome(run(other, 14))


@pytest.mark.parametrize("reformed", [federated_then_merged, federated_with_terms])
@in_worlds
def test_no_result_depends_on_the_order_of_rows(name: str, reformed: Callable[..., Scenario]) -> None:
    scenario = reformed(village_scenario(name))
    forwards, backwards = run(scenario), ReferenceModel(scenario)
    for day in range(scenario.calendar.n_days):
        if day % 21 == 0:
            backwards.duties.reverse()
        for rows in (backwards.communities, backwards.streets):
            rows.reverse()
        backwards.step()
        backwards.communities.sort(key=lambda community: community.id)
        backwards.streets.sort(key=lambda street: street.id)
    assert outcome(forwards) == outcome(backwards)


# --- The day on which communities join or part -----------------------------------------------------------


def mornings(scenario: Scenario) -> Iterator[tuple[ReferenceModel, int]]:
    """Run a scenario till all have joined or parted, and stop before each month with its first day."""
    model = ReferenceModel(scenario)
    for month in range(18):
        yield model, 21 * month
        model.run_for_months(1)


def join_today(model: ReferenceModel, day: int) -> None:
    """Do what the first day of a month does about mergers; the month itself will find nothing left to do."""
    start_due_reforms(model, day // 21)
    join_communities(model, day)


def whereabouts(model: ReferenceModel) -> dict[Item, tuple[str, int, int]]:
    """Return where each open item lies, its key there, and when it arrives if it is on its way."""
    return {
        item: (where, item.key, item.arrives_on_day if where.startswith("arriving") else 0)
        for where, items in model.places_of_work()
        for item in items
    }


def holders(model: ReferenceModel) -> list[tuple[int, ...]]:
    """Return every post with its holder."""
    return [tuple(getattr(post, field) for field in POST_FIELDS) for post in model.posts]


def moved(item: Item, before: tuple[str, int, int], after: tuple[str, int, int], day: int) -> str:
    """Return how an item went through the morning, having checked that this is as the page has it."""
    if before[0].startswith("arriving:community:"):
        assert after == (f"arriving:community:{item.home.id}", *before[1:])
        return "on its way to another community"
    if before == after:
        return "at an office" if not before[0].startswith("tray:post:") else "in its tray"
    assert before[0].startswith("tray:post:")
    assert after[0].startswith("tray:post:")
    assert before[0] != after[0]
    assert item.arrived_on_day == day
    assert after[1] >> 57 == item.own_class
    return "begun, into a tray of its own" if before[1] >> 57 == 0 else "into a tray of its own"


def test_work_and_workers_move_as_the_graph_does_and_nothing_is_lost() -> None:
    seen: Counter[str] = Counter()
    for name in VILLAGE_WORLDS:
        for reformed in (federated_for_a_while, federated_then_merged, merged_pooled_and_asked):
            for model, day in mornings(reformed(village_scenario(name))):
                before, were_posts = whereabouts(model), holders(model)
                homes = {item: item.home for item in before}
                join_today(model, day)
                after = whereabouts(model)
                assert after.keys() == before.keys()
                assert holders(model) == were_posts
                for item, home in homes.items():
                    belongs_to = home.seat if item.settlement is None else item.settlement.founded_in.seat
                    assert item.home is belongs_to
                    if belongs_to is home and after[item] == before[item]:
                        continue
                    kind = "job" if item.resident is None else "request"
                    seen[f"{kind} {moved(item, before[item], after[item], day)}"] += 1
                    seen["a line is blocked elsewhere"] += item.blocks_line and belongs_to is not home
    ways = ("at an office", "in its tray", "on its way to another community", "into a tray of its own")
    assert {f"{kind} {way}" for kind in ("job", "request") for way in ways} < set(seen)
    assert seen["job begun, into a tray of its own"] > 0
    assert seen["a line is blocked elsewhere"] > 0


@in_worlds
def test_what_a_community_has_by_residents_is_shared_by_residents(name: str) -> None:
    """Stock and take-up, weighted, stay what they were but for what whole billionths lose; quits are only moved."""
    for model, day in mornings(federated_then_merged(village_scenario(name))):
        quits, stock = sum(c.last_quits for c in model.communities), total(model, "stock")
        n_before = [community.n_entitled for community in model.communities]
        take_up = sum(n * c.take_up for n, c in zip(n_before, model.communities, strict=True))
        join_today(model, day)
        assert sum(c.last_quits for c in model.communities) == quits
        assert 0 <= stock - total(model, "stock") < len(model.residents)
        lost = take_up - sum(c.n_entitled * c.take_up for c in model.communities)
        assert 0 <= lost < len(model.residents)
        for community in model.communities:
            if not community.settlements:
                assert not community.posts
                assert (community.stock, community.take_up, community.last_quits) == (0, 0, 0)


def total(model: ReferenceModel, field: str) -> int:
    """Return the sum over residents of what their community has."""
    return sum(len(s.residents) * getattr(s.community, field) for s in model.settlements)


@in_worlds
def test_a_villager_returns_to_what_he_came_from(name: str) -> None:
    """When villages part, each is served and employed where it was, and the way is as short as before."""
    plain, parted = run(village_scenario(name)), run(federated_for_a_while(village_scenario(name)))
    for field in ("served_by", "employed_by"):
        assert plain.state()[field] == parted.state()[field]
    assert [post.place for post in plain.posts] == [post.place for post in parted.posts]


def test_a_vacant_village_joins() -> None:
    """In some village that joins nobody is there, so that its trays are handed over to workers of others."""
    found = 0
    for name in VILLAGE_WORLDS:
        model = run(village_scenario(name), START)
        members = {village for group in VILLAGES[name].groups for village in group}
        found += sum(not c.filled_posts for c in model.communities if c.id in members)
    assert found > 0


# --- Work under a merger ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reformed", [merged, federated, merged_pooled_and_asked])
@in_worlds
def test_the_same_jobs_are_drawn_but_those_that_exist_once_a_community(
    name: str, reformed: Callable[..., Scenario]
) -> None:
    plain, changed = run(village_scenario(name), START + 1), run(reformed(village_scenario(name)), START + 1)
    kept, left = jobs_of_month(plain), jobs_of_month(changed)
    assert left <= kept
    gone = {community.id for community in changed.communities if not community.keeps_edges}
    assert {duty for duty in kept - left if duty[2]} == {duty for duty in kept if duty[3] in gone and duty[2]}
    assert bool(kept - left) == bool(gone)
    assert all(duty[2] for duty in kept - left)


def jobs_of_month(model: ReferenceModel) -> set[tuple[int, int, bool, str]]:
    """Return (identity, number, whether it exists once a community, founding community) of the month's jobs."""
    return {
        (duty.entity, k, duty.settlement is None, duty.founded_in.id)
        for jobs in model.jobs_on_day.values()
        for duty, k in jobs
    }


def test_villages_that_federate_are_still_inspected_each_and_those_that_merge_are_not() -> None:
    for reformed, n_inspected in ((merged, 2), (federated, 4)):
        model = run(reformed(village_scenario("valley")), START + 1)
        duties = [duty for duty in model.duties if duty.kind.is_inspection and duty.is_in_force]
        assert {duty.founded_in.id for duty in duties if duty.kind.is_of_streets} == {
            c.id for c in model.communities if c.keeps_edges
        }
        assert len(duties) == n_inspected * (len(model.departments) + 1)
        assert {duty.community.id for duty in duties} == {"v2", "v4"}


def test_the_terms_of_a_job_are_those_of_the_village_while_it_has_any_and_of_the_seat_after() -> None:
    """The seat v2 and its member v3 need permits, the member v1 does not."""
    for reformed, needed in ((federated_with_terms, {"v2", "v3"}), (merged_with_terms, {"v1", "v2", "v3"})):
        model = run(reformed(village_scenario("valley")), 11)
        settled = [duty for duty in model.duties if duty.settlement is not None]
        assert {duty.founded_in.id for duty in settled if duty.edges_at.assigning[0].permit} == needed
        pay = {post.home.id: post.home.edges_at.public_pay_factor for post in model.posts}
        assert {home for home, factor in pay.items() if factor > 1} == needed


# --- Two skins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [2, 3, 7])
@pytest.mark.parametrize("chance", [0.1, 0.5, 0.95])
def test_the_last_of_k_villages_consents_when_the_formula_says(k: int, chance: float) -> None:
    """Each has consented by day d with the chance 1 - (1 - chance) ** (d / 21), and all have with the k-th power."""
    for step in range(1, 200):
        u = (step - 0.3) / 200
        days = wait_with(u46=0.0, u47=u, k=k, chance=chance)
        assert days == next(d for d in range(1, 5000) if (1 - (1 - chance) ** (d / 21)) ** k >= u)


def test_nobody_waits_for_what_needs_no_consent() -> None:
    assert wait_with(u46=0.29, u47=0.9) > 0
    assert wait_with(u46=0.31, u47=0.9) == 0
    assert wait_with(u46=0.0, u47=0.9, is_inspection=True) == 0
    assert wait_with(u46=0.0, u47=0.9, k=1) == 0


def wait_with(u46: float, u47: float, *, k: int = 2, chance: float = 0.5, is_inspection: bool = False) -> int:
    """Return the wait of an item of a community of k villages, with these draws, where 0.3 of acts need consent."""
    model = SimpleNamespace(
        p={"federation.consent_share": 0.3, "federation.consent_per_month": chance},
        draws=SimpleNamespace(u=lambda decision, *_: u46 if decision == CONSENT_NEEDED else u47),
    )
    home, kind = SimpleNamespace(n_villages=k), SimpleNamespace(is_inspection=is_inspection)
    item = SimpleNamespace(home=home, kind=kind, entity=1, tick=0, index=0)
    return consent_days(model, item)


@in_worlds
def test_workers_of_a_federation_hold_the_lines_of_two_employers(name: str) -> None:
    model = run(federated(village_scenario(name)), START)
    join_today(model, 21 * START)
    model.step()
    n_mandates = sum(kind.work_class == WorkClass.ADMINISTRATION for kind in model.mandates)
    for community in model.communities:
        employers = [community] if community.filled_posts else []
        if community.n_villages > 1:
            employers += [v for v in model.communities if v.seat is community and has_worker(v)]
        assert sum(post.n_lines for post in community.posts) == n_mandates * len(employers)


def has_worker(village: Community) -> bool:
    """Whether anybody works in a post that was founded there."""
    return any(post.is_filled for post in village.founding_posts)


# --- Consent, money, opinion -----------------------------------------------------------------------------


def test_some_cooperatives_refuse_and_groups_join_without_them_or_not_at_all() -> None:
    kinds: Counter[str] = Counter()
    for name in VILLAGE_WORLDS:
        for reformed in (merged_pooled_and_asked, federated_and_asked):
            scenario = reformed(village_scenario(name))
            model = run(scenario, START)
            start_due_reforms(model, START)
            by_id = {community.id: community for community in model.communities}
            for names in VILLAGES[name].groups:
                group = [by_id[village] for village in names]
                willing = [v for v in group if agrees(model, scenario.reforms[0], v, group)]
                joined = [v for v in group if v.seat is not v]
                if group[0] not in willing:
                    kinds["the seat refuses"] += 1
                    assert not joined
                elif len(willing) == 1:
                    kinds["all but the seat refuse"] += 1
                    assert not joined
                else:
                    kinds["all join" if len(willing) == len(group) else "some join"] += 1
                    assert joined == willing[1:]
    assert len(kinds) == 4, kinds


def test_the_rich_refuse_more_where_assets_are_pooled() -> None:
    """The chance behind a refusal is in the answers of many villages of the same names."""
    refusals: Counter[tuple[str, str]] = Counter()
    for assets in ("kept", "pooled"):
        for n in range(400):
            village = partial(SimpleNamespace, founding_residents=100)
            rich = village(id=f"rich-{n}", own_income_yuan_per_year=90000)
            poor = village(id=f"poor-{n}", own_income_yuan_per_year=1000)
            seat = village(id="seat", own_income_yuan_per_year=1000)
            model = SimpleNamespace(
                p={"merger.refusal_base": -2.0, "merger.refusal_per_log_income": 2.0, "merger.refusal_per_km": 0.5}
            )
            reform = SimpleNamespace(consent="asked", assets=assets, added_km=1.0)
            for member in (rich, poor):
                refusals[member.id.partition("-")[0], assets] += not agrees(model, reform, member, [seat, rich, poor])
    assert refusals["rich", "pooled"] > 1.5 * refusals["rich", "kept"]
    assert refusals["poor", "pooled"] == refusals["poor", "kept"] > 0


@pytest.mark.parametrize("reformed", [federated_then_one, merged_pooled_and_asked, merged_from_the_start])
@in_worlds
def test_a_purse_that_is_pooled_holds_all_that_the_purses_held(name: str, reformed: Callable[..., Scenario]) -> None:
    scenario = reformed(village_scenario(name))
    for model, day in mornings(scenario):
        before = sum(community.own_funds_fen for community in model.communities)
        join_today(model, day)
        assert sum(community.own_funds_fen for community in model.communities) == before
        for community in model.communities:
            assert community.own_funds_fen == model.ledger.get(own_funds(community), 0)
            if community.purse is not community:
                assert community.own_funds_fen == 0


@in_worlds
def test_cooperatives_that_keep_their_money_are_as_rich_as_without_a_merger(name: str) -> None:
    """Income is theirs and top-ups are due in any case; only who fills the posts may make a difference."""
    plain, changed = run(village_scenario(name), START + 1), run(merged(village_scenario(name)), START + 1)
    assert [c.own_funds_fen for c in plain.communities] == [c.own_funds_fen for c in changed.communities]


@in_worlds
def test_who_is_promised_more_comes_to_expect_more(name: str) -> None:
    plain = run(village_scenario(name), START + 1)
    promised = run(with_merger(village_scenario(name), announced_rise=0.4), START + 1)
    members = {village for group in VILLAGES[name].groups for village in group}
    for one, other in zip(plain.settlements, promised.settlements, strict=True):
        rise = (other.mean_expectation - one.mean_expectation) * BILLIONTH
        assert 0.4 / 12 * 0.1 < rise < 0.4 if one.founded_in.id in members else rise == 0


@in_worlds
def test_an_empty_row_counts_nothing_but_its_own_money(name: str) -> None:
    """After the month of the merger nothing is booked for a community that has neither settlements nor posts."""
    for reformed in (merged, federated):
        model = run(reformed(village_scenario(name)), START + 2)
        empty = [community.id for community in model.communities if not community.settlements]
        assert empty
        for book in model.recorded[START:]:
            for key in empty:
                assert not any(values[key] for values in book["community"].values())
                assert not any(
                    v for values in book["community_class"].values() for (c, _), v in values.items() if c == key
                )


def test_each_merger_takes_another_course_in_some_world() -> None:
    for reformed in MERGERS:
        runs = (
            (outcome(run(reformed(village_scenario(name)), 18)), plain_outcome(name, 18)) for name in VILLAGE_WORLDS
        )
        assert any(changed != plain for changed, plain in runs)
