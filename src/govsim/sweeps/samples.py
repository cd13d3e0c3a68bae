"""From factors to samples: which values go together."""

from __future__ import annotations

import csv
import io
import itertools
import math
from typing import TYPE_CHECKING, Final

from govsim.errors import Place, ScenarioError
from govsim.scenarios.complaints import listed, shown
from govsim.scenarios.csv_table import TABLE_BYTES
from govsim.scenarios.document import plain_value
from govsim.scenarios.extending import linked_path
from govsim.scenarios.guard import read_text
from govsim.sweeps import messages as m
from govsim.sweeps.plan_file import MOST_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document
    from govsim.sweeps.plan import Sample
    from govsim.sweeps.plan_file import Design, Factor, PlanFile

# Designs that say which values go together, sample by sample.
BY_SAMPLE: Final = ("list", "table")
_OWN_KEYS: Final = {"samples": ("latin_hypercube", "sobol"), "points": ("list",), "file": ("table",)}
_FROM_SPANS: Final = frozenset(_OWN_KEYS["samples"])


def samples_of(document: Document, plan: PlanFile, complaints: Complaints) -> tuple[Sample, ...]:
    """Return the samples of a plan, one without values where nothing is varied; mistakes become complaints."""
    before = len(complaints)
    _check_design(document, plan.design, has_factors=bool(plan.factors), complaints=complaints)
    for name, factor in plan.factors.items():
        _check_factor(document, name, factor, plan.design.kind, complaints)
    if len(complaints) > before:
        return ()
    if plan.design.kind == "list":
        assert plan.design.points is not None  # checked above
        places = [document.place(("design", "points", row)) for row in range(len(plan.design.points))]
        return _checked(plan.design.points, places, complaints)
    if plan.design.kind == "table":
        return _of_table(linked_path(document, ("design", "file")), complaints)
    if plan.design.kind == "grid":
        return _grid(document, plan.factors, complaints)
    return _drawn(plan.design, plan.factors)


def _check_design(document: Document, design: Design, *, has_factors: bool, complaints: Complaints) -> None:
    place = document.place(("design",))
    for key, kinds in _OWN_KEYS.items():
        is_given = getattr(design, key) is not None
        if is_given and design.kind not in kinds:
            sentence = m.KEY_OF_KIND.format(key=key, of=kinds[0], kind=design.kind)
            complaints.add(document.key_place(("design", key)), sentence)
        elif design.kind in kinds and not is_given:
            complaints.add(place, m.KEY_NEEDED.format(kind=design.kind, key=key))
    if design.kind in BY_SAMPLE and has_factors:
        complaints.add(document.key_place(("factors",)), m.FACTORS_ELSEWHERE.format(kind=design.kind))
    if design.kind in _FROM_SPANS and not has_factors:
        complaints.add(place, m.NO_FACTORS.format(kind=design.kind))
    if design.kind == "sobol" and design.samples and design.samples.bit_count() != 1:
        above = 1 << design.samples.bit_length()
        sentence = m.POWER_OF_TWO.format(below=above // 2, above=above, given=design.samples)
        complaints.add(document.place(("design", "samples")), sentence)


def _check_factor(document: Document, name: str, factor: Factor, kind: str, complaints: Complaints) -> None:
    place = document.place(("factors", name))
    n_ends = (factor.low is not None) + (factor.high is not None)
    if factor.values is not None and n_ends:
        complaints.add(place, m.FACTOR_NEEDS.format(given=m.BOTH_KINDS))
    elif factor.values is None and n_ends < 2:  # noqa: PLR2004 a span has two ends
        complaints.add(place, m.FACTOR_NEEDS.format(given=m.HALF_A_SPAN if n_ends else m.NEITHER_KIND))
    elif factor.values is None:
        _check_span(place, factor, kind, complaints)
    else:
        if kind in _FROM_SPANS:
            complaints.add(place, m.SAMPLE_OF_LISTS.format(kind=kind))
        if factor.whole:
            complaints.add(document.key_place(("factors", name, "whole")), str(m.WHOLE_OF_LIST))
        for position, value in enumerate(factor.values):
            if any(_same(value, other) for other in factor.values[:position]):
                complaints.add(document.place(("factors", name, position)), m.SAME_VALUE.format(given=shown(value)))


def _check_span(place: Place, factor: Factor, kind: str, complaints: Complaints) -> None:
    assert factor.low is not None and factor.high is not None  # noqa: PT018 checked by the caller
    if kind == "grid":
        complaints.add(place, str(m.GRID_OF_SPANS))
    if factor.low >= factor.high:
        complaints.add(place, m.ENDS_IN_ORDER.format(low=f"{factor.low:g}", high=f"{factor.high:g}"))
    for end in (factor.low, factor.high) if factor.whole else ():
        if not end.is_integer():
            complaints.add(place, m.WHOLE_ENDS.format(given=f"{end:g}"))


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _grid(document: Document, factors: Mapping[str, Factor], complaints: Complaints) -> tuple[Sample, ...]:
    lists = [factor.values or () for factor in factors.values()]
    n = math.prod(len(values) for values in lists)
    if n > MOST_SAMPLES:
        complaints.add(document.place(("factors",)), m.TOO_MANY_SAMPLES.format(given=n, most=MOST_SAMPLES))
        return ()
    return tuple(dict(zip(factors, values, strict=True)) for values in itertools.product(*lists))


def _drawn(design: Design, factors: Mapping[str, Factor]) -> tuple[Sample, ...]:
    import scipy  # whose parts are imported where they are first used

    qmc = scipy.stats.qmc
    makers = {"latin_hypercube": qmc.LatinHypercube, "sobol": qmc.Sobol}
    units = makers[design.kind](len(factors), rng=design.seed).random(design.samples)
    spans = list(factors.items())
    return tuple(
        {name: _between(factor, float(unit)) for (name, factor), unit in zip(spans, row, strict=True)} for row in units
    )


def _between(factor: Factor, unit: float) -> float | int:
    assert factor.low is not None and factor.high is not None  # noqa: PT018 spans are checked before
    if factor.whole:
        return int(factor.low) + math.floor(unit * (factor.high - factor.low + 1))
    return factor.low + unit * (factor.high - factor.low)


def _of_table(path: Path, complaints: Complaints) -> tuple[Sample, ...]:
    reader = csv.reader(io.StringIO(read_text(path, TABLE_BYTES), newline=""), strict=True)
    try:
        records = [(reader.line_num, record) for record in reader if record]
    except csv.Error as error:
        raise ScenarioError(str(m.NO_ROWS), Place(str(path), reader.line_num)) from error
    (_, head), *rows = records or [(1, [])]
    if not rows:
        complaints.add(Place(str(path), 1), str(m.NO_ROWS))
    for factor in sorted({name for name in head if head.count(name) > 1}):
        complaints.add(Place(str(path), 1), m.HEAD_TWICE.format(factor=factor))
    samples, places = [], []
    for line, record in rows:
        place = Place(str(path), line)
        if len(record) != len(head):
            complaints.add(place, m.ROW_LENGTH.format(given=len(record), wanted=len(head)))
            continue
        for factor, cell in zip(head, record, strict=True):
            if not cell.strip():
                complaints.add(place, m.EMPTY_CELL.format(factor=factor))
        samples.append({factor: plain_value(cell.strip()) for factor, cell in zip(head, record, strict=True)})
        places.append(place)
    return _checked(samples, places, complaints)


def _checked(
    given: Sequence[Mapping[str, object]], places: Sequence[Place], complaints: Complaints
) -> tuple[Sample, ...]:
    """Return samples that all set the same factors.

    One may come again, as in the trajectories of Morris: it keeps its place, and its runs are shared.
    """
    for sample, place in zip(given, places, strict=True):
        if set(sample) != set(given[0]):
            complaints.add(place, m.OTHER_FACTORS.format(given=listed(sample), first=listed(given[0])))
    return tuple(dict(sample) for sample in given)  # type: ignore[arg-type]  # values are those of the schema
