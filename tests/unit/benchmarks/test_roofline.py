"""The bare loop makes the draws of a run and touches its rows; the draws are counted from the books."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.bare_loop import bare_run, rates_for, rows_for
from benchmarks.counting import draws_of, work_of
from benchmarks.worlds import ROOT, run_of, year_of
from govsim.randomness import Decision

# Those of the monthly decisions in Python, of the founding, and of spells and hands that change by the dozen.
NOT_COUNTED = {
    "RESIDENT_AGE", "RESIDENT_DISABLED", "RESIDENT_LOW_INCOME", "INITIAL_SATISFACTION", "INITIAL_EXPECTATION",
    "INITIAL_FILLED", "INITIAL_TENURE", "SKILL", "SUSCEPTIBILITY", "QUIT", "HIRE",
    "ROUTE", "HEARD", "ADMITTED", "APPEALED", "AUDITED",
}  # fmt: skip
RESIDENTS = 12_000

COUNTING = """
import json, sys
from collections import Counter
from govsim import randomness
drawn, plain = set(), randomness.bits
def noted(*key):
    drawn.add(tuple(map(int, key[1:])))
    return plain(*key)
randomness.bits = noted
from benchmarks.counting import draws_of, work_of
from benchmarks.worlds import run_of, year_of
model = run_of(year_of(1500))
found = Counter(randomness.Decision(key[0]).name for key in drawn)
print(json.dumps({"drawn": found, "counted": draws_of(work_of(model))}))
"""


@pytest.mark.nightly
def test_the_draws_counted_from_the_books_are_those_that_uncompiled_code_makes():
    environment = {
        **os.environ,
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", COUNTING], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    drawn, counted = found["drawn"], found["counted"]
    assert set(drawn) - set(counted) <= NOT_COUNTED
    assert sum(counted.values()) == pytest.approx(sum(drawn[name] for name in counted if name in drawn), rel=0.05)
    for name, n in counted.items():
        if drawn.get(name, 0) > 400:
            assert n == pytest.approx(drawn[name], rel=0.25), name


def test_every_decision_is_counted_or_known_not_to_be():
    work = work_of(run_of(year_of(1500)))
    of_reforms = {"INSPECTION_KEPT", "COMPLIED", "CONSENT_NEEDED", "CONSENT_GIVEN"}
    assert {each.name for each in Decision} == set(draws_of(work)) | NOT_COUNTED | of_reforms


@pytest.fixture(scope="module")
def bare():
    """A bare year of a small world: its work, its tables, and the draws it made."""
    work = work_of(run_of(year_of(RESIDENTS)))
    rows = rows_for(work)
    return work, rows, int(bare_run(np.uint64(2007), rows, rates_for(work)))


def test_the_bare_loop_draws_as_many_numbers_as_the_run(bare):
    work, _, drawn = bare
    assert drawn == pytest.approx(sum(draws_of(work).values()), rel=0.1)


def test_the_bare_loop_moves_every_resident_every_month(bare):
    _, rows, _ = bare
    assert (rows.residents.expectation == 12).all()
    assert (rows.residents.satisfaction >= 12).all()


def test_the_bare_loop_opens_and_closes_as_many_items_as_the_run(bare):
    work, rows, _ = bare
    opened, closed = rows.cursor.sum(axis=0)
    assert opened == pytest.approx(work.created - work.repeats, rel=0.05)
    assert opened - closed == pytest.approx(work.open_items, rel=0.25)


def test_the_bare_loop_meets_residents_again_when_their_requests_are_closed(bare):
    work, rows, _ = bare
    assert int(rows.residents.cases_met.sum()) == pytest.approx(work.opened, rel=0.1)
