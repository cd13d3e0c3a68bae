"""The catalogue of work: departments, mandates (项), kinds of request (诉求) and seasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class WorkClass(IntEnum):
    """Classes of work that hours are booked on."""

    ADMINISTRATION = 0
    INSPECTION = 1
    CENSUS = 2
    MEETING = 3
    SERVICE = 4
    SELF_GOVERNMENT = 5


class SizeRule(IntEnum):
    """How minutes of one job or request spread about their mean."""

    FIXED = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """A functional department (职能部门) and its line of work.

    Attributes
    ----------
    staff, purchase_yuan_per_year
        Posts, and money to buy work with, in a district of ``departments.reference_residents``.
    core_share
        Share of its hours that its own core takes.
    """

    id: str
    en: str
    zh: str
    inspections_per_year: float
    inspection_weight: float
    staff: float
    core_share: float
    purchase_yuan_per_year: float


@dataclass(frozen=True, slots=True)
class Mandate:
    """A standing kind of work that a department sends down (项); one unit of it is a job (件)."""

    id: str
    en: str
    zh: str
    department: str
    work_class: WorkClass
    legal_status: str
    jobs_per_year: float
    minutes: float
    size_rule: SizeRule
    cv: float
    red_tape_permille: int
    deadline_days: int
    weight: float
    authority_share: float
    is_per_resident: bool
    season: str
    period_years: int
    period_phase: int
    records_per_job: int = 0
    is_outreach: bool = False


@dataclass(frozen=True, slots=True)
class RequestKind:
    """A kind of need that a resident brings to the community."""

    id: str
    en: str
    zh: str
    department: str
    share: float
    minutes: float
    size_rule: SizeRule
    cv: float
    deadline_days: int
    weight: float
    authority_share: float
    resolved_share: float
    is_emotional: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can become work, in the order of the files."""

    departments: tuple[DepartmentEntry, ...]
    mandates: tuple[Mandate, ...]
    requests: tuple[RequestKind, ...]
    seasons: dict[str, tuple[int, ...]]
