"""Tables of a country run, in English and Chinese, and the table of its districts."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from country.plan import RURAL, URBAN
from country.summary import (
    COUNTS,
    HEADLINE,
    HOURS,
    OVERTIME,
    SIZES,
    band_name,
    digest_of,
    groups_of,
)
from govsim.experiments.cells import LEVEL_DIGITS, NOTHING, decimals_of
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tallies import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from country.districts import District
    from country.running import Row
    from country.sampling import Estimate
    from country.summary import Study

# What stands in the tables; country.json has all.
SHOWN: Final = (
    *HEADLINE,
    HOURS,
    "load_ratio",
    "overtime_hours",
    "administrative_share",
    "vacancy_share",
    "burnout_share",
    "wait_days",
    "resolution_share",
    "participation_share",
    "cost_per_resident_year",
)
COLUMNS: Final = ("workload_hours", HOURS, "turnover_per_year", "satisfaction")
_MILLION: Final = 1e6

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("{residents:,} residents in {n:,} districts, one year", "{n:,}个县区，{residents:,}名居民，一年"),
    "sample": (
        "From a sample of {run} of {n:,} districts, drawn within {strata} strata; ± is one standard error.",
        "由{n:,}个县区中分{strata}层抽取的{run}个推算；±为一个标准误。",
    ),
    "whole": ("Every district was run, so every sum is exact.", "全部县区均已运行，各项合计均为精确值。"),
    "synthetic": (
        "Synthetic: sizes of districts are drawn from published totals.",
        "合成情景：县区规模由公布的总数抽取得出。",
    ),
    "caveat": (
        "Tasks, posts and pay are those of scenarios of about 2007. Nothing here is a measurement of any place.",
        "任务、岗位和工资取自约2007年的情景。以上结果不是对任何地方的测量。",
    ),
    "digest": ("Digest {digest}", "摘要值 {digest}"),
    "million": ("residents,\nmillion", "居民\n（百万）"),
    "workload_hours": ("workload, hours\na worker-day", "日工作量\n（小时/人）"),
    HOURS: ("work, hours\na resident-year", "年工作量\n（小时/居民）"),
    "turnover_per_year": ("turnover\na year", "年离职率\n"),
    "satisfaction": ("satisfaction,\nshare", "居民满意度\n"),
    "hours": ("work for committees, a resident and year", "居民人均年社区工作量"),
    "all": ("all", "全国"),
    "part": ("served by", "服务居民的组织"),
    "kind": ("kind of district", "县区类别"),
    "urban_band": ("% by residents' committees", "由居民委员会服务的居民（%）"),
    "province": ("province", "省份"),
    "urban": ("residents' committees", "居民委员会"),
    "rural": ("village committees", "村民委员会"),
    "urban_district": ("urban districts", "市辖区"),
    "county_level_city": ("county-level cities", "县级市"),
    "county": ("counties", "县"),
    "autonomous_county": ("autonomous, banners", "自治县、旗"),
    "residents": ("residents", "居民数"),
    "committees": ("committees", "居民委员会和村民委员会数"),
    "posts": ("posts", "岗位数"),
    "offices": ("street offices and townships", "街道和乡镇数"),
    "quits_in_year": ("quits in the year", "全年离职人数"),
    "hires_in_year": ("hires in the year", "全年录用人数"),
    "requests_in_year": ("requests in the year", "全年诉求数"),
    OVERTIME: ("overtime in the year, hours", "全年加班工时"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a word or sentence of these tables."""
    return WORDS[key][lang == "zh"].format(**values)


def country_page(study: Study, lang: str) -> Group:
    """Return the outcomes of all, by group, and under them what they rest on."""
    n, run = len(study.districts), len(study.rows)
    residents = sum(district.residents for district in study.districts)
    return Group(
        Text(word("title", lang, residents=residents, n=n), style="bold"),
        _outcomes(study.everything, lang),
        _counts(study.everything, lang),
        _groups(study, lang),
        Text(word("whole", lang) if study.is_whole else word("sample", lang, run=run, n=n, strata=len(study.strata))),
        Text(word("synthetic", lang)),
        Text(word("caveat", lang)),
        Text(word("digest", lang, digest=digest_of(study))),
    )


def districts_csv(districts: Iterable[District], study: Study | None = None) -> str:
    """Return a row a district: what was drawn, and, where it was run, every outcome and digests."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    drawn = ("id", "province", "kind", "residents", "urban_share", "urban_band_percent")
    sizes = [f"{part}_{name}" for part in (URBAN, RURAL) for name in ("residents", "committees", "offices")]
    results = ("posts", *COUNTS, *SUMS, HOURS, "urban_digest", "rural_digest")
    writer.writerow([*drawn, *sizes, *(results if study else ())])
    for district in districts:
        row = study.rows.get(district.id) if study else None
        writer.writerow([*_drawn_cells(district), *(_result_cells(study, row) if study and row else ())])
    return file.getvalue()


def _drawn_cells(district: District) -> list[Any]:
    cells: list[Any] = [district.id, district.province, district.kind, district.residents]
    cells += [f"{district.urban_share:.4f}", band_name(district.band)]
    for part in (URBAN, RURAL):
        size = district.sizes.get(part)
        cells += [size.residents, size.units, size.offices] if size else [0, 0, 0]
    return cells


def _result_cells(study: Study, row: Row) -> list[Any]:
    values = study.by_district[row.id]
    counts = [round(values[name] or 0.0) for name in ("posts", *COUNTS)]
    outcomes = ["" if values[name] is None else f"{values[name]:.9g}" for name in (*SUMS, HOURS)]
    return [*counts, *outcomes, *(row.digests.get(part, "") for part in (URBAN, RURAL))]


def _outcomes(found: Mapping[str, Estimate], lang: str) -> Table:
    table = _table([say("outcome", lang), say("value", lang), "±", say("unit", lang)], 1, 2)
    for name in SHOWN:
        unit = "hours" if name == HOURS else OUTCOMES[name].unit
        label = word("hours", lang) if name == HOURS else str(getattr(OUTCOMES[name], lang))
        table.add_row(label, _number(found[name]), _error(found[name]), say(unit, lang))
    return table


def _counts(found: Mapping[str, Estimate], lang: str) -> Table:
    table = _table(["", say("value", lang), "±"], 1, 2)
    for name in (*SIZES, *COUNTS):
        each = found[name]
        error = "" if not each.error else f"{each.error:,.0f}"
        table.add_row(word(name, lang), NOTHING if each.value is None else f"{each.value:,.0f}", error)
    return table


def _groups(study: Study, lang: str) -> Table:
    columns = [word(name, lang) for name in COLUMNS]
    table = _table(["", word("million", lang), *columns], *range(1, 2 + len(columns)))
    table.add_row(word("all", lang), *_cells(study.everything))
    for name, group in groups_of(study).items():
        table.add_section()
        table.add_row(Text(word(name, lang), style="bold"))
        for key, found in group.items():
            table.add_row(f"  {_key(study, name, key, lang)}", *_cells(found))
    return table


def _cells(found: Mapping[str, Estimate]) -> list[str]:
    residents = (found["residents"].value or 0.0) / _MILLION
    return [f"{residents:,.1f}", *(f"{_number(found[name])}{_error(found[name], ' ± ')}" for name in COLUMNS)]


def _key(study: Study, group: str, key: str, lang: str) -> str:
    if group == "province":
        return str(getattr(next(each for each in study.plan.provinces if each.id == key), lang))
    return key if group == "urban_band" else word(key, lang)


def _number(each: Estimate) -> str:
    return NOTHING if each.value is None else f"{each.value:,.{decimals_of(abs(each.value), LEVEL_DIGITS)}f}"


def _error(each: Estimate, before: str = "") -> str:
    """Return the standard error with the digits of its value; nothing where there is none to speak of."""
    if each.error is None:
        return before + NOTHING
    if not each.error or each.value is None:
        return ""
    return f"{before}{each.error:,.{decimals_of(abs(each.value), LEVEL_DIGITS)}f}"


def _table(columns: Sequence[str], *right: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, justify="right" if i in right else "left")
    return table
