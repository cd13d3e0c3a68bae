"""Displacement accounting: where the hours went that a reform took off communities, exact to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.clock import MINUTES_PER_HOUR
from govsim.errors import InvariantError
from govsim.experiments.pairing import PairedEffect, paired_effect

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
        over hours removed that did not come back ad hoc; None where the interval of these does not lie above 0.
    """

    hours: dict[str, PairedEffect]
    ratio: float | None

    def to_dict(self) -> dict[str, object]:
        """Return what JSON shows."""
        hours = {
            name: {"hours": each.difference, "ci_low": each.ci_low, "ci_high": each.ci_high}
            for name, each in self.hours.items()
        }
        return {"hours_per_community_year": hours, "displacement_ratio": self.ratio}


def displacement(
    baseline: Sequence[Mapping[str, int]], reform: Sequence[Mapping[str, int]], community_years: float
) -> Displacement:
    """Return the displacement accounting of one arm from the accounts of its runs, by replicate."""
    pairs = [removed_minutes(before, after) for before, after in zip(baseline, reform, strict=True)]
    per = MINUTES_PER_HOUR * community_years
    nothing = [0.0] * len(pairs)
    hours = {name: paired_effect(nothing, [pair[name] / per for pair in pairs], "none") for name in pairs[0]}
    total = {name: sum(pair[name] for pair in pairs) for name in pairs[0]}
    moved = ("moved_to_departments", "moved_to_providers", "hidden", *ELSEWHERE)
    really = paired_effect(nothing, [(pair["removed"] - pair["reported_only"]) / per for pair in pairs], "none")
    is_clear = really.ci_low is not None and really.ci_low > 0.0
    denominator = total["removed"] - total["reported_only"]
    return Displacement(hours, sum(total[name] for name in moved) / denominator if is_clear else None)
