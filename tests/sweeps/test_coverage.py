"""The intervals of effects hold the truth about as often as they say, over 2,000 comparisons of which it is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from govsim.sweeps.results import Results
from tests.sweeps.small_plans import HEAD
from tests.unit.experiments.draws import uniforms

COMPARISONS = 2000
LEAST, MOST = 0.935, 0.965
# Runs of a pair have most of what chance does in common; that is what pairs are for.
COMMON, OWN = 1.0, 0.3
NAME = "workload_hours"


class Synthetic(Results):
    """Results with numbers of which the truth is known."""

    frame = pd.DataFrame()

    def numbers(self, table="outcome"):
        return self.frame


def drawn(n_pairs):
    """Return the true effect of each comparison, and the numbers of both arms, a row for each comparison."""
    common, own, others = (
        size * stats.norm.ppf(uniforms(100 * n_pairs + study, COMPARISONS, n_pairs))
        for study, size in enumerate((COMMON, OWN, OWN))
    )
    truth = np.linspace(-1.0, 1.0, COMPARISONS)
    return truth, 9.0 + common + own, 9.0 + common + others + truth[:, np.newaxis]


def results_of(place, before, after):
    """Return results with these numbers, in an order that says nothing of what belongs together."""
    plan = place.plan(HEAD + "arms: [{id: second, scenario: ../valid/derived.yaml}]\nreplicates: 1\n")
    samples = tuple({"push.noise": float(each)} for each in range(COMPARISONS))
    found = Synthetic(place.store(), replace(plan, samples=samples, replicates=before.shape[1]), sealed=None)
    parts = []
    for arm, values in (("baseline", before), ("second", after)):
        sample, replicate = np.indices(values.shape).reshape(2, -1)
        columns = {"arm": arm, "sample": sample, "replicate": replicate, "group": "", "name": NAME}
        parts.append(pd.DataFrame({**columns, "value": values.ravel()}))
    frame = pd.concat(parts, ignore_index=True)
    Synthetic.frame = frame.iloc[np.argsort(uniforms(7, 1, len(frame))[0], kind="stable")]
    return found


def held(low, high, truth):
    """Return the share of intervals that hold the truth."""
    return float(((low <= truth) & (truth <= high)).mean())


@pytest.mark.parametrize("n_pairs", [10, 30])
def test_the_intervals_of_effects_hold_the_truth_95_times_in_100_and_no_wider_than_pairs_need(place, n_pairs):
    truth, before, after = drawn(n_pairs)
    effects = results_of(place, before, after).effects([NAME]).sort_values("sample", kind="stable")
    assert effects["n_pairs"].tolist() == [n_pairs] * COMPARISONS
    assert LEAST <= held(effects["ci_low"], effects["ci_high"], truth) <= MOST
    width = (effects["ci_high"] - effects["ci_low"]).mean()
    needed = 2.0 * stats.t.ppf(0.975, n_pairs - 1) * np.sqrt(2.0) * OWN / np.sqrt(n_pairs)
    assert width == pytest.approx(needed, rel=0.05)

    # The twin that takes the runs of a pair for strangers holds it nearly always, and says little.
    strangers = stats.ttest_ind(after, before, axis=1, equal_var=False).confidence_interval()
    assert held(*strangers, truth) > MOST
    assert (strangers.high - strangers.low).mean() > 2.0 * width


def test_an_interval_of_a_normal_quantile_is_too_narrow_for_ten_pairs():
    truth, before, after = drawn(10)
    means, errors = (after - before).mean(axis=1), stats.sem(after - before, axis=1)
    assert held(means - 1.96 * errors, means + 1.96 * errors, truth) < LEAST
