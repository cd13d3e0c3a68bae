"""The words of figures in English and Chinese, and the names of outcomes with their units."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.figures.numbers import is_in_percent
from govsim.language import LANGUAGES, say
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "burden": ("Burden of offices", "机构负担"),
        "workers": ("Workers", "社区工作者"),
        "residents": ("Residents", "居民"),
        "money": ("Money", "经费"),
        "neutral": ("Neither direction is better", "无优劣之分"),
        "to the worse": ("← worse", "← 变差"),
        "to the better": ("better →", "变好 →"),
        "to the lower": ("← lower", "← 下降"),
        "to the higher": ("higher →", "上升 →"),
        "labelled": ("{label} ({unit})", "{label}（{unit}）"),
        "effect in": ("effect, {unit}", "效应（{unit}）"),
        "effect": ("effect", "效应"),
        "percentage points": ("percentage points", "百分点"),
        "points": ("pp", "百分点"),
        "hours/worker-day": ("hours", "小时"),
        "hours": ("hours", "小时"),
        "years": ("years", "年"),
        "days": ("working days", "工作日"),
        "yuan": ("yuan", "元"),
        "hours of a year": ("hours a community and year", "小时／社区·年"),
        "interval": ("95 % interval {low} to {high}", "95% 区间 {low} 至 {high}"),
        "no interval": ("one pair, no interval", "仅一对，无区间"),
        "levels": ("from {baseline} to {reform}", "由 {baseline} 变为 {reform}"),
        "percent": ("%", "%"),
        "title payers": ("Who pays: yuan a resident and year", "经费由谁承担：元／居民·年"),
        "reform is": ("reform: {name}", "改革：{name}"),
        "difference of payers": (
            "Difference, reform less baseline (own scale)",
            "差额：改革减基准（另用刻度）",
        ),
        "named difference": ("{name}: {difference}", "{name}：{difference}"),
        "difference and ends": ("{difference} ({low} to {high})", "{difference}（{low} 至 {high}）"),
        "net": ("difference in sum, 95 % interval", "差额合计及 95% 区间"),
        "net of one pair": ("difference in sum, one pair", "差额合计，仅一对"),
        "yuan of a year": ("yuan a resident and year", "元／居民·年"),
        "from district": ("district", "区财政"),
        "from own_funds": ("communities' own funds", "社区自有资金"),
        "from department_budgets": ("budgets of departments", "部门预算"),
        "from sum": ("public money in sum", "公共经费合计"),
        "from outside": ("from outside, not in the sum", "外来收入，不计入合计"),
        "to workers": ("to workers", "付给社区工作者"),
        "to insurances": ("to social insurances", "缴纳社会保险"),
        "to suppliers": ("for offices of communities", "社区办公经费"),
        "to office_staff": ("to staff of streets, departments", "付给街道和部门人员"),
        "to providers": ("to providers of bought work", "付给服务承接方"),
        "to own_funds": ("into own funds", "进入社区自有资金"),
        "by resident_group": ("{label}, by group of residents", "{label}：按居民组别"),
        "by community": ("{label}, by community", "{label}：按社区"),
        "by settlement": ("{label}, by settlement", "{label}：按小区"),
        "one community": ("community {n}", "社区 {n}"),
        "one settlement": ("settlement {n}", "小区 {n}"),
        "minor": ("under 18", "18 岁以下"),
        "adult": ("18 to 59", "18 至 59 岁"),
        "older": ("60 and over", "60 岁及以上"),
        "disabled": ("disabled", "残疾居民"),
        "not disabled": ("not disabled", "非残疾居民"),
        "low income": ("on minimum income", "低保居民"),
        "not low income": ("not on minimum income", "非低保居民"),
        "less baseline": ("{name}, less baseline", "{name}减基准"),
        "between": ("   ", "　"),
        "left out": ("⋮ {n} between these are not drawn:", "⋮ 其间 {n} 个未画出："),
        "left out in sum": ("on average {mean}, from {low} to {high}", "平均 {mean}，介于 {low} 与 {high} 之间"),
        "intervals of groups": ("95 % intervals of {n} worlds", "{n} 次重复的 95% 区间"),
        "corrected": (
            "verdicts after Holm's correction over {groups} groups",
            "判定按 {groups} 组作 Holm 校正",
        ),
        "joined or parted": (
            "undefined: joined others, or parted, on the way",
            "无定义：期间合并或拆分",
        ),
        "baseline": ("baseline", "基准"),
        "reform": ("reform", "改革"),
        "warm-up": ("warm-up", "预热期"),
        "paired difference": ("Paired difference, reform less baseline", "配对差：改革减基准"),
        "up is better": ("↑ better", "↑ 变好"),
        "up is worse": ("↑ worse", "↑ 变差"),
        "up is higher": ("↑ higher", "↑ 上升"),
        "down is better": ("↓ better", "↓ 变好"),
        "down is worse": ("↓ worse", "↓ 变差"),
        "down is lower": ("↓ lower", "↓ 下降"),
        "undefined month": ("undefined", "无定义"),
        "from to worlds": ("10th to 90th percentile: {low} to {high}", "第 10 至第 90 百分位：{low} 至 {high}"),
        "from to mean": ("95 % interval of the mean: {low} to {high}", "均值的 95% 区间：{low} 至 {high}"),
        "band worlds": ("band: 10th to 90th percentile of {n} worlds", "色带：{n} 次重复的第 10 至第 90 百分位"),
        "band mean": ("band: 95 % interval of the mean of {n} worlds", "色带：{n} 次重复均值的 95% 区间"),
        "no band": ("one pair, no band", "仅一对，无色带"),
        "line and point": ("line: {line}, each point {point}", "线：{line}，每点为{point}"),
        "mean of many": ("mean of {n} worlds", "{n} 次重复的均值"),
        "one world": ("one world", "一次重复"),
        "of a month": ("a month", "一个月"),
        "of a year": ("the year up to it", "截至当月的一年"),
        "title series": ("Month by month: {label}", "逐月变化：{label}"),
        "taken off": ("Jobs taken off communities, and where they went", "社区减少的任务工时及其去向"),
        "more elsewhere": ("Besides, hours more or less elsewhere", "此外，其他方面工时的增减"),
        "more inside": ("In communities, hours more or less of", "社区内部工时的增减"),
        "title headline": ("Effects on burden, turnover and satisfaction", "对负担、离职和满意度的效应"),
        "title outcomes": ("Effects: {concern}", "效应：{concern}"),
        "title displacement": ("Where the hours went", "工时去向"),
        "title overview": ("Every outcome, reform by reform", "各项改革的全部指标"),
    }
)


def word(key: str, lang: str, **values: object) -> str:
    """Return words of a figure in English (``en``) or Chinese (``zh``) with their values filled in."""
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)


def label_of(name: str, lang: str) -> str:
    """Return the name of an outcome."""
    return OUTCOMES[name].zh if lang == "zh" else OUTCOMES[name].en


def unit_of_effect(name: str, lang: str) -> str:
    """Return the unit of an effect, empty where the name of the outcome says it."""
    unit = "percentage points" if is_in_percent(name) else OUTCOMES[name].unit
    return word(unit, lang) if unit in _WORDS else ""


def labelled(name: str, lang: str) -> str:
    """Return the name of an outcome with the unit of its effects, unless the name says it."""
    label = label_of(name, lang)
    unit = word("points", lang) if is_in_percent(name) else unit_of_effect(name, lang)
    return label if not unit or unit in label.split() else word("labelled", lang, label=label, unit=unit)


def account_of(name: str, lang: str) -> str:
    """Return the name of an account of the displacement accounting."""
    return say(f"account {name}", lang)
