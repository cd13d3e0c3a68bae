"""Functional departments (职能部门): senders of mandates, inspectors, and a capacity for escalated work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.agents.mesa_wall import mesa

if TYPE_CHECKING:
    from govsim.institution.catalogue import Mandate


class Department(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A department of the district and its line of work."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.id = name

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """The standing tasks (项) that the department sends to communities."""
        return tuple(mandate for mandate in self.model.institution.catalogue.mandates if mandate.department == self.id)

    @property
    def capacity_minutes_per_day(self) -> int:
        """Minutes a day for work that streets pass on."""
        return int(self.model.charter.department_capacity[self.row])
