"""Where the time of a run goes, phase by phase."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Profile:
    """Model time of one run by phase; it looks at the clock and at nothing of the model.

    Attributes
    ----------
    seconds, calls
        Seconds in all, and how often each was carried out, by the name of the phase in the order of the first call.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)

    def carry_out(self, name: str, work: Callable[..., None], *arguments: Any) -> None:
        """Carry out a piece of work and add its time to those of its name."""
        started = time.perf_counter()
        work(*arguments)
        taken = time.perf_counter() - started
        self.seconds[name] = self.seconds.get(name, 0.0) + taken
        self.calls[name] = self.calls.get(name, 0) + 1
