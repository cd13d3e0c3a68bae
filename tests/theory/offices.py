"""Offices that are nothing but queues: who comes is random, how long it takes is random, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.clock import Calendar
from govsim.institution.catalogue import Catalogue, DepartmentEntry, RequestKind, SizeRule
from govsim.institution.institution import Institution
from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.institution.relations import draw_relations
from govsim.institution.rules import RULES
from govsim.model import GovernanceModel
from tests.reference.worlds import Scenario, read_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

DAY = 480
DAYS_A_MONTH = 21
DAYS_A_YEAR = 252
REPLICATES = 40
# Every worker comes every day, at full pace and without overtime; every need is voiced, nobody gives up or comes
# again, nothing is waived, nothing needs another office, nobody leaves.
NOTHING_ELSE = {
    "voice.older_multiplier": 1.0,
    "voice.disabled_multiplier": 1.0,
    "voice.low_income_multiplier": 1.0,
    "patience.mean_days": 1e9,
    "patience.repeat_chance": 0.0,
    "posts.initial_filled_share": 1.0,
    "service.absence_share": 0.0,
    "service.overtime_cap_minutes": 0.0,
    "service.rest_day_share": 0.0,
    "coping.slope_per_day": 0.0,
    "efficiency.novice_productivity": 1.0,
    "efficiency.trainer_share": 0.0,
    "efficiency.switching_cost_per_line": 0.0,
    "hiring.skill_spread": 0.0,
    "quit.offers_per_year": 0.0,
    "hotline.channel_share": 0.0,
    "street.inspections_per_year": 0.0,
    "street.own_minutes_per_day_per_1000": 0.0,
    "street.coordination_share": 0.0,
    "escalation.return_share": 0.0,
}


@dataclass(frozen=True)
class Kind:
    """A kind of request: its share, mean minutes and how they spread."""

    minutes: float
    size_rule: SizeRule = SizeRule.FIXED
    cv: float = 0.0
    share: float = 1.0
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """Equal offices: how many, with how many workers and how many residents each."""

    offices: int
    workers: int
    residents: int


@dataclass(frozen=True)
class District:
    """Groups of offices with the same work, and how long they are watched."""

    groups: tuple[Group, ...]
    kinds: tuple[Kind, ...] = (Kind(60.0),)
    needs_per_year: float = 0.0
    years: int = 1
    warm_up_years: int = 0
    parameters: Mapping[str, float] = field(default_factory=dict)
    priority: str = "OLDEST_FIRST"
    cadres: float = 1.0
    staff: float = 1.0
    authority_share: float = 0.0

    def scenario(self) -> Scenario:
        """Return the scenario."""
        names = [(f"g{g}-{i:04}", group) for g, group in enumerate(self.groups) for i in range(group.offices)]
        places = Places(
            district="district",
            communities=tuple(
                CommunityPlace(name, name, name, "street", group.workers, False, 0, 0) for name, group in names
            ),
            settlements=tuple(
                SettlementPlace(f"{name}-a", name, name, name, group.residents, 0.0) for name, group in names
            ),
            street_offices=(StreetPlace("street", "street", "street", 1, self.cadres),),
        )
        department = DepartmentEntry("department", "department", "department", 0.0, 1.0, self.staff, 0.0, 0.0)
        kinds = tuple(
            replace(_request(f"kind-{number}", kind), authority_share=self.authority_share)
            for number, kind in enumerate(self.kinds)
        )
        catalogue = Catalogue((department,), (), kinds, {"even": (1000,) * 12})
        values = {
            **NOTHING_ELSE,
            "voice.latent_needs_per_year": self.needs_per_year,
            "departments.reference_residents": float(places.n_residents),
            **self.parameters,
        }
        parameters = read_parameters().with_values(values)
        rules = {
            "priority": self.priority,
            "sharing": "POOLED",
            "voice": "ALWAYS",
            "hiring": "CONTINUOUS",
            "blocking": "NEVER",
        }
        return Scenario(
            id="queues",
            calendar=Calendar(2007, 1, self.years, self.warm_up_years),
            institution=Institution(
                places=places,
                catalogue=catalogue,
                parameters=parameters,
                rules={rule: RULES[rule][choice] for rule, choice in rules.items()},
                relations=draw_relations(places, catalogue, parameters),
            ),
        )

    def rows(self, group: int) -> slice:
        """Return the rows of the communities of a group."""
        first = sum(each.offices for each in self.groups[:group])
        return slice(first, first + self.groups[group].offices)

    def arrivals_a_day(self, group: int) -> float:
        """Return the mean number of requests that come to one office of a group on a day."""
        return self.needs_per_year * self.groups[group].residents / DAYS_A_YEAR


def _request(name: str, kind: Kind) -> RequestKind:
    return RequestKind(
        id=name,
        en=name,
        zh=name,
        department="department",
        share=kind.share,
        minutes=kind.minutes,
        size_rule=kind.size_rule,
        cv=kind.cv,
        deadline_days=10,
        weight=kind.weight,
        authority_share=0.0,
        resolved_share=1.0,
        is_emotional=False,
    )


@dataclass(frozen=True)
class Observed:
    """Means over the days after the warm-up and over the offices of a group, shape (replicates, groups).

    Attributes
    ----------
    open_items
        Items open at the end of a day.
    open_days
        Work open at the end of a day, in days of one worker.
    busy
        Workers at work at a moment of the working day.
    given_up_share
        Share of the requests that were given up.
    seen
        What ``look`` returned at the end of each month after the warm-up, by replicate.
    """

    open_items: NDArray[np.float64]
    open_days: NDArray[np.float64]
    busy: NDArray[np.float64]
    given_up_share: NDArray[np.float64]
    seen: list[list[Any]]


def observe(district: District, look: Callable[[GovernanceModel], Any] | None = None) -> Observed:
    """Run forty replicates of a district and return what was seen in each."""
    scenario = district.scenario()
    means: list[tuple[list[float], ...]] = []
    seen: list[list[Any]] = []
    for replicate in range(REPLICATES):
        model = GovernanceModel(scenario, seed=2007, replicate=replicate)
        model.run_for(DAYS_A_MONTH * scenario.calendar.warm_up_months)
        looks = []
        for _ in range(12 * district.years):
            model.run_for(DAYS_A_MONTH)
            if look is not None:
                looks.append(look(model))
        seen.append(looks)
        means.append(_means(model, district))
        model.release()
    return Observed(*(np.array(column) for column in zip(*means, strict=True)), seen)


def _means(model: GovernanceModel, district: District) -> tuple[list[float], ...]:
    recording = model.recording
    first = recording.calendar.warm_up_months
    offices, settlements = recording.communities[first:], recording.settlements[first:]
    columns: tuple[list[float], ...] = ([], [], [], [])
    for g, group in enumerate(district.groups):
        rows = district.rows(g)
        days = DAYS_A_MONTH * len(offices) * group.offices
        sums = [
            offices["open_item_days"][:, rows].sum() / days,
            offices["backlog_minute_days"][:, rows].sum() / DAY / days,
            offices["booked_minutes"][:, rows].sum() / DAY / days,
            settlements["given_up"][:, rows].sum() / max(1, settlements["raised"][:, rows].sum()),
        ]
        for column, value in zip(columns, sums, strict=True):
            column.append(float(value))
    return columns


def open_by_kind(model: GovernanceModel) -> NDArray[np.int64]:
    """Return the number of open items of each kind in the whole district, counted item by item."""
    work = model.state.work
    first_kind = int(model.charter.layout.first_request)
    counts = np.zeros(len(model.charter.matters) - first_kind, np.int64)
    slots = work.trays["first"][work.trays["first"] >= 0]
    while len(slots):
        counts += np.bincount(work.items["matter"][slots] - first_kind, minlength=len(counts))
        following = work.items["next"][slots]
        slots = following[following >= 0]
    return counts
