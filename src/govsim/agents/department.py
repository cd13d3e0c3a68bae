"""Functional departments (职能部门): each month they decide what becomes of their work; they inspect, decide cases."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from govsim.agents.mesa_wall import mesa
from govsim.institution.docket import admission
from govsim.kernels import choosing
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.institution.catalogue import Mandate
    from govsim.institution.docket import Brief, Matter


class Department(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A department of the district: it sends mandates down, does, buys or drops them, and inspects.

    It decides by the compiled rule of ``kernels/choosing.py``; here stands what it sees and what that is worth to it.
    """

    own_due_minutes = Column("own_due_minutes")
    tray_minutes = Column("tray_minutes")
    load = Column("load", BILLIONTH)
    ad_hoc_tries = Column("ad_hoc_tries")
    ad_hoc_caught = Column("ad_hoc_caught")

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.id = name

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
        return float(choosing.audit_belief(self.model.charter.settings[0], self.table[self.rows]))

    @property
    def outlook(self) -> choosing.Outlook:
        """What holds for each of its matters: parameters, load and belief as they are now."""
        seen: choosing.Outlook = choosing.outlook_of(self.model.charter.settings[0], self.table[self.rows])
        return seen

    def free_utilities(self, matter: Matter) -> dict[int, float]:
        """Return what each route is worth for jobs that may be sent down, in own hours for an hour of work.

        Routes are the numbers of ``govsim.kernels.routes``: 0 down, 1 permit, 2 ad hoc, 4 do, 5 buy, 6 drop.
        """
        return _open(choosing.worth_of_free(self.outlook, matter.weight, matter.is_inspection))

    def bound_utilities(self, matter: Matter, brief: Brief) -> dict[int, float]:
        """Return what each route is worth for jobs that may not simply be sent down; routes as above."""
        chance, days = admission(matter, brief.strictness), brief.approval_days
        return _open(
            choosing.worth_of_bound(self.outlook, matter.weight, matter.compliance, chance, days, matter.is_inspection)
        )


def _open(worth: tuple[float, ...]) -> dict[int, float]:
    """Return what is worth something at all, by route."""
    return {route: value for route, value in zip(choosing.ROUTES, worth, strict=True) if value > choosing.CLOSED}
