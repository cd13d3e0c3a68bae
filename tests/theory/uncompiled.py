"""Run by ``test_draws.py`` in a process of its own, with compilation off; prints what it found as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from govsim import randomness
from tests.theory.draws import EXAMPLES, PUBLISHED, examples_of_bits, philox_words


def draws() -> dict[str, Any]:
    """Return the published vectors and many examples as uncompiled code computes them."""
    return {
        "compiled": hasattr(randomness.bits, "py_func"),
        "published": [philox_words(counter, key) for counter, key, _ in PUBLISHED],
        "examples": examples_of_bits(EXAMPLES),
    }


def ledger() -> dict[str, dict[str, int]]:
    """Run three small worlds for some months; return, by decision, its keys and how many of them were drawn again."""
    drawn: Counter[tuple[int, int, int, int]] = Counter()
    plain = randomness.bits

    def noted(key: Any, decision: int, entity: int, tick: int, index: int) -> Any:
        drawn[int(decision), int(entity), int(tick), int(index)] += 1
        return plain(key, decision, entity, tick, index)

    randomness.bits = noted
    # Imported only now, so that every module that takes ``bits`` by name takes the one that notes.
    from govsim.model import GovernanceModel
    from tests.properties.villages import merged, villages
    from tests.reference.worlds import small_scenario, with_inspection_cut, with_permit

    often_vacant = {"posts.initial_filled_share": 0.6, "quit.offers_per_year": 4.0}
    evading = small_scenario("evading")
    start = {"starts_on": evading.calendar.label(0)}
    permits = with_permit(with_inspection_cut(evading, **start), **start)
    keys: Counter[str] = Counter()
    repeated: Counter[str] = Counter()
    federated = merged(villages(parameters={"federation.consent_share": 0.3}), month=0, mode="federated")
    escalating = small_scenario("escalating", parameters=often_vacant)
    for scenario, days in ((escalating, 84), (permits, 126), (federated, 63)):
        drawn.clear()
        GovernanceModel(scenario, seed=3).run_for(days)
        keys.update(randomness.Decision(key[0]).name for key in drawn)
        repeated.update(randomness.Decision(key[0]).name for key, times in drawn.items() if times > 1)
    return {"keys": keys, "repeated": repeated}


if __name__ == "__main__":
    print(json.dumps({"draws": draws, "ledger": ledger}[sys.argv[1]]()))  # noqa: T201 what the parent reads
