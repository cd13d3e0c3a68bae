"""Two skins (两张皮): acts of a federated community that wait until all its villages consent."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import DAYS_PER_MONTH
from govsim.compilation import kernel
from govsim.randomness import Decision, u

MOST_CERTAIN: Final = 1.0 - 2.0**-53


@kernel
def consent_days(key, settings, n_villages, item):
    """Return the working days until the last of some villages consents to an item; 0 if it needs no consent."""
    if n_villages == 1:
        return 0
    if u(key, Decision.CONSENT_NEEDED, item.entity, item.tick, item.index) >= settings.federation_consent_share:
        return 0
    # The longest of n waits ends by a day with the chance that each does, to the power of n.
    by_then = u(key, Decision.CONSENT_GIVEN, item.entity, item.tick, item.index) ** (1.0 / n_villages)
    not_yet = math.log(1.0 - min(by_then, MOST_CERTAIN))
    return max(1, math.ceil(DAYS_PER_MONTH * not_yet / math.log(1.0 - settings.federation_consent_per_month)))
