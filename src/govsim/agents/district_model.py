"""A Mesa model of a district: its agents, residents made on demand, and the wall around Mesa's random streams."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final

from govsim.agents.agents_by_type import AgentsByType
from govsim.agents.community import Community
from govsim.agents.department import Department
from govsim.agents.district import District
from govsim.agents.mesa_wall import mesa
from govsim.agents.resident import Resident, Residents
from govsim.agents.street_office import StreetOffice
from govsim.agents.worker import Worker

if TYPE_CHECKING:
    from govsim.institution.charter import Charter
    from govsim.institution.docket import Brief
    from govsim.institution.institution import Institution
    from govsim.tables.state import State

MANY_RESIDENTS: Final = 200_000
_log = logging.getLogger("govsim")


class DistrictModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """What Mesa users expect of a model whose state lies in tables; the calendar is left to the subclass."""

    def __init__(self, seed: int) -> None:
        self._is_running = False
        super().__init__(rng=seed)
        self._residents: dict[int, Resident] = {}

    @property
    @abstractmethod
    def state(self) -> State:
        """The exact state."""

    @property
    @abstractmethod
    def institution(self) -> Institution:
        """The institution in force."""

    @property
    @abstractmethod
    def charter(self) -> Charter:
        """The institution in force as arrays."""

    @property
    @abstractmethod
    def docket(self) -> tuple[Brief, ...]:
        """What departments and the permit board decide on."""

    def _make_agents(self) -> None:
        """Register the institutions and workers; residents come when somebody asks."""
        places = self.institution.places
        self.district = District(self, places.district)
        departments = self.institution.catalogue.departments
        self.departments = [Department(self, row, each.id) for row, each in enumerate(departments)]
        self.streets = [StreetOffice(self, row, name) for row, name in enumerate(places.streets)]
        self.communities = [Community(self, row, place.id) for row, place in enumerate(places.communities)]
        self.workers = [Worker(self, row) for row in range(len(self.state.people.posts))]
        self.first_resident_id = 1 + max(agent.unique_id for agent in self.workers)

    @property
    def residents(self) -> Residents:
        """All residents; indexing makes a ``Resident``."""
        return Residents(self, range(len(self.state.people.residents)))

    def resident(self, row: int) -> Resident:
        """Return the one object of a row, made and registered when it is asked for the first time."""
        if row not in self._residents:
            self._residents[row] = Resident(self, row)
        return self._residents[row]

    def make_all_residents(self) -> None:
        """Make and register an object for every resident; ten million of them are gigabytes."""
        if len(self.residents) > MANY_RESIDENTS:
            _log.warning("making %d resident objects; the columns need none", len(self.residents))
        for row in range(len(self.residents)):
            self.resident(row)

    @property
    def agents_by_type(self) -> AgentsByType:
        """From class to ``AgentSet``; asking for ``Resident`` makes all residents."""
        return AgentsByType(self, self._agents_by_type)

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents, ``Resident`` included."""
        return list(self.agents_by_type)

    def release(self) -> None:
        """Let the agents go: Mesa 3.3 keeps every model alive in a class-level counter (mesa#3179)."""
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)
        for resident in self._residents.values():
            self.deregister_agent(resident)
        self._residents.clear()
        self.remove_all_agents()

    # Mesa's shared streams of random numbers would couple unrelated decisions.
    @property
    def random(self) -> Any:
        """Mesa's stream, which no process may draw from while the model runs."""
        return self._unless_running("random")

    @random.setter
    def random(self, stream: Any) -> None:
        self._random = stream

    @property
    def rng(self) -> Any:
        """Mesa's NumPy stream, which no process may draw from while the model runs."""
        return self._unless_running("rng")

    @rng.setter
    def rng(self, stream: Any) -> None:
        self._rng = stream

    @property
    def unused_random(self) -> Any:
        """The stream that ``AgentSet`` wants for methods that shuffle."""
        return self._random

    def _unless_running(self, name: str) -> Any:
        if self._is_running:
            message = f"model.{name} may not be used inside a run: every draw is keyed, see govsim.randomness.u"
            raise RuntimeError(message)
        return getattr(self, f"_{name}")
