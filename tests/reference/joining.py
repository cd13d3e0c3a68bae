"""7.19 The day on which communities join or part: who and what moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.money import own_funds, pay
from tests.reference.work import enter_community

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference.entities import Community, Settlement
    from tests.reference.model import ReferenceModel


def join_communities(model: ReferenceModel, day: int) -> None:
    """Follow the graph of the month, where it leads settlements or posts to other communities than before."""
    pool_funds(model)
    moved = [s for s in model.settlements if s.community is not s.founded_in.seat]
    moved_posts = [post for post in model.posts if post.community is not post.home.seat]
    if not moved and not moved_posts:
        return
    share_states(model)
    move_people(model)
    move_work(model, day)


def pool_funds(model: ReferenceModel) -> None:
    """Hand over the own funds of cooperatives whose money another keeps."""
    for community in model.communities:
        purse = community.purse
        if purse is not community:
            pay(model, own_funds(community), own_funds(purse), community.own_funds_fen)
            purse.own_funds_fen += community.own_funds_fen
            community.own_funds_fen = 0


def share_states(model: ReferenceModel) -> None:
    """Each community takes the mean stock and take-up of those who served its settlements before, and its quits."""
    serves = {c: [s for s in model.settlements if s.founded_in.seat is c] for c in model.communities}
    stocks, take_ups, quits = {}, {}, dict.fromkeys(model.communities, 0)
    for community, settlements in serves.items():
        is_entitled = any(settlement.n_entitled for settlement in settlements)
        weigh_entitled = n_entitled if is_entitled else n_residents
        stocks[community] = weighted(settlements, n_residents, lambda before: before.stock)
        take_ups[community] = weighted(settlements, weigh_entitled, lambda before: before.take_up)
        quits[community.seat] += community.last_quits
    for community in model.communities:
        community.stock = stocks[community]
        community.take_up = take_ups[community]
        community.last_quits = quits[community]


def weighted(
    settlements: list[Settlement], weight: Callable[[Settlement], int], value: Callable[[Community], int]
) -> int:
    """Return the weighted mean over settlements of what the community has that served each; 0 over none."""
    if not settlements:
        return 0
    total = sum(weight(settlement) * value(settlement.community) for settlement in settlements)
    return total // sum(weight(settlement) for settlement in settlements)


def n_residents(settlement: Settlement) -> int:
    """Return the residents of a settlement."""
    return len(settlement.residents)


def n_entitled(settlement: Settlement) -> int:
    """Return those of them who are entitled."""
    return settlement.n_entitled


def move_people(model: ReferenceModel) -> None:
    """Settlements and posts go to the community to which the graph leads; posts stand by home and number."""
    for settlement in model.settlements:
        settlement.community = settlement.founded_in.seat
    for post in model.posts:
        post.community = post.home.seat
    for community in model.communities:
        community.settlements = [s for s in model.settlements if s.community is community]
        community.posts = [post for post in model.posts if post.community is community]
        community.posts.sort(key=lambda post: (post.home.id, post.number))
        for place, post in enumerate(community.posts):
            post.place = place


def move_work(model: ReferenceModel, day: int) -> None:
    """Open items go with the settlement that they are of, else with the posts of the community that they were of."""
    for _, items in model.places_of_work():
        for item in items:
            before = item.home
            item.home = before.seat if item.settlement is None else item.settlement.community
            if item.home is not before:
                model.tally.change_home(item, before, day)
    on_the_way = [item for community in model.communities for item in community.arriving]
    for community in model.communities:
        community.arriving = [item for item in on_the_way if item.home is community]
    strays = [(post, item) for post in model.posts for item in post.tray if item.home is not post.community]
    for post, item in strays:
        post.tray.remove(item)
    for _, item in strays:
        enter_community(model, item, day)
    recount_lines(model)


def recount_lines(model: ReferenceModel) -> None:
    """Count anew which lines returned jobs block, from the jobs."""
    for community in model.communities:
        community.returned = [0 for _ in community.returned]
    for _, items in model.places_of_work():
        for item in items:
            if item.blocks_line:
                item.home.returned[item.kind.line] += 1
