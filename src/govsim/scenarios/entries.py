"""A reform and where it stands in its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.scenarios import messages as m
from govsim.scenarios.findings import dotted

if TYPE_CHECKING:
    from govsim.reforms import Reform
    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document, Route


@dataclass(frozen=True, slots=True)
class ReformEntry:
    """A reform and its position in the list of the file."""

    index: int
    reform: Reform

    def route(self, field: str) -> Route:
        """Return the route to a field of the entry."""
        return ("reforms", self.index, field)


def complain_at(document: Document, route: Route, sentence: str, complaints: Complaints) -> None:
    """Note what is wrong with the value at a route."""
    complaints.add(document.place(route), m.AT.format(path=dotted(document, route), sentence=sentence))
