"""The merger of villages in the countryside: what decides whether it helps, and what a federation costs.

The effect against the share of work that exists once a community, against the way, against baseline load, and merged
against federated. Run with ``python experiments/merger.py`` from the project's folder; ``--replicates`` sets how sure
the figures are.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.experiments import compare
from govsim.institution.catalogue import WorkClass
from govsim.randomness import text_uniform
from govsim.scenarios import load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.comparison import ComparedArm
    from govsim.institution.catalogue import Catalogue
    from govsim.scenarios import Scenario

PLACE: Final = Path(__file__).resolve().parents[1] / "scenarios" / "countryside"
MODES: Final = ("merger", "federation")
NAMES: Final = ("workload_hours", "wait_days", "satisfaction", "turnover_per_year", "participation_share")
PER_UNIT_SHARES: Final = (0.1, 0.2, 0.4, 0.6, 0.8)
ADDED_KM: Final = (0.0, 0.5, 1.0, 2.0, 4.0)
CONSENT_SHARES: Final = (0.02, 0.1, 0.2, 0.3)
# About the share of a village's load that its mandates make, to aim at a load; the table shows the load reached.
MANDATES_OF_LOAD: Final = 0.8
LOADS: Final = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3)


def with_per_unit_share(scenario: Scenario, share: float) -> Scenario:
    """Return a scenario in which about this share of mandate minutes exists once a community, whatever its size.

    Which mandates those are is drawn by their names, so that a larger share adds mandates and takes none away. All
    is rescaled to the minutes of a community of the world's mean size, so that the load at baseline stays what it was.
    """
    institution = scenario.institution
    catalogue = institution.catalogue
    administration = [each for each in catalogue.mandates if each.work_class == WorkClass.ADMINISTRATION]
    total = sum(each.jobs_per_year * each.minutes for each in administration)
    chosen, minutes = set[str](), 0.0
    for each in sorted(administration, key=lambda mandate: text_uniform(f"per-unit:{mandate.id}")):
        if minutes + each.jobs_per_year * each.minutes / 2 <= share * total:
            chosen.add(each.id)
            minutes += each.jobs_per_year * each.minutes
    size = institution.places.n_residents / len(institution.places.communities)
    per_resident = size / institution.parameters["mandates.reference_residents"]
    before = sum(
        each.jobs_per_year * each.minutes * (per_resident if each.is_per_resident else 1.0) for each in administration
    )
    after = minutes + (total - minutes) * per_resident
    mandates = tuple(
        replace(each, is_per_resident=each.id not in chosen, jobs_per_year=each.jobs_per_year * before / after)
        if each in administration
        else each
        for each in catalogue.mandates
    )
    return replace(scenario, institution=replace(institution, catalogue=_with(catalogue, mandates)))


def _with(catalogue: Catalogue, mandates: tuple[object, ...]) -> Catalogue:
    return replace(catalogue, mandates=mandates)


def against(what: str, values: Sequence[float], settings: str, replicates: int, n_jobs: int) -> None:
    """Print the effects of merger and federation against a setting."""
    for value in values:
        written = [each.format(value) for each in settings.split()]
        found = [
            _effect(mode, [each.replace("REFORM", _id(mode)) for each in written], replicates, n_jobs) for mode in MODES
        ]
        _print_rows(f"{what} {value:g}", found)


def against_per_unit_share(replicates: int, n_jobs: int) -> None:
    """Print the effects against the share of mandate minutes that exists once a community."""
    for share in PER_UNIT_SHARES:
        scenarios = [with_per_unit_share(load_scenario(PLACE / f"{name}.yaml"), share) for name in ("baseline", *MODES)]
        comparison = compare(scenarios[0], scenarios[1:], seeds=replicates, n_jobs=n_jobs)
        _print_rows(f"per unit {share:g}", comparison.arms)


def against_load(replicates: int, n_jobs: int) -> None:
    """Print the effects at several loads of communities at baseline (mechanisms, part 0, rule 4)."""
    usual = _effect("merger", [], 2, n_jobs).outcomes["load_ratio"].baseline or 1.0
    at_baseline = load_scenario(PLACE / "baseline.yaml").institution.parameters["mandates.volume"]
    for load in LOADS:
        # Requests and own activities stay, so the volume of mandates has to move by more than the load.
        volume = at_baseline * max(0.05, 1.0 + (load - usual) / (usual * MANDATES_OF_LOAD))
        found = [_effect(mode, [f"mandates.volume={volume}"], replicates, n_jobs) for mode in MODES]
        _print_rows(f"load {found[0].outcomes['load_ratio'].baseline:.2f}", found)


def refusals(replicates: int, n_jobs: int) -> None:
    """Print what is left of a merger that has to be agreed to."""
    asked = _effect("merger-asked", [], replicates, n_jobs)
    _print_rows("asked", [asked])


def _id(name: str) -> str:
    reforms = load_scenario(PLACE / f"{name}.yaml").reforms
    return next(reform.id for reform in reforms if getattr(reform, "mode", "single") != "single")


def _effect(name: str, settings: Sequence[str], replicates: int, n_jobs: int) -> ComparedArm:
    arms = compare(PLACE / "baseline.yaml", [PLACE / f"{name}.yaml"], replicates, settings=settings, n_jobs=n_jobs).arms
    return arms[0]


def _print_rows(title: str, arms: Sequence[ComparedArm]) -> None:
    for arm in arms:
        cells = []
        for name in NAMES:
            effect = arm.outcomes[name]
            cells.append(f"{effect.difference:+.4f} [{effect.ci_low:+.4f} {effect.ci_high:+.4f}]")
        print(f"{title:16s} {Path(arm.scenario).stem:12.12s} " + " ".join(f"{cell:>28s}" for cell in cells), flush=True)


def main() -> None:
    """Print all five."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=10)
    parser.add_argument("--n-jobs", type=int, default=2)
    chosen = parser.parse_args()
    sure = chosen.replicates, chosen.n_jobs
    print(f"{'':29s} " + " ".join(f"{name:>28s}" for name in NAMES))
    against_per_unit_share(*sure)
    against("added km", ADDED_KM, "reforms.REFORM.added_km={}", *sure)
    against("consent share", CONSENT_SHARES, "federation.consent_share={}", *sure)
    against_load(*sure)
    refusals(*sure)


if __name__ == "__main__":
    main()
