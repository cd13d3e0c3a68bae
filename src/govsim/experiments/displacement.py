"""Displacement accounting: where the hours went that a reform took off communities, exact to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.clock import MINUTES_PER_HOUR
from govsim.errors import InvariantError
from govsim.experiments.pairing import PairedEffect, paired_effect
from govsim.experiments.ratio import ratio_of_means

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Removed is what these add up to. What was issued is the same in both arms unless they issue other jobs.
PARTS: Final = (
    "vanished",
    "moved_to_departments",
    "moved_to_providers",
    "hidden",
    "left_undone",
    "reported_only",
    "not_issued",
)
# Hours that others spend more; they are no part of the sum.
ELSEWHERE: Final = ("streets", "department_cases", "overtime", "residents", "volunteers")
# What else changes in communities; no part of the sum either, since no department issued it.
INSIDE: Final = ("rework", "requests_waived", "requests_given_up")
# What the ratio sets against the hours really removed.
ADDED: Final = ("moved_to_departments", "moved_to_providers", "hidden", *ELSEWHERE)


def removed_minutes(baseline: Mapping[str, int], reform: Mapping[str, int]) -> dict[str, int]:
    """Return the minutes removed from communities in one pair of runs and where they went.

    Removed are minutes of jobs sent down as they may be, less what communities waived or let expire of all that came
    down. They *vanished* when the department let the work be, found a shorter way, or a community declined it; they
    *moved* to departments or to providers; they are *hidden* where more of what comes down is done perfunctorily, and
    *left undone* where more of it expires in a tray (both are negative where a lighter load is done in full again);
    they were removed *on paper only* where the work came back ad hoc. Every minute that is issued is in one account,
    so the sum is exact.
    """
    change = {name: reform[name] - baseline[name] for name in baseline}
    minutes = {
        "removed": -(change["sent_down"] - change["waived"] - change["expired"]),
        "vanished": change["let_be"] + change["declined"] + change["saved"],
        "moved_to_departments": change["taken"],
        "moved_to_providers": change["bought"],
        "hidden": change["waived"],
        "left_undone": change["expired"],
        "reported_only": change["ad_hoc"],
        "not_issued": -change["issued"],
        **{name: change[name] for name in (*ELSEWHERE, *INSIDE)},
    }
    if minutes["removed"] != sum(minutes[part] for part in PARTS):
        message = "minutes removed from communities are not the minutes found elsewhere; please report it"
        raise InvariantError(message)
    return minutes


@dataclass(frozen=True)
class Displacement:
    """Where the hours of an arm went, in hours a community and year.

    Attributes
    ----------
    hours
        By account: ``removed``, its parts and what others spend more; the mean paired difference and its interval.
    ratio
        Hours added elsewhere (departments, their cases, providers, streets, overtime, residents, volunteers, hidden)
        over hours removed that did not come back ad hoc; None where the t interval of these does not lie above 0.
    ratio_low, ratio_high
        Fieller's 95 % interval of ``ratio``, over the replicates.
    """

    hours: dict[str, PairedEffect]
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None

    def to_dict(self) -> dict[str, object]:
        """Return what JSON shows."""
        hours = {
            name: {"hours": each.difference, "ci_low": each.ci_low, "ci_high": each.ci_high, "interval": each.interval}
            for name, each in self.hours.items()
        }
        return {
            "hours_per_community_year": hours,
            "displacement_ratio": self.ratio,
            "displacement_ratio_ci_low": self.ratio_low,
            "displacement_ratio_ci_high": self.ratio_high,
            "displacement_ratio_interval": None if self.ratio is None else "fieller",
        }


def displacement(
    baseline: Sequence[Mapping[str, int]], reform: Sequence[Mapping[str, int]], community_years: float
) -> Displacement:
    """Return the displacement accounting of one arm from the accounts of its runs, by replicate."""
    pairs = [removed_minutes(before, after) for before, after in zip(baseline, reform, strict=True)]
    per = MINUTES_PER_HOUR * community_years
    nothing = [0.0] * len(pairs)
    hours = {name: paired_effect(nothing, [pair[name] / per for pair in pairs], "none") for name in pairs[0]}
    added = [sum(pair[name] for name in ADDED) for pair in pairs]
    really_removed = [pair["removed"] - pair["reported_only"] for pair in pairs]
    ratio = ratio_of_means(added, really_removed)
    return Displacement(hours) if ratio is None else Displacement(hours, *ratio)
