"""Functional departments (职能部门): each month they decide what becomes of their work; they inspect, decide cases."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.agents.mesa_wall import mesa
from govsim.kernels.routes import AD_HOC, BUY, DO, DOWN, DROP, PERMIT
from govsim.randomness import Decision, draw
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.institution.catalogue import Mandate
    from govsim.institution.docket import Brief, Matter

HIGHEST_LOAD: Final = 0.95


@dataclass
class Choice:
    """The routes of one matter in one month: of jobs that are free, and of jobs that are bound."""

    matter: Matter
    free: int = DOWN
    bound: int = DOWN
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a department sees alike in all its matters when it chooses, in own hours for an hour of work.

    Attributes
    ----------
    pass_cost, ad_hoc_cost, bought_cost
        Of handing work down, of doing so without a permit, and of buying it.
    delay_cost_per_day
        Share of the worth of work that is lost with each day of waiting for a permit.
    found_out
        Expected penalty of work without a permit.
    doing
        What doing it costs, as a negative number: the more the higher the load.
    worth
        Of work that is done, for weight 1.
    noise
        Scale of what is not seen of utilities.
    """

    pass_cost: float
    delay_cost_per_day: float
    ad_hoc_cost: float
    found_out: float
    doing: float
    bought_cost: float
    worth: float
    noise: float

    def of_free(self, matter: Matter) -> dict[int, float]:
        """Return what each route is worth for jobs that may be sent down."""
        return {DOWN: -self.pass_cost, **self._without_the_community(matter)}

    def of_bound(self, matter: Matter, brief: Brief) -> dict[int, float]:
        """Return what each route is worth for jobs that may not simply be sent down."""
        stake = self.worth * matter.weight
        utilities = {}
        if not matter.is_inspection:
            waiting = self.delay_cost_per_day * brief.approval_days * stake
            refused = (1.0 - admission(matter, brief.strictness)) * stake
            utilities[PERMIT] = -self.pass_cost - waiting - refused
        utilities[AD_HOC] = -self.ad_hoc_cost - self.found_out - (1.0 - matter.compliance) * stake
        return {**utilities, **self._without_the_community(matter)}

    def _without_the_community(self, matter: Matter) -> dict[int, float]:
        dropping = -self.worth * matter.weight
        if matter.is_inspection:
            return {DROP: dropping}
        return {DO: self.doing, BUY: -self.bought_cost, DROP: dropping}


class Department(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A department of the district: it sends mandates down, does, buys or drops them, and inspects."""

    own_due_minutes = Column("own_due_minutes")
    tray_minutes = Column("tray_minutes")
    load = Column("load", BILLIONTH)
    ad_hoc_tries = Column("ad_hoc_tries")
    ad_hoc_caught = Column("ad_hoc_caught")

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.id = name
        self.committed_fen = 0.0

    @property
    def table(self) -> Any:
        """The table of offices of the model."""
        return self.model.state.work.offices

    @property
    def rows(self) -> int:
        """Row among the offices, after the streets."""
        return int(self.model.state.work.layout.n_streets) + self.row

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """The standing tasks (项) that the department sends to communities."""
        return tuple(mandate for mandate in self.model.institution.catalogue.mandates if mandate.department == self.id)

    @property
    def capacity_minutes_per_day(self) -> int:
        """Minutes a day of its staff."""
        return int(self.model.charter.offices[self.rows].capacity_minutes)

    @property
    def audit_belief(self) -> float:
        """Share of ad hoc work that the department expects to be found out: a Beta mean over its own cases."""
        p = self.model.institution.parameters
        prior = p["push.prior_cases"]
        caught = prior * p["push.expected_audit_share"] + self.ad_hoc_caught
        return float(caught / (prior + self.ad_hoc_tries))

    @property
    def outlook(self) -> Outlook:
        """What holds for each of its matters: parameters, load and belief as they are now."""
        p = self.model.institution.parameters
        return Outlook(
            pass_cost=p["push.pass_cost"],
            delay_cost_per_day=p["push.delay_cost_per_day"],
            ad_hoc_cost=p["push.ad_hoc_cost"],
            found_out=self.audit_belief * p["push.penalty"],
            doing=-p["push.own_minutes_share"] / (1.0 - min(HIGHEST_LOAD, self.load)),
            bought_cost=p["push.bought_cost"],
            worth=p["push.worth"],
            noise=p["push.noise"],
        )

    def choose_routes(self, key: Any, month: int, brief: Brief) -> list[Choice]:
        """Return a route for each matter this month, the board's decisions apart; ``docs/odd.md`` part 7.16."""
        self.committed_fen = 0.0
        outlook = self.outlook
        return [self._choice(key, month, matter, brief, outlook) for matter in brief.matters]

    def choose_again(self, key: Any, month: int, choice: Choice, brief: Brief) -> None:
        """Choose another route for what the board refused or did not hear."""
        outlook = self.outlook
        utilities = outlook.of_bound(choice.matter, brief)
        del utilities[PERMIT]
        uniform = draw(key, Decision.ROUTE, choice.matter.entity, month, 1)
        choice.bound = self._chosen(uniform, utilities, outlook.noise, choice.matter.bound_fen, brief)

    def free_utilities(self, matter: Matter) -> dict[int, float]:
        """Return what each route is worth for jobs that may be sent down, in own hours for an hour of work.

        Routes are the numbers of ``govsim.kernels.routes``: 0 down, 1 permit, 2 ad hoc, 4 do, 5 buy, 6 drop.
        """
        return self.outlook.of_free(matter)

    def bound_utilities(self, matter: Matter, brief: Brief) -> dict[int, float]:
        """Return what each route is worth for jobs that may not simply be sent down; routes as above."""
        return self.outlook.of_bound(matter, brief)

    def _choice(self, key: Any, month: int, matter: Matter, brief: Brief, outlook: Outlook) -> Choice:
        if matter.is_inspection and not matter.is_restricted:
            return Choice(matter)
        uniform, noise = draw(key, Decision.ROUTE, matter.entity, month), outlook.noise
        if matter.is_inspection:
            utilities = outlook.of_bound(matter, brief)
            return Choice(matter, bound=self._chosen(uniform, utilities, noise, 0.0, brief), is_listed=False)
        is_listed = not matter.is_restricted or matter.standing < admission(matter, brief.strictness)
        fen = matter.free_fen + matter.bound_fen if is_listed else matter.free_fen
        free = self._chosen(uniform, outlook.of_free(matter), noise, fen, brief)
        if is_listed:
            return Choice(matter, free, free)
        utilities = outlook.of_bound(matter, brief)
        bound = self._chosen(uniform, utilities, noise, matter.bound_fen, brief)
        return Choice(matter, free, bound, is_listed=False)

    def _chosen(self, uniform: float, utilities: dict[int, float], noise: float, fen: float, brief: Brief) -> int:
        """Return the route that a draw takes; buying is open, and then committed, while the budget lasts."""
        if BUY in utilities and self.committed_fen + fen > brief.budget_fen:
            del utilities[BUY]
        route = chosen(utilities, noise, uniform)
        if route == BUY:
            self.committed_fen += fen
        return route


def chosen(utilities: dict[int, float], noise: float, uniform: float) -> int:
    """Return the option that one uniform number takes, by chances in proportion to exp(U / noise) (a logit)."""
    best = max(utilities.values())
    weights = [math.exp((utility - best) / noise) for utility in utilities.values()]
    # Added one by one: the built-in sum is compensated from Python 3.12 on, and would not be the page's.
    total = 0.0
    for weight in weights:
        total += weight
    threshold, running = uniform * total, 0.0
    for route, weight in zip(utilities, weights, strict=True):
        running += weight
        if threshold < running:
            return route
    return next(reversed(utilities))


def admission(matter: Matter, strictness: float) -> float:
    """Return the chance that the permit board lists or admits a matter; a logistic, as odds of refusal."""
    return 1.0 / (1.0 + strictness * math.exp(-matter.score))


def is_admitted(key: Any, month: int, matter: Matter, strictness: float) -> bool:
    """Return whether the board admits a matter for a month."""
    return draw(key, Decision.ADMITTED, matter.entity, month) < admission(matter, strictness)
