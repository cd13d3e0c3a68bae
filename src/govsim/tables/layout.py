"""The columns of every table: one record a row, so that one event touches one place in memory.

All state is integers; ``docs/odd.md`` part 2 says which are billionths.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

N_CLASSES: Final = 6
N_PRIORITIES: Final = 31
N_GROUPS: Final = 12
N_FATES: Final = 7
N_PAYERS: Final = 4
N_PAYEES: Final = 6
NEVER: Final = -1000


def counts(*names: str) -> np.dtype[Any]:
    """Return a record of 64-bit whole numbers."""
    return np.dtype([(name, np.int64) for name in names])


RESIDENT: Final = np.dtype(
    [
        ("satisfaction", np.int32),
        ("expectation", np.int32),
        ("settlement", np.int32),
        ("cases_met", np.int16),
        ("cases_unmet", np.int16),
        ("last_act_month", np.int16),
        ("group", np.int16),
    ]
)

SETTLEMENT: Final = np.dtype(
    [
        ("entity", np.int64),
        ("community", np.int64),
        ("first_row", np.int64),
        ("n_residents", np.int64),
        ("distance_km", np.float64),
        ("met_share", np.int64),
        ("mean_expectation", np.int64),
    ]
)

COMMUNITY: Final = np.dtype(
    [
        ("entity", np.int64),
        ("street", np.int64),
        ("first_post", np.int64),
        ("n_posts", np.int64),
        ("n_filled", np.int64),
        ("first_settlement", np.int64),
        ("n_settlements", np.int64),
        ("upper_floor", np.int64),
        ("own_income_fen_per_year", np.int64),
        ("stock", np.int64),
        ("take_up", np.int64),
        ("n_entitled", np.int64),
        ("last_quits", np.int64),
        ("own_funds_fen", np.int64),
        ("backlog_minutes", np.int64),
        ("blocked_minutes", np.int64),
        ("n_open", np.int64),
        ("opened", np.int64),
        ("ended", np.int64),
    ]
)

OFFICE: Final = counts(
    "own_due_minutes",
    "tray_minutes",
    "load",
    "passed_today",
    "taken_today",
    "ad_hoc_tries",
    "ad_hoc_caught",
)

STREET: Final = np.dtype([("n_filled", np.int64), ("pay_fen_sum", np.int64), ("spread_sum", np.int64)])

POST: Final = np.dtype(
    [
        ("entity", np.int64),
        ("community", np.int64),
        ("home", np.int64),
        ("collective", np.int64),
        ("number", np.int64),
        ("is_filled", np.int64),
        ("was_filled", np.int64),
        ("holder", np.int64),
        ("since_day", np.int64),
        ("skill_permille", np.int64),
        ("susceptibility_permille", np.int64),
        ("exhaustion", np.int64),
        ("motivation", np.int64),
        ("fairness", np.int64),
        ("quit_hazard", np.int64),
        ("vacancy_hazard", np.int64),
        ("pay_fen", np.int64),
        ("topup_fen", np.int64),
        ("n_lines", np.int64),
        ("efficiency_permille", np.int64),
        ("clock_minutes", np.int64),
        ("work_minutes", np.int64),
        ("minutes_left", np.int64),
        ("worked_minutes", np.int64),
        ("emotional_minutes", np.int64),
        ("is_serving", np.int64),
    ]
)

# Two lines of the processor's cache; what every walk through a tray and every minute of work touches is in the first.
ITEM: Final = np.dtype(
    [
        ("key", np.int64),
        ("entity", np.int64),
        ("tick", np.int64),
        ("next", np.int32),
        ("previous", np.int32),
        ("tray", np.int32),
        ("remaining", np.int32),
        ("triage_left", np.int32),
        ("size_minutes", np.int32),
        ("given", np.int32),
        ("community", np.int32),
        ("resident", np.int32),
        ("matter", np.int16),
        ("is_begun", np.int8),
        ("own_class", np.int8),
        ("index", np.int64),
        ("order", np.int64),
        ("settlement", np.int32),
        ("due_on_day", np.int32),
        ("next_due", np.int32),
        ("previous_due", np.int32),
        ("away_left", np.int32),
        ("given_red", np.int32),
        ("arrived_on_day", np.int32),
        ("created_on_day", np.int32),
        ("raised_on_day", np.int32),
        ("first_raised_on_day", np.int32),
        ("preferred", np.int16),
        ("n_returned", np.int16),
        ("by_hotline", np.int16),
        ("blocks_line", np.int16),
    ]
)

# ``last_of`` has the last item of each class of priority; with ``first`` it fills two lines of the cache.
TRAY: Final = np.dtype([("first", np.int32), ("last_of", np.int32, (N_PRIORITIES,))])
POOL: Final = np.dtype([("n_used", np.int64)])
# What comes up: the row of a resident or of a mandate in a unit, which of its needs or jobs it is, and when.
LISTED: Final = np.dtype([("row", np.int32), ("k", np.int32), ("day", np.int32)])
DUE: Final = np.dtype([("row", np.int32), ("k", np.int32)])
BY_CLASS: Final = (np.int64, (N_CLASSES,))

COMMUNITY_TALLY: Final = np.dtype(
    [
        *(
            (name, *BY_CLASS)
            for name in (
                "arrived_minutes",
                "booked_minutes",
                "waived_minutes",
                "dropped_minutes",
                "created",
                "done",
                "dropped",
            )
        ),
        *(
            (name, np.int64)
            for name in (
                "present_days",
                "contracted_minutes",
                "worked_minutes",
                "overtime_minutes",
                "idle_minutes",
                "red_tape_minutes",
                "emotional_minutes",
                "post_days",
                "filled_post_days",
                "quits",
                "hires",
                "filled_posts",
                "burnt_out",
                "exhaustion_sum",
                "tenure_days_sum",
                "pay_fen_sum",
                "worker_satisfaction_sum",
                "backlog_minute_days",
                "blocked_minute_days",
                "open_item_days",
                "sojourn_days",
                "events",
                "acts",
                "cost_district_fen",
                "cost_own_fen",
                "workers_received_fen",
                "insurance_received_fen",
                "suppliers_received_fen",
                "done_in_time",
                "rework_minutes",
                "returns",
                "personal_records",
                "outreach_minutes",
                "entitled",
                "take_up_sum",
            )
        ),
    ]
)

ORIGIN_TALLY: Final = np.dtype(
    [
        ("issued", np.int64, (N_FATES,)),
        ("issued_minutes", np.int64, (N_FATES,)),
        *(
            (name, np.int64)
            for name in (
                "taken_minutes",
                "booked_minutes",
                "waived_minutes",
                "dropped_minutes",
                "rework_minutes",
                "bought_fen",
                "asked",
                "admitted",
                "refused",
                "tries",
                "caught",
                "unlisted",
            )
        ),
    ]
)

OFFICE_TALLY: Final = counts(
    "capacity_minutes",
    "own_minutes",
    "passing_minutes",
    "taken_minutes",
    "waived_minutes",
    "own_worked_minutes",
    "cases",
    "case_minutes",
    "case_worked_minutes",
    "returned",
    "backlog_minute_days",
    "cost_fen",
)

RESIDENT_TALLY: Final = counts(
    "latent",
    "raised",
    "repeats",
    "closed",
    "given_up",
    "met",
    "dissatisfied_users",
    "performance_sum",
    "satisfaction_sum",
    "satisfaction_square_sum",
    "expectation_sum",
    "dissatisfied",
    "adults",
    "participants",
    "acts",
    "labour_minutes",
    "resident_minutes",
    "calls",
    "answered",
)

# Jobs that ended, and how many of them are reported done in time by the community and, above it, by the street; the
# same for requests that closed and are reported resolved.
REPORT: Final = counts("ended", "done_by_community", "done", "closed", "resolved_by_community", "resolved")

COHORT: Final = counts("raised", "closed", "waited_days", "given_up", "met_in_time")
