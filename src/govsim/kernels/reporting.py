"""What offices report upwards (上报口径), computed from the books of a month."""

from __future__ import annotations

import math
from typing import Final

from govsim.compilation import kernel
from govsim.kernels.rules import SERVICE
from govsim.kernels.staffing import closed_and_met
from govsim.randomness import Decision, u

JOBS: Final = 0
REQUESTS: Final = 2


@kernel
def reported_beyond(settings, due, true, attention):
    """Return the share of what is missing that is reported all the same.

    It rises with the shortfall against the target and with the attention of inspections, falls with audits of
    reports, and is 0 without pressure.
    """
    shortfall = max(0.0, settings.reporting_target - true / due)
    return (
        (1.0 - settings.reporting_audit_share) * attention * (1.0 - math.exp(-settings.reporting_pressure * shortfall))
    )


@kernel
def reported(key, entity, month, index, settings, due, true, attention):
    """Return how many of those due a community reports done, and how many its street makes of it."""
    if due == 0:
        return 0, 0
    share = reported_beyond(settings, due, true, attention)
    own = true
    if share > 0.0:
        own = min(due, true + math.floor((due - true) * share + u(key, Decision.REPORTED, entity, month, index)))
    above = share * settings.reporting_street_interest
    total = own
    if above > 0.0:
        total = min(due, own + math.floor((due - own) * above + u(key, Decision.REPORTED, entity, month, index + 1)))
    return own, total


@kernel
def report_month(key, month, charter, people, book, reports):
    """Fill the reports of all communities about a month; nothing in the model reads them."""
    settings = charter.settings[0]
    for c in range(len(people.communities)):
        place = people.communities[c]
        tally = book.communities[c]
        report = reports[c]
        report.ended = 0
        for work_class in range(SERVICE):
            report.ended += tally.done[work_class] + tally.dropped[work_class]
        report.closed, met = closed_and_met(place, people, book)
        attention = charter.communities[c].attention
        report.done_by_community, report.done = reported(
            key, place.entity, month, JOBS, settings, report.ended, tally.done_in_time, attention
        )
        report.resolved_by_community, report.resolved = reported(
            key, place.entity, month, REQUESTS, settings, report.closed, met, attention
        )
