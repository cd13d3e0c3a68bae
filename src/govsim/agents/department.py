"""Functional departments (职能部门): each month they decide what becomes of their work; they inspect, decide cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.agents.mesa_wall import mesa
from govsim.institution.docket import admission
from govsim.kernels import choosing
from govsim.kernels.routes import BUY, DOWN
from govsim.randomness import Decision, draw
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.institution.catalogue import Mandate
    from govsim.institution.docket import Brief, Matter

HIGHEST_LOAD: Final = 0.95


class Outlook(NamedTuple):
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


@dataclass(slots=True)
class Choice:
    """The routes of one matter in one month: of jobs that are free, and of jobs that are bound.

    ``outlook`` is what its department saw when it chose.
    """

    matter: Matter
    outlook: Outlook | None = None
    free: int = DOWN
    bound: int = DOWN
    is_listed: bool = True


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

    @cached_property
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
        outlook, chosen = self.outlook, np.empty((len(brief.matters), 3), np.int64)
        days, budget = brief.approval_days, brief.budget_fen
        self.committed_fen = float(choosing.choose(key, month, outlook, days, budget, brief.table, chosen))
        return [
            Choice(matter, outlook, free, bound, bool(is_listed))
            for matter, (free, bound, is_listed) in zip(brief.matters, chosen.tolist(), strict=True)
        ]

    def choose_again(self, key: Any, month: int, choice: Choice, brief: Brief) -> None:
        """Choose another route for what the board refused or did not hear."""
        outlook, matter = choice.outlook or self.outlook, choice.matter
        worth, may_buy = _of_bound(outlook, matter, brief), self.committed_fen + matter.bound_fen <= brief.budget_fen
        choice.bound = int(choosing.choose_again(key, month, matter.entity, worth, outlook.noise, may_buy))
        if choice.bound == BUY:
            self.committed_fen += matter.bound_fen

    def free_utilities(self, matter: Matter) -> dict[int, float]:
        """Return what each route is worth for jobs that may be sent down, in own hours for an hour of work.

        Routes are the numbers of ``govsim.kernels.routes``: 0 down, 1 permit, 2 ad hoc, 4 do, 5 buy, 6 drop.
        """
        return _open(choosing.worth_of_free(self.outlook, matter.weight, matter.is_inspection))

    def bound_utilities(self, matter: Matter, brief: Brief) -> dict[int, float]:
        """Return what each route is worth for jobs that may not simply be sent down; routes as above."""
        return _open(_of_bound(self.outlook, matter, brief))


def _of_bound(outlook: Outlook, matter: Matter, brief: Brief) -> tuple[float, ...]:
    chance, days = admission(matter, brief.strictness), brief.approval_days
    worth: tuple[float, ...] = choosing.worth_of_bound(
        outlook, matter.weight, matter.compliance, chance, days, matter.is_inspection
    )
    return worth


def _open(worth: tuple[float, ...]) -> dict[int, float]:
    """Return what is worth something at all, by route."""
    return {route: value for route, value in zip(choosing.ROUTES, worth, strict=True) if value > choosing.CLOSED}


def is_admitted(key: Any, month: int, matter: Matter, strictness: float) -> bool:
    """Return whether the board admits a matter for a month."""
    return draw(key, Decision.ADMITTED, matter.entity, month) < admission(matter, strictness)
