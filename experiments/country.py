"""The country in some 2,850 county-level districts: one year of each, added up into burden, turnover and satisfaction.

Run with ``python experiments/country.py`` from the project's folder, or with ``--share 0.01`` a sample of one district
in a hundred. What was run stays in the folder of ``--out`` and is not run again. ``docs/country.md`` says where every
figure comes from, how districts are drawn, and what the result does not say.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from country.districts import draw_districts
from country.pages import country_page, districts_csv
from country.plan import FOLDER, read_plan
from country.running import Rows, run_districts
from country.sampling import sampled, size_for, strata_of
from country.summary import Study, country
from govsim.errors import GovsimError, ScenarioError
from govsim.experiments.writing import prepare_folder, write_files
from govsim.language import LANGUAGES, use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from country.districts import District
    from country.plan import Plan

FAILED, BAD_INPUT, CANNOT_WRITE = 1, 2, 74
WIDTH = 110
SECONDS_BETWEEN_LINES = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the districts, run those that are asked for, write and print what they say; return the exit code."""
    options = _options(arguments)
    use(options.lang)
    try:
        plan = read_plan(options.plan).with_settings(options.set)
        districts = draw_districts(plan)
        strata = _chosen(options, districts)
        prepare_folder(options.out)
        if options.draw_only:
            write_files(options.out, {"districts.csv": districts_csv(districts)})
        else:
            _run(plan, districts, strata, options)
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
    parser.add_argument("--out", type=Path, default=Path("build/country"), help="folder for rows and results")
    parser.add_argument("--seed", type=int, default=1, help="root seed")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="a setting of every part")
    parser.add_argument("--plan", type=Path, default=FOLDER, help="folder with provinces, parts and figures")
    parser.add_argument("--draw-only", action="store_true", help="write the table of districts and run none")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the tables")
    return parser.parse_args(arguments)


def _chosen(options: argparse.Namespace, districts: Sequence[District]) -> dict[str, list[District]]:
    if options.n_jobs < 1:
        message = f"--n-jobs must be 1 or more, but is {options.n_jobs}"
        raise ValueError(message)
    if options.share is not None:
        if not 0.0 < options.share <= 1.0:
            message = f"--share must lie above 0 and be at most 1, but is {options.share:g}"
            raise ValueError(message)
        return sampled(districts, size_for(options.share, districts), options.seed)
    if options.districts is not None:
        return sampled(districts, options.districts, options.seed)
    return strata_of(districts)


def _run(
    plan: Plan, districts: Sequence[District], drawn: dict[str, list[District]], options: argparse.Namespace
) -> None:
    wanted = [district for members in drawn.values() for district in members]
    with _progress(wanted) as report:
        rows = run_districts(plan, wanted, options.seed, Rows(options.out / "rows"), options.n_jobs, report)
    study = Study(plan, options.seed, strata_of(districts), drawn, {row.id: row for row in rows})
    result = json.dumps(country(study), ensure_ascii=False, allow_nan=False, indent=1)
    write_files(options.out, {"districts.csv": districts_csv(wanted, study), "country.json": result + "\n"})
    console = Console(highlight=False)
    console.width = console.width if console.is_terminal else WIDTH
    console.print(country_page(study, options.lang))


@contextmanager
def _progress(districts: Sequence[District]) -> Iterator[Callable[[District, bool], None]]:
    """Show on stderr how many districts are done and how long the residents still to run will take."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    to_run = sum(district.residents for district in districts)
    task = bar.add_task("", total=to_run)
    started = said = time.monotonic()
    n_done = run = 0

    def report(district: District, is_new: bool) -> None:
        nonlocal n_done, run, to_run, said
        n_done += 1
        run += district.residents if is_new else 0
        to_run -= 0 if is_new else district.residents
        text = f"{n_done:,} / {len(districts):,}"
        bar.update(task, completed=run, total=to_run, description=text)
        now = time.monotonic()
        if bar.disable and is_new and now - said > SECONDS_BETWEEN_LINES:
            said = now
            left = (now - started) * (to_run - run) / run
            print(f"{text}  {run / to_run:.0%}  {left / 60:.1f} min", file=sys.stderr, flush=True)

    with bar:
        yield report


def _failed(error: BaseException, code: int) -> int:
    print(error, file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
