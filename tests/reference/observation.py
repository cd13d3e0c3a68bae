"""8. Observation: what is counted, and the laws of conservation that hold every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from tests.reference.draws import BILLIONTH
from tests.reference.entities import MINOR
from tests.reference.needs import N_GROUPS

if TYPE_CHECKING:
    from tests.reference.entities import Community, Resident
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item

CLASS_FIELDS = (
    "arrived_minutes",
    "booked_minutes",
    "waived_minutes",
    "dropped_minutes",
    "created",
    "done",
    "dropped",
)
COMMUNITY_FIELDS = (
    "present_days",
    "contracted_minutes",
    "worked_minutes",
    "overtime_minutes",
    "idle_minutes",
    "red_tape_minutes",
    "emotional_minutes",
    "post_days",
    "filled_post_days",
    "quits",
    "hires",
    "filled_posts",
    "burnt_out",
    "exhaustion_sum",
    "tenure_days_sum",
    "pay_fen_sum",
    "worker_satisfaction_sum",
    "backlog_minute_days",
    "blocked_minute_days",
    "open_item_days",
    "sojourn_days",
    "events",
    "acts",
    "cost_district_fen",
    "cost_own_fen",
)
PEOPLE_FIELDS = (
    "latent",
    "raised",
    "repeats",
    "closed",
    "given_up",
    "met",
    "dissatisfied_users",
    "performance_sum",
    "satisfaction_sum",
    "expectation_sum",
    "dissatisfied",
    "adults",
    "participants",
    "acts",
)
COHORT_FIELDS = ("raised", "closed", "waited_days", "given_up", "met_in_time")


class Tally:
    """The tallies of the month, and those of the whole run as far as laws need them."""

    def __init__(self, model: ReferenceModel) -> None:
        communities = [community.id for community in model.communities]
        self._keys: dict[str, tuple[tuple[str, ...], list]] = {
            "community_class": (CLASS_FIELDS, [(c, int(w)) for c in communities for w in WorkClass]),
            "community": (COMMUNITY_FIELDS, communities),
            "settlement": (PEOPLE_FIELDS, [settlement.id for settlement in model.settlements]),
            "group": (PEOPLE_FIELDS, list(range(N_GROUPS))),
        }
        self.month = self._zeros()
        self.ever = self._zeros()

    def _zeros(self) -> dict[str, dict[str, dict]]:
        return {
            level: {field: dict.fromkeys(keys, 0) for field in fields} for level, (fields, keys) in self._keys.items()
        }

    def work(self, item: Item, field: str, amount: int) -> None:
        """Count for the community and class of an item."""
        self._add("community_class", field, (item.home.id, int(item.kind.work_class)), amount)

    def community(self, community: Community, field: str, amount: int) -> None:
        """Count for a community."""
        self._add("community", field, community.id, amount)

    def person(self, resident: Resident, field: str, amount: int) -> None:
        """Count for the settlement and the group of a resident."""
        self._add("settlement", field, resident.settlement.id, amount)
        self._add("group", field, resident.group, amount)

    def _add(self, level: str, field: str, key: object, amount: int) -> None:
        assert isinstance(amount, int), (level, field, amount)
        self.month[level][field][key] += amount
        self.ever[level][field][key] += amount

    def close_month(self) -> dict[str, dict[str, dict]]:
        """Return the month's tallies and begin new ones."""
        month, self.month = self.month, self._zeros()
        return month


def count_day(model: ReferenceModel) -> None:
    """Count what is open at the end of the day, and where."""
    for where, items in model.places_of_work():
        field = "backlog_minute_days" if where.startswith("tray:post:") else "blocked_minute_days"
        for item in items:
            model.tally.community(item.home, field, item.remaining)
            model.tally.community(item.home, "open_item_days", 1)


def count_people(model: ReferenceModel, month: int) -> None:
    """Count how residents stand at the end of the month."""
    for resident in model.residents:
        is_adult = resident.age != MINOR
        tally = model.tally
        tally.person(resident, "satisfaction_sum", resident.satisfaction)
        tally.person(resident, "expectation_sum", resident.expectation)
        tally.person(resident, "dissatisfied", int(resident.satisfaction * BILLIONTH < 0.4))
        tally.person(resident, "adults", int(is_adult))
        tally.person(resident, "participants", int(is_adult and resident.last_act_month > month - 12))


def check_day(model: ReferenceModel, day: int) -> None:
    """Minutes, items and item-days are conserved, and money is only moved."""
    minutes, items = model.tally.ever["community_class"], model.tally.ever["community"]
    open_minutes = dict.fromkeys(minutes["created"], 0)
    open_count = dict.fromkeys(minutes["created"], 0)
    open_age = dict.fromkeys(items["acts"], 0)
    seen = set()
    for _, lying in model.places_of_work():
        for item in lying:
            assert item not in seen, "an item lies in two places"
            seen.add(item)
            key = (item.home.id, int(item.kind.work_class))
            open_minutes[key] += item.remaining
            open_count[key] += 1
            open_age[item.home.id] += day + 1 - item.created_on_day
            assert 0 <= item.triage_left <= item.remaining <= (item.given or item.size) <= item.size
    for key, still_open in open_minutes.items():
        gone = minutes["booked_minutes"][key] + minutes["waived_minutes"][key] + minutes["dropped_minutes"][key]
        assert minutes["arrived_minutes"][key] == gone + still_open, ("minutes", key, day)
        ended = minutes["done"][key] + minutes["dropped"][key]
        assert minutes["created"][key] == ended + open_count[key], ("items", key, day)
    for key, age in open_age.items():
        assert items["open_item_days"][key] == items["sojourn_days"][key] + age, ("Little's law", key, day)
    assert sum(model.ledger.values()) == 0, "money"
