"""Street offices (街道办事处): they pass work down, do their own, and decide what communities escalate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.agents.mesa_wall import mesa
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.agents.community import Community
    from govsim.institution.places import StreetPlace


class StreetOffice(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A street office with the communities it guides."""

    own_due_minutes = Column("own_due_minutes")
    tray_minutes = Column("tray_minutes")
    load = Column("load", BILLIONTH)

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.rows = row
        self.id = name

    @property
    def table(self) -> Any:
        """The table of offices of the model."""
        return self.model.state.work.offices

    @property
    def place(self) -> StreetPlace:
        """Organs, cadres and enforcement power, as the world gives them."""
        place: StreetPlace = self.model.institution.places.street_offices[self.rows]
        return place

    @property
    def capacity_minutes_per_day(self) -> int:
        """Minutes a day of its cadres."""
        return int(self.model.charter.offices[self.rows].capacity_minutes)

    @property
    def communities(self) -> list[Community]:
        """The communities of the street."""
        return [community for community in self.model.communities if community.street is self]
