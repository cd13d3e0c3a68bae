"""The day on which villages join or part: people, posts, cash and open work follow the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.kernels import joining
from govsim.kernels.opinion import FIRST_ENTITLED
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.institution.charter import Charter
    from govsim.processes.phase import Situation
    from govsim.tables.state import People


@phase(
    every="month start",
    odd="7.19",
    reads=("charter", "residents", "settlements", "posts", "communities"),
    writes=(
        "settlements.community",
        "settlements.distance_km",
        "communities",
        "posts.community",
        "posts.collective",
        "roster",
        "served",
        "items",
        "trays",
        "returned",
        "open_before",
    ),
)
def join_communities(situation: Situation) -> None:
    """Let settlements be served, and posts be employed, by whom the graph says."""
    charter, state = situation.charter, situation.state
    if _is_as_charter_says(charter, state.people):
        return
    succeeds = _by_home(charter.posts["community"], state.people)
    _hand_over_services(charter, state.people, succeeds)
    _hand_over_assets(charter, state.people)
    state.people.posts["community"] = charter.posts["community"]
    state.people.settlements["community"] = charter.settlements["community"]
    state.people.settlements["distance_km"] = charter.settlements["distance_km"]
    _call_rolls(state.people)
    joining.move_work(situation.key, situation.day, succeeds, charter, state.people, state.work, state.open_before)


def _is_as_charter_says(charter: Charter, people: People) -> bool:
    return all(
        np.array_equal(table[name], terms[name])
        for table, terms, names in (
            (people.posts, charter.posts, ("community", "collective")),
            (people.settlements, charter.settlements, ("community", "distance_km")),
        )
        for name in names
    )


def _by_home(of_posts: Any, people: People) -> Any:
    """Return, for each community, what holds for the posts founded in it."""
    of_homes = np.zeros(len(people.communities), np.int64)
    of_homes[people.posts["home"]] = of_posts
    return of_homes


def _hand_over_services(charter: Charter, people: People, succeeds: Any) -> None:
    """Carry stock, take-up and the quits of last month over to the communities that serve and employ from now on."""
    communities, before, after = people.communities, people.settlements["community"], charter.settlements["community"]
    residents = people.settlements["n_residents"]
    is_entitled = people.residents["group"] >= FIRST_ENTITLED
    entitled = np.bincount(people.residents["settlement"], is_entitled, len(residents)).astype(np.int64)
    n_entitled = _summed(entitled, after, len(communities))
    weights = np.where(n_entitled[after] > 0, entitled, residents)
    communities["stock"] = _mean(communities["stock"][before], residents, after, len(communities))
    communities["take_up"] = _mean(communities["take_up"][before], weights, after, len(communities))
    communities["n_entitled"] = n_entitled
    communities["last_quits"] = _summed(communities["last_quits"].copy(), succeeds, len(communities))


def _hand_over_assets(charter: Charter, people: People) -> None:
    """Let the cash of who pools what it owns go to the seat; it is not divided again."""
    communities = people.communities
    holder, next_holder = (_by_home(posts["collective"], people) for posts in (people.posts, charter.posts))
    for c in np.flatnonzero((holder == np.arange(len(holder))) & (next_holder != holder)):
        communities["own_funds_fen"][next_holder[c]] += communities["own_funds_fen"][c]
        communities["own_funds_fen"][c] = 0
    people.posts["collective"] = charter.posts["collective"]


def _call_rolls(people: People) -> None:
    """Write posts and settlements down anew, community by community."""
    n = np.arange(len(people.communities) + 1)
    for roll, table, name in ((people.roster, people.posts, "post"), (people.served, people.settlements, "settlement")):
        roll[:] = np.argsort(table["community"], kind="stable")
        bounds = np.searchsorted(table["community"][roll], n)
        people.communities[f"first_{name}"] = bounds[:-1]
        people.communities[f"n_{name}s"] = np.diff(bounds)


def _summed(values: Any, rows: Any, n: int) -> Any:
    """Return exact sums of integers by row."""
    sums = np.zeros(n, np.int64)
    np.add.at(sums, rows, values)
    return sums


def _mean(levels: Any, weights: Any, rows: Any, n: int) -> Any:
    """Return the weighted mean of integer levels by row, rounded down; 0 where nothing has weight."""
    return _summed(levels * weights, rows, n) // np.maximum(1, _summed(weights, rows, n))
