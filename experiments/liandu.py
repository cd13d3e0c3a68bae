"""The street of Liandu against the figures it is calibrated on, the pay rise against load, and the gain of a loop.

Run with ``python experiments/liandu.py`` from the project's folder; ``--replicates`` sets how sure the figures are.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from govsim.experiments import compare
from govsim.model import GovernanceModel
from govsim.scenarios import load_scenario

PLACE = Path(__file__).resolve().parents[1] / "scenarios" / "liandu"
BASELINE, PAY_RISE = PLACE / "baseline.yaml", PLACE / "pay-rise.yaml"
VOLUMES = (0.63, 0.75, 0.87, 0.98, 1.10, 1.22)
SHOWN = ("turnover_per_year", "workload_hours", "satisfaction", "burnout_share", "overtime_hours", "wait_days")
RECRUITS, GONE = 87, 21


def runs(settings: list[str], replicates: int) -> list[GovernanceModel]:
    """Return finished runs of the baseline under some settings."""
    scenario = load_scenario(BASELINE, settings)
    models = [GovernanceModel(scenario, replicate=replicate) for replicate in range(replicates)]
    for model in models:
        model.run()
    return models


def mean(models: list[GovernanceModel], name: str) -> float:
    """Return the mean of an outcome over runs."""
    return float(np.mean([model.outcomes()[name] for model in models]))


def targets(replicates: int) -> None:
    """Print what the baseline shows of the figures it may be calibrated on."""
    models = runs(["horizon.years=5"], replicates)
    years = [_gone_after(models, year) for year in (2, 3, 4, 5)]
    print(f"of those in post at the start, gone after 2, 3, 4, 5 years: {_list(years)}; source {GONE / RECRUITS:.3f}")
    recruits = [_recruits_gone_after(models, year) for year in (2, 3, 4, 5)]
    print(f"of those in their first year of tenure, the same: {_list(recruits)}")
    print(f"turnover a year: {mean(models, 'turnover_per_year'):.4f}; source over 2 to 5 years 0.129 to 0.054")
    months = [model.recording.communities[model.scenario.calendar.warm_up_months :] for model in models]
    created = np.mean([book["created"].sum(axis=(0, 1)) for book in months], axis=0) / 5 / 11
    print(f"jobs of administration a community and year: {created[0]:.0f}; Hubei 1852 and 1886")
    print(
        f"inspections {created[1]:.1f}, censuses {created[2]:.1f}, meetings {created[3]:.0f}, requests "
        f"{created[4]:.0f}, events {created[5]:.1f} a community and year"
    )
    print(
        f"administration, share of all jobs and requests: {created[:4].sum() / created.sum():.3f}; Hubei 0.68 to 0.88"
    )
    print(f"administration, share of hours: {mean(models, 'administrative_share'):.3f}; range 0.55 to 0.85")
    print(f"requests a resident and year: {mean(models, 'requests_per_resident_year'):.3f}; hotlines 0.09 to 0.44")
    print(f"load {mean(models, 'load_ratio'):.3f}; budget 1.115; workload {mean(models, 'workload_hours'):.2f} h")
    worked = np.mean([b["worked_minutes"].sum() / b["present_days"].sum() / 60 for b in months])
    print(f"hours worked a worker-day: {worked:.2f}; Ningbo about 8.7")
    print(f"relative pay: {mean(models, 'pay_relative'):.3f}; source 0.43")


def _gone_after(models: list[GovernanceModel], years: int) -> float:
    start = models[0].scenario.calendar.warm_up_months - 1
    shares = []
    for model in models:
        holders = model.recording.holders
        in_post = holders[start] >= 0
        shares.append((holders[start + 12 * years] != holders[start])[in_post].mean())
    return float(np.mean(shares))


def _recruits_gone_after(models: list[GovernanceModel], years: int) -> float:
    """Return the share gone of those hired in the twelve months before the reported part."""
    start = models[0].scenario.calendar.warm_up_months - 1
    gone = recruited = 0
    for model in models:
        holders = model.recording.holders
        new = (holders[start] >= 0) & (holders[start] != holders[start - 12])
        recruited += int(new.sum())
        gone += int((holders[start + 12 * years] != holders[start])[new].sum())
    return gone / recruited


def _list(values: list[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)


def loads(replicates: int, n_jobs: int) -> None:
    """Print the effect of the pay rise at several baseline loads."""
    print(f"\n{'load':>6s} " + " ".join(f"{name:>26s}" for name in SHOWN))
    for volume in VOLUMES:
        settings = [f"mandates.volume={volume}"]
        effect = compare(BASELINE, [PAY_RISE], seeds=replicates, settings=settings, n_jobs=n_jobs)
        found: dict[str, Any] = effect.to_dict()["arms"][0]["outcomes"]
        cells = [_cell(found[name]) for name in SHOWN]
        print(f"{found['load_ratio']['baseline']:6.3f} " + " ".join(f"{cell:>26s}" for cell in cells))


def _cell(outcome: dict[str, float]) -> str:
    return f"{outcome['difference']:+.4f} [{outcome['ci_low']:+.4f} {outcome['ci_high']:+.4f}]"


def gain(replicates: int) -> None:
    """Print the gain of the loop load -> quits -> load as a product of two elasticities."""
    base = runs([], replicates)
    loaded = runs(["mandates.volume=1.2"], replicates)
    leaving = runs(["quit.offers_per_year=0.2"], replicates)

    def change(models: list[GovernanceModel], name: str) -> float:
        return float(np.log(mean(models, name) / mean(base, name)))

    quits_of_load = change(loaded, "turnover_per_year") / change(loaded, "load_ratio")
    load_of_quits = change(leaving, "load_ratio") / change(leaving, "turnover_per_year")
    print(
        f"\nelasticity of quits to load {quits_of_load:.3f}, of load to quits {load_of_quits:.4f}; "
        f"gain of the loop {quits_of_load * load_of_quits:.4f}, a spiral needs 1"
    )


def main() -> None:
    """Print all three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=40)
    parser.add_argument("--n-jobs", type=int, default=2)
    chosen = parser.parse_args()
    targets(chosen.replicates)
    loads(chosen.replicates, chosen.n_jobs)
    gain(chosen.replicates)


if __name__ == "__main__":
    main()
