"""Rules that a scenario chooses by name; kernels branch on the number."""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """What workers do first."""

    MOST_PRESSING_FIRST = 0
    OLDEST_FIRST = 1
    INSPECTED_FIRST = 2
    RESIDENTS_FIRST = 3


class Sharing(IntEnum):
    """Who may take work from whose tray; pooled are generalists (全科社工)."""

    OWN_LINE_FIRST = 0
    POOLED = 1
    OWN_LINE_ONLY = 2


class Voice(IntEnum):
    """How a need becomes a request."""

    WEIGH_COSTS = 0
    ALWAYS = 1


class Hiring(IntEnum):
    """When vacant posts are filled."""

    CONTINUOUS = 0
    YEARLY_BATCH = 1


class Blocking(IntEnum):
    """Whether a job that was returned holds up the line it belongs to."""

    RETURNED_BLOCKS_LINE = 0
    NEVER = 1


RULES: dict[str, type[IntEnum]] = {
    "priority": Priority,
    "sharing": Sharing,
    "voice": Voice,
    "hiring": Hiring,
    "blocking": Blocking,
}
