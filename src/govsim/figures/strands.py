"""What one community is to expect from each mandate and inspection by the terms in force: hours a year and terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.clock import MINUTES_PER_HOUR, MONTHS_PER_YEAR
from govsim.institution.charter import compile_charter
from govsim.institution.docket import admission, compile_docket
from govsim.institution.units import STREETS

if TYPE_CHECKING:
    from govsim.institution.charter import Charter
    from govsim.institution.docket import Brief
    from govsim.institution.institution import Institution


@dataclass(frozen=True)
class Strand:
    """A mandate or inspection as it reaches one community.

    Attributes
    ----------
    id
        Of the mandate, or ``inspection-<office>``.
    office
        Id of the department, or ``street``.
    planned_hours
        Hours a year that the catalogue plans for the community, all jobs, at mean size.
    free_hours
        Of these, what may be sent down without asking: all of what is free or listed by the permit board, the share
        that is kept of inspections, nothing of what the board has not listed.
    needs_permit, is_listed
        Whether the community may be sent it only with a permit; whether the board lists it, so that it passes.
    kept_share
        Of inspections, the share that may still be held.
    """

    id: str
    office: str
    planned_hours: float
    free_hours: float
    needs_permit: bool = False
    is_listed: bool = True
    kept_share: float = 1.0


def strands(institution: Institution, community: str) -> dict[str, Strand]:
    """Return what reaches a community, by id, departments in the order of the catalogue and the street last.

    The number of jobs is the rate that the model rounds by a draw (``kernels.jobs.job_count``), on average over the
    months of a year and the years of a period; the minutes of a job are its mean. It is an expectation before
    departments choose: what is free they may yet do themselves, buy or drop, and what is not listed they may ask a
    permit for month by month, send ad hoc or drop. Requests of residents and returned cases are no part of it.
    """
    charter = compile_charter(institution)
    unlisted = _unlisted(compile_docket(institution, charter).briefs)
    units = charter.units[charter.units["community"] == institution.places.community_rows[community]]
    hours, is_bound = planned_hours(charter, units), units["needs_permit"] == 1
    found = {}
    ids, offices = _names(institution)
    for row in sorted(set(units["matter"].tolist()), key=lambda row: (charter.matters["line"][row], row)):
        own = units["matter"] == row
        kept = np.where(is_bound & (row in unlisted), 0.0, units["kept_share"])
        found[ids[row]] = Strand(
            id=ids[row],
            office=offices[charter.matters["line"][row]],
            planned_hours=float(hours[own].sum()),
            free_hours=float((hours * kept)[own].sum()),
            needs_permit=bool(is_bound[own].any()),
            is_listed=row not in unlisted,
            kept_share=float(units["kept_share"][own].mean()),
        )
    return found


def planned_hours(charter: Charter, units: Any) -> Any:
    """Return the hours a year that the catalogue plans for mandates in units, shape (units,)."""
    matters = charter.matters[units["matter"]]
    seasons = charter.seasons.sum(axis=1)[matters["season"]] / MONTHS_PER_YEAR
    jobs = units["jobs_per_year"] * units["scale"] * seasons / matters["period_years"]
    return jobs * charter.settings["mandates_volume"][0] * matters["minutes"] / MINUTES_PER_HOUR


def _unlisted(briefs: tuple[Brief, ...]) -> set[int]:
    """Return the rows of matters that the board does not list, by the rule of ``kernels.choosing.choose``."""
    return {
        matter.row
        for brief in briefs
        for matter in brief.matters
        if matter.is_restricted and not matter.is_inspection and matter.standing >= admission(matter, brief.strictness)
    }


def _names(institution: Institution) -> tuple[list[str], list[str]]:
    offices = [*(department.id for department in institution.catalogue.departments), STREETS]
    mandates = [mandate.id for mandate in institution.catalogue.mandates]
    return [*mandates, *(f"inspection-{office}" for office in offices)], offices
