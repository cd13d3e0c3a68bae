"""The worlds that are measured, and one run of each under the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govsim.model import GovernanceModel
    from govsim.scenarios import Scenario

ROOT = Path(__file__).resolve().parents[1]
LIANDU = ROOT / "scenarios" / "liandu" / "baseline.yaml"
LIANDU_RISE = ROOT / "scenarios" / "liandu" / "pay-rise.yaml"
XIHU_PERMIT = ROOT / "scenarios" / "xihu" / "task-permit.yaml"
YEAR = ("horizon.years=1", "horizon.warm_up_years=0")


def year_of(residents: int, path: Path = LIANDU) -> Scenario:
    """Return one year of a world of so many residents, without a warm-up."""
    from govsim.scenarios import load_scenario

    return load_scenario(path, [*YEAR, f"world.residents={residents}"])


def run_of(scenario: Any, **settings: Any) -> GovernanceModel:
    """Return a model that has been run to its horizon."""
    from govsim.model import GovernanceModel

    model = GovernanceModel(scenario, **settings)
    model.run()
    return model


def seconds_of(scenario: Any) -> float:
    """Run a scenario once and return its model time."""
    model = run_of(scenario)
    model.release()
    return model.seconds_run


def spread_over(residents: int, times: int) -> Scenario:
    """Return one year of so many residents who live in ``times`` as many communities as they usually do."""
    scenario = year_of(residents * times)
    places = scenario.institution.places
    settlements = tuple(replace(each, residents=max(1, each.residents // times)) for each in places.settlements)
    thinner = replace(places, settlements=settlements)
    return replace(scenario, institution=replace(scenario.institution, places=thinner))


def child(script: str, *arguments: str, **environment: str) -> list[float]:
    """Run Python in a process of its own and return the numbers that it prints."""
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"a process that was to be measured failed:\n{done.stderr}"
        raise RuntimeError(message)
    return [float(word) for word in done.stdout.split()]


def peak_bytes() -> int:
    """Return the most memory that this process ever had.

    ``ru_maxrss`` would start at what the parent had, because a process that is replaced by another keeps it.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
