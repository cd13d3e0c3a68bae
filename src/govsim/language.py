"""The sentences of the surface in English and Chinese, behind one function."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[str, ...]] = get_args(Language)

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # columns
        "outcome": ("outcome", "结果指标"),
        "value": ("value", "数值"),
        "unit": ("unit", "单位"),
        "baseline": ("baseline", "基准"),
        "reform": ("reform", "改革"),
        "difference": ("effect", "效应"),
        "interval": ("95 % interval", "95% 区间"),
        "effect_and_interval": ("effect\n95 % interval", "效应\n95% 区间"),
        "share_better": ("share\nbetter", "更好\n占比"),
        "variance_reduction": ("variance\nreduction", "方差\n缩减"),
        # blocks and directions
        "headline": ("Headline outcomes", "核心指标"),
        "others": ("Other outcomes", "其他指标"),
        "worse": ("worse", "变差"),
        "better": ("better", "变好"),
        "higher": ("higher (neutral)", "上升（中性）"),
        "lower": ("lower (neutral)", "下降（中性）"),
        "no_clear_difference": ("no clear difference", "无明显差异"),
        "no_difference": ("exactly equal", "完全相同"),
        "no_interval": ("no interval", "无区间"),
        "undefined": ("undefined here", "此处无定义"),
        "with_unit": ("{label}, {unit}", "{label}({unit})"),
        # displacement accounting
        "displacement": ("Where the hours went", "工时去向"),
        "hours_of_a_year": ("hours a community\nand year", "每社区每年\n小时"),
        "account removed": ("hours of jobs taken off communities", "社区减少的任务工时"),
        "account vanished": ("vanished: let be, declined, or done a shorter way", "消失：不再做、被拒收或简化办理"),
        "account moved_to_departments": ("moved to departments", "转由部门自办"),
        "account moved_to_providers": ("moved to paid providers", "转为购买服务"),
        "account hidden": ("hidden: more, or less, perfunctory", "隐性：应付了事少用工时的增减"),
        "account left_undone": ("left undone: more, or less, expired", "逾期作废的增减"),
        "account reported_only": ("on paper only: came back ad hoc", "仅在账面：以临时任务返回"),
        "account not_issued": ("never issued", "未产生"),
        "elsewhere": ("Besides, more hours spent by", "此外，多耗工时"),
        "account streets": ("street offices", "街道办事处"),
        "account department_cases": ("departments on cases", "部门办理上报件"),
        "account overtime": ("workers in overtime", "社区工作者加班"),
        "account residents": ("residents on their way and at desks", "居民路途与窗口等候用时"),
        "account volunteers": ("residents giving labour", "居民投工投劳"),
        "inside": ("And in communities, more hours of", "社区内部另增工时"),
        "account rework": ("returned cases put in order", "退回件返工"),
        "account requests_waived": ("requests met perfunctorily", "诉求应付了事少用的工时"),
        "account requests_given_up": ("requests given up", "被放弃的诉求"),
        "relief_ratio": (
            (
                "For each hour really removed, {ratio} hours fewer of what departments, providers, streets, overtime, "
                "hidden work and residents add up to"
            ),
            "每真正减少 1 小时，部门、购买、街道、加班、隐性与居民各项合计另减少 {ratio} 小时",
        ),
        "displacement_ratio": (
            (
                "For each hour really removed, {ratio} hours more of what departments, providers, streets, overtime, "
                "hidden work and residents add up to"
            ),
            "每真正减少 1 小时，部门、购买、街道、加班、隐性与居民各项合计增加 {ratio} 小时",
        ),
        # sentences about a comparison
        "compared_with": (
            "compared with {baseline}; replicates 0 to {last} of root seed {seed}",
            "对照 {baseline}；根种子 {seed} 的第 0 至 {last} 次重复",
        ),
        "compared_once": (
            "compared with {baseline}; replicate 0 of root seed {seed}",
            "对照 {baseline}；根种子 {seed} 的第 0 次重复",
        ),
        "settings": ("with {settings}", "设定 {settings}"),
        "interval_note": (
            (
                "95 % t interval of the mean paired difference over {seeds} replicates; Monte-Carlo error only, "
                "parameters as given."
            ),
            "95% 区间：{seeds} 次重复配对差值均值的 t 区间；只含蒙特卡罗误差，参数取给定值。",
        ),
        "no_interval_note": (
            "One replicate gives no interval; ask for more with --seeds.",
            "只有一次重复，无法给出区间；请用 --seeds 增加重复次数。",
        ),
        "words_note": (
            (
                "Effect: reform less baseline. Better, worse: the interval excludes 0. Share better: replicates in "
                "which the reform is strictly better. Variance reduction: variance of the difference without "
                "pairing over that with it."
            ),
            (
                "效应：改革减基准。变好、变差：区间不含 0。更好占比：改革严格更好的重复所占比例。"
                "方差缩减：不配对与配对时差值方差之比。"
            ),
        ),
        "pairs_note": (
            "(n) after an outcome: it is defined in only n of the {seeds} pairs, and the numbers are of these.",
            "指标后的 (n)：{seeds} 对中只有 n 对有定义，数值仅据这些配对。",
        ),
        "caveat": (
            (
                "Under these assumptions, in a synthetic district; not a finding about any real office; {guesses} "
                "of {parameters} parameters are guesses."
            ),
            (
                "仅在上述假设下、就一个合成城区而言；不是对任何真实机构的结论；"
                "{parameters} 个参数中有 {guesses} 个为猜测值。"
            ),
        ),
        # sentences about a run
        "run_of": (
            (
                "{residents} residents, {days} working days with {warm_up} of warm-up; root seed {seed}, "
                "replicate {replicate}"
            ),
            "居民 {residents} 人，{days} 个工作日（含预热 {warm_up} 日）；根种子 {seed}，第 {replicate} 次重复",
        ),
        "digest": ("digest {digest}", "摘要 {digest}"),
        "seconds": (
            "{build} s to build, {run} s to run",
            "构建 {build} 秒，运行 {run} 秒",
        ),
        "one_run_note": (
            "One run: a reform is judged by govsim compare, over paired replicates.",
            "仅为一次运行；评价改革请用 govsim compare 做配对重复比较。",
        ),
        # what happens meanwhile
        "compiling": ("compiling kernels, about half a minute, once", "正在编译内核，约半分钟，仅此一次"),
        "running": ("running", "运行中"),
        "written": ("written: {files}", "已写入：{files}"),
        # units, short where the name of the outcome says the rest
        "short hours/worker-day": ("hours", "小时"),
        "short hours": ("hours", "小时"),
        "hours": ("hours", "小时"),
        "short years": ("years", "年"),
        "short days": ("days", "工作日"),
        "short yuan": ("yuan", "元"),
        "hours/worker-day": ("hours/worker-day", "小时/人日"),
        "per year": ("per year", "每年"),
        "years": ("years", "年"),
        "days": ("days", "工作日"),
        "yuan": ("yuan", "元"),
        "share": ("share", "比例"),
        "ratio": ("ratio", "比值"),
        # words for an effect
        "in_words": ("In words", "概括"),
        "in_words_of": ("{label}: {words}", "{label}：{words}"),
        "direction clear": ("clearly {direction}", "明显{direction}"),
        "direction likely": ("likely {direction}", "很可能{direction}"),
        "size small": ("small", "小"),
        "size medium": ("medium", "中"),
        "size large": ("large", "大"),
        "size_one": ("{words}; effect {least}", "{words}，幅度{least}"),
        "size_range": ("{words}; effect {least} to {most}", "{words}，幅度由{least}到{most}"),
        "size_at_most": ("{words}; any effect {most} at most", "{words}，幅度至多为{most}"),
        "words_thresholds_note": (
            (
                "Clearly: p below {clear}; likely: p below {likely}; over these replicates, not over the assumptions. "
                "Effect at both ends of its interval, beside the baseline: small below {medium} %, large from "
                "{large} % on, medium between."
            ),
            (
                "明显：p 值低于 {clear}；很可能：p 值低于 {likely}；仅就这些重复而言，不涉及假设是否成立。"
                "幅度按区间两端与基准之比：不足 {medium}% 为小，{large}% 及以上为大，其间为中。"
            ),
        ),
        "bca_note": (
            (
                "* BCa bootstrap interval instead, because the paired differences are skewed: skewness more than "
                "{spreads} of its standard errors from 0, in {pairs} pairs or more. Its p is the larger of that of the "
                "bootstrap and that of the t test, so a direction may be withheld although the interval excludes 0."
            ),
            (
                "* 改用 BCa 自助法区间：配对差值呈偏态（偏度距 0 超过 {spreads} 倍标准误，且不少于 {pairs} 对）。"
                "其 p 值取自助法与 t 检验中较大者，因此区间不含 0 时也可能不判定方向。"
            ),
        ),
        "holm_note": (
            (
                "{arms} reforms beside one baseline: a direction is claimed only if p stays below {likely} after "
                "Holm's correction over the reforms, outcome by outcome; intervals are pointwise, not corrected."
            ),
            (
                "{arms} 个改革方案对照同一基准：每项指标就各方案作 Holm 校正，校正后 p 值仍低于 {likely} 才判定方向；"
                "区间为逐点区间，未作校正。"
            ),
        ),
        # what a comparison is of
        "ratio_with_interval": (
            "{words}; counted as hours more, 95 % interval {low} to {high} (Fieller)",
            "{words}；按增加计，95% 区间为 {low} 至 {high} 小时（Fieller 法）",
        ),
        "ratio_undefined": (
            "No ratio of hours added elsewhere to hours removed: the hours really removed are not clearly above 0",
            "不给出他处增加工时与减少工时之比：真正减少的工时不明显大于 0",
        ),
        "reach": (
            (
                "{title} ({id}) holds in {holds_in} of {communities} communities at the end; outcomes are of all "
                "{communities}"
            ),
            "{title}（{id}）期末在 {communities} 个社区中的 {holds_in} 个实施；各项结果按全部 {communities} 个社区计算",
        ),
        "version": ("govsim {version}", "govsim 版本 {version}"),
    }
)


def say(key: str, lang: str, **values: object) -> str:
    """Return a sentence in English (``en``) or Chinese (``zh``) with its values filled in."""
    return _SENTENCES[key][LANGUAGES.index(lang)].format(**values)
