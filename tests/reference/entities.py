"""Part 2: who and what there is; one Mesa agent a row. Part 5, initialisation, is in the constructors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from govsim.randomness import Decision, place_entity
from tests.reference.draws import BILLIONTH, billionths, clip, normal

if TYPE_CHECKING:
    from govsim.institution.catalogue import DepartmentEntry
    from govsim.institution.places import CommunityPlace, SettlementPlace, StreetPlace
    from tests.reference.model import ReferenceModel
    from tests.reference.terms import Assigning, Inspecting
    from tests.reference.work import Item

MINOR, ADULT, OLDER = 0, 1, 2
ONE = 1_000_000_000


class Resident(mesa.Agent):
    """A resident 居民."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, settlement: Settlement, ordinal: int) -> None:
        super().__init__(model)
        p, draws = model.p, model.draws
        self.settlement = settlement
        self.ordinal = ordinal
        self.entity = settlement.entity + ordinal

        u1 = draws.u(Decision.RESIDENT_AGE, self.entity)
        if u1 < p["population.minor_share"]:
            self.age = MINOR
        elif u1 < p["population.minor_share"] + p["population.older_share"]:
            self.age = OLDER
        else:
            self.age = ADULT
        self.is_disabled = draws.u(Decision.RESIDENT_DISABLED, self.entity) < p["population.disabled_share"]
        self.is_low_income = draws.u(Decision.RESIDENT_LOW_INCOME, self.entity) < p["population.low_income_share"]
        self.group = self.age + 3 * int(self.is_disabled) + 6 * int(self.is_low_income)

        u4 = draws.u(Decision.INITIAL_SATISFACTION, self.entity)
        u5 = draws.u(Decision.INITIAL_EXPECTATION, self.entity)
        spread = p["opinion.initial_spread"]
        self.satisfaction = billionths(clip(p["opinion.s0"] + spread * normal(u4), 0, 1))
        self.expectation = billionths(clip(p["opinion.announced_level"] + spread * normal(u5), 0, 1))
        self.cases_met = 0
        self.cases_unmet = 0
        self.last_act_month = -1000

    @property
    def belief(self) -> float:
        """What he believes he can get: a Beta mean over own and neighbours' cases (7.3)."""
        p = self.model.p
        s = self.settlement.met_share * BILLIONTH
        weight = p["voice.neighbour_weight"]
        return (p["voice.prior_met"] + self.cases_met + weight * s) / (
            p["voice.prior_met"] + p["voice.prior_unmet"] + self.cases_met + self.cases_unmet + weight
        )


class Settlement(mesa.Agent):
    """A settlement 居民点 and its residents."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, place: SettlementPlace, founded_in: Community) -> None:
        super().__init__(model)
        self.id = place.id
        self.founded_in = founded_in
        self.founding_distance_km = place.distance_km
        # The community that serves it and the way there: both change by merger only.
        self.community = founded_in
        self.distance_km = place.distance_km
        self.entity = place_entity("settlement:" + place.id)
        self.residents = [Resident(model, self, ordinal) for ordinal in range(place.residents)]
        self.met_share = billionths(model.p["voice.initial_met_share"])
        self.mean_expectation = 0
        self.take_mean_expectation()

    @property
    def n_entitled(self) -> int:
        """Residents who are disabled or have a low income (7.18)."""
        return sum(r.is_disabled or r.is_low_income for r in self.residents)

    def take_mean_expectation(self) -> None:
        """Set ``mean_expectation`` to the integer mean of the residents' expectations."""
        self.mean_expectation = sum(r.expectation for r in self.residents) // len(self.residents)


class Community(mesa.Agent):
    """A community 社区 or village 村: posts, settlements, and a list of work that is on its way here.

    What was founded here may belong to another community, its ``seat``, after a merger (7.19).
    """

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, place: CommunityPlace, street: StreetOffice) -> None:
        super().__init__(model)
        self.id = place.id
        self.street = street
        self.is_on_upper_floor = place.upper_floor
        self.own_income_yuan_per_year = place.own_income_yuan_per_year
        self.topup_fen = place.topup_yuan_per_month * 100
        self.stock = billionths(model.p["stock.initial"])
        self.take_up = billionths(model.p["take_up.initial"])
        self.last_quits = 0
        self.own_funds_fen = 0
        self.returned = [0 for _ in model.catalogue.departments]
        # The terms of the edges that lead here (7.1): pay, assigning by line, inspecting by line and last the street's.
        self.public_pay_factor = 1.0
        self.insurance_share = 0.0
        self.assigning: list[Assigning] = []
        self.inspecting: list[Inspecting] = []
        # What a merger makes of it in the month (7.19): where its edges ``partners`` and ``serves`` lead, who keeps the
        # money of its cooperative, whether its other edges are left, and of a seat what is announced and who federates.
        self.seat = self
        self.purse = self
        self.keeps_edges = True
        self.announced_rise = 0.0
        self.n_villages = 1
        self.founding_posts = [Post(model, self, number) for number in range(1, place.posts + 1)]
        self.founding_settlements: list[Settlement] = []
        self.posts = list(self.founding_posts)
        self.settlements: list[Settlement] = []
        self.arriving: list[Item] = []

    @property
    def edges_at(self) -> Community:
        """The community to which the edges lead whose terms count for what was founded here."""
        return self if self.keeps_edges else self.seat

    @property
    def founding_residents(self) -> int:
        """Residents of the settlements that it served at the start."""
        return sum(len(settlement.residents) for settlement in self.founding_settlements)

    @property
    def filled_posts(self) -> list[Post]:
        """The posts that have a holder, in order of number."""
        return [post for post in self.posts if post.is_filled]

    @property
    def n_entitled(self) -> int:
        """Entitled residents whom it serves (7.18)."""
        return sum(settlement.n_entitled for settlement in self.settlements)

    def backlog_days(self) -> float:
        """Days of work in the trays (7.8)."""
        backlog_minutes = sum(item.remaining for post in self.posts for item in post.tray)
        return backlog_minutes / (480 * (len(self.filled_posts) or len(self.posts)))


class Post(mesa.Agent):
    """A post 岗位 and its holder, a worker 社区工作者; the tray belongs to the post."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, home: Community, number: int) -> None:
        super().__init__(model)
        self.home = home
        self.number = number
        self.entity = place_entity(f"post:{home.id}/{number}")
        # The community that employs it and its place among the posts there, from 0: both change by merger only.
        self.community = home
        self.place = number - 1
        self.tray: list[Item] = []
        self.is_filled = 0
        self.holder = 0
        self.since_day = 0
        self.skill_permille = 0
        self.susceptibility_permille = 0
        self.exhaustion = 0
        self.motivation = ONE
        self.quit_hazard = 0
        self.vacancy_hazard = 0
        self.pay_fen = 0
        self.topup_fen = 0
        self.n_lines = 0
        self.efficiency_permille = 0
        self.worked_today = 0
        self.emotional_today = 0

    @property
    def worker(self) -> int:
        """Identity of the holder."""
        return self.entity + self.holder

    @property
    def public_pay_fen(self) -> int:
        """Public pay a month: all pay but the top-up."""
        return self.pay_fen - self.topup_fen

    @property
    def relative_pay(self) -> float:
        """Pay over the local wage (7.1)."""
        return self.pay_fen * 12 / (100 * self.model.p["pay.local_wage_yuan_per_year"])

    def initialise(self) -> None:
        """Part 5; the pay of the first month is already known."""
        p, draws = self.model.p, self.model.draws
        self.is_filled = int(draws.u(Decision.INITIAL_FILLED, self.entity) < p["posts.initial_filled_share"])
        mean, age = p["posts.initial_tenure_years"], p["posts.community_age_years"]
        u25 = draws.u(Decision.INITIAL_TENURE, self.worker)
        years = -mean * math.log(1 - u25 * (1 - math.exp(-age / mean)))
        self.since_day = -math.floor(252 * years)
        self.draw_person()
        self.exhaustion = billionths(p["strain.initial"])
        self.motivation = billionths(1.0)

    def draw_person(self) -> None:
        """Skill and susceptibility of the holder (7.12): the best of so many applicants as the pay draws."""
        p, draws = self.model.p, self.model.draws
        u26 = draws.u(Decision.SKILL, self.worker)
        u27 = draws.u(Decision.SUSCEPTIBILITY, self.worker)
        n = p["hiring.applicants"] * math.exp(
            p["hiring.supply_elasticity"] * math.log(self.relative_pay / p["hiring.usual_relative_pay"])
        )
        standing = normal(math.exp(math.log(u26) / n)) - p["hiring.usual_quantile"]
        self.skill_permille = math.floor(1000 * clip(1 + p["hiring.skill_spread"] * standing, 0.5, 1.6) + 0.5)
        susceptibility = math.exp(p["strain.susceptibility_spread"] * normal(u27))
        self.susceptibility_permille = max(1, math.floor(1000 * susceptibility + 0.5))


class Office(mesa.Agent):
    """A body beside the communities: a tray, own work that comes first, and a daily capacity in minutes."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, key: str, posts: float, capacity: int, own_minutes: int) -> None:
        super().__init__(model)
        self.key = key
        self.posts = posts
        self.capacity = capacity
        self.own_minutes = own_minutes
        self.own_due_minutes = 0
        self.tray_minutes = 0
        self.load = 0
        self.ad_hoc_tries = 0
        self.ad_hoc_caught = 0
        self.arriving: list[Item] = []
        self.tray: list[Item] = []
        # What overdue cases took out of the tray, for the laws alone.
        self.withdrawn_minutes = 0


class StreetOffice(Office):
    """A street office 街道办; besides its own work it passes jobs down."""

    def __init__(self, model: ReferenceModel, place: StreetPlace, n_residents: int) -> None:
        p = model.p
        cadres = place.cadres
        if cadres is None:
            cadres = p["street.cadres_per_65000"] * n_residents / 65000
        capacity = math.floor(480 * cadres * p["street.staffing"])
        own_minutes = math.floor(p["street.own_minutes_per_day_per_1000"] * n_residents / 1000)
        super().__init__(model, f"street:{place.id}", cadres * p["street.staffing"], capacity, own_minutes)
        self.id = place.id
        self.organs = place.organs
        self.enforcement = int(place.enforcement)
        self.n_residents = n_residents
        self.communities: list[Community] = []
        self.jobs_passed_today = 0


class Department(Office):
    """A department 职能部门; besides its core it does some of its mandates itself."""

    def __init__(self, model: ReferenceModel, line: int, entry: DepartmentEntry, n_residents: int) -> None:
        p = model.p
        reference = p["departments.reference_residents"]
        posts = entry.staff * n_residents / reference * p["departments.staffing"]
        capacity = math.floor(480 * entry.staff * n_residents / reference * p["departments.staffing"])
        core = math.floor(480 * entry.staff * n_residents / reference * entry.core_share)
        super().__init__(model, f"department:{entry.id}", posts, capacity, core)
        self.id = entry.id
        self.line = line
        self.inspection_weight = entry.inspection_weight
        self.budget_fen = math.floor(100 * entry.purchase_yuan_per_year * n_residents / reference / 12)
        self.load = billionths(entry.core_share)
        self.did_itself_today = 0
