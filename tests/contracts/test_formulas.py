"""The formula that the ODD page gives of an outcome is the one that is computed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from govsim.institution.catalogue import WorkClass
from govsim.kernels import routes
from govsim.odd.outcomes import formula_words
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.window import Window
from tests.properties.runs import run, with_all
from tests.reference.worlds import small_scenario

FORMULAS = {name: formula_words()[name]["formula"] for name in OUTCOMES}
# What is no quotient of sums is put in words on the page and checked by the second aggregator.
IN_WORDS = {"cohort_left_share", "satisfaction_gap", "pay_gini"}
NAMES = {each.name.lower(): int(each) for each in WorkClass} | {
    name.lower(): getattr(routes, name) for name in ("DOWN", "PERMIT", "AD_HOC")
}


class Sums:
    """Sums of the columns of a table over months and rows; of a column with classes, over those in brackets."""

    def __init__(self, months, rows=slice(None)):
        self.months, self.rows = months, rows

    def __getattr__(self, column):
        return Sum(self.months[column][:, self.rows].sum(axis=(0, 1)))


class Sum(float):
    """A sum that can be taken over some classes only."""

    def __new__(cls, counts):
        made = super().__new__(cls, counts.sum())
        made.counts = counts
        return made

    def __getitem__(self, classes):
        return float(self.counts[list(classes) if isinstance(classes, tuple) else [classes]].sum())


def window_of(recording):
    """Return a window of more than a year, so that its last year is not the whole of it."""
    return Window(recording, 3, len(recording.communities))


def known(recording):
    """Return what a formula may name, for that window."""
    first, last = window_of(recording).first, window_of(recording).last
    year = max(first, last - 12)
    n_streets = recording.offices.shape[1] - recording.origins.shape[1] + 1
    return NAMES | {
        "communities": Sums(recording.communities[first:last]),
        "residents": Sums(recording.settlements[first:last]),
        "reports": Sums(recording.reports[first:last]),
        "origins": Sums(recording.origins[first:last]),
        "streets": Sums(recording.offices[first:last], slice(None, n_streets)),
        "departments": Sums(recording.offices[first:last], slice(n_streets, None)),
        "cohorts": Sums(recording.settlement_cohorts[first : last - 3]),
        "last_year": Sums(recording.settlements[year:last]),
        "last_month": Sums(recording.communities[last - 1 : last]),
        "n_residents": int(recording.residents_by_settlement.sum()),
        "years": (last - first) / 12,
        "months_of_last_year": last - year,
        "local_wage_yuan_per_year": recording.local_wage_yuan_per_year,
    }


def value_of(formula, names):
    try:
        return eval(formula, {"__builtins__": {}}, names)
    except ZeroDivisionError:
        return math.nan


@pytest.fixture(scope="module")
def runs():
    """Return recordings of worlds that between them define every outcome."""
    return {name: run(with_all(small_scenario(name))).recording for name in ("two_streets", "escalating", "evading")}


@pytest.mark.parametrize("name", [name for name in OUTCOMES if name not in IN_WORDS])
def test_the_formula_on_the_page_gives_what_the_software_gives(runs, name):
    defined = 0
    for recording in runs.values():
        computed = OUTCOMES[name].formula(window_of(recording))
        written = value_of(FORMULAS[name], known(recording))
        assert written == pytest.approx(computed, rel=1e-12, nan_ok=True)
        defined += math.isfinite(computed) and computed != 0
    assert defined


@pytest.mark.parametrize("name", sorted(IN_WORDS))
def test_only_what_cannot_be_evaluated_is_put_in_words(runs, name):
    with pytest.raises((SyntaxError, NameError, AttributeError, TypeError)):
        value_of(FORMULAS[name], known(next(iter(runs.values()))))


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("met_share", "residents.closed / residents.met"),
        ("service_share", "communities.booked_minutes[administration] / communities.booked_minutes"),
        ("participation_share", "residents.participants / last_year.adults"),
        ("street_load", FORMULAS["department_load"]),
    ],
)
def test_a_wrong_formula_would_be_found(runs, name, formula):
    recording = runs["two_streets"]
    computed = OUTCOMES[name].formula(window_of(recording))
    assert value_of(formula, known(recording)) != pytest.approx(computed, rel=1e-6)


def test_sums_are_over_what_stands_in_brackets():
    tally = np.zeros((1, 2), [("done", np.int64, (3,))])
    tally["done"] = [[[1, 2, 4], [10, 20, 40]]]
    done = Sums(tally).done
    assert (done, done[0], done[0, 2]) == (77, 11, 55)
