"""The parts of districts as samples of a plan: what each sets of its world, in a table beside the plan's other data."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from govsim.errors import ScenarioError
from govsim.experiments.writing import write_files
from govsim.sweeps.plan import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from country.districts import District
    from country.plan import Part
    from govsim.sweeps.plan import Plan as Sweep
    from govsim.sweeps.plan import Sample


NAME: Final = "world.drawn.name"


def sample_of(district: District, part: Part) -> Sample:
    """Return what the world of one part of a district sets."""
    size = district.sizes[part.id]
    return {
        NAME: f"{district.id}-{part.id}",
        "world.residents": size.residents,
        "world.drawn.communities": size.units,
        "world.drawn.streets": size.offices,
        "world.drawn.least_posts": part.least_posts,
    }


def write_tables(folder: Path, parts: Iterable[Part], districts: Sequence[District]) -> None:
    """Write a table for each part, a row for each district that has it.

    Raises
    ------
    OSError
        If a table cannot be written; none is left half-written.
    """
    tables = {}
    for part in parts:
        rows = [sample_of(district, part) for district in districts if part.id in district.sizes]
        file = io.StringIO()
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        tables[f"{part.id}.csv"] = file.getvalue()
    write_files(folder, tables)


def samples_of(part: Part, districts: Iterable[District], sweep: Sweep) -> list[Sample]:
    """Return the samples of a plan that are a part of these districts.

    Raises
    ------
    ScenarioError
        If the plan has not all of them.
    """
    wanted = [sample_of(district, part) for district in districts if part.id in district.sizes]
    there = set(map(canonical, sweep.samples))
    for sample in wanted:
        if canonical(sample) not in there:
            message = (
                f"{part.plan}: the table of the plan has no row for {sample[NAME]} as districts are drawn now; write "
                "the tables anew with --draw"
            )
            raise ScenarioError(message)
    return wanted
