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
        "title months": ("Month by month, one run", "逐月变化（单次运行）"),
        "title schedule": ("When each reform holds", "各项改革的起止与力度"),
        "bars are doses": (
            "A bar is as high as the dose of its reform; at its full height the reform is at full strength.",
            "条的高度表示改革的力度，最高时为全力度。",
        ),
        "in both": ("in the baseline, too", "基准也有"),
        "part of": ("{name}: {part}", "{name}：{part}"),
        "in places": ("in {n} of {all} communities", "{all}个社区中的{n}个"),
        "from month": ("from {first}", "自{first}起"),
        "from month to": ("from {first} until {end}", "自{first}起，至{end}止"),
        "dose at end": ("dose in the last month: {percent} %", "末月力度：{percent}%"),
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
        "by settlement": ("{label}, by settlement", "{label}：按居民点"),
        "one community": ("community {n}", "社区 {n}"),
        "one settlement": ("settlement {n}", "居民点 {n}"),
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
        "taken off": ("Jobs taken off, and where they went", "社区减少的任务工时及其去向"),
        "more elsewhere": ("Besides, hours more or less elsewhere", "此外，其他方面工时的增减"),
        "more inside": ("In communities, hours more or less of", "社区内部工时的增减"),
        "title headline": ("Effects on burden, turnover and satisfaction", "对负担、离职和满意度的效应"),
        "title outcomes": ("Effects: {concern}", "效应：{concern}"),
        "title displacement": ("Where the hours went", "工时去向"),
        "title overview": ("Every outcome, reform by reform", "各项改革的全部指标"),
        "title ledger": ("The ledger of hours", "工时流向"),
        "ledger had": ("hours of jobs that communities had", "社区原有任务工时"),
        "ledger has": ("still with communities", "仍由社区承担"),
        "ledger removed": ("taken off communities", "社区减少的任务工时"),
        "ledger removed more": ("more with communities", "社区增加的任务工时"),
        "ledger knot": ("{hours} hours in all", "合计{hours}小时"),
        "ledger sum": ("Taken off, exact to the minute:<br>{sum}", "社区减少的工时（精确到分钟）：<br>{sum}"),
        "back vanished": ("back: had been let be, declined or shortened", "回流：原先搁置、谢绝或简化的"),
        "back moved_to_departments": ("back from departments", "由部门回流"),
        "back moved_to_providers": ("back from paid providers", "由购买服务方回流"),
        "back hidden": ("done in full again: less coping under load", "恢复足额办理：负荷下的应付减少"),
        "back left_undone": ("done again: fewer expire", "恢复办理：逾期未办减少"),
        "back reported_only": ("less comes back ad hoc", "临时交办减少"),
        "back not_issued": ("more jobs issued", "新增下达的任务"),
        "title threads": ("A thousand threads, one needle: {place}", "上面千条线，下面一根针：{place}"),
        "before": ("Before", "改革前"),
        "after": ("After", "改革后"),
        "street": ("Street office", "街道办事处"),
        "inspection": ("Inspections", "检查考评"),
        "needle": ("{threads} threads,<br>{hours} hours<br>a year", "{threads}条线，<br>每年{hours}小时"),
        "free hours": (
            "{free} of {planned} hours a year may come down unasked",
            "每年{planned}小时中，{free}小时可直接下达",
        ),
        "terms free": ("no permit needed", "无须准入"),
        "terms listed": ("needs a permit: listed by the board", "须经准入：已列入清单"),
        "terms permit": ("needs a permit: not listed, asked for month by month", "须经准入：未列入清单，逐月申请"),
        "terms kept": ("{share} % of inspections may still be held", "仍可进行{share}%的检查"),
        "terms gone": ("no longer reaches this community", "不再到达该社区"),
        "fate same": ("{threads} threads as before, {hours} hours a year", "{threads}条不变，每年{hours}小时"),
        "fate more": ("{threads} thicker, {hours} hours a year more", "{threads}条变粗，每年增加{hours}小时"),
        "fate thinner": ("{threads} thinner, {hours} hours a year fewer", "{threads}条变细，每年减少{hours}小时"),
        "fate permit": ("{threads} only with a permit, {hours} hours a year", "{threads}条须先获准入，每年{hours}小时"),
        "fate gone": ("{threads} stopped, {hours} hours a year", "{threads}条停止，每年{hours}小时"),
        "title organisation": ("Who sends what to whom, and how loaded they are", "谁向谁下达任务，各机构负荷如何"),
        "title difference": ("What a reform changes in the organisation", "改革改变了组织关系中的什么"),
        "reported part": ("Average month of the reported part", "报告期月均"),
        "layers": (
            "Departments above, street offices, communities below.",
            "自上而下：部门、街道、社区。",
        ),
        "percent of load": ("Percent: hours of work over hours there are.", "百分比：工作量与可用工时之比。"),
        "points of load": ("Numbers: change of load in percentage points.", "数字：负荷率变化（百分点）。"),
        "no change": ("Nothing changes.", "没有变化。"),
        "line scale": ("Lines widen at {bounds} hours of jobs a month.", "线宽分级：每月任务{bounds}小时。"),
        "gathering": (
            "Too many for one mark each: a mark below is all communities of a street.",
            "社区过多，下方每个标记代表一个街道的全部社区。",
        ),
        "gathered": ("{n} communities", "{n}个社区"),
        "district": ("District", "区"),
        "load spare": ("load below 90 %", "负荷低于90%"),
        "load full": ("90 to 110 %", "90%至110%"),
        "load over": ("110 % or more", "110%及以上"),
        "load none": ("no workers of its own", "无专属工作人员"),
        "load fell": ("load fell", "负荷下降"),
        "load rose": ("load rose", "负荷上升"),
        "load alike": ("changed by less than 2 points", "变化不足2个百分点"),
        "line flow": ("jobs sent down", "下达的任务"),
        "line thinner": ("fewer jobs", "任务减少"),
        "line vanished": ("no jobs any more", "不再下达"),
        "line thicker": ("more jobs", "任务增加"),
        "load before": ("load without the reform: {load} %", "未改革时负荷率：{load}%"),
        "hover load": ("load: {load} %", "负荷率：{load}%"),
        "hover offered": ("work that came: {n} hours a month", "每月新增工作：{n}小时"),
        "hover capacity": ("hours there are: {n}", "可用工时：{n}小时"),
        "hover queue": ("waiting: {n} hours", "积压：{n}小时"),
        "hover workers": ("workers: {n}", "工作人员：{n}人"),
        "hover money": ("cost: {n} yuan a month", "每月支出：{n}元"),
        "hover overtime": ("overtime: {n} hours a month", "每月加班：{n}小时"),
        "hover requests": ("from residents: {n} hours a month", "其中居民诉求：{n}小时"),
        "hover all": ("all offices: {n} yuan a month", "全部机构每月支出：{n}元"),
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
