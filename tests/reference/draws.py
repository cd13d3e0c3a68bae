"""Keyed draws and the numbers of part 4, as Python ints and floats."""

from __future__ import annotations

import hashlib
import math

from govsim import randomness
from govsim.randomness import Decision

BILLIONTH = 1e-9
# Decisions of part 4 by their numbers.
CONSENT_NEEDED, CONSENT_GIVEN = 46, 47


class Draws:
    """The draws of one run: root seed and replicate give the key, and nothing else is remembered."""

    def __init__(self, root_seed: int, replicate: int) -> None:
        self.key = randomness.run_key(root_seed, replicate)

    def u(self, decision: Decision | int, entity: int, tick: int = 0, index: int = 0) -> float:
        """Return the uniform number of one decision."""
        return float(randomness.u(self.key, int(decision), entity, tick, index))

    def order_bits(self, entity: int, tick: int, index: int) -> int:
        """Return ``bits(ORDER) >> 27``, the 37 lowest bits of a key in a tray."""
        return int(randomness.bits(self.key, int(Decision.ORDER), entity, tick, index)) >> 27

    def identity(self, decision: Decision, entity: int, tick: int, index: int) -> int:
        """Return the identity that this cause gives."""
        return int(randomness.identity(self.key, int(decision), entity, tick, index))


def fixed_u(text: str) -> float:
    """Return the number between 0 and 1 that a text has in every run."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return float(((int.from_bytes(digest, "big") >> 12) + 0.5) * 2**-52)


def billionths(x: float) -> int:
    """Return ``floor(x * 1e9 + 0.5)``."""
    return int(randomness.billionths(float(x)))


def clip(x: float, low: float, high: float) -> float:
    """Return x held between low and high."""
    return float(randomness.clip(float(x), float(low), float(high)))


def logistic(z: float) -> float:
    """Return ``1 / (1 + exp(-z))``."""
    return float(randomness.logistic(float(z)))


def normal(u: float) -> float:
    """Return the standard normal quantile."""
    return float(randomness.normal_quantile(u))


def exponential(mean: float, u: float) -> float:
    """Return the exponential quantile."""
    return float(randomness.exponential_quantile(float(mean), u))


def lognormal(mean: float, cv: float, u: float) -> float:
    """Return the lognormal quantile."""
    sigma = math.sqrt(math.log(1.0 + cv * cv))
    mu = math.log(mean) - sigma * sigma / 2.0
    return math.exp(mu + sigma * float(randomness.normal_quantile(u)))


def normal_cdf(z: float) -> float:
    """Return the standard normal distribution function Phi."""
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


def poisson_table(rate: float) -> list[float]:
    """Return the 40 cumulative entries of a Poisson count."""
    term = math.exp(-rate)
    table = [term]
    for j in range(1, 40):
        term = term * rate / j
        table.append(table[-1] + term)
    return table


def poisson(table: list[float], u: float) -> int:
    """Return the number of entries that are not above u."""
    return sum(1 for entry in table if entry <= u)
