"""What became of a job on its way down: the numbers of routes and fates, one order for both."""

from __future__ import annotations

from typing import Final

from govsim.compilation import kernel
from govsim.randomness import Decision, u

DOWN: Final = 0
PERMIT: Final = 1
AD_HOC: Final = 2
DECLINED: Final = 3
DO: Final = 4
BUY: Final = 5
DROP: Final = 6
# Fates below this number came down to a community.
CAME_DOWN: Final = 3


@kernel
def is_bound(key, unit, month, k):
    """Return 1 if a job may not simply be sent down: an inspection not kept, or a task that needs a permit."""
    if unit.kept_share < 1.0:
        return int(u(key, Decision.INSPECTION_KEPT, unit.entity, month, k) >= unit.kept_share)
    return unit.needs_permit


@kernel
def fate(key, unit, month, k, routes):
    """Return what becomes of a job: the route of its mandate, or that the community declines it."""
    route = routes[unit.matter, is_bound(key, unit, month, k)]
    if route == AD_HOC and u(key, Decision.COMPLIED, unit.entity, month, k) >= unit.compliance:
        return DECLINED
    return route
