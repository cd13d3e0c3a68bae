"""The task that peers are given: residents raise requests, and workers serve them from one queue a community."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Desk:
    """One year of requests; the numbers are those of a run of govsim of the same size.

    Attributes
    ----------
    residents, workers
        By community.
    days
        Working days.
    need_chance, voiced_chance
        That a resident has a need today, and that a need becomes a request.
    minutes_mean, minutes_cv
        Of the lognormal size of a request.
    worker_minutes
        Minutes a day that a worker has for requests.
    met_chance
        That a request that is closed was met.
    first_satisfaction, contact_weight
        Satisfaction at the start, and how far a closed request moves it towards 1, or towards 0 if it was not met.
    seed
        Of the peer's own streams of random numbers.
    """

    residents: tuple[int, ...]
    workers: tuple[int, ...]
    days: int
    need_chance: float
    voiced_chance: float
    minutes_mean: float
    minutes_cv: float
    worker_minutes: float
    met_chance: float
    first_satisfaction: float
    contact_weight: float
    seed: int = 1

    @property
    def n_residents(self) -> int:
        """Residents of all communities."""
        return sum(self.residents)

    @property
    def log_terms(self) -> tuple[float, float]:
        """Mean and spread of the logarithm of a size."""
        spread = math.sqrt(math.log(1.0 + self.minutes_cv**2))
        return math.log(self.minutes_mean) - spread**2 / 2.0, spread

    def communities(self) -> list[int]:
        """Return the community of each resident."""
        return [community for community, n in enumerate(self.residents) for _ in range(n)]

    def to_json(self) -> str:
        """Return the task in one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Desk:
        """Return a task from its line."""
        content = json.loads(line)
        return cls(**{**content, "residents": tuple(content["residents"]), "workers": tuple(content["workers"])})


@dataclass(frozen=True)
class DeskYear:
    """What a peer has to show for a year.

    Attributes
    ----------
    raised, closed
        Requests of the year.
    satisfaction
        Mean of all residents at its end.
    seconds_build, seconds_run
        To make the model, and to run the year.
    """

    raised: int
    closed: int
    satisfaction: float
    seconds_build: float
    seconds_run: float
