"""Print the digests of small worlds as JSON; run as a process of its own by the tests of determinism."""

from __future__ import annotations

import json
import sys

from govsim.model import GovernanceModel
from tests.properties.runs import with_all
from tests.reference.worlds import small_scenario

# The second month of each run; all three reforms begin then.
START = {
    "alone": "2006-02",
    "two_streets": "2006-02",
    "turnover": "2006-02",
    "overload": "2007-02",
    "evading": "2006-07",
}


def months(job: tuple[str, int]) -> tuple[str, ...]:
    """Return the digest of each month of one world, run for this many months."""
    world, n_months = job
    model = GovernanceModel(with_all(small_scenario(world), starts_on=START[world]), seed=3, replicate=1)
    model.run_for(21 * n_months)
    return model.recording.digests


if __name__ == "__main__":
    jobs = [(world, int(sys.argv[1])) for world in sys.argv[2:]]
    sys.stdout.write(json.dumps([months(job) for job in jobs]))
