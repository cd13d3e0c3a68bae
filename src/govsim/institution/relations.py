"""Who may do what to whom, as columns: the edges of each relation with their terms, by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from govsim.institution.catalogue import Catalogue
    from govsim.institution.parameters import Parameters
    from govsim.institution.places import Places


def _terms(*names: str) -> np.dtype[Any]:
    return np.dtype([("exists", np.bool_), *((name, np.float64) for name in names)])


ASSIGNS: Final = _terms("permit", "strictness", "approval_days", "audit_share")
INSPECTS: Final = _terms("inspections_per_year", "weight", "kept_share", "audit_share")
FUNDS: Final = _terms("pay_factor", "insurance_share")
SERVES: Final = np.dtype([("community", np.int64), ("distance_km", np.float64), ("announced_rise", np.float64)])
PARTNERS: Final = np.dtype([("seat", np.int64), ("keeps_village", np.bool_), ("pools_assets", np.bool_)])


class Relations(NamedTuple):
    """Edges as arrays of records, read-only in an institution; where there is no edge stands ``no_edge``.

    Attributes
    ----------
    assigns
        From departments to communities, shape (departments, communities): ``permit`` (1 if needed), ``strictness``,
        ``approval_days`` and ``audit_share``.
    inspects
        From departments and, last, from the street of each, shape (departments + 1, communities):
        ``inspections_per_year``, ``weight``, ``kept_share`` and ``audit_share``.
    funds
        From the district to communities, shape (communities,): ``pay_factor`` and ``insurance_share``.
    serves
        To each settlement, shape (settlements,): from the row of which community, ``distance_km`` and
        ``announced_rise``.
    partners
        From each community, shape (communities,): to the row of the seat that it has joined or its own, whether it is
        still a village with a committee, and whether what its cooperative owns is the seat's.
    """

    assigns: Any
    inspects: Any
    funds: Any
    serves: Any
    partners: Any

    def __eq__(self, other: object) -> bool:
        """Return whether all records are the same."""
        return isinstance(other, Relations) and all(map(np.array_equal, self, other))

    @property
    def seats(self) -> Any:
        """Row of the community whose office employs the posts founded in each."""
        return self.partners["seat"]

    @property
    def collectives(self) -> Any:
        """Row of the community whose own funds are those of each: its seat's where assets are pooled, else its own."""
        return np.where(self.partners["pools_assets"], self.seats, np.arange(len(self.seats)))

    @property
    def n_consenting(self) -> Any:
        """Villages that have to agree to an act of each community: itself and those federated with it."""
        is_federated = self.partners["keeps_village"] & (self.seats != np.arange(len(self.seats)))
        return 1 + np.bincount(self.seats[is_federated], minlength=len(self.seats))

    def copy(self) -> Relations:
        """Return a copy that may be changed until it is frozen."""
        return Relations(*(edges.copy() for edges in self))

    def frozen(self) -> Relations:
        """Return the same relations, which may no longer be changed."""
        for edges in self:
            edges.flags.writeable = False
        return self


def no_edge(layout: np.dtype[Any]) -> Any:
    """Return the record of an edge that does not exist: no term holds, and nothing is cut."""
    record = np.zeros((), layout)
    if "kept_share" in (layout.names or ()):
        record["kept_share"] = 1.0
    return record


def draw_relations(places: Places, catalogue: Catalogue, parameters: Parameters) -> Relations:
    """Return the frozen relations of a district at baseline: everybody may do what is usual to everybody."""
    departments, n = catalogue.departments, len(places.communities)
    assigns, inspects = np.zeros((len(departments), n), ASSIGNS), np.zeros((len(departments) + 1, n), INSPECTS)
    funds, serves = np.zeros(n, FUNDS), np.zeros(len(places.settlements), SERVES)
    assigns["exists"] = inspects["exists"] = funds["exists"] = True
    per_year = [*(each.inspections_per_year for each in departments), parameters["street.inspections_per_year"]]
    inspects["inspections_per_year"] = np.array(per_year)[:, np.newaxis]
    inspects["weight"] = np.array([*(each.inspection_weight for each in departments), 1.0])[:, np.newaxis]
    inspects["kept_share"] = 1.0
    funds["pay_factor"], funds["insurance_share"] = 1.0, parameters["pay.insurance_share"]
    serves["community"] = [places.community_rows[place.community] for place in places.settlements]
    serves["distance_km"] = [place.distance_km for place in places.settlements]
    partners = np.zeros(n, PARTNERS)
    partners["seat"], partners["keeps_village"] = np.arange(n), True
    return Relations(assigns, inspects, funds, serves, partners).frozen()
