"""Street offices (街道办事处): for now a capacity for escalated work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.agents.mesa_wall import mesa

if TYPE_CHECKING:
    from govsim.agents.community import Community


class StreetOffice(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A street office with the communities it guides."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.id = name

    @property
    def capacity_minutes_per_day(self) -> int:
        """Minutes a day for work that communities escalate."""
        return int(self.model.charter.street_capacity[self.row])

    @property
    def communities(self) -> list[Community]:
        """The communities of the street."""
        return [community for community in self.model.communities if community.street is self]
