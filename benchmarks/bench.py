"""One command, one table: what the model costs, as ratios to what is measured beside it in the same call."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "scenarios" / "liandu" / "baseline.yaml"
REPEATS = 5
SMALL_WORLD = "two_streets"

ONE_RUN = """
import sys, time, resource
started = time.perf_counter()
from govsim.model import GovernanceModel
from govsim.scenarios import load_scenario
settings = sys.argv[2:]
scenario = load_scenario(sys.argv[1], settings)
imported = time.perf_counter() - started
model = GovernanceModel(scenario)
model.run()
first = time.perf_counter() - started - imported
again = GovernanceModel(scenario)
again.run()
warm = again.seconds_build + again.seconds_run
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(imported, first - warm, again.seconds_build, again.seconds_run, peak, len(again.state.people.residents))
"""


def child(cache: str, *settings: str) -> dict[str, float]:
    """Run the baseline twice in a process of its own; return seconds, and the peak of memory in MiB."""
    environment = {**os.environ, "GOVSIM_CACHE_DIR": cache}
    command = [sys.executable, "-c", ONE_RUN, str(BASELINE), *settings]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    names = ("import", "kernels", "build", "run", "peak_mib", "residents")
    return dict(zip(names, map(float, done.stdout.split()), strict=True))


def compiling(rows: list[dict[str, Any]]) -> None:
    """Measure cold compile, load from the cache, and the growth of the cache over three processes."""
    with tempfile.TemporaryDirectory() as cache:
        small = ("horizon.years=1", "horizon.warm_up_years=0", "world.residents=6000")
        runs = [child(cache, *small)]
        files = sum(1 for path in Path(cache).rglob("*") if path.is_file())
        runs += [child(cache, *small) for _ in range(2)]
        after = sum(1 for path in Path(cache).rglob("*") if path.is_file())
    rows.append(row("cold compile", runs[0]["kernels"], "s", "at most 20"))
    rows.append(
        row("kernels loaded from the cache", statistics.median(r["kernels"] for r in runs[1:]), "s", "at most 0.5")
    )
    rows.append(row("cache files after one process", files, "files", ""))
    rows.append(row("cache files after three processes", after, "files", "no growth"))


def sizes(rows: list[dict[str, Any]]) -> None:
    """Measure a year of one and of ten million residents, and what a resident costs in memory."""
    year = ("horizon.years=1", "horizon.warm_up_years=0")
    cache = str(Path(os.environ.get("GOVSIM_CACHE_DIR", Path.home() / ".cache" / "govsim")))
    child(cache, *year, "world.residents=6000")
    million = [child(cache, *year, "world.residents=1000000") for _ in range(REPEATS)]
    seconds = sorted(each["run"] for each in million)
    rows.append(row("a million residents, one year, median", statistics.median(seconds), "s", "at most 0.3"))
    rows.append(row("the same, fastest and slowest", f"{seconds[0]:.2f} to {seconds[-1]:.2f}", "s", ""))
    rows.append(row("the same, building the world", statistics.median(e["build"] for e in million), "s", ""))
    ten = child(cache, *year, "world.residents=10000000")
    rows.append(row("ten million residents, one year", ten["run"], "s", "at most 4"))
    small = child(cache, *year, "world.residents=6000")
    rows.append(
        row("ten million, memory beyond a small run", ten["peak_mib"] - small["peak_mib"], "MiB", "at most 1024")
    )
    growth = ten["run"] / statistics.median(seconds)
    rows.append(row("ten million over one million", growth, "ratio", "10 is linear"))


def beside(rows: list[dict[str, Any]]) -> None:
    """Measure the plain reference and a bare loop of draws beside the model, in this process, interleaved."""
    sys.path.insert(0, str(ROOT))
    from govsim.model import GovernanceModel
    from govsim.scenarios import load_scenario
    from tests.reference.model import ReferenceModel
    from tests.reference.worlds import small_scenario

    small = small_scenario(SMALL_WORLD)
    GovernanceModel(small).run()
    ours, plain = [], []
    for _ in range(REPEATS):
        started = time.perf_counter()
        ReferenceModel(small, seed=1).run()
        plain.append(time.perf_counter() - started)
        model = GovernanceModel(small)
        model.run()
        ours.append(model.seconds_build + model.seconds_run)
    rows.append(
        row(
            f"plain objects over compiled, {SMALL_WORLD}",
            statistics.median(plain) / statistics.median(ours),
            "ratio",
            "at least 200",
        )
    )
    medium = load_scenario(BASELINE, ["horizon.years=1", "horizon.warm_up_years=0"])
    started = time.perf_counter()
    ReferenceModel(medium, seed=1).run()
    plain_seconds = time.perf_counter() - started
    model = GovernanceModel(medium)
    model.run()
    model_seconds = model.seconds_build + model.seconds_run
    rows.append(
        row("plain objects over compiled, the street of Liandu", plain_seconds / model_seconds, "ratio", "at least 200")
    )
    roofline(rows)


def roofline(rows: list[dict[str, Any]]) -> None:
    """Compare a million residents with a bare loop that makes as many keyed draws and nothing else."""
    from draws_only import bare_draws

    from govsim.model import GovernanceModel
    from govsim.randomness import run_key
    from govsim.scenarios import load_scenario

    scenario = load_scenario(BASELINE, ["horizon.years=1", "horizon.warm_up_years=0", "world.residents=1000000"])
    key, ratios, draws = run_key(1, 0), [], 0
    bare_draws(key, 10)
    for _ in range(REPEATS):
        model = GovernanceModel(scenario)
        model.run()
        draws = draws_of(model)
        started = time.perf_counter()
        bare_draws(key, draws)
        ratios.append(model.seconds_run / (time.perf_counter() - started))
        model.release()
    rows.append(row("a million residents over their draws alone", statistics.median(ratios), "ratio", ""))
    rows.append(row("draws of that year", draws, "draws", ""))


def draws_of(model: Any) -> int:
    """Return how many keyed draws a run made, from its books and part 4 of the ODD page."""
    book = model.recording
    latent, raised = int(book.settlements["latent"].sum()), int(book.settlements["raised"].sum())
    created = int(book.communities["created"].sum())
    closed = int(book.settlements["closed"].sum() + book.settlements["given_up"].sum())
    requests = raised - int(book.settlements["answered"].sum()) + int(book.settlements["repeats"].sum())
    jobs, cases = created - requests, int(book.offices["cases"].sum())
    worker_days = int(book.communities["filled_post_days"].sum())
    residents = len(model.state.people.residents)
    per_item = raised * 7 + jobs * 4 + created * 3 + closed * 2 + cases * 3
    return residents + 2 * latent + per_item + worker_days * 6 // 5


def row(what: str, value: Any, unit: str, target: str) -> dict[str, Any]:
    """Return one row of the table."""
    return {"what": what, "value": value, "unit": unit, "target": target}


def main() -> None:
    """Measure, print the table and write ``build/bench.json``."""
    rows: list[dict[str, Any]] = []
    compiling(rows)
    sizes(rows)
    beside(rows)
    for each in rows:
        value = each["value"] if isinstance(each["value"], str) else f"{each['value']:,.3g}"
        if isinstance(each["value"], int):
            value = f"{each['value']:,}"
        print(f"{each['what']:58s} {value:>16s} {each['unit']:8s} {each['target']}")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    about = {
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "processor": platform.processor() or platform.machine(),
        "own_peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": rows,
    }
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(f"written to {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
