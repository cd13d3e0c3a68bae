"""The task permit on the Xihu-like district: where it removes burden, where it moves it, where it comes back.

Three settings, what decides between them, and the permit with and without fewer inspections. Run with
``python experiments/permit.py`` from the project's folder; ``--replicates`` sets how sure the figures are.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from govsim.experiments import compare, run
from govsim.experiments.displacement import PARTS
from govsim.kernels.routes import AD_HOC, CAME_DOWN, DOWN
from govsim.model import GovernanceModel
from govsim.recording.tables import reported
from govsim.recording.window import Window
from govsim.scenarios import load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.comparison import ComparedArm

PLACE = Path(__file__).resolve().parents[1] / "scenarios" / "xihu"
BASELINE, PERMIT = PLACE / "baseline.yaml", PLACE / "task-permit.yaml"
CUT, BOTH = PLACE / "inspection-cut.yaml", PLACE / "permit-and-inspection-cut.yaml"
HEADLINES = ("workload_hours", "turnover_per_year", "satisfaction")
# Departments watched closely, for which doing the work takes more of their time than usual.
COSTLY = ("reforms.task-permit.audit_share=0.6", "push.own_minutes_share=0.6")
# Audits decide whether work comes back; posts of departments whether they take it on.
SETTINGS = {
    "removes": ["reforms.task-permit.audit_share=0.6"],
    "moves": [*COSTLY, "departments.staffing=3"],
    "comes back": ["reforms.task-permit.audit_share=0.02"],
}
# Written over every scenario: the number of residents, if it is not the world's.
SIZE: list[str] = []
VOLUMES = (0.63, 0.75, 0.87, 0.98, 1.10, 1.22)
AUDITS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
STAFF = (1.0, 1.5, 2.0, 3.0)


def budget() -> None:
    """Print the loads at baseline, which the catalogue's budget says in advance."""
    model = GovernanceModel(load_scenario(BASELINE, SIZE))
    model.run()
    found = model.outcomes()
    print(
        f"load of communities {found['load_ratio']:.3f} (budget 1.115), of streets {found['street_load']:.3f} (0.93), "
        f"of departments {found['department_load']:.3f} (0.88)"
    )
    double = GovernanceModel(load_scenario(BASELINE, [*SIZE, "street.staffing=2"]))
    double.run()
    now = double.outcomes()
    print(
        f"with 40 cadres a street: load of streets {now['street_load']:.3f}; cases of communities elsewhere "
        f"{found['blocked_days']:.2f} -> {now['blocked_days']:.2f} days, wait {found['wait_days']:.2f} -> "
        f"{now['wait_days']:.2f} days"
    )
    issued = reported(model.recording).origins("issued_minutes")
    print(f"sent down at baseline: {issued[DOWN] / issued.sum():.4f} of the hours of jobs")


def regimes(replicates: int, n_jobs: int) -> None:
    """Print where the hours went in the three settings."""
    names = ("removed", *PARTS[:-1])
    print(f"\n{'setting':12s} " + " ".join(f"{name:>21s}" for name in names) + "    ratio  ad hoc by year")
    for name, settings in SETTINGS.items():
        arm = _effect(PERMIT, settings, replicates, n_jobs)
        cells = [_interval(arm, part) for part in names]
        ratio = arm.displacement.ratio
        shown = "    -" if ratio is None else f"{ratio:+5.2f}"
        print(f"{name:12s} " + " ".join(f"{cell:>21s}" for cell in cells) + f"    {shown}  {_ad_hoc(settings)}")


def what_decides(replicates: int, n_jobs: int) -> None:
    """Print the share that comes back against audits, and the share that moves against posts of departments."""
    print("\naudits   removed  on paper only  share that comes back")
    for share in AUDITS:
        arm = _effect(PERMIT, [f"reforms.task-permit.audit_share={share}"], replicates, n_jobs)
        removed, back = _hours(arm, "removed"), _hours(arm, "reported_only")
        print(f"{share:6.2f} {removed:9.0f} {back:14.0f} {back / removed:22.2f}")
    print("\nposts of departments   removed  moved to them  share of what never came down")
    for staff in STAFF:
        settings = [
            "reforms.task-permit.audit_share=0.6",
            "push.own_minutes_share=0.6",
            f"departments.staffing={staff}",
        ]
        arm = _effect(PERMIT, settings, replicates, n_jobs)
        gone = _hours(arm, "vanished") + _hours(arm, "moved_to_departments") + _hours(arm, "moved_to_providers")
        moved = _hours(arm, "moved_to_departments")
        print(f"{staff:20.1f} {_hours(arm, 'removed'):9.0f} {moved:14.0f} {moved / gone:30.2f}")


def against_load(replicates: int, n_jobs: int) -> None:
    """Print the effect of the permit at several baseline loads (mechanisms, part 0, rule 4)."""
    names = (*HEADLINES, "wait_days", "ad_hoc_share")
    print(f"\n{'load':>6s} " + " ".join(f"{name:>26s}" for name in names))
    for volume in VOLUMES:
        arm = _effect(PERMIT, [f"mandates.volume={volume}"], replicates, n_jobs)
        effects = [arm.outcomes[name] for name in names]
        cells = [f"{each.difference:+.4f} [{each.ci_low:+.4f} {each.ci_high:+.4f}]" for each in effects]
        print(f"{arm.outcomes['load_ratio'].baseline:6.3f} " + " ".join(f"{cell:>26s}" for cell in cells))


def the_list() -> None:
    """Print the share of mandates that the board does not list, and what became of applications."""
    table = run(PERMIT, settings=SIZE).permits()
    cut = table["unlisted"].sum() / table["mandates"].sum()
    print(f"\nlist cut by {cut:.2f} (E3: 0.52 and 0.58 in showcase places, 0.2 to 0.6 more widely)")
    sums = table.drop(columns=["mandates", "unlisted"]).sum()
    print("mandates and months in three years: " + ", ".join(f"{name} {value:.0f}" for name, value in sums.items()))


def two_by_two(replicates: int, n_jobs: int) -> None:
    """Print the permit with and without fewer inspections, and what is more than the sum."""
    comparison = compare(BASELINE, [PERMIT, CUT, BOTH], seeds=replicates, settings=SIZE, n_jobs=n_jobs)
    permit, cut, both = comparison.arms
    print(f"\n{'':22s} {'permit':>26s} {'fewer inspections':>26s} {'both':>26s}   both less the sum")
    for name in (*HEADLINES, "wait_days", "completion_share", "reported_completion_share"):
        arms = [arm.outcomes[name] for arm in (permit, cut, both)]
        cells = [f"{each.difference:+.4f} [{each.ci_low:+.4f} {each.ci_high:+.4f}]" for each in arms]
        beyond = arms[2].difference - arms[0].difference - arms[1].difference
        print(f"{name:22.22s} " + " ".join(f"{cell:>26s}" for cell in cells) + f"   {beyond:+.4f}")
    for part in ("removed", "vanished", "moved_to_departments", "reported_only"):
        cells = [_interval(arm, part) for arm in (permit, cut, both)]
        print(f"{part:22.22s} " + " ".join(f"{cell:>26s}" for cell in cells))


def pairing(replicates: int, n_jobs: int) -> None:
    """Print the variance reduction of each reform at a quarter of its strength."""
    print("\nvariance reduction at strength 0.25")
    found = []
    for path in (PERMIT, CUT, PLACE / "pay-rise.yaml", BOTH):
        settings = [f"reforms.{reform.id}.strength=0.25" for reform in load_scenario(path).reforms]
        arm = _effect(path, settings, replicates, n_jobs)
        gains = [arm.outcomes[name].variance_reduction for name in HEADLINES]
        found += [gain for gain in gains if gain is not None]
        print(f"{path.stem:28s} " + " ".join(f"{name} {gain:.0f}" for name, gain in zip(HEADLINES, gains, strict=True)))
    print(f"median {np.median(found):.0f}, least {min(found):.1f}")


def _effect(path: Path, settings: Sequence[str], replicates: int, n_jobs: int) -> ComparedArm:
    return compare(BASELINE, [path], seeds=replicates, settings=[*SIZE, *settings], n_jobs=n_jobs).arms[0]


def _hours(arm: ComparedArm, part: str) -> float:
    return arm.displacement.hours[part].difference or 0.0


def _interval(arm: ComparedArm, part: str) -> str:
    hours = arm.displacement.hours[part]
    return f"{hours.difference:+.0f} [{hours.ci_low:+.0f} {hours.ci_high:+.0f}]"


def _ad_hoc(settings: Sequence[str]) -> str:
    model = GovernanceModel(load_scenario(PERMIT, [*SIZE, *settings]))
    model.run()
    shares = []
    for year in range(model.scenario.calendar.years):
        first = model.scenario.calendar.warm_up_months + 12 * year
        issued = Window(model.recording, first, first + 12).origins("issued_minutes")
        shares.append(issued[AD_HOC] / issued[:CAME_DOWN].sum())
    return ", ".join(f"{share:.3f}" for share in shares)


def main() -> None:
    """Print all seven."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=10)
    parser.add_argument("--n-jobs", type=int, default=2)
    parser.add_argument(
        "--residents", type=int, help="of a smaller district, which is made of whole streets of this one"
    )
    chosen = parser.parse_args()
    if chosen.residents:
        SIZE.append(f"world.residents={chosen.residents}")
    budget()
    regimes(chosen.replicates, chosen.n_jobs)
    what_decides(chosen.replicates, chosen.n_jobs)
    the_list()
    against_load(chosen.replicates, chosen.n_jobs)
    two_by_two(chosen.replicates, chosen.n_jobs)
    pairing(chosen.replicates, chosen.n_jobs)


if __name__ == "__main__":
    main()
