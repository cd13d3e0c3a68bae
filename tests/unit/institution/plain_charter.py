"""What the graph says of places, row by row as parts 7.1, 7.2, 7.16 and 7.19 of the ODD page put it; slow, and plain.

It shares no code with what compiles institutions but the hash of identities. Whole sums are of fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govsim.institution.institution import Institution


def entity(name):
    """Return ``h(name) >> 1``."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


@dataclass
class Plain:
    """An institution to ask one thing after the other; edges are found by their ends and relation."""

    institution: Institution

    def __post_init__(self) -> None:
        self.p, self.places = self.institution.parameters, self.institution.places
        self.catalogue = self.institution.catalogue
        graph = self.institution.organisation
        self.kinds = {name: terms["kind"] for name, terms in graph.nodes(data=True)}
        self.edges = {(a, b, key): terms for a, b, key, terms in graph.edges(keys=True, data=True)}
        self.numbers = {place.id: number for number, place in enumerate(self.places.communities)}

    def edge(self, source: str, target: str, relation: str) -> dict[str, Any] | None:
        return self.edges.get((source, target, relation))

    # --- who serves, employs and pays whom ---------------------------------------------------------------
    def seat(self, community: str) -> str:
        """Return the community for which the posts founded in this one work."""
        seats = [to for source, to, key in self.edges if source == community and key == "partners"]
        return seats[0] if seats else community

    def collective(self, community: str) -> str:
        """Return the community whose own funds this one's income enters."""
        seat = self.seat(community)
        joined = self.edge(community, seat, "partners")
        return seat if joined and joined["pools_assets"] else community

    def server(self, settlement: str) -> str:
        """Return the community from which the edge to a settlement begins."""
        (community,) = [source for source, to, key in self.edges if to == settlement and key == "serves"]
        return community

    def settlements(self):
        """Return by settlement: who serves it, and the way."""
        servers = [(self.server(place.id), place.id) for place in self.places.settlements]
        return [(self.numbers[c], self.edge(c, s, "serves")["distance_km"]) for c, s in servers]

    def posts(self):
        """Return by post: who employs it, whose own funds pay its top-up, its public pay, and its insurance rate."""
        rows, p, district = [], self.p, self.places.district
        for home in self.places.communities:
            funds = self.edge(district, home.id, "funds") or self.edge(district, self.seat(home.id), "funds")
            for number in range(home.posts):
                allowance = ("first", "second")[number] if number < 2 else "other"
                yuan = p["pay.base_yuan_per_month"] + p["pay.bonus_yuan_per_month"]
                yuan += p[f"pay.allowance_{allowance}_yuan_per_month"]
                fen = math.floor(100 * yuan * funds["pay_factor"] + 0.5)
                owners = self.numbers[self.seat(home.id)], self.numbers[self.collective(home.id)]
                rows.append((*owners, fen, funds["insurance_share"]))
        return rows

    # --- what is sent where ------------------------------------------------------------------------------
    def kept(self, office: str, community: str) -> float:
        inspects = self.edge(office, community, "inspects")
        return inspects["kept_share"] if inspects else 1.0

    def compliance(self, kept: float) -> float:
        base = self.p["push.compliance_base"]
        return base + (1.0 - base) * kept

    def own_class(self, weight: float, days: float, minutes: float) -> int:
        """Return the class of a job by the rule of priority."""
        rule = self.institution.rules["priority"].name
        if rule != "MOST_PRESSING_FIRST":
            return 2 if rule == "RESIDENTS_FIRST" else 1
        if weight == 0.0:
            return 30
        return min(max(math.floor(-math.log2(weight / (days * minutes))), 1), 30)

    def units(self):
        """Return the mandates in units, in the order (community, matter, settlement), then as places come."""
        rows = [row for number in range(len(self.catalogue.mandates)) for row in self.of_mandate(number)]
        rows += [row for place in self.places.communities for row in self.of_inspections(place)]
        return sorted(rows, key=lambda row: (row["community"], row["matter"], row["settlement"]))

    def of_mandate(self, number: int):
        mandate, rows = self.catalogue.mandates[number], []
        department = mandate.department
        if mandate.is_per_resident:
            reached = [
                (each.id, each.community, s, each.residents / self.p["mandates.reference_residents"])
                for s, each in enumerate(self.places.settlements)
            ]
        else:
            reached = [(each.id, each.id, -1, 1.0) for each in self.places.communities]
        for unit, founding, settlement, scale in reached:
            by_seat = mandate.is_per_resident and not self.edge(department, founding, "assigns")
            community = self.seat(founding) if by_seat else founding
            assigns = self.edge(department, community, "assigns")
            if not assigns:
                continue
            kept = self.kept(department, community)
            weight = mandate.weight * (1.0 - self.p["inspections.attention"] * (1.0 - kept))
            rows.append(
                {
                    "entity": entity(f"mandate:{unit}/{mandate.id}"),
                    "matter": number,
                    "community": self.numbers[self.seat(founding)],
                    "settlement": settlement,
                    "jobs_per_year": mandate.jobs_per_year,
                    "scale": scale,
                    "own_class": self.own_class(weight, mandate.deadline_days, mandate.minutes),
                    "needs_permit": int(assigns["permit"]),
                    "kept_share": 1.0,
                    "compliance": self.compliance(kept),
                }
            )
        return rows

    def of_inspections(self, place: Any):
        rows, p = [], self.p
        offices = {f"inspection-{each.id}": each.id for each in self.catalogue.departments}
        for line, (name, office) in enumerate([*offices.items(), ("inspection-street", place.street)]):
            inspects = self.edge(office, place.id, "inspects")
            if not inspects:
                continue
            weight = p["inspections.weight"] * inspects["weight"]
            rows.append(
                {
                    "entity": entity(f"mandate:{place.id}/{name}"),
                    "matter": len(self.catalogue.mandates) + line,
                    "community": self.numbers[self.seat(place.id)],
                    "settlement": -1,
                    "jobs_per_year": inspects["inspections_per_year"],
                    "scale": 1.0,
                    "own_class": self.own_class(weight, int(p["inspections.deadline_days"]), p["inspections.minutes"]),
                    "needs_permit": 0,
                    "kept_share": inspects["kept_share"],
                    "compliance": self.compliance(inspects["kept_share"]),
                }
            )
        return rows

    # --- what holds for communities ----------------------------------------------------------------------
    def communities(self):
        """Return by community what holds for it: sums as fractions, so that the order of adding does not matter."""
        return [self.of_community(place.id) for place in self.places.communities]

    def of_community(self, community: str):
        inspects = [terms for (_, to, key), terms in self.edges.items() if (to, key) == (community, "inspects")]
        held = sum(Fraction(each["inspections_per_year"]) for each in inspects)
        kept = sum(Fraction(each["inspections_per_year"]) * Fraction(each["kept_share"]) for each in inspects)
        rises = [
            terms["announced_rise"] for (a, _, key), terms in self.edges.items() if (a, key) == (community, "serves")
        ]
        partners = [source for source, to, key in self.edges if (to, key) == (community, "partners")]
        budgets = [
            place.id
            for place in self.places.communities
            if self.seat(place.id) == community and self.edge(self.places.district, place.id, "funds")
        ]
        return {
            "planned_self_government": self.planned(
                community, lambda mandate: mandate.work_class.name == "SELF_GOVERNMENT"
            ),
            "planned_outreach": self.planned(community, lambda mandate: mandate.is_outreach),
            "attention": kept / held if held else 0,
            "announced_level": min(1.0, self.p["opinion.announced_level"] + max(rises, default=0.0)),
            "n_consenting": 1 + sum(self.kinds[partner] == "community" for partner in partners),
            "collective": self.numbers[self.collective(community)],
            "n_budgets": len(budgets),
        }

    def planned(self, community: str, is_meant: Any) -> Fraction:
        total = Fraction(0)
        for number, mandate in enumerate(self.catalogue.mandates):
            if is_meant(mandate):
                for row in self.of_mandate(number):
                    if row["community"] == self.numbers[community]:
                        total += (
                            Fraction(mandate.jobs_per_year) * Fraction(mandate.minutes) / 12 * Fraction(row["scale"])
                        )
        return total

    # --- what departments decide on ----------------------------------------------------------------------
    def terms_of(self, office: str, relation: str):
        return {to: terms for (source, to, key), terms in self.edges.items() if (source, key) == (office, relation)}

    def lines(self):
        """Return by line, streets last: its mandates of administration, and the longest wait for a permit."""
        rows = []
        for each in self.catalogue.departments:
            own = [
                m for m in self.catalogue.mandates if (m.department, m.work_class.name) == (each.id, "ADMINISTRATION")
            ]
            days = [terms["approval_days"] for terms in self.terms_of(each.id, "assigns").values()]
            rows.append((len(own), int(max(days, default=0))))
        return [*rows, (0, 0)]

    def brief(self, department: str):
        """Return the highest terms of a department, and where its mandates and its inspections are restricted."""
        assigns, inspects = self.terms_of(department, "assigns"), self.terms_of(department, "inspects")
        names = [place.id for place in self.places.communities]
        bound = [self.kept(department, name) for name in names if name in assigns and assigns[name]["permit"]]
        cut = [inspects[name]["kept_share"] for name in names if name in inspects and inspects[name]["kept_share"] < 1]
        return {
            "strictness": max((terms["strictness"] for terms in assigns.values()), default=0.0),
            "approval_days": max((terms["approval_days"] for terms in assigns.values()), default=0.0),
            "mandate_audit_share": max((terms["audit_share"] for terms in assigns.values()), default=0.0),
            "inspection_audit_share": max((terms["audit_share"] for terms in inspects.values()), default=0.0),
            "mandates": (bool(bound), self.mean_compliance(bound)),
            "inspection": (bool(cut), self.mean_compliance(cut)),
        }

    def mean_compliance(self, kept: list[float]) -> Fraction:
        chances = [Fraction(self.compliance(each)) for each in kept]
        return sum(chances) / len(chances) if chances else Fraction(1)
