"""Residents (居民): rows of a table that become Mesa agents when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from govsim.agents.mesa_wall import mesa
from govsim.tables.columns import BILLIONTH, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from govsim.agents.community import Community

AGE_GROUPS = ("minor", "adult", "older")


class Resident(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """One resident; reads and writes the row, so nothing in the object can be out of date.

    Made by ``community.residents[i]``, ``model.residents[row]`` or ``model.agents_by_type[Resident]`` and registered
    from then on. Ten million of these objects are gigabytes; a run that never asks makes none.
    """

    satisfaction = Column("satisfaction", BILLIONTH)
    expectation = Column("expectation", BILLIONTH)
    cases_met = Column("cases_met")
    cases_unmet = Column("cases_unmet")
    last_act_month = Column("last_act_month")
    group = Column("group")

    def __init__(self, model: Any, row: int) -> None:
        # Mesa's own constructor would draw the id from a counter, so that whoever asks first numbers the residents.
        self.model = model
        self.rows = row
        self.unique_id = model.first_resident_id + row
        self.pos = None
        model.register_agent(self)

    @property
    def table(self) -> Any:
        """The table of residents of the model, looked up anew at each access."""
        return self.model.state.people.residents

    @property
    def row(self) -> int:
        """Row in the table, which never changes."""
        return self.rows

    @property
    def age_group(self) -> str:
        """``minor`` (under 18), ``adult`` or ``older`` (60 and over)."""
        return AGE_GROUPS[self.group % 3]

    @property
    def is_disabled(self) -> bool:
        """Whether the resident has a disability."""
        return bool((self.group // 3) % 2)

    @property
    def is_low_income(self) -> bool:
        """Whether the resident receives minimum income (低保)."""
        return bool(self.group // 6)

    @property
    def settlement(self) -> str:
        """Id of the settlement."""
        places = self.model.institution.places
        name: str = places.settlements[int(self.table["settlement"][self.rows])].id
        return name

    @property
    def community(self) -> Community:
        """The community that serves the resident."""
        s = int(self.table["settlement"][self.rows])
        community: Community = self.model.communities[int(self.model.state.people.settlements["community"][s])]
        return community

    def remove(self) -> None:
        """Refuse: rows are fixed for a run."""
        message = "a resident cannot be removed: rows are fixed for a run"
        raise TypeError(message)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resident) and (self.model, self.rows) == (other.model, other.rows)

    def __hash__(self) -> int:
        return hash((id(self.model), self.rows))


class Residents:
    """Some residents: columns as read-only arrays, and a ``Resident`` for each index asked for."""

    satisfaction = Column("satisfaction", BILLIONTH)
    expectation = Column("expectation", BILLIONTH)
    cases_met = Column("cases_met")
    cases_unmet = Column("cases_unmet")
    last_act_month = Column("last_act_month")
    group = Column("group")

    def __init__(self, model: Any, numbers: range | NDArray[np.int64]) -> None:
        self.model = model
        self.numbers = numbers

    @property
    def table(self) -> Any:
        """The table of residents of the model."""
        return self.model.state.people.residents

    @property
    def rows(self) -> slice | NDArray[np.int64]:
        """Their rows in the table; those of one run of rows are a slice."""
        return slice(self.numbers.start, self.numbers.stop) if isinstance(self.numbers, range) else self.numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Resident: ...
    @overload
    def __getitem__(self, index: slice) -> Residents: ...
    def __getitem__(self, index: int | slice) -> Resident | Residents:
        if isinstance(index, slice):
            if index.step not in (None, 1):
                message = "residents can be sliced in steps of 1 only; index them one by one"
                raise TypeError(message)
            return Residents(self.model, self.numbers[index])
        resident: Resident = self.model.resident(int(self.numbers[index]))
        return resident

    def __iter__(self) -> Iterator[Resident]:
        return (self.model.resident(int(row)) for row in self.numbers)

    def agents(self) -> Any:
        """Return all of them as a Mesa ``AgentSet``; this makes the objects."""
        return mesa.agent.AgentSet(list(self), random=self.model.unused_random)
