"""The sentences that are made of numbers, in English and Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "losers": ("Who loses", "受损方"),
        "headline": ("Burden, turnover, satisfaction", "负担、离职、满意度"),
        "hours": ("Where the hours went", "工时去向"),
        "others": ("All outcomes", "全部指标"),
        "no losers": (
            "No outcome is clearly worse. What the model leaves out may still be.",
            "没有指标明显变差；但模型之外的影响仍有可能变差。",
        ),
        "unknown losers": (
            "One pair of runs gives no interval, so nothing can be called better or worse. Ask for more replicates.",
            "仅有一对运行，无法给出区间，不能判断好坏；请增加重复次数。",
        ),
        "levels": ("{baseline} → {reform}", "{baseline} → {reform}"),
        "more losses": ("and {n} more by less, see the tables", "另有{n}项变差幅度较小，见各表"),
        "more hours": ("More hours, a community and year", "多耗工时（每社区每年小时）"),
        # how a number moves: with size, direction, verdict
        "moves": (
            "{label} {moves} by {amount}, from {baseline} to {reform} ({interval}): {verdict}.",
            "{label}{moves}{amount}，由 {baseline} 变为 {reform}（{interval}）：{verdict}。",
        ),
        "rise": ("rises", "上升"),
        "fall": ("falls", "下降"),
        "stays": (
            "{label}: {verdict}; {difference} ({interval}).",
            "{label}：{verdict}；{difference}（{interval}）。",
        ),
        "equal": ("{label}: {verdict} to the baseline.", "{label}：与基准{verdict}。"),
        "once": (
            "{label}: {difference} in the only pair of runs.",
            "{label}：唯一一对运行中为 {difference}。",
        ),
        "undefined": ("{label}: {verdict}.", "{label}：{verdict}。"),
        "interval": ("95 % interval {low} to {high}", "95% 区间 {low} 至 {high}"),
        # hours
        "less work": (
            "A community does {hours} hours a year less of the jobs that lists send down ({interval}).",
            "每个社区每年少做按清单下派的任务 {hours} 小时（{interval}）。",
        ),
        "more work": (
            "A community does {hours} hours a year more of the jobs that lists send down ({interval}).",
            "每个社区每年多做按清单下派的任务 {hours} 小时（{interval}）。",
        ),
        "same work": (
            (
                "Whether communities do more or less of the jobs that lists send down is not clear: the hours taken "
                "off are {hours} a community and year ({interval})."
            ),
            "社区按清单下派任务的工时是增是减并不明确：每社区每年减少 {hours} 小时（{interval}）。",
        ),
        "some work": (
            "In the only pair of runs, the hours of jobs taken off communities are {hours} a community and year.",
            "唯一一对运行中，每社区每年减少的任务工时为 {hours} 小时。",
        ),
        "equal work": (
            "The hours of the jobs that lists send down are exactly those of the baseline.",
            "社区按清单下派任务的工时与基准完全相同。",
        ),
        "came back": (
            "{hours} of these hours came off on paper only: they returned ad hoc.",
            "其中 {hours} 小时仅在账面上减少，又以临时任务的形式返回。",
        ),
        "more elsewhere": (
            (
                "For each hour really taken off, departments, providers, streets, overtime, hidden work and residents "
                "together spend {ratio} hours more ({interval})."
            ),
            "每真正减少 1 小时，部门、购买服务、街道、加班、隐性工作和居民合计多用 {ratio} 小时（{interval}）。",
        ),
        "less elsewhere": (
            (
                "For each hour really taken off, departments, providers, streets, overtime, hidden work and residents "
                "together spend {ratio} hours less ({interval})."
            ),
            "每真正减少 1 小时，部门、购买服务、街道、加班、隐性工作和居民合计少用 {ratio} 小时（{interval}）。",
        ),
        "tally": (
            (
                "Of {n} outcomes {worse} are worse and {better} better; {neutral} moved of which neither direction is "
                "better; {unclear} show no clear difference."
            ),
            "{n}项指标中，{worse}项变差，{better}项变好；{neutral}项有变动但无优劣之分；{unclear}项无明显差异。",
        ),
        "how to read": ("What these words and signs mean", "用语与符号的含义"),
        "rules": (
            (
                "Named as losses are the {most} outcomes that get worse by most of their baseline, and every account "
                "of hours whose interval lies above 0."
            ),
            "受损方列出相对基准变差最多的 {most} 项指标，以及区间全部大于 0 的各项多耗工时。",
        ),
        "full stop": ("{sentence}.", "{sentence}。"),
        "chance": (
            (
                "Among {n} outcomes some leave 0 outside their interval by chance: about one in twenty, if nothing "
                "changed at all."
            ),
            "在 {n} 项指标中，有些区间不含 0 只是偶然：即使毫无变化，平均也有二十分之一如此。",
        ),
    }
)
