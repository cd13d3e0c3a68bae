"""The keyed draw: published vectors, uniform and independent along each axis; quantiles against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from govsim import randomness as r

# Random123, kat_vectors, philox4x32 10.
VECTORS = (
    ((0,) * 4, (0,) * 2, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
)
MANY = 200_000


@pytest.mark.parametrize("uncompiled", [False, True], ids=["as compiled", "as Python"])
@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS, ids=["zeros", "ones", "pi"])
def test_the_generator_gives_the_published_words(counter, key, expected, uncompiled):
    philox = getattr(r.philox, "py_func", r.philox) if uncompiled else r.philox
    words = philox(*(np.uint64(word) for word in (*counter, *key)))
    assert " ".join(f"{int(word):08x}" for word in words) == expected


def test_a_draw_is_a_function_of_its_key_and_four_arguments_only():
    key = r.run_key(1, 0)
    value = r.u(key, 6, 12345, 3, 0)
    r.u(key, 7, 12345, 3, 0)
    assert r.u(key, 6, 12345, 3, 0) == value
    others = [
        r.u(r.run_key(2, 0), 6, 12345, 3, 0),
        r.u(r.run_key(1, 1), 6, 12345, 3, 0),
        r.u(key, 7, 12345, 3, 0),
        r.u(key, 6, 12346, 3, 0),
        r.u(key, 6, 12345 + 2**40, 3, 0),
        r.u(key, 6, 12345, 4, 0),
        r.u(key, 6, 12345, 3, 1),
    ]
    assert len({value, *others}) == 8


def test_the_run_key_is_that_of_the_odd_page():
    words = np.random.SeedSequence(entropy=9, spawn_key=(4,)).generate_state(1, np.uint64)  # noqa: TID251
    assert r.run_key(9, 4) == words[0]


def draws(axis):
    key = r.run_key(5, 0)
    where = {
        "entity": lambda i: (6, i, 0, 0),
        "tick": lambda i: (6, 77, i, 0),
        "index": lambda i: (6, 77, 0, i % 65536),
    }
    n = 65536 if axis == "index" else MANY
    return np.array([r.u(key, *where[axis](i)) for i in range(n)])


@pytest.mark.parametrize("axis", ["entity", "tick", "index"])
def test_draws_are_uniform_and_neighbours_uncorrelated(axis):
    values = draws(axis)
    assert values.min() > 0.0
    assert values.max() < 1.0
    assert stats.kstest(values, "uniform").pvalue > 1e-6
    for lag in (1, 2, 7):
        correlation = np.corrcoef(values[:-lag], values[lag:])[0, 1]
        assert abs(correlation) < 4 / math.sqrt(len(values))


def test_one_uniform_is_52_bits_and_never_0_or_1():
    assert (0 + 0.5) * 2.0**-52 > 0.0
    assert ((2**52 - 1) + 0.5) * 2.0**-52 < 1.0


GRID = [
    2.0**-53,
    1e-12,
    1e-6,
    0.001,
    0.02,
    0.074,
    0.075,
    0.0751,
    0.3,
    0.5,
    0.7,
    0.925,
    0.9251,
    0.99,
    0.999999,
    1 - 2**-52,
]


@pytest.mark.parametrize("uniform", GRID)
def test_the_normal_quantile_is_that_of_scipy(uniform):
    assert r.normal_quantile(uniform) == pytest.approx(stats.norm.ppf(uniform), rel=1e-12, abs=1e-15)


def test_quantiles_rise_with_the_uniform_number():
    values = [r.normal_quantile(uniform) for uniform in GRID]
    assert values == sorted(values)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("mean", [0.5, 40.0, 700.0])
@pytest.mark.parametrize("uniform", [1e-9, 0.1, 0.5, 0.999])
def test_exponential_and_lognormal_quantiles_are_those_of_scipy(mean, uniform):
    assert r.exponential_quantile(mean, uniform) == pytest.approx(stats.expon(scale=mean).isf(uniform), rel=1e-12)
    mu, sigma = math.log(mean), 0.94
    law = stats.lognorm(s=sigma, scale=math.exp(mu))
    assert r.lognormal_quantile(mu, sigma, uniform) == pytest.approx(law.ppf(uniform), rel=1e-9)


@pytest.mark.parametrize("z", [-6.0, -1.0, 0.0, 0.3, 4.0])
def test_the_normal_distribution_is_that_of_scipy(z):
    assert r.normal_cdf(z) == pytest.approx(stats.norm.cdf(z), abs=1e-15)


@pytest.mark.parametrize(
    ("x", "n"), [(0.0, 0), (1.0, 10**9), (0.5e-9, 1), (0.49e-9, 0), (-0.5e-9, 0), (0.6, 600_000_000)]
)
def test_state_is_rounded_to_the_nearest_billionth_halves_upwards(x, n):
    assert r.billionths(x) == n
    assert r.billionths(n * 1e-9) == n


def test_identities_come_from_names_and_leave_room_for_members():
    assert r.place_entity("settlement:a") % 2**23 == 0
    assert r.place_entity("settlement:a") < 2**63
    assert r.place_entity("settlement:a") != r.place_entity("post:a/1")
    assert 0 <= r.text_entity("mandate:c1/files") < 2**63
    # BLAKE2b of 8 bytes, big-endian, is fixed by its definition (RFC 7693).
    assert r.text_entity("") == 0xE4A6A0577479B2B4 >> 1
