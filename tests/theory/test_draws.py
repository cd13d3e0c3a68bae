"""C1 and C5 to C7: the keyed draw is the published generator, uniform and independent, and its quantiles are exact."""

from __future__ import annotations

import itertools
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from govsim import randomness
from govsim.institution.charter import compile_charter
from govsim.kernels.needs import need_count
from govsim.randomness import Decision
from tests.theory.draws import EXAMPLES, PUBLISHED, examples_of_bits, keys_of_examples, philox_words
from tests.theory.offices import District, Group

ROOT = Path(__file__).resolve().parents[2]
KEY = randomness.run_key(2007, 0)

# --- The generator -----------------------------------------------------------------------------------------


def uncompiled(what: str) -> dict:
    """Return what ``uncompiled.py`` prints in a process without compilation."""
    paths = [str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.theory.uncompiled", what],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


def philox_by_hand(counter: list[int], key: list[int]) -> list[int]:
    """Return Philox4x32-10 as Salmon and others (2011) define it, in whole numbers."""
    c, k = list(counter), list(key)
    for _ in range(10):
        high = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [
            (high[1] >> 32) ^ c[1] ^ k[0],
            high[1] % 2**32,
            (high[0] >> 32) ^ c[3] ^ k[1],
            high[0] % 2**32,
        ]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return c


def bits_by_hand(key: int, decision: int, entity: int, tick: int, index: int) -> int:
    counter = [entity % 2**32, entity >> 32, tick, decision * 65536 + index]
    words = philox_by_hand(counter, [key % 2**32, key >> 32])
    return words[0] + 2**32 * words[1]


def test_the_generator_gives_the_published_words():
    for counter, key, words in PUBLISHED:
        assert philox_words(counter, key) == list(words)
        assert philox_by_hand(counter, key) == list(words)
    assert hasattr(randomness.philox, "py_func"), "this process should have compiled it"


def test_uncompiled_code_gives_the_published_words_and_the_same_bits():
    found = uncompiled("draws")
    assert not found["compiled"]
    assert found["published"] == [list(words) for *_, words in PUBLISHED]
    assert found["examples"] == examples_of_bits(EXAMPLES)


def test_a_draw_puts_its_cause_into_the_counter_as_the_page_says():
    by_hand = [bits_by_hand(*example) for example in keys_of_examples(EXAMPLES)]
    assert examples_of_bits(EXAMPLES) == by_hand
    for example, expected in zip(keys_of_examples(50), by_hand, strict=False):
        value = randomness.u(np.uint64(example[0]), *example[1:])
        assert value == ((expected >> 12) + 0.5) * 2.0**-52
        assert 0.0 < value < 1.0


def test_replicates_and_root_seeds_have_keys_of_their_own():
    keys = {int(randomness.run_key(seed, replicate)) for seed in range(50) for replicate in range(100)}
    assert len(keys) == 5000


# --- The register ------------------------------------------------------------------------------------------


def test_no_two_decisions_share_a_number_and_the_page_lists_them_all():
    names = list(Decision.__members__)
    assert len({int(each) for each in Decision}) == len(names)
    assert all(0 < each < 2**16 for each in Decision)
    page = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", page, re.MULTILINE)
    assert {name: int(number) for number, name in table} == {each.name: int(each) for each in Decision}


# A year's needs and a month's jobs are listed before they come, from the same draws; a spell has one draw, to
# which the hazard is compared at the end of each month. A case that was returned is, when it comes again, the same
# case, which needs coordination and a department as before.
LISTED_FIRST = {"NEED_COUNT", "NEED_DAY", "NEED_VOICED", "JOB_COUNT", "JOB_DAY"}
READ_AGAIN = LISTED_FIRST | {"QUIT", "HIRE", "CASE_IDENTITY", "COORDINATED", "DEPARTMENT"}


def test_no_other_draw_is_used_twice_in_a_run():
    found = uncompiled("ledger")
    assert set(found["keys"]) == {each.name for each in Decision}
    assert set(found["repeated"]) <= READ_AGAIN
    assert found["repeated"]["QUIT"] > 0, "the ledger should see a draw that is read again"


# --- Uniformity and independence ---------------------------------------------------------------------------

LEAST_P = 1e-6
AXES = ("entity", "tick", "index", "decision", "replicate")
FEW = pytest.param({"entity": 50_000, "tick": 50_000, "replicate": 5_000}, id="coarse")
MANY = pytest.param(
    {"entity": 1_000_000, "tick": 1_000_000, "replicate": 100_000}, id="fine", marks=pytest.mark.nightly
)


def along(axis: str, n: int) -> np.ndarray:
    """Return draws whose causes differ in one number only, which runs through 1, 2, ..., n."""
    entity = randomness.place_entity("settlement:theory")
    at = {"decision": 77, "entity": entity, "tick": 5, "index": 3}
    if axis == "replicate":
        keys = [randomness.run_key(2007, replicate) for replicate in range(1, n + 1)]
        return np.array([randomness.u(key, *at.values()) for key in keys])
    start = {**at, axis: at[axis] if axis == "entity" else 0}
    causes = ({**start, axis: start[axis] + i} for i in range(1, n + 1))
    return np.array([randomness.u(KEY, *cause.values()) for cause in causes])


def misfits(x: np.ndarray) -> list[str]:
    """Return the tests of uniformity that draws fail."""
    p_values = {
        "Kolmogorov and Smirnov": stats.kstest(x, "uniform").pvalue,
        "chi-square": stats.chisquare(np.histogram(x, bins=256, range=(0, 1))[0]).pvalue,
    }
    return [name for name, p in p_values.items() if not p > LEAST_P]


def is_correlated(x: np.ndarray, y: np.ndarray) -> bool:
    n = min(len(x), len(y))
    return abs(np.corrcoef(x[:n], y[:n])[0, 1]) >= 4 / math.sqrt(n)


@pytest.mark.parametrize("lengths", [FEW, MANY])
def test_draws_are_uniform_and_independent_along_every_axis_and_between_axes(lengths):
    drawn = {axis: along(axis, lengths.get(axis, 2**16 - 1)) for axis in AXES}
    assert {axis: found for axis, x in drawn.items() if (found := misfits(x))} == {}
    assert [axis for axis, x in drawn.items() if is_correlated(x[1:], x[:-1])] == []
    pairs = list(itertools.combinations(AXES, 2))
    assert len(pairs) == 10
    assert [(a, b) for a, b in pairs if is_correlated(drawn[a], drawn[b])] == []


def test_a_bias_of_five_in_a_hundred_and_a_weak_link_between_draws_are_noticed():
    x, y = along("entity", 50_000), along("tick", 50_000)
    assert misfits(x**1.05) == ["Kolmogorov and Smirnov", "chi-square"]
    assert is_correlated(x, y + 0.05 * x)
    assert is_correlated(x[1:], x[:-1] + 0.05 * x[1:])


# --- Quantiles ---------------------------------------------------------------------------------------------

EXTREME = [2.0**-53, 2.0**-40, 1e-9, 1e-6, 1e-4, 0.075, 0.425, 0.5, 0.575, 0.925]
UNIFORM = np.unique(
    np.concatenate([np.arange(1, 2000) / 2000, EXTREME, [1 - 2.0**-53, 1 - 2.0**-40, 1 - 1e-9, 1 - 1e-6]])
)
MEANS = [
    0.5,
    1.0,
    2.5,
    7.0,
    15.0,
    20.0,
    25.0,
    40.0,
    45.0,
    60.0,
    80.0,
    120.0,
    150.0,
    200.0,
    300.0,
    480.0,
    700.0,
    1200.0,
    5e3,
    1e9,
]
CVS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0, 2.5, 3.0, 5.0]
RATES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.675, 0.8, 1.0, 1.35, 1.6, 2.0, 2.5, 3.0, 3.4, 4.0, 5.0, 6.0, 7.0, 8.0]


def test_normal_quantiles_are_those_of_scipy():
    ours = np.array([randomness.normal_quantile(x) for x in UNIFORM])
    assert np.abs(ours - special.ndtri(UNIFORM)).max() <= 1e-9
    assert (np.diff(ours) > 0).all()
    back = np.array([randomness.normal_cdf(z) for z in ours])
    assert np.abs(back - UNIFORM).max() <= 1e-12


@pytest.mark.parametrize("mean", MEANS)
def test_exponential_quantiles_are_those_of_scipy(mean):
    """A small u is a long time: the quantile is that of the survivors."""
    ours = np.array([randomness.exponential_quantile(mean, x) for x in UNIFORM])
    np.testing.assert_allclose(ours, stats.expon.isf(UNIFORM, scale=mean), rtol=1e-9, atol=1e-9 * mean)
    assert (np.diff(ours) < 0).all()


@pytest.mark.parametrize("cv", CVS)
def test_lognormal_quantiles_are_those_of_scipy_and_have_the_mean_and_spread_asked_for(cv):
    mu, sigma = randomness.lognormal_terms(300.0, cv)
    law = stats.lognorm(s=sigma, scale=math.exp(mu))
    assert (law.mean(), law.std() / law.mean()) == pytest.approx((300.0, cv), rel=1e-9)
    ours = np.array([randomness.lognormal_quantile(mu, sigma, x) for x in UNIFORM])
    np.testing.assert_allclose(ours, law.ppf(UNIFORM), rtol=1e-9)
    assert (np.diff(ours) > 0).all()


def needs(rate: float, residents: int) -> list[int]:
    """Return the number of needs of some residents in a year, from the table of the institution."""
    district = District(groups=(Group(1, 1, 1),), needs_per_year=rate)
    table = compile_charter(district.scenario().institution).need_table[1]
    drawn = (randomness.u(KEY, Decision.NEED_COUNT, resident, 3, 0) for resident in range(residents))
    return [int(need_count(uniform, table)) for uniform in drawn]


@pytest.mark.parametrize("rate", RATES)
def test_counts_of_needs_are_poisson_quantiles(rate):
    drawn = [randomness.u(KEY, Decision.NEED_COUNT, resident, 3, 0) for resident in range(1000)]
    assert needs(rate, 1000) == stats.poisson.ppf(drawn, rate).astype(int).tolist()


def test_a_higher_rate_only_adds_needs():
    counts = np.array([needs(rate, 300) for rate in RATES])
    assert (np.diff(counts, axis=0) >= 0).all()
