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
        "column grade": ("grade", "等级"),
        "column meaning": ("meaning", "含义"),
        "column parameters": ("parameters", "参数个数"),
        "column setting": ("setting", "设定"),
        "column value": ("value", "取值"),
        "column scenario": ("scenario", "情景"),
        "column digest": ("digest of replicate 0", "第0次重复的摘要值"),
        "to": ("{low} to {high}", "{low} 至 {high}"),
        "percent": ("{number} %", "{number}%"),
        "points": ("{number} pp", "{number}个百分点"),
        "caption headline": ("Headline outcomes", "核心指标"),
        "caption hours": ("Where the hours went, hours a community and year", "工时去向（每社区每年小时）"),
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
