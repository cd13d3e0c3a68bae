"""When a sample agrees with a theory, when it does not, and when it cannot tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

WIDEST = 4.0

Verdict = Literal["agrees", "differs", "inconclusive"]


@dataclass(frozen=True)
class Agreement:
    """A mean of independent replicates beside its theory; shown in full when a test fails."""

    what: str
    theory: float
    mean: float
    standard_error: float
    verdict: Verdict


def agreement(what: str, sample: ArrayLike, theory: float, tolerance: float) -> Agreement:
    """Compare replicates with a theory.

    The mean agrees within four standard errors; a standard error above ``tolerance`` times the theory is no power to
    tell, and so no agreement.
    """
    values = np.asarray(sample, np.float64)
    mean, error = float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values)))
    verdict: Verdict = "agrees" if abs(mean - theory) <= WIDEST * error else "differs"
    if error > tolerance * abs(theory):
        verdict = "inconclusive"
    return Agreement(what, theory, mean, error, verdict)


def all_agree(found: list[Agreement]) -> list[Agreement]:
    """Return those that do not agree; a test asserts that there are none."""
    return [each for each in found if each.verdict != "agrees"]


def all_differ(found: list[Agreement]) -> list[Agreement]:
    """Return those that were not rejected, though the theory was made wrong; a test asserts that there are none."""
    return [each for each in found if each.verdict != "differs"]
