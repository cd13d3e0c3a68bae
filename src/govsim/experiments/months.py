"""An outcome month by month in two arms, paired by replicate, with one of two kinds of band around a mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import scipy  # whose parts are imported where they are first used

from govsim.clock import MONTHS_PER_YEAR
from govsim.experiments.intervals import FEWEST_PAIRS
from govsim.experiments.thresholds import THRESHOLDS
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govsim.recording.recorder import Recording

# What happens to a post every ten years or so is 0 in most months of a small district.
_OF_A_YEAR: Final = frozenset({"turnover_per_year", "cohort_left_share"})
_PERCENTILES: Final = (10.0, 90.0)


class Band(StrEnum):
    """What a band around a mean shows: how worlds differ, or how well their mean is known."""

    WORLDS = "worlds"
    MEAN = "mean"


@dataclass(frozen=True)
class Course:
    """A mean over replicates with its band, month by month; NaN where a month is undefined, or has no band.

    Attributes
    ----------
    mean, low, high
        Of each month, shape (months,), in the unit of the outcome.
    """

    mean: Any
    low: Any
    high: Any


@dataclass(frozen=True)
class PairedCourses:
    """An outcome in both arms and its paired difference, month by month.

    Attributes
    ----------
    without, with_reform, difference
        Over the same pairs in each month: those in which both arms are defined.
    labels
        Months as ``YYYY-MM``.
    months_a_point
        Months that each value is of, its own the last of them.
    n_pairs
        Replicates.
    """

    without: Course
    with_reform: Course
    difference: Course
    labels: tuple[str, ...]
    months_a_point: int
    n_pairs: int


def months_a_point(outcome: str) -> int:
    """Return how many months a value of a series is of: twelve where events are rare, else one."""
    return MONTHS_PER_YEAR if outcome in _OF_A_YEAR else 1


def paired_courses(
    without: Sequence[Recording], with_reform: Sequence[Recording], outcome: str, band: Band
) -> PairedCourses:
    """Return the course of an outcome in two arms, whose recordings are paired in the order given.

    Raises
    ------
    ValueError
        If there is no pair, or a pair does not cover the same months.
    """
    recordings = [*without, *with_reform]
    months = {(each.calendar, len(each.communities)) for each in recordings}
    if len(without) != len(with_reform) or len(months) != 1:
        message = f"{len(without)} and {len(with_reform)} recordings do not make pairs of runs over the same months"
        raise ValueError(message)
    length = months_a_point(outcome)
    values = monthly_values(recordings, outcome, length)
    before, after = values[: len(without)], values[len(without) :]
    is_defined = np.isfinite(before) & np.isfinite(after)
    before, after = (np.where(is_defined, each, np.nan) for each in (before, after))
    calendar = without[0].calendar
    labels = tuple(calendar.label(month) for month in range(values.shape[1]))
    return PairedCourses(
        without=course_of(before, band),
        with_reform=course_of(after, band),
        difference=course_of(after - before, band),
        labels=labels,
        months_a_point=length,
        n_pairs=len(without),
    )


def monthly_values(recordings: Sequence[Recording], outcome: str, length: int = 1) -> Any:
    """Return an outcome over each window of ``length`` months, shape (recordings, months), NaN where undefined.

    A value stands at the last month of its window, by the formula that every other window is computed with; the first
    ``length - 1`` months have none.
    """
    formula = OUTCOMES[outcome].formula
    values = np.full((len(recordings), len(recordings[0].communities)), np.nan)
    for row, recording in enumerate(recordings):
        for last in range(length, values.shape[1] + 1):
            values[row, last - 1] = formula(Window(recording, last - length, last))
    return np.where(np.isfinite(values), values, np.nan)


def course_of(values: Any, band: Band) -> Course:
    """Return the mean and band of each month over the replicates that are defined in it.

    Parameters
    ----------
    values
        Shape (replicates, months), NaN where undefined.
    band
        ``worlds``: the 10th and 90th percentile, linear between order statistics (Hyndman and Fan's type 7).
        ``mean``: mean +- t(0.975, n - 1) s / sqrt(n), each month by itself. A month of a single replicate has no band.
    """
    n = np.isfinite(values).sum(axis=0)
    ends_of = _spread if band is Band.WORLDS else _interval
    mean = _where(n >= 1, values, lambda some: np.nanmean(some, axis=0)[None])
    low_high = _where(n >= FEWEST_PAIRS, values, ends_of, 2)
    return Course(mean[0], *low_high)


def _where(is_enough: Any, values: Any, of: Callable[[Any], Any], n_rows: int = 1) -> Any:
    """Return rows computed from the months with enough values, NaN in all others: NumPy warns of those."""
    found = np.full((n_rows, len(is_enough)), np.nan)
    if is_enough.any():
        found[:, is_enough] = of(values[:, is_enough])
    return found


def _spread(values: Any) -> Any:
    return np.nanpercentile(values, _PERCENTILES, axis=0)


def _interval(values: Any) -> Any:
    n = np.isfinite(values).sum(axis=0)
    quantile = scipy.stats.t.ppf((1.0 + THRESHOLDS.confidence) / 2.0, n - 1)
    half = quantile * np.nanstd(values, axis=0, ddof=1) / np.sqrt(n)
    mean = np.nanmean(values, axis=0)
    return np.array([mean - half, mean + half])
