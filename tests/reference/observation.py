"""8. Observation: what is counted, and the laws of conservation that hold every day."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from tests.reference.draws import BILLIONTH
from tests.reference.entities import MINOR
from tests.reference.money import own_funds
from tests.reference.needs import N_GROUPS
from tests.reference.work import STREET

if TYPE_CHECKING:
    from tests.reference.entities import Community, Office, Resident
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item, Kind

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
    "done_in_time",
    "rework_minutes",
    "returns",
    "personal_records",
    "outreach_minutes",
    "entitled",
    "take_up_sum",
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
    "satisfaction_square_sum",
    "expectation_sum",
    "dissatisfied",
    "adults",
    "participants",
    "acts",
    "labour_minutes",
    "resident_minutes",
    "calls",
    "answered",
)
N_FATES = 7
ORIGIN_FIELDS = (
    *(f"issued_{fate}" for fate in range(N_FATES)),
    *(f"issued_minutes_{fate}" for fate in range(N_FATES)),
    "taken_minutes",
    "waived_minutes",
    "dropped_minutes",
    "booked_minutes",
    "rework_minutes",
    "bought_fen",
    "asked",
    "admitted",
    "refused",
    "tries",
    "caught",
    "unlisted",
)
OFFICE_FIELDS = (
    "capacity_minutes",
    "own_minutes",
    "passing_minutes",
    "taken_minutes",
    "waived_minutes",
    "own_worked_minutes",
    "cases",
    "case_minutes",
    "case_worked_minutes",
    "returned",
    "backlog_minute_days",
    "cost_fen",
)
COHORT_FIELDS = ("raised", "closed", "waited_days", "given_up", "met_in_time")


class Tally:
    """The tallies of the month, and those of the whole run as far as laws need them."""

    def __init__(self, model: ReferenceModel) -> None:
        communities = [community.id for community in model.communities]
        origins = [*(department.id for department in model.departments), STREET]
        self._keys: dict[str, tuple[tuple[str, ...], list]] = {
            "community_class": (CLASS_FIELDS, [(c, int(w)) for c in communities for w in WorkClass]),
            "community": (COMMUNITY_FIELDS, communities),
            "settlement": (PEOPLE_FIELDS, [settlement.id for settlement in model.settlements]),
            "group": (PEOPLE_FIELDS, list(range(N_GROUPS))),
            "origin": (ORIGIN_FIELDS, origins),
            "office": (OFFICE_FIELDS, [office.key for office in model.offices]),
        }
        # Minutes of all jobs drawn, for the laws alone.
        self.drawn_minutes = dict.fromkeys(origins, 0)
        self.month = self._zeros()
        self.ever = self._zeros()

    def _zeros(self) -> dict[str, dict[str, dict]]:
        return {
            level: {field: dict.fromkeys(keys, 0) for field in fields} for level, (fields, keys) in self._keys.items()
        }

    def work(self, item: Item, field: str, amount: int) -> None:
        """Count for the community and class of an item, and some minutes for the origin of a job."""
        self._add("community_class", field, (item.home.id, int(item.kind.work_class)), amount)
        if item.resident is None and field in ORIGIN_FIELDS:
            self.origin(item.kind, field, amount)

    def rework(self, item: Item, minutes: int) -> None:
        """Count minutes of rework for the community of an item, and for the origin of a job."""
        self.community(item.home, "rework_minutes", minutes)
        if item.resident is None:
            self.origin(item.kind, "rework_minutes", minutes)

    def origin(self, kind: Kind, field: str, amount: int) -> None:
        """Count for the department that a mandate is of, or for the streets."""
        self._add("origin", field, kind.origin, amount)

    def office(self, office: Office, field: str, amount: int) -> None:
        """Count for a street or a department."""
        self._add("office", field, office.key, amount)

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

    def change_home(self, item: Item, before: Community, day: int) -> None:
        """Move an open item to the books of the community that it now belongs to, this morning (7.19).

        What the months before have recorded stays where it is; only the laws of the whole run need it.
        """
        for home, sign in ((before, -1), (item.home, 1)):
            key = (home.id, int(item.kind.work_class))
            self.ever["community_class"]["arrived_minutes"][key] += sign * item.remaining
            self.ever["community_class"]["created"][key] += sign
            self.ever["community"]["open_item_days"][home.id] += sign * (day - item.created_on_day)

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
    for office in model.offices:
        model.tally.office(office, "backlog_minute_days", office.own_due_minutes + office.tray_minutes)


def count_people(model: ReferenceModel, month: int) -> None:
    """Count how residents stand at the end of the month."""
    for resident in model.residents:
        is_adult = resident.age != MINOR
        tally = model.tally
        tally.person(resident, "satisfaction_sum", resident.satisfaction)
        tally.person(resident, "satisfaction_square_sum", (resident.satisfaction // 2**20) ** 2)
        tally.person(resident, "expectation_sum", resident.expectation)
        tally.person(resident, "dissatisfied", int(resident.satisfaction * BILLIONTH < 0.4))
        tally.person(resident, "adults", int(is_adult))
        tally.person(resident, "participants", int(is_adult and resident.last_act_month > month - 12))


# --- Laws ------------------------------------------------------------------------------------------------


def check_day(model: ReferenceModel, day: int) -> None:
    """Minutes, items and item-days are conserved, and money is only moved."""
    lying = [item for _, items in model.places_of_work() for item in items]
    assert len(set(lying)) == len(lying), "an item lies in two places"
    for item in lying:
        rework = item.n_returned * math.floor(model.p["escalation.triage_minutes"])
        assert 0 <= item.triage_left <= item.remaining <= (item.given or item.size) + rework
        assert item.given <= item.size
    check_communities(model, lying, day)
    check_origins(model, lying, day)
    check_offices(model, day)
    check_lines(model, lying, day)
    check_belonging(model)
    check_money(model)


def check_belonging(model: ReferenceModel) -> None:
    """Everybody is served and employed once, and the work in a tray is of the community that has the tray."""
    for things, lists in (
        (model.settlements, [community.settlements for community in model.communities]),
        (model.posts, [community.posts for community in model.communities]),
    ):
        held = [thing for one in lists for thing in one]
        assert len(held) == len(things)
        assert set(held) == set(things)
    for post in model.posts:
        assert post in post.community.posts
        assert all(item.home is post.community for item in post.tray)
    for community in model.communities:
        assert all(settlement.community is community for settlement in community.settlements)
        assert all(item.home is community for item in community.arriving)


def check_money(model: ReferenceModel) -> None:
    """Money is only moved, and what a community owns is what its account says."""
    assert sum(model.ledger.values()) == 0, "money"
    for community in model.communities:
        assert community.own_funds_fen == model.ledger.get(own_funds(community), 0), ("own funds", community.id)


def check_communities(model: ReferenceModel, lying: list[Item], day: int) -> None:
    """What has arrived is booked, waived, dropped or open; what was created is done, dropped or open."""
    minutes, items = model.tally.ever["community_class"], model.tally.ever["community"]
    open_minutes = dict.fromkeys(minutes["created"], 0)
    open_count = dict.fromkeys(minutes["created"], 0)
    open_age = dict.fromkeys(items["acts"], 0)
    for item in lying:
        key = (item.home.id, int(item.kind.work_class))
        open_minutes[key] += item.remaining
        open_count[key] += 1
        open_age[item.home.id] += day + 1 - item.created_on_day
    for key, still_open in open_minutes.items():
        gone = minutes["booked_minutes"][key] + minutes["waived_minutes"][key] + minutes["dropped_minutes"][key]
        assert minutes["arrived_minutes"][key] == gone + still_open, ("minutes", key, day)
        ended = minutes["done"][key] + minutes["dropped"][key]
        assert minutes["created"][key] == ended + open_count[key], ("items", key, day)
    for key, age in open_age.items():
        assert items["open_item_days"][key] == items["sojourn_days"][key] + age, ("Little's law", key, day)


def check_origins(model: ReferenceModel, lying: list[Item], day: int) -> None:
    """Every job drawn has one fate; what comes to communities, and its rework, is booked, waived, dropped or open."""
    ever = model.tally.ever["origin"]
    open_minutes = dict.fromkeys(ever["asked"], 0)
    for item in lying:
        if item.resident is None:
            open_minutes[item.kind.origin] += item.remaining
    for key, still_open in open_minutes.items():
        issued = [ever[f"issued_minutes_{fate}"][key] for fate in range(N_FATES)]
        assert sum(issued) == model.tally.drawn_minutes[key], ("issued", key, day)
        arrived = sum(issued[:3]) + ever["rework_minutes"][key]
        gone = ever["booked_minutes"][key] + ever["waived_minutes"][key] + ever["dropped_minutes"][key]
        assert arrived == gone + still_open, ("origin", key, day)
        assert ever["asked"][key] == ever["admitted"][key] + ever["refused"][key], ("board", key, day)


def check_offices(model: ReferenceModel, day: int) -> None:
    """Own work and cases of an office are worked on, waived, withdrawn or due; no more is worked than can be."""
    for office in model.offices:
        ever = {field: values[office.key] for field, values in model.tally.ever["office"].items()}
        assert office.tray_minutes == sum(item.office_left for item in office.tray), ("tray", office.key, day)
        offered = ever["own_minutes"] + ever["passing_minutes"] + ever["taken_minutes"]
        gone = ever["waived_minutes"] + ever["own_worked_minutes"]
        assert offered == gone + office.own_due_minutes, ("own", office.key, day)
        gone = ever["case_worked_minutes"] + office.withdrawn_minutes
        assert ever["case_minutes"] == gone + office.tray_minutes, ("cases", office.key, day)
        assert ever["own_worked_minutes"] + ever["case_worked_minutes"] <= ever["capacity_minutes"], office.key


def check_lines(model: ReferenceModel, lying: list[Item], day: int) -> None:
    """A line has as many returned jobs as block it."""
    for community in model.communities:
        blocking = [item for item in lying if item.home is community and item.blocks_line]
        for line, n in enumerate(community.returned):
            assert n == sum(item.kind.line == line for item in blocking), ("line", community.id, line, day)
