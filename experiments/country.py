"""The country in some 2,850 county-level districts: one year of each, added up into burden, turnover and satisfaction.

Run with ``python experiments/country.py`` from the project's folder, or with ``--share 0.01`` a sample of one district
in a hundred. Districts are runs of two ordinary sweeps, ``country-urban.yaml`` and ``country-rural.yaml``; what was run
stays in the folder of ``--out`` and is not run again. ``docs/country.md`` says where every figure comes from, how
districts are drawn, and what the result does not say.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from country.districts import draw_districts
from country.pages import country_page, districts_csv
from country.plan import FOLDER, read_plan
from country.running import country_of, run_districts
from country.samples import write_tables
from country.sampling import sampled, size_for, strata_of
from country.summary import Study, country
from govsim.cli.manners import prepare_kernels, progress
from govsim.errors import GovsimError, ScenarioError
from govsim.experiments.writing import prepare_folder, write_files
from govsim.language import LANGUAGES, use
from govsim.sweeps.engines import InProcess, Processes
from govsim.sweeps.plan import BASELINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from country.districts import District
    from country.running import Country

FAILED, BAD_INPUT, CANNOT_WRITE = 1, 2, 74
WIDTH = 110


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the districts, run those that are asked for, write and print what they say; return the exit code."""
    options = _options(arguments)
    use(options.lang)
    try:
        plan = read_plan(options.plan)
        districts = draw_districts(plan)
        if options.draw:
            write_tables(plan.folder, plan.parts, districts)
        else:
            wanted = country_of(plan, options.out, options.set, options.seed)
            _check_arm(wanted, options.arm)
            strata = _chosen(options, districts, wanted.seed)
            prepare_folder(options.out)
            _run(wanted, districts, strata, options)
    except (ScenarioError, ValueError) as error:
        return _failed(error, BAD_INPUT)
    except GovsimError as error:
        return _failed(error, FAILED)
    except OSError as error:
        return _failed(error, CANNOT_WRITE)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--share", type=float, help="run a sample of this share of districts, 0 to 1")
    size.add_argument("--districts", type=int, metavar="N", help="run a sample of N districts")
    parser.add_argument("--n-jobs", type=int, default=2, help="processes, each with one district at a time")
    parser.add_argument("--out", type=Path, default=Path("build/country"), help="folder for sweeps and results")
    parser.add_argument("--seed", type=int, help="root seed instead of that of the plans")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="a setting of every part")
    parser.add_argument("--arm", default=BASELINE, metavar="ID", help="the arm of the plans that is added up")
    parser.add_argument("--plan", type=Path, default=FOLDER, help="folder with provinces, parts and figures")
    parser.add_argument("--draw", action="store_true", help="write the tables of the plans anew and run nothing")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the tables")
    return parser.parse_args(arguments)


def _check_arm(wanted: Country, arm: str) -> None:
    for part, sweep in wanted.sweeps.items():
        known = [each.id for each in sweep.arms]
        if arm not in known:
            message = f"--arm: the plan of the {part} part has no arm {arm!r}; it has {', '.join(known)}"
            raise ValueError(message)


def _chosen(options: argparse.Namespace, districts: Sequence[District], seed: int) -> dict[str, list[District]]:
    if options.n_jobs < 1:
        message = f"--n-jobs must be 1 or more, but is {options.n_jobs}"
        raise ValueError(message)
    if options.share is not None:
        if not 0.0 < options.share <= 1.0:
            message = f"--share must lie above 0 and be at most 1, but is {options.share:g}"
            raise ValueError(message)
        return sampled(districts, size_for(options.share, districts), seed)
    if options.districts is not None:
        return sampled(districts, options.districts, seed)
    return strata_of(districts)


def _run(
    country_run: Country,
    districts: Sequence[District],
    drawn: dict[str, list[District]],
    options: argparse.Namespace,
) -> None:
    wanted = [district for members in drawn.values() for district in members]
    engine = Processes(options.n_jobs) if options.n_jobs > 1 else InProcess()
    prepare_kernels(quiet=False)
    with progress(hidden=False) as report:
        rows = run_districts(country_run, wanted, engine, report, options.arm)
    study = Study(country_run, options.arm, strata_of(districts), drawn, {row.id: row for row in rows})
    result = json.dumps(country(study), ensure_ascii=False, allow_nan=False, indent=1)
    write_files(options.out, {"districts.csv": districts_csv(wanted, study), "country.json": result + "\n"})
    console = Console(highlight=False)
    console.width = console.width if console.is_terminal else WIDTH
    console.print(country_page(study, options.lang))


def _failed(error: BaseException, code: int) -> int:
    print(error, file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
