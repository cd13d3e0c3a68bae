"""What the organisational graph carries in a month: how loaded each office is, and how many hours of jobs go where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MINUTES_PER_HOUR, WORKING_DAY_MINUTES
from govsim.figures.strands import planned_hours
from govsim.institution.catalogue import WorkClass
from govsim.institution.charter import compile_charter
from govsim.kernels.routes import CAME_DOWN
from govsim.recording.accounts import FEN_PER_YUAN
from govsim.recording.tables import reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.institution.institution import Institution
    from govsim.recording.recorder import Recording

_ROUNDS: Final = 200


@dataclass(frozen=True)
class Office:
    """An office in an average month: hours of work that came, hours there are, what waits, who works, what it costs.

    ``request_hours`` came from residents; ``overtime_hours`` and these are of communities only. ``n_places`` is the
    number of communities that one node stands for.
    """

    id: str
    kind: str
    offered_hours: float
    capacity_hours: float
    queue_hours: float
    workers: float
    yuan: float
    overtime_hours: float = 0.0
    request_hours: float = 0.0
    n_places: int = 1

    @property
    def load(self) -> float | None:
        """Hours of work over hours there are; None where nobody works."""
        return self.offered_hours / self.capacity_hours if self.capacity_hours > 0.0 else None


@dataclass(frozen=True)
class Edge:
    """Hours of jobs a month from one office down to another."""

    source: str
    target: str
    hours: float


@dataclass(frozen=True)
class Traffic:
    """The graph in an average month."""

    offices: dict[str, Office]
    edges: tuple[Edge, ...]


def traffic(institution: Institution, recordings: Sequence[Recording], month: int | None = None) -> Traffic:
    """Return load and flow in a month of the run, or on average over the reported part; the mean of all runs.

    Measured are loads, queues, workers, money, the hours of jobs of each sender that came down, and the hours of jobs
    that arrived in each community; requests of residents come from below and are on no edge. Not recorded is which
    department sent how much into which street: this is shared out as the compiled institution plans it, and scaled
    until the hours of each sender and of each street are those measured (iterative proportional fitting, Deming and
    Stephan 1940). Streets send inspections of their own, which are on the edges to communities only.
    """
    means = _Means(tuple(recordings), month)
    communities, departments = institution.places.communities, institution.catalogue.departments
    arrived = means.of("communities", "arrived_minutes") / MINUTES_PER_HOUR
    jobs = arrived.sum(axis=1) - arrived[:, WorkClass.SERVICE]
    offices = [*_offices(institution, means), *_communities(institution, means, arrived)]
    shares = _shared_out(institution, means, jobs)
    streets = institution.places.streets
    down = [
        Edge(department.id, street, float(shares[line, column]))
        for line, department in enumerate(departments)
        for column, street in enumerate(streets)
    ]
    last = [Edge(place.street, place.id, float(hours)) for place, hours in zip(communities, jobs, strict=True)]
    return Traffic({office.id: office for office in offices}, tuple(edge for edge in down + last if edge.hours > 0.0))


@dataclass(frozen=True)
class _Means:
    """Books of a month, or of the reported part, a month and run on average."""

    recordings: tuple[Recording, ...]
    month: int | None

    def of(self, table: str, name: str) -> Any:
        """Return a column by row."""
        found = []
        for recording in self.recordings:
            window = reported(recording)
            first, last = (window.first, window.last) if self.month is None else (self.month, self.month + 1)
            if not 0 <= first < last <= window.last:
                message = "nothing is recorded of the month, or of the reported part, that is asked for"
                raise ValueError(message)
            found.append(getattr(recording, table)[name][first:last].mean(axis=0))
        return np.mean(found, axis=0)


def _offices(institution: Institution, means: _Means) -> list[Office]:
    """Return streets and departments; their load is that of ``recording.outcomes``."""
    parts = ("own_minutes", "passing_minutes", "taken_minutes", "case_minutes")
    offered = sum(means.of("offices", name) for name in parts)
    capacity = means.of("offices", "capacity_minutes")
    queue = means.of("offices", "backlog_minute_days") / DAYS_PER_MONTH
    fen = means.of("offices", "cost_fen")
    streets, departments = institution.places.streets, [each.id for each in institution.catalogue.departments]
    kinds = ["street"] * len(streets) + ["department"] * len(departments)
    return [
        Office(
            id=id_,
            kind=kind,
            offered_hours=float(offered[row]) / MINUTES_PER_HOUR,
            capacity_hours=float(capacity[row]) / MINUTES_PER_HOUR,
            queue_hours=float(queue[row]) / MINUTES_PER_HOUR,
            workers=float(capacity[row]) / (WORKING_DAY_MINUTES * DAYS_PER_MONTH),
            yuan=float(fen[row]) / FEN_PER_YUAN,
        )
        for row, (id_, kind) in enumerate(zip([*streets, *departments], kinds, strict=True))
    ]


def _communities(institution: Institution, means: _Means, arrived: Any) -> list[Office]:
    columns = {
        name: means.of("communities", name)
        for name in ("contracted_minutes", "backlog_minute_days", "filled_posts", "overtime_minutes")
    }
    fen = means.of("communities", "cost_district_fen") + means.of("communities", "cost_own_fen")
    return [
        Office(
            id=place.id,
            kind="community",
            offered_hours=float(arrived[row].sum()),
            capacity_hours=float(columns["contracted_minutes"][row]) / MINUTES_PER_HOUR,
            queue_hours=float(columns["backlog_minute_days"][row]) / DAYS_PER_MONTH / MINUTES_PER_HOUR,
            workers=float(columns["filled_posts"][row]),
            yuan=float(fen[row]) / FEN_PER_YUAN,
            overtime_hours=float(columns["overtime_minutes"][row]) / MINUTES_PER_HOUR,
            request_hours=float(arrived[row, WorkClass.SERVICE]),
        )
        for row, place in enumerate(institution.places.communities)
    ]


def _shared_out(institution: Institution, means: _Means, jobs: Any) -> Any:
    """Return hours a month of jobs by sender and street, shape (departments + 1, streets)."""
    places, charter = institution.places, compile_charter(institution)
    columns = np.array([places.streets.index(place.street) for place in places.communities])
    issued = means.of("origins", "issued_minutes")[:, :CAME_DOWN].sum(axis=1)
    came = (issued + means.of("origins", "rework_minutes")) / MINUTES_PER_HOUR
    table = np.zeros((len(came), len(places.streets)))
    units = charter.units
    where = charter.matters["line"][units["matter"]], columns[units["community"]]
    np.add.at(table, where, planned_hours(charter, units) * units["kept_share"])
    wanted = np.bincount(columns, jobs, len(places.streets))
    for _ in range(_ROUNDS):
        table *= _ratio(came, table.sum(axis=1))[:, np.newaxis]
        table *= _ratio(wanted, table.sum(axis=0))
    return table


def _ratio(wanted: Any, found: Any) -> Any:
    return np.divide(wanted, found, out=np.zeros(len(found)), where=found > 0.0)


def by_street(institution: Institution, found: Traffic) -> Traffic:
    """Return the graph with the communities of each street in one node, which has the id of the street and ``/``."""
    streets = {place.id: f"{place.street}/" for place in institution.places.communities}
    offices = {id_: office for id_, office in found.offices.items() if id_ not in streets}
    edges = [edge for edge in found.edges if edge.target not in streets]
    for street in institution.places.streets:
        own = [found.offices[id_] for id_, group in streets.items() if group == f"{street}/"]
        names = ("offered_hours", "capacity_hours", "queue_hours", "workers", "yuan", "overtime_hours", "request_hours")
        sums = {name: sum(getattr(office, name) for office in own) for name in names}
        offices[f"{street}/"] = Office(id=f"{street}/", kind="communities", n_places=len(own), **sums)
        hours = sum(edge.hours for edge in found.edges if edge.source == street and edge.target in streets)
        edges.append(Edge(street, f"{street}/", hours))
    return Traffic(offices, tuple(edges))
