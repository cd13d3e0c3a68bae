"""What a contact with an office leaves with a resident: satisfaction, experience, and a judgement of the user."""

from __future__ import annotations

from typing import Final

from govsim.compilation import kernel
from govsim.randomness import billionths, clip

DISSATISFIED: Final = 0.4
MOST_CASES: Final = 30000


@kernel
def judge(settings, performance, expectation):
    """Return the satisfaction towards which one experience pulls: performance first, then the gap (E10)."""
    return clip(
        settings.opinion_s0
        + settings.opinion_performance_weight * (performance - settings.opinion_usual_performance)
        + settings.opinion_gap_weight * (performance - expectation),
        0.0,
        1.0,
    )


@kernel
def meet_resident(settings, row, settlement, performance, is_met, people, book):
    """Let one contact move a resident; return whether the user is dissatisfied with it."""
    resident = people.residents[row]
    target = judge(settings, performance, resident.expectation * 1e-9)
    satisfaction = resident.satisfaction * 1e-9
    resident.satisfaction = billionths(satisfaction + settings.contact_weight * (target - satisfaction))
    if is_met:
        resident.cases_met = min(MOST_CASES, resident.cases_met + 1)
    else:
        resident.cases_unmet = min(MOST_CASES, resident.cases_unmet + 1)
    points = billionths(performance)
    book.settlements[settlement].performance_sum += points
    book.groups[resident.group].performance_sum += points
    return target < DISSATISFIED
