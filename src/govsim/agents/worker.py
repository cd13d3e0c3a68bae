"""Workers (社区工作者): the holders of posts, with what a month means for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.agents.mesa_wall import mesa
from govsim.clock import DAYS_PER_YEAR
from govsim.kernels.staffing import quit_rate_per_year, relative_pay
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from govsim.agents.community import Community


class Worker(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A post of a community and whoever holds it; ``is_filled`` is 0 while it is vacant."""

    number = Column("number")
    is_filled = Column("is_filled")
    holder = Column("holder")
    exhaustion = Column("exhaustion", BILLIONTH)
    motivation = Column("motivation", BILLIONTH)
    skill = Column("skill_permille", 1e-3)
    susceptibility = Column("susceptibility_permille", 1e-3)
    efficiency = Column("efficiency_permille", 1e-3)
    pay_yuan_per_month = Column("pay_fen", 1e-2)
    n_lines = Column("n_lines")
    since_day = Column("since_day")

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.rows = row

    @property
    def table(self) -> Any:
        """The table of posts of the model, looked up anew at each access."""
        return self.model.state.people.posts

    @property
    def community(self) -> Community:
        """The community of the post."""
        community: Community = self.model.communities[int(self.table["community"][self.rows])]
        return community

    @property
    def tenure_days(self) -> int:
        """Working days since the holder came."""
        return int(self.model.day - self.since_day)

    @property
    def relative_pay(self) -> float:
        """Pay over the local average wage."""
        return float(relative_pay(self.model.charter.settings[0], self.table[self.rows].pay_fen))

    @property
    def quit_rate_per_year(self) -> float:
        """Yearly rate of leaving as of now, by the same function that decides at the end of a month."""
        tenure_years = self.tenure_days / DAYS_PER_YEAR
        last_quits = self.model.state.people.communities[int(self.table["community"][self.rows])].last_quits
        return float(
            quit_rate_per_year(self.model.charter.settings[0], self.table[self.rows], tenure_years, last_quits)
        )
