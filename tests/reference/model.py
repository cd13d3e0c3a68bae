"""The model as a whole: part 3, process overview and scheduling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from tests.reference.closing import drop_overdue
from tests.reference.draws import Draws
from tests.reference.entities import Community, Department, Settlement, StreetOffice
from tests.reference.joining import join_communities
from tests.reference.money import pay_out
from tests.reference.needs import N_GROUPS, draw_candidates, need_tables, raise_requests
from tests.reference.observation import COHORT_FIELDS, Tally, check_day, count_day, count_people
from tests.reference.offices import note_loads, receive, serve_departments, serve_streets
from tests.reference.opinion import reach_entitled, renew_stock, settle_opinion
from tests.reference.routes import Choices, choose_routes, push_entity
from tests.reference.service import serve_communities, serve_rest_day
from tests.reference.staff import build_strain, hand_over, leave_and_hire, set_efficiency
from tests.reference.terms import set_pay, start_due_reforms
from tests.reference.work import draw_jobs, duties, issue_jobs, mandate_kinds, request_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.institution.places import Places
    from tests.reference.entities import Office, Post, Resident
    from tests.reference.work import Duty, Item
    from tests.reference.worlds import Scenario

POST_FIELDS = (
    "is_filled",
    "holder",
    "since_day",
    "skill_permille",
    "susceptibility_permille",
    "exhaustion",
    "motivation",
    "quit_hazard",
    "vacancy_hazard",
    "pay_fen",
    "topup_fen",
    "n_lines",
    "efficiency_permille",
)
RESIDENT_FIELDS = ("group", "satisfaction", "expectation", "cases_met", "cases_unmet", "last_act_month")
SETTLEMENT_FIELDS = ("met_share", "mean_expectation")
COMMUNITY_FIELDS = ("stock", "take_up", "last_quits", "own_funds_fen")
OFFICE_FIELDS = ("own_due_minutes", "tray_minutes", "load", "ad_hoc_tries", "ad_hoc_caught")


class ReferenceModel(mesa.Model):
    """govsim in plain objects; slow, and meant to be read beside ``docs/odd.md``.

    Parameters
    ----------
    scenario
        Anything with ``calendar``, ``institution`` (places, catalogue, parameters, rules) and ``reforms``.
    seed, replicate
        What the run key is made of.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, replicate: int = 0) -> None:
        super().__init__(seed=seed)
        institution = scenario.institution
        self.calendar = scenario.calendar
        self.catalogue = institution.catalogue
        self.p = {path: float(institution.parameters[path]) for path in institution.parameters}
        self.rules = institution.rules
        self.reforms = tuple(scenario.reforms)
        self.draws = Draws(seed, replicate)
        self.day = 0
        self._build_places(institution.places)
        self._build_work()
        self._check_identities()
        start_due_reforms(self, 0)
        for post in self.posts:
            set_pay(self, post)
            post.initialise()
        self.ledger: dict[str, int] = {}
        self.tally = Tally(self)
        self.recorded: list[dict[str, dict[str, dict]]] = []
        months = range(self.calendar.n_months)
        self.cohorts: dict[str, dict[str, dict]] = {
            level: {field: {(month, key): 0 for month in months for key in keys} for field in COHORT_FIELDS}
            for level, keys in (("settlement", [s.id for s in self.settlements]), ("group", range(N_GROUPS)))
        }

    def _build_places(self, places: Places) -> None:
        self.streets = [
            StreetOffice(self, place, places.residents_by_street[place.id])
            for place in sorted(places.street_offices, key=lambda place: place.id)
        ]
        self.departments = [
            Department(self, line, entry, places.n_residents) for line, entry in enumerate(self.catalogue.departments)
        ]
        self.offices: list[Office] = [*self.streets, *self.departments]
        street_of = {street.id: street for street in self.streets}
        self.communities: list[Community] = []
        for place in sorted(places.communities, key=lambda place: place.id):
            community = Community(self, place, street_of[place.street])
            community.street.communities.append(community)
            self.communities.append(community)
        community_of = {community.id: community for community in self.communities}
        self.settlements: list[Settlement] = []
        for place in sorted(places.settlements, key=lambda place: (place.community, place.id)):
            settlement = Settlement(self, place, community_of[place.community])
            settlement.community.settlements.append(settlement)
            settlement.founded_in.founding_settlements.append(settlement)
            self.settlements.append(settlement)
        self.posts: list[Post] = [post for community in self.communities for post in community.posts]
        self.residents: list[Resident] = [r for settlement in self.settlements for r in settlement.residents]

    def _build_work(self) -> None:
        self.mandates = mandate_kinds(self)
        self.requests = request_kinds(self)
        self.duties: list[Duty] = duties(self)
        self.need_tables = need_tables(self)
        self.choices = Choices()
        self.jobs_on_day: dict[int, list[tuple[Duty, int]]] = {}
        self.candidates_on_day: dict[int, list[tuple[Resident, int]]] = {}

    def _check_identities(self) -> None:
        entities = [thing.entity for thing in (*self.residents, *self.posts, *self.duties)]
        entities += [push_entity(kind) for kind in self.mandates]
        if len(set(entities)) != len(entities):
            raise ValueError("two identities are equal")

    # --- Scheduling --------------------------------------------------------------------------------------

    def run(self) -> None:
        """Run to the end of the calendar."""
        while self.day < self.calendar.n_days:
            self.step()

    def run_for_months(self, n: int) -> None:
        """Run so many months of 21 working days."""
        for _ in range(21 * n):
            self.step()

    def step(self) -> None:
        """One working day, with what precedes the first and follows the last of a month."""
        day = self.day
        if day % 21 == 0:
            self.begin_month(day)
        for post in self.posts:
            post.worked_today = post.emotional_today = 0
        receive(self, day)
        raise_requests(self, day)
        issue_jobs(self, day)
        drop_overdue(self, day)
        serve_communities(self, day)
        serve_streets(self, day)
        serve_departments(self, day)
        if day % 5 == 4:
            serve_rest_day(self, day)
        build_strain(self, day)
        count_day(self)
        check_day(self, day)
        if day % 21 == 20:
            self.end_month(day)
        self.day += 1

    def begin_month(self, day: int) -> None:
        """First working day of a month."""
        month = day // 21
        start_due_reforms(self, month)
        join_communities(self, day)
        for post in self.posts:
            set_pay(self, post)
        hand_over(self, day)
        set_efficiency(self, day)
        if month % 12 == 0:
            draw_candidates(self, month // 12)
        choose_routes(self, month)
        draw_jobs(self, month)

    def end_month(self, day: int) -> None:
        """After the last working day of a month."""
        month = day // 21
        filled = [post for post in self.posts if post.is_filled]
        leave_and_hire(self, month)
        renew_stock(self)
        reach_entitled(self)
        settle_opinion(self)
        pay_out(self, month, filled)
        note_loads(self)
        count_people(self, month)
        self.recorded.append(self.tally.close_month())
        check_day(self, day)

    # --- What others look at -----------------------------------------------------------------------------

    def places_of_work(self) -> Iterator[tuple[str, list[Item]]]:
        """Return every list in which work can lie, with its name."""
        for post in self.posts:
            yield f"tray:post:{post.home.id}/{post.number}", post.tray
        for community in self.communities:
            yield f"arriving:community:{community.id}", community.arriving
        for office in self.offices:
            yield f"tray:{office.key}", office.tray
            yield f"arriving:{office.key}", office.arriving

    def cohorts_add(self, resident: Resident, first_raised_on_day: int, field: str, amount: int) -> None:
        """Count for the month in which a request was first raised."""
        month = first_raised_on_day // 21
        self.cohorts["settlement"][field][month, resident.settlement.id] += amount
        self.cohorts["group"][field][month, resident.group] += amount

    def state(self) -> dict[str, list]:
        """Return the whole state as plain values, in canonical order of rows."""
        return {
            "residents": [tuple(getattr(r, field) for field in RESIDENT_FIELDS) for r in self.residents],
            "posts": [{field: getattr(post, field) for field in POST_FIELDS} for post in self.posts],
            "settlements": [{field: getattr(s, field) for field in SETTLEMENT_FIELDS} for s in self.settlements],
            "communities": [{field: getattr(c, field) for field in COMMUNITY_FIELDS} for c in self.communities],
            "offices": [{field: getattr(office, field) for field in OFFICE_FIELDS} for office in self.offices],
            "served_by": [(s.community.id, s.distance_km) for s in self.settlements],
            "employed_by": [post.community.id for post in self.posts],
            "lines": [list(community.returned) for community in self.communities],
            "open_items": sorted(
                (
                    item.entity,
                    item.tick,
                    item.index,
                    item.remaining,
                    item.size,
                    item.given,
                    item.arrived_on_day,
                    item.created_on_day,
                    item.due_on_day,
                    item.n_returned,
                    item.own_class,
                    int(item.by_hotline),
                    item.home.id,
                    item.triage_left,
                    int(item.blocks_line),
                    where,
                )
                for where, items in self.places_of_work()
                for item in items
            ),
        }
