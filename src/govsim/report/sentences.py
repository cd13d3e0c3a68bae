"""The sentences of the page in English and Chinese, and how values get into them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from govsim.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "html lang": ("en", "zh-CN"),
        "eyebrow": ("govsim · reforms compared", "govsim · 改革方案比较"),
        "title": ("What {names} would change", "{names}<wbr>会带来什么变化"),
        "title many": ("What {n} reforms would change", "{n}项改革会带来什么变化"),
        "quoted": ("“{name}”", "“{name}”"),
        "comma": (", ", "、<wbr>"),
        "and": (" and ", "与<wbr>"),
        "contents": ("On this page", "本页内容"),
        "skip": ("Skip to the answer", "跳到结论"),
        "colon": (": ", "："),
        "semicolon": ("; ", "；"),
        "losers first": ("Those who lose are listed first.", "受损方列在最前。"),
        # the question
        "where": ("Where", "地点"),
        "when": ("When", "时间"),
        "how many": ("Size", "规模"),
        "how often": ("Replicates", "重复"),
        "changed settings": ("Settings", "设定"),
        "compared with": ("Compared with", "对照"),
        "period": (
            "{first} to {last}, after {warm_up} of warm-up",
            "{first}至{last}，此前预热{warm_up}",
        ),
        "one year": ("one year", "1年"),
        "years": ("{n} years", "{n}年"),
        "month": ("{year}-{month:02d}", "{year}年{month}月"),
        "size": (
            "street offices {streets}, communities {communities}, residents {residents}, posts {posts}",
            "街道办事处{streets}个，社区{communities}个，居民{residents}人，岗位{posts}个",
        ),
        "pairs": (
            "{n} pairs of runs, with and without the reform, that share every random draw; root seed {seed}",
            "{n}对运行，有无改革使用完全相同的随机数；根种子{seed}",
        ),
        "one pair": (
            "one pair of runs, with and without the reform, that share every random draw; root seed {seed}",
            "1对运行，有无改革使用完全相同的随机数；根种子{seed}",
        ),
        "no files": (
            (
                "The scenario files are not at hand as they were when the runs were made. What only they say, about "
                "the place, the settings and sources of reforms, and grades of evidence, is left out."
            ),
            "运行时所用的情景文件已不在手边或已有改动；只有文件才载明的地点、改革设定与依据、证据等级从略。",
        ),
        # sections
        "section answer": ("The answer, those who lose first", "结论：先列受损方"),
        "section headline": ("Burden, turnover and satisfaction", "负担、离职与满意度"),
        "section displacement": ("Where the hours went", "工时去向"),
        "section months": ("Month by month", "逐月变化"),
        "section offices": ("Who sends what to whom", "任务由谁下达给谁"),
        "section outcomes": ("Every outcome", "全部指标"),
        "section reforms": ("What each reform is", "改革内容"),
        "section evidence": ("What this rests on", "证据基础"),
        "section limits": ("What the model cannot say", "模型不能说明什么"),
        "section reproduce": ("How to reproduce it", "如何复现"),
        # how to read
        "read headline": (
            (
                "Each dot is the mean difference between a run with the reform and the same run without it; the bar is "
                "its 95 % interval. Right of the line is better."
            ),
            "图形标出同一次重复中有改革与无改革之差的均值，横线为其 95% 区间。竖线右侧为变好。",
        ),
        "read displacement": (
            (
                "Hours a community and year. The parts of what was taken off communities stand as steps, each from the "
                "end of the one before. Solid is more, hatched is less; the thin bar is the 95 % interval."
            ),
            "单位为每社区每年小时。社区减少工时的各部分逐级相接。实心为增加，斜纹为减少；细线为 95% 区间。",
        ),
        "read schedule": (
            "When each reform begins and ends, and how strongly it holds. The warm-up is in no outcome.",
            "各项改革何时开始、何时结束、力度如何。预热期不计入任何指标。",
        ),
        "read series": (
            (
                "The means of the first {n} pairs of runs, month by month, above without and with the reform, below "
                "their paired difference. Months follow the year; what the reform does is in the difference."
            ),
            "前{n}对运行的逐月均值：上为有无改革两条线，下为配对差。各月随年度起伏，改革的作用见配对差。",
        ),
        "read offices": (
            (
                "An average month of the reported part, without any of the reforms, in the first {n} runs. Inspections "
                "and requests of residents are in the load; only jobs sent down are lines."
            ),
            "未实施改革时报告期的月均情况（前{n}次运行）。检查考评和居民诉求计入负荷，线条只表示下达的任务。",
        ),
        "read difference": (
            "What the reform changes in an average month: lines are hours of jobs fewer or more, numbers are load.",
            "改革使平均月份发生的变化：线条为任务工时的增减，数字为负荷率的变化。",
        ),
        "no recordings": (
            (
                "No books of months were kept with this comparison, or its scenario files are not at hand, so this "
                "cannot be drawn. The commands compare --report and report DIR keep them, and compare(..., "
                "recordings=10) does in Python."
            ),
            (
                "本次比较未保存逐月账目，或情景文件不在手边，故无法绘制。命令 compare --report 与 report DIR 会保存；"
                "在 Python 中请用 compare(..., recordings=10)。"
            ),
        ),
        "as it was": ("Without the reforms", "改革之前"),
        "kind street": ("Street offices", "街道办事处"),
        "kind department": ("Departments", "部门"),
        "kind communities": ("Communities, by street", "社区（按街道）"),
        "of street": ("{street}: {gathered}", "{street}：{gathered}"),
        "read overview": (
            "The shape says what the interval says. How large each effect is stands in the figures and tables below.",
            "图形表示区间的含义；效应大小见下列各图各表。",
        ),
        "read outcomes": (
            (
                "Each row has a scale of its own: compare dots within a row, not lengths between rows. Right of the "
                "line is better. Rows in which somebody loses come first; pp are percentage points."
            ),
            "每行各有自己的尺度：只在同一行内比较，不在行间比较长短。竖线右侧为变好。有方案变差的指标列在前面。",
        ),
        "read neutral": (
            (
                "Each row has a scale of its own: compare dots within a row, not lengths between rows. Right of the "
                "line is higher, which here is neither better nor worse; pp are percentage points."
            ),
            "每行各有自己的尺度：只在同一行内比较，不在行间比较长短。竖线右侧为上升，此处上升并不表示变好或变差。",
        ),
        "no script": (
            "The figures need JavaScript. Every number in them stands in the table below.",
            "图形需要 JavaScript。其中每个数值都列在下表中。",
        ),
        "alt headline": (
            "Dots with intervals, a panel for each headline outcome. {effects}. The table below gives every number.",
            "各核心指标的点与区间图。{effects}。各数值见下表。",
        ),
        "alt displacement": (
            (
                "Bars of hours by account for {names}: steps from 0 to the hours taken off communities, then hours "
                "more or less elsewhere. The table below gives every number."
            ),
            "{names}的工时去向条形图：由0逐级到社区减少的工时，其后为其他方面的增减。各数值见下表。",
        ),
        "alt schedule": (
            "A timeline of months with a bar for each reform of {names}. The section on what each reform is says when.",
            "{names}中各项改革的起止时间线。起止时间另见“改革内容”。",
        ),
        "alt series": (
            "Lines of months: {label}, without and with “{name}”, and below them the paired difference.",
            "逐月折线：{label}，有无“{name}”两条线，其下为配对差。",
        ),
        "alt offices": (
            (
                "Departments, street offices and communities as marks in three layers, with lines of jobs sent down. "
                "The tables below give load and work of each."
            ),
            "部门、街道、社区三层图形及下达任务的线条。各机构的负荷与工作量见下列各表。",
        ),
        "alt difference": (
            (
                "The same layers with what “{name}” changes: lines that thin, thicken or vanish, and loads that move. "
                "The table below gives the numbers."
            ),
            "同一组织图中“{name}”带来的变化：线条变细、变粗或消失，负荷升降。数值见下表。",
        ),
        "alt outcomes": (
            "Dots with intervals for {n} outcomes under {names}. The table below gives every number.",
            "{names}对{n}项指标的点与区间图。各数值见下表。",
        ),
        "alt overview": (
            (
                "A grid of shapes: a row for each of {n} outcomes, a column for each of {names}. The tables below give "
                "every verdict in words."
            ),
            "图形矩阵：{n}行指标，各列为{names}。各项判断的文字说明见下列各表。",
        ),
        # tables
        "column outcome": ("outcome", "指标"),
        "column reform": ("reform", "改革"),
        "column baseline": ("without", "无改革"),
        "column with": ("with reform", "有改革"),
        "column effect": ("effect", "效应"),
        "column interval": ("95 % interval", "95% 区间"),
        "column verdict": ("says", "判断"),
        "column pairs": ("pairs better", "更好占比"),
        "column gain": ("variance reduction", "方差缩减"),
        "column account": ("account", "去向"),
        "column hours": ("hours", "小时"),
        "column office": ("office", "机构"),
        "column load without": ("load without, %", "无改革负荷率（%）"),
        "column load with": ("load with, %", "有改革负荷率（%）"),
        "column work without": ("work without, hours a month", "无改革每月工作量（小时）"),
        "column work with": ("work with, hours a month", "有改革每月工作量（小时）"),
        "column grade": ("grade", "等级"),
        "column meaning": ("meaning", "含义"),
        "column parameters": ("parameters", "参数个数"),
        "column setting": ("setting", "设定"),
        "column value": ("value", "取值"),
        "column assumption": ("what it is", "含义"),
        "column range": ("range", "范围"),
        "column source": ("source", "依据"),
        "column scenario": ("scenario", "情景"),
        "column digest": ("digest of replicate 0", "第0次重复的摘要值"),
        "to": ("{low} to {high}", "{low} 至 {high}"),
        "percent": ("{number} %", "{number}%"),
        "points": ("{number} pp", "{number}个百分点"),
        "caption headline": ("Headline outcomes", "核心指标"),
        "caption hours": ("Where the hours went, hours a community and year", "工时去向（每社区每年小时）"),
        "caption offices": (
            "Load, and work that came, in an average month",
            "月均负荷率与新增工作量",
        ),
        "caption grades": ("Parameters by what supports them", "按证据等级统计的参数"),
        "note table": (
            "pp are percentage points. Signs and words are explained under the answer.",
            "比例之差以百分点表示；符号与用语的说明见结论部分。",
        ),
        "fewer pairs": (
            "{label} is defined in only {n} of {seeds} pairs; its numbers are of these.",
            "“{label}”在{seeds}对中只有{n}对有定义，数值仅据这些配对。",
        ),
    }
)


def filled(sentences: Mapping[str, tuple[str, str]], key: str, lang: str, **values: object) -> Markup:
    """Return a sentence with its values filled in; whatever is not marked as safe is escaped."""
    return Markup(sentences[key][LANGUAGES.index(lang)]).format(**values)


def tell(key: str, lang: str, **values: object) -> Markup:
    """Return a sentence of the page in English (``en``) or Chinese (``zh``)."""
    return filled(_PAGE, key, lang, **values)
