"""Communities (社区): posts, settlements served, backlog and the stock of self-government."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.agents.mesa_wall import mesa
from govsim.agents.resident import Residents
from govsim.kernels.service import backlog_days
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.agents.street_office import StreetOffice
    from govsim.agents.worker import Worker


class Community(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A residents' committee (居委会) with its workers and the settlements it serves."""

    n_filled = Column("n_filled")
    n_posts = Column("n_posts")
    n_open = Column("n_open")
    backlog_minutes = Column("backlog_minutes")
    blocked_minutes = Column("blocked_minutes")
    own_funds_fen = Column("own_funds_fen")
    stock_of_self_government = Column("stock", BILLIONTH)
    take_up = Column("take_up", BILLIONTH)

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.rows = row
        self.id = name

    @property
    def table(self) -> Any:
        """The table of communities of the model."""
        return self.model.state.people.communities

    @property
    def workers(self) -> list[Worker]:
        """The posts of the community, vacant ones included."""
        place = self.table[self.rows]
        rows = self.model.state.people.roster[place.first_post : place.first_post + place.n_posts]
        return [self.model.workers[row] for row in rows]

    @property
    def residents(self) -> Residents:
        """The residents served; indexing makes a ``Resident``."""
        place, people = self.table[self.rows], self.model.state.people
        served = people.settlements[
            people.served[place.first_settlement : place.first_settlement + place.n_settlements]
        ]
        runs = [range(int(each.first_row), int(each.first_row + each.n_residents)) for each in served]
        if all(run.stop == after.start for run, after in pairwise(runs)):
            return Residents(self.model, range(runs[0].start, runs[-1].stop) if runs else range(0))
        return Residents(self.model, np.concatenate([np.array(run) for run in runs]))

    @property
    def street(self) -> StreetOffice:
        """The street office that guides the community."""
        street: StreetOffice = self.model.streets[int(self.table[self.rows].street)]
        return street

    @property
    def backlog_days(self) -> float:
        """Days of all filled posts that lie in the trays."""
        return float(backlog_days(self.table[self.rows]))
