"""Working days, months and years: a step is one working day, a month 21, a year 252 (工作日)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DAYS_PER_WEEK: Final = 5
DAYS_PER_MONTH: Final = 21
MONTHS_PER_YEAR: Final = 12
DAYS_PER_YEAR: Final = DAYS_PER_MONTH * MONTHS_PER_YEAR
MINUTES_PER_HOUR: Final = 60
WORKING_DAY_MINUTES: Final = 480


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one run; months are counted from the first day of the warm-up.

    Attributes
    ----------
    start_year, start_month
        First calendar month after the warm-up; months are numbered 1 to 12.
    years
        Length of the reported part, in years.
    warm_up_years
        Length of the part that runs before it and is reported apart, in years.
    """

    start_year: int
    start_month: int
    years: int
    warm_up_years: int

    @property
    def n_months(self) -> int:
        """Months of the whole run, warm-up included."""
        return MONTHS_PER_YEAR * (self.years + self.warm_up_years)

    @property
    def n_days(self) -> int:
        """Working days of the whole run, warm-up included."""
        return DAYS_PER_MONTH * self.n_months

    @property
    def warm_up_months(self) -> int:
        """Months before the reported part."""
        return MONTHS_PER_YEAR * self.warm_up_years

    def calendar_month(self, month: int) -> int:
        """Return 0 (January) to 11 for a month of the run."""
        return (self.start_month - 1 + month) % MONTHS_PER_YEAR

    def calendar_year(self, month: int) -> int:
        """Return the year, such as 2007, for a month of the run."""
        return self.start_year - self.warm_up_years + (self.start_month - 1 + month) // MONTHS_PER_YEAR

    def month_of(self, year: int, month: int) -> int:
        """Return the month of the run for a calendar year and a month from 1 to 12."""
        return MONTHS_PER_YEAR * (year - self.start_year + self.warm_up_years) + month - self.start_month

    def label(self, month: int) -> str:
        """Return a month of the run as ``YYYY-MM``."""
        return f"{self.calendar_year(month)}-{self.calendar_month(month) + 1:02d}"
