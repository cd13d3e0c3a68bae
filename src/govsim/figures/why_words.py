"""The words of the figures that say why: lives, the months of a worker, chains of mechanisms."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "title life": ("The life of one piece of work", "一件事的办理过程"),
        "job": ("Job: {name}", "任务：{name}"),
        "request": ("Request: {name}", "诉求：{name}"),
        "comes up": ("comes up in {when}", "起始时间：{when}"),
        "across": (
            "Across: working days since then. Solid: it lies there. Dotted: it is on its way.",
            "横轴：此后的工作日。实线：停留该处；点线：在途。",
        ),
        "layer department": ("Department", "部门"),
        "layer street": ("Street office", "街道"),
        "layer community": ("Community", "社区"),
        "baseline": ("Baseline", "基准"),
        "reform": ("Reform", "改革"),
        "on day": ("day {day}: {what}", "第{day}天：{what}"),
        "day": ("day {day}", "第{day}天"),
        "title worker": ("The months of one worker", "一名社区工作者的逐月情况"),
        "whose": ("Post {number} of {office}", "{office}第{number}号岗位"),
        "hours": ("Hours worked a month", "每月工作小时"),
        "contracted": ("dotted: eight hours on each of 21 days", "点线：21 个工作日每日 8 小时"),
        "exhaustion": ("Exhaustion at the end of the month, 0 to 1", "月末疲惫程度，0 至 1"),
        "burnt out": ("dotted: burnt out from here on", "点线：达到此值为倦怠"),
        "left": ("✕ left", "✕ 离职"),
        "month hours": ("{hours} hours, of them overtime {overtime}", "{hours}小时，其中加班{overtime}小时"),
        "month pay": ("pay: {pay} yuan", "薪酬：{pay}元"),
        "month exhaustion": ("exhaustion: {level}", "疲惫：{level}"),
        "one world": ("one world; a single worker is no estimate of an effect", "一次重复；单个工作者不能用来估计效应"),
        "somebody else": (
            "{name}: somebody else, or nobody, holds the post when the reform begins",
            "{name}：此时该岗位由他人担任或空缺",
        ),
        "title chain": ("Why: the chain of mechanisms behind {label}", "为何如此：{label}背后的机制链"),
        "not measured": ("not measured by an outcome", "无对应指标"),
        "change": ("{change} {unit}: {words}", "{change}{unit}：{words}"),
        "levels": ("from {baseline} to {reform}", "由 {baseline} 变为 {reform}"),
        "interval": ("95 % interval {low} to {high}", "95% 区间 {low} 至 {high}"),
        "measured by": ("Measured: {label}", "衡量指标：{label}"),
        "counted as": ("counted as {formula}", "计算方式：{formula}"),
        "formula": ("Formula (ODD {sections}): {formula}", "公式（ODD {sections}）：{formula}"),
        "parameters": ("Decided by: {parameters}", "参数：{parameters}"),
        "parameter": ("{name} {value} ({grade})", "{name} {value}（{grade}）"),
        "next": ("; ", "；"),
        "clear sign": ("the changes that it joins have a clear sign", "所连变化方向均明确"),
        "no clear sign": ("one of them has no clear sign", "所连变化至少一个方向不明确"),
        "no proof": (
            "An arrow says how the model works, not how much of an effect goes this way. Ways back are not drawn.",
            "箭头表示模型中的作用方向，不表示效应中有多少由此而来。反向作用未画出。",
        ),
        "grade SEED": ("figure of the source", "原文数字"),
        "grade DER": ("derived", "推算"),
        "grade READ": ("read in literature", "文献"),
        "grade RECALLED": ("recalled", "凭记忆"),
        "grade GUESS": ("guess", "猜测"),
    }
)


def why(key: str, lang: str, **values: object) -> str:
    """Return words of a figure in English (``en``) or Chinese (``zh``) with their values filled in."""
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)
