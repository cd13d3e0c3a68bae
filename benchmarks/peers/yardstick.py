"""The desk in a page of plain Python, which every peer is held to: how many requests are raised and closed."""

from __future__ import annotations

import math
from collections import deque
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.peers.desk import Desk, DeskYear

# A sum of many independent requests strays by more than this many standard deviations once in a million.
STRAY = 5.0
CLOSED_SHARE_STRAY = 0.03
SATISFACTION_STRAY = 0.002


def expected_raised(desk: Desk) -> float:
    """Return how many requests a year brings on average."""
    return desk.n_residents * desk.days * desk.need_chance * desk.voiced_chance


def closed_share(desk: Desk, seed: int = 7) -> float:
    """Return the share of requests that workers close within the year, by following every queue."""
    random = Random(seed)
    raised = closed = 0
    for residents, workers in zip(desk.residents, desk.workers, strict=True):
        queue: deque[float] = deque()
        chance = desk.need_chance * desk.voiced_chance
        for _ in range(desk.days):
            for _ in range(_binomial(random, residents, chance)):
                queue.append(random.lognormvariate(*desk.log_terms))
                raised += 1
            minutes = workers * desk.worker_minutes
            while queue and minutes >= queue[0]:
                minutes -= queue.popleft()
                closed += 1
            if queue:
                queue[0] -= minutes
    return closed / raised


def expected_satisfaction(desk: Desk, closed: int) -> float:
    """Return mean satisfaction after so many closed requests, which fall on residents at random."""
    settled = desk.met_chance
    left = math.exp(-desk.contact_weight * closed / desk.n_residents)
    return settled + (desk.first_satisfaction - settled) * left


def disagreements(desk: Desk, year: DeskYear) -> list[str]:
    """Return in words where a peer's year is not that of the desk, nothing when it is."""
    found = []
    raised = expected_raised(desk)
    if abs(year.raised - raised) > STRAY * math.sqrt(raised):
        found.append(f"{year.raised} requests raised, not about {raised:.0f}")
    share = closed_share(desk)
    if abs(year.closed / year.raised - share) > CLOSED_SHARE_STRAY + STRAY / math.sqrt(raised):
        found.append(f"{year.closed / year.raised:.3f} of them closed, not about {share:.3f}")
    level = expected_satisfaction(desk, year.closed)
    # Each closed request moves one resident by up to the weight, and its half is the most that can be spread.
    spread = desk.contact_weight / 2.0 * math.sqrt(year.closed) / desk.n_residents
    if abs(year.satisfaction - level) > SATISFACTION_STRAY + STRAY * spread:
        found.append(f"mean satisfaction {year.satisfaction:.3f}, not about {level:.3f}")
    return found


def _binomial(random: Random, n: int, chance: float) -> int:
    """Return how many of n events happen, by jumping from one to the next."""
    count, position, log_rest = 0, -1, math.log(1.0 - chance)
    while True:
        position += 1 + math.floor(math.log(1.0 - random.random()) / log_rest)
        if position >= n:
            return count
        count += 1
