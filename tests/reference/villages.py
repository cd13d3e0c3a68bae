"""Small worlds of villages, and the mergers that are tried in each of them (7.19)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from govsim.reforms import VillageMerger
from tests.reference.worlds import (
    OFTEN_VACANT,
    World,
    scenario_of,
    with_inspection_cut,
    with_pay_rise,
    with_permit,
    with_reform,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.reference.worlds import Scenario

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Villages:
    """A world of villages and who may join there.

    Attributes
    ----------
    groups
        Who joins.
    later_groups
        Who joins after a federation of ``groups``, in other groups and with other seats.
    some
        Communities in which terms differ: some members, seats among them, and not all.
    settings
        Fields of every merger in this world.
    """

    world: World
    groups: Groups
    later_groups: Groups
    some: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


VILLAGES: dict[str, Villages] = {
    # Four villages of one street, the usual rules; rich and poor; consent takes weeks.
    "valley": Villages(
        World(
            communities=(
                ("v1", "s1", 2, False, 3000, 0),
                ("v2", "s1", 1, True, 40000, 120),
                ("v3", "s1", 2, False, 9000, 30),
                ("v4", "s1", 1, False, 0, 0),
            ),
            settlements=(
                ("v1-a", "v1", 150, 0.4),
                ("v1-b", "v1", 70, 2.2),
                ("v2-a", "v2", 130, 0.2),
                ("v3-a", "v3", 160, 0.5),
                ("v4-a", "v4", 90, 0.7),
            ),
            parameters={"federation.consent_share": 0.3, "hotline.channel_share": 0.25},
        ),
        groups=(("v2", "v1", "v3"),),
        later_groups=(("v1", "v4"), ("v3", "v2")),
        some=("v2", "v3"),
        settings={"announced_rise": 0.1, "added_km": 1.3},
    ),
    # Two streets, pooled work, residents first, much returned and much repeated; villages stand beside communities.
    "two_valleys": Villages(
        World(
            communities=(
                ("b2", "s2", 1, False, 8000, 40),
                ("b1", "s2", 2, True, 500, 0),
                ("a3", "s1", 1, False, 25000, 90),
                ("a2", "s1", 2, True, 4000, 15),
                ("a1", "s1", 1, False, 6000, 0),
                ("a4", "s1", 1, False, 1000, 0),
                ("b3", "s2", 1, False, 100, 0),
            ),
            settlements=(
                ("b2-a", "b2", 110, 0.6),
                ("b1-a", "b1", 90, 0.3),
                ("b1-b", "b1", 140, 1.1),
                ("a3-a", "a3", 120, 0.2),
                ("a2-a", "a2", 100, 0.4),
                ("a2-b", "a2", 80, 3.0),
                ("a1-a", "a1", 150, 0.5),
                ("a4-a", "a4", 60, 0.9),
                ("b3-a", "b3", 100, 0.8),
            ),
            rules={"priority": "RESIDENTS_FIRST", "sharing": "POOLED"},
            parameters={
                "escalation.return_share": 0.4,
                "escalation.department_share": 0.6,
                "hotline.channel_share": 0.3,
                "patience.mean_days": 15.0,
                "patience.repeat_chance": 0.6,
                "patience.max_repeats": 4.0,
                "federation.consent_share": 0.25,
                "federation.consent_per_month": 0.9,
            },
            authority=1.8,
            start_month=4,
        ),
        groups=(("a2", "a1"), ("a3", "a4"), ("b1", "b3", "b2")),
        later_groups=(("a1", "a3", "a2"), ("b2", "b1")),
        some=("a1", "a2", "b3"),
    ),
    # Overload, own lines only, oldest first, every need voiced; posts are vacant till June.
    "hills": Villages(
        World(
            communities=(
                ("h1", "s1", 2, False, 7000, 0),
                ("h2", "s1", 1, False, 3000, 25),
                ("h3", "s1", 3, True, 12000, 0),
                ("h4", "s1", 1, False, 5000, 0),
                ("h5", "s2", 1, False, 2000, 0),
            ),
            settlements=(
                ("h1-a", "h1", 140, 0.5),
                ("h2-a", "h2", 130, 0.9),
                ("h3-a", "h3", 120, 0.3),
                ("h3-b", "h3", 90, 2.5),
                ("h4-a", "h4", 110, 1.4),
                ("h5-a", "h5", 100, 0.6),
            ),
            rules={
                "priority": "OLDEST_FIRST",
                "sharing": "OWN_LINE_ONLY",
                "voice": "ALWAYS",
                "hiring": "YEARLY_BATCH",
            },
            parameters={**OFTEN_VACANT, "federation.consent_share": 0.3, "escalation.return_share": 0.3},
            load=1.6,
            start_month=9,
        ),
        groups=(("h3", "h1"), ("h4", "h2")),
        later_groups=(("h2", "h1", "h4"),),
        some=("h1", "h4", "h5"),
        settings={"announced_rise": 0.3},
    ),
    # What is inspected comes first, no line is ever blocked, departments get round the board; cooperatives differ.
    "coast": Villages(
        World(
            communities=(
                ("c1", "s1", 1, True, 90000, 200),
                ("c2", "s1", 1, False, 2000, 0),
                ("c3", "s1", 2, False, 30000, 60),
            ),
            settlements=(
                ("c1-a", "c1", 120, 0.3),
                ("c2-a", "c2", 180, 0.5),
                ("c2-b", "c2", 60, 1.9),
                ("c3-a", "c3", 160, 0.4),
            ),
            rules={"priority": "INSPECTED_FIRST", "blocking": "NEVER", "hiring": "YEARLY_BATCH"},
            parameters={
                "push.noise": 0.8,
                "push.penalty": 1.0,
                "push.expected_audit_share": 0.1,
                "permit.board_cases_per_month": 2.0,
                "hotline.channel_share": 0.2,
                "merger.refusal_per_log_income": 4.0,
                "federation.consent_share": 0.3,
            },
            load=0.8,
            money=0.3,
        ),
        groups=(("c2", "c1", "c3"),),
        later_groups=(("c3", "c2"),),
        some=("c1", "c2"),
    ),
    # Eight villages with a worker or two, or none at all: who quits is not soon followed.
    "delta": Villages(
        World(
            communities=tuple(
                (f"d{n}", "s1", 1 + (n % 3 == 0), n % 4 == 0, 1500 * n, 10 * (n % 3)) for n in range(1, 9)
            ),
            settlements=tuple((f"d{n}-a", f"d{n}", 60 + 7 * n, 0.2 * n) for n in range(1, 9)),
            parameters={
                **OFTEN_VACANT,
                "hiring.mean_days": 150.0,
                "federation.consent_share": 0.2,
                "federation.consent_per_month": 0.8,
                "merger.refusal_base": -0.5,
            },
        ),
        groups=(("d5", "d1", "d8"), ("d2", "d3"), ("d4", "d6")),
        later_groups=(("d1", "d2", "d3", "d4", "d5", "d6", "d7"),),
        some=("d1", "d2", "d5"),
        settings={"added_km": 0.9},
    ),
}
VILLAGE_WORLDS: tuple[str, ...] = tuple(VILLAGES)


def village_scenario(name: str, **changes: Any) -> Scenario:
    """Return one of the worlds of villages as a scenario without reforms; ``changes`` are fields of ``World``."""
    return scenario_of(name, replace(VILLAGES[name].world, **changes))


def with_merger(scenario: Scenario, **settings: Any) -> Scenario:
    """Return the scenario with a merger of the world's groups in month 9 of the run; months may be given as numbers."""
    villages = _villages(scenario)
    fields = {"id": "merger", "groups": villages.groups, **villages.settings, **settings}
    for month in ("starts_on", "ends_on"):
        if isinstance(fields.get(month), int):
            fields[month] = scenario.calendar.label(fields[month])
    return with_reform(scenario, VillageMerger, fields)


def _villages(scenario: Scenario) -> Villages:
    return VILLAGES[scenario.id.partition("-")[0]]


# --- What is tried in every world ------------------------------------------------------------------------


def single(scenario: Scenario, **settings: Any) -> Scenario:
    """Most villages become communities one by one; nobody moves, but more is announced."""
    alone = tuple((place.id,) for place in scenario.institution.places.communities)
    fields = {"strength": 0.8, "phase_in_months": 2, "consent": "asked", **settings}
    return with_merger(scenario, mode="single", groups=alone, **fields)


def merged(scenario: Scenario) -> Scenario:
    """All groups become one community each, for good."""
    return with_merger(scenario)


def merged_from_the_start(scenario: Scenario) -> Scenario:
    """The world begins with the merger."""
    return with_merger(scenario, starts_on=0, assets="pooled")


def merged_in_steps(scenario: Scenario) -> Scenario:
    """Groups join one after the other."""
    return with_merger(scenario, phase_in_months=6)


def merged_for_a_while(scenario: Scenario) -> Scenario:
    """Villages join and part again."""
    return with_merger(scenario, ends_on=15)


def merged_pooled_and_asked(scenario: Scenario) -> Scenario:
    """Cooperatives are asked; what they own is pooled for a while."""
    return with_merger(scenario, consent="asked", assets="pooled", ends_on=17)


def merged_with_terms(scenario: Scenario) -> Scenario:
    """Pay, permits and inspections change before, with and after the merger, in some members only."""
    return with_merger(with_terms(scenario))


def federated(scenario: Scenario) -> Scenario:
    """Villages keep their committees and form a community above them."""
    return with_merger(scenario, mode="federated")


def federated_for_a_while(scenario: Scenario) -> Scenario:
    """Villages federate in steps, pool what they own, and part again."""
    return with_merger(scenario, mode="federated", assets="pooled", phase_in_months=3, ends_on=15)


def federated_and_asked(scenario: Scenario) -> Scenario:
    """Cooperatives are asked, and keep what they own."""
    return with_merger(scenario, mode="federated", consent="asked")


def federated_with_terms(scenario: Scenario) -> Scenario:
    """Pay, permits and inspections change before, with and after the federation, in some members only."""
    return with_merger(with_terms(scenario), mode="federated")


def federated_then_merged(scenario: Scenario) -> Scenario:
    """A federation ends on the day on which a merger of other groups, with other seats, starts."""
    later = _villages(scenario).later_groups
    first = with_merger(scenario, id="federation", mode="federated", ends_on=14)
    return with_merger(first, starts_on=14, groups=later, assets="pooled")


def federated_then_one(scenario: Scenario) -> Scenario:
    """A federation becomes one community with one purse: nobody moves on that day."""
    first = with_merger(scenario, id="federation", mode="federated", ends_on=14)
    return with_merger(first, starts_on=14, assets="pooled")


def side_by_side(scenario: Scenario) -> Scenario:
    """A group federates, and where there are others they have merged three months before."""
    first, *others = _villages(scenario).later_groups
    both = with_merger(scenario, id="federation", mode="federated", groups=(first,), starts_on=12)
    return with_merger(both, groups=tuple(others)) if others else both


def with_terms(scenario: Scenario) -> Scenario:
    """Return the scenario with pay, permits and inspections that change in different months, some in some places."""
    some, label = _villages(scenario).some, scenario.calendar.label
    risen = with_pay_rise(scenario, starts_on=label(8), in_communities=some, insurance_rise_share=0.05)
    cut = with_inspection_cut(risen, in_communities=some[1:], cut_share=0.6, ends_on=label(16))
    permitted = with_permit(cut, starts_on=label(10), in_communities=some[:2])
    return with_permit(
        permitted, id="task-permit-2", starts_on=label(13), strength=0.6, strictness=4.0, approval_days=3
    )


MERGERS: tuple[Callable[[Scenario], Scenario], ...] = (
    single,
    merged,
    merged_from_the_start,
    merged_in_steps,
    merged_for_a_while,
    merged_pooled_and_asked,
    merged_with_terms,
    federated,
    federated_for_a_while,
    federated_and_asked,
    federated_with_terms,
    federated_then_merged,
    federated_then_one,
    side_by_side,
)
