"""The keyed draw: one uniform number as a pure function of what it decides, and quantiles of it.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"). No stream,
no state, no order: a draw that is skipped moves nothing. The page ``docs/odd.md`` part 4 is the contract.
"""

from __future__ import annotations

import hashlib
import math
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.compilation import kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOW: Final = np.uint64(0xFFFFFFFF)
_SHIFT: Final = np.uint64(32)
_MULTIPLIER_0: Final = np.uint64(0xD2511F53)
_MULTIPLIER_1: Final = np.uint64(0xCD9E8D57)
_WEYL_0: Final = np.uint64(0x9E3779B9)
_WEYL_1: Final = np.uint64(0xBB67AE85)
_TWELVE: Final = np.uint64(12)
_ONE: Final = np.uint64(1)
_ROUNDS: Final = 10
_UNIT: Final = 2.0**-52
_INDICES: Final = 65536


class Decision(IntEnum):
    """Append-only register of what is decided by chance; a number is never used again."""

    RESIDENT_AGE = 1
    RESIDENT_DISABLED = 2
    RESIDENT_LOW_INCOME = 3
    INITIAL_SATISFACTION = 4
    INITIAL_EXPECTATION = 5
    NEED_COUNT = 6
    NEED_DAY = 7
    NEED_VOICED = 8
    REQUEST_IDENTITY = 9
    REQUEST_KIND = 10
    SIZE = 11
    ORDER = 12
    AUTHORITY = 13
    DEPARTMENT = 14
    DESK = 15
    PATIENCE = 16
    MET = 17
    REPEAT = 18
    JOB_COUNT = 19
    JOB_DAY = 20
    EVENT_IDENTITY = 21
    INVITED = 22
    JOINED = 23
    INITIAL_FILLED = 24
    INITIAL_TENURE = 25
    SKILL = 26
    SUSCEPTIBILITY = 27
    ABSENT = 28
    REST_DAY_DUTY = 29
    QUIT = 30
    HIRE = 31
    CHANNEL = 32
    DISPATCHED = 33
    CASE_IDENTITY = 34
    RETURNED = 35
    COORDINATED = 36
    ROUTE = 37
    HEARD = 38
    ADMITTED = 39
    APPEALED = 40
    AUDITED = 41
    INSPECTION_KEPT = 42
    COMPLIED = 43
    LABOUR = 44
    REPORTED = 45
    CONSENT_NEEDED = 46
    CONSENT_GIVEN = 47


def run_key(root_seed: int, replicate: int) -> np.uint64:
    """Return the 64-bit key of a run; it depends on root seed and replicate and on nothing else."""
    seeds = np.random.SeedSequence(entropy=root_seed, spawn_key=(replicate,))
    return np.uint64(seeds.generate_state(1, np.uint64)[0])


def seed_of_world(root_seed: int, drawn_as: str) -> int:
    """Return the root seed of a world that was drawn under a name; where the name is empty, the seed itself.

    Entities such as mandates have one name in all worlds, so worlds that are to be independent need keys of their own.
    """
    return text_entity(f"drawn:{root_seed}:{drawn_as}") if drawn_as else root_seed


def text_entity(text: str) -> int:
    """Return the 63-bit identity of a named thing that has no members."""
    return _blake(text) >> 1


def text_entities(beginnings: Sequence[str], endings: Sequence[str]) -> Any:
    """Return the identities of named things whose names begin and end alike, shape (beginnings, endings)."""
    digests, encoded = [], [ending.encode() for ending in endings]
    for beginning in beginnings:
        begun = hashlib.blake2b(beginning.encode(), digest_size=8)
        for ending in encoded:
            whole = begun.copy()
            whole.update(ending)
            digests.append(whole.digest())
    words = np.frombuffer(b"".join(digests), ">u8").reshape(len(beginnings), len(endings))
    return (words >> 1).astype(np.int64)


def text_uniform(text: str) -> float:
    """Return a number strictly between 0 and 1 that belongs to a name, the same in every run."""
    return ((_blake(text) >> 12) + 0.5) * _UNIT


def place_entity(text: str) -> int:
    """Return the identity of a place or post: 40 bits of its name, and 23 bits left free for its members."""
    return (_blake(text) >> 24) << 23


def _blake(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


@kernel
def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return the four words of Philox4x32-10; every word is a 32-bit number held in a uint64."""
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * counter_0
        product_1 = _MULTIPLIER_1 * counter_2
        counter_0 = (product_1 >> _SHIFT) ^ counter_1 ^ key_0
        counter_1 = product_1 & _LOW
        counter_2 = (product_0 >> _SHIFT) ^ counter_3 ^ key_1
        counter_3 = product_0 & _LOW
        key_0 = (key_0 + _WEYL_0) & _LOW
        key_1 = (key_1 + _WEYL_1) & _LOW
    return counter_0, counter_1, counter_2, counter_3


@kernel
def bits(key, decision, entity, tick, index):
    """Return 64 random bits as a uint64 for one decision of one entity."""
    wide = np.uint64(entity)
    word_0, word_1, _, _ = philox(
        wide & _LOW,
        wide >> _SHIFT,
        np.uint64(tick),
        np.uint64(decision * _INDICES + index),
        key & _LOW,
        key >> _SHIFT,
    )
    return word_0 | (word_1 << _SHIFT)


@kernel
def u(key, decision, entity, tick, index):
    """Return one uniform number strictly between 0 and 1 (52 bits) for one decision of one entity."""
    return (np.float64(bits(key, decision, entity, tick, index) >> _TWELVE) + 0.5) * _UNIT


def draw(key: np.uint64, decision: Decision, entity: int, tick: int, index: int = 0) -> float:
    """Return the uniform number of a decision that is made in Python.

    The number of the decision goes to the compiled draw, not the decision: Numba would look at the whole register
    at every call.
    """
    return float(u(key, int(decision), entity, tick, index))


@kernel
def identity(key, decision, entity, tick, index):
    """Return a new 63-bit identity that is caused by another one."""
    return np.int64(bits(key, decision, entity, tick, index) >> _ONE)


@kernel
def exponential_quantile(mean, uniform):
    """Return the exponential quantile: -mean log(u)."""
    return -mean * math.log(uniform)


def lognormal_terms(mean, cv):
    """Return mu and sigma of the lognormal with this mean and coefficient of variation."""
    sigma = math.sqrt(math.log(1.0 + cv * cv))
    return math.log(mean) - sigma * sigma / 2.0, sigma


@kernel
def lognormal_quantile(mu, sigma, uniform):
    """Return the quantile of a lognormal from the terms of its logarithm."""
    return math.exp(mu + sigma * normal_quantile(uniform))


@kernel
def normal_cdf(z):
    """Return the standard normal distribution function."""
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


@kernel
def _ratio(x, a, b):
    """Return the ratio of two polynomials of degree 7 in x, highest coefficient first."""
    top = 0.0
    bottom = 0.0
    for i in range(8):
        top = top * x + a[i]
        bottom = bottom * x + b[i]
    return top / bottom


_CENTRE_TOP: Final = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_CENTRE_BOTTOM: Final = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_MIDDLE_TOP: Final = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_MIDDLE_BOTTOM: Final = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_FAR_TOP: Final = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_FAR_BOTTOM: Final = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)
_CENTRE_HALF_WIDTH: Final = 0.425
_CENTRE_OFFSET: Final = 0.180625
_MIDDLE_LIMIT: Final = 5.0
_MIDDLE_OFFSET: Final = 1.6


@kernel
def normal_quantile(uniform):
    """Return the standard normal quantile (Wichura 1988, algorithm AS 241, PPND16)."""
    q = uniform - 0.5
    if abs(q) <= _CENTRE_HALF_WIDTH:
        return q * _ratio(_CENTRE_OFFSET - q * q, _CENTRE_TOP, _CENTRE_BOTTOM)
    tail = uniform if q < 0.0 else 1.0 - uniform
    r = math.sqrt(-math.log(tail))
    if r <= _MIDDLE_LIMIT:
        value = _ratio(r - _MIDDLE_OFFSET, _MIDDLE_TOP, _MIDDLE_BOTTOM)
    else:
        value = _ratio(r - _MIDDLE_LIMIT, _FAR_TOP, _FAR_BOTTOM)
    return -value if q < 0.0 else value


@kernel
def billionths(x):
    """Return x as an integer number of billionths, the one rounding of state on store."""
    return np.int64(math.floor(x * 1e9 + 0.5))


@kernel
def clip(x, low, high):
    """Return x held between low and high."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@kernel
def logistic(z):
    """Return 1 / (1 + exp(-z))."""
    return 1.0 / (1.0 + math.exp(-z))
