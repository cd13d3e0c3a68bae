"""What is said about reforms, their traps, evidence and limits, in English and Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EVIDENCE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # reforms
        "in scenario": ("in {name}", "见于：{name}"),
        "when": ("When", "时间"),
        "where": ("Where", "范围"),
        "strength": ("Strength", "力度"),
        "sources": ("Sources", "依据"),
        "its trap": ("Its trap", "陷阱"),
        "from": ("from {first}", "自{first}起"),
        "from to": ("from {first}, ended {last}", "自{first}起，至{last}止"),
        "at once": ("at once", "一次到位"),
        "phased": ("phased in over {n} months", "分{n}个月逐步推开"),
        "joined": ("{one}, {other}", "{one}，{other}"),
        "everywhere": ("all {n} communities", "全部{n}个社区"),
        "somewhere": ("{n} of {all} communities", "{all}个社区中的{n}个"),
        "full strength": ("full", "全力"),
        "part strength": ("{number} %", "{number}%"),
        "of grade": ("{grade}: {meaning} ({n})", "{grade}：{meaning}（{n}个）"),
        "source note": (
            "Codes are explained in docs/model/source-codes.md; what begins with GUESS is assumed.",
            "代码含义见 docs/model/source-codes.md；标为 GUESS 者为假设。完整文字（英文）见情景文件。",
        ),
        "description": ("The scenario in its own words", "情景自述"),
        "trap task_permit": (
            (
                "Where evasion is seldom found out, departments learn to send ad hoc what they may not send by the "
                "list; where they have staff to spare the burden moves to them, and only where neither holds does it "
                "go."
            ),
            (
                "规避准入而很少被查实时，部门会学着把不能按清单下派的事项改作临时任务交办；部门人手有余时，负担转到部门；"
                "只有两者都不成立时，负担才真正消失。"
            ),
        ),
        "trap inspection_cut": (
            (
                "A visit comes back under another name; work that only inspection drove is left undone; departments "
                "know less of what happens."
            ),
            "检查换个名目又回来；只靠检查推动的工作无人再做；部门对实际情况了解得更少。",
        ),
        "trap pay_rise": (
            (
                "Where only some communities are covered, or the rise meets heavy load, comparison with peers or "
                "exhaustion can outweigh it."
            ),
            "只有部分社区提高待遇时，同行之间的攀比会抵消效果；负荷过重时，疲惫会抵消效果。",
        ),
        "trap village_merger": (
            (
                "The way to the office is longer, and what is announced rises at once, while what is delivered rises "
                "only if pooling frees hours. Federated villages stay two skins: acts need the consent of all, and "
                "workers serve two employers."
            ),
            (
                "到服务点的路更远；公布的服务水平立即提高，实际服务却要在合并人手腾出工时之后才能跟上。"
                "联村而不并村，仍是“两张皮”：议事须各村一致同意，工作者要对两头负责。"
            ),
        ),
        "meaning task_permit.strictness": ("", "拒绝的几率与通常委员会之比"),
        "meaning task_permit.approval_days": ("", "获准事项等待的工作日数"),
        "meaning task_permit.audit_share": ("", "临时任务被查实的比例"),
        "meaning inspection_cut.cut_share": ("", "取消的检查所占比例"),
        "meaning inspection_cut.audit_share": ("", "未经批准的检查被查实的比例"),
        "meaning pay_rise.rise_share": ("", "财政工资的增幅"),
        "meaning pay_rise.insurance_rise_share": ("", "保险费的增幅，占工资的比例"),
        "meaning village_merger.mode": ("", "一村一社区、数村并为一社区，或数村联建一社区"),
        "meaning village_merger.groups": ("", "合并的各组社区，首个为驻地"),
        "meaning village_merger.added_km": ("", "非驻地居民多走的路程（公里）"),
        "meaning village_merger.announced_rise": ("", "公布服务水平的提高幅度"),
        "meaning village_merger.consent": ("", "合作社是否可以拒绝"),
        "meaning village_merger.assets": ("", "各村合作社资产是否各自保留"),
        # evidence
        "guesses": (
            "<strong>{guesses} of {parameters} parameters are guesses.</strong> What hangs on them is one too.",
            "<strong>{parameters}个参数中有{guesses}个为猜测值。</strong>依赖猜测值的结论也只是猜测。",
        ),
        "grade SEED": ("from the source texts", "取自原文"),
        "grade DER": ("derived from the source texts", "由原文推算"),
        "grade READ": ("read in the literature", "读自文献"),
        "grade RECALLED": ("recalled from the literature, not checked", "凭记忆引用的文献，未核对"),
        "grade GUESS": ("a guess within a stated range", "在所列范围内的猜测"),
        "where parameters": (
            "Each has value, unit, range, grade and source in src/govsim/institution/data/parameters.csv.",
            "每个参数的取值、单位、范围、等级和来源见 src/govsim/institution/data/parameters.csv。",
        ),
        # limits
        "limit monte carlo": (
            (
                "The intervals hold Monte-Carlo error only: how far chance inside the model moves a mean of {n} pairs. "
                "How far the guesses might be wrong is not in them."
            ),
            "区间只含蒙特卡罗误差，即模型内部的偶然性使{n}对运行的均值偏移多少；猜测值可能错多少不在其内。",
        ),
        "limit sizes": (
            "Trust signs and orderings before sizes; effects on turnover rest on the weakest evidence of all.",
            "方向和排序比数值大小可靠；对离职率的效应所依据的证据最弱。",
        ),
        "limit mechanism": (
            (
                "A reform amends the institution and nothing else. An effect that no mechanism of the model carries "
                "does not appear."
            ),
            "改革只能修改制度，不能触及别的东西。模型中没有机制承载的影响不会出现。",
        ),
        "limit layers": (
            (
                "What offices report upwards is another layer than what happens, and stands apart. Fewer requests are "
                "no success by themselves: the share of needs that are voiced stands beside satisfaction."
            ),
            "上报口径与实际情况是两个层次，分开列出。诉求减少本身不算成效：诉求表达率与满意度并列。",
        ),
        "limit world": (
            "The world is synthetic. It borrows totals from sources; it describes no real office and no real person.",
            "情景是合成的：总量借自资料，不描述任何真实机构或个人。",
        ),
        # reproduction
        "command": ("From the command line", "命令行"),
        "python": ("From Python", "用 Python"),
        "version": ("Version", "版本"),
        "seeds": ("Seeds", "种子"),
        "seeds of": (
            "root seed {seed}, replicates 0 to {last} in every scenario",
            "根种子{seed}，各情景均为第0至{last}次重复",
        ),
        "seed of": ("root seed {seed}, replicate 0 in every scenario", "根种子{seed}，各情景均为第0次重复"),
        "digests": (
            (
                "The same scenario, seed and version give the same digest, however the run was made. Another digest "
                "means another run."
            ),
            "情景、种子和版本相同，则无论以何种方式运行，摘要值都相同；摘要值不同，即非同一次运行。",
        ),
        "all digests": ("Digests of all {n} runs in full", "全部{n}次运行的完整摘要值"),
        "not from files": (
            "The scenarios were given from Python, not by file; hand the same objects to govsim.compare.",
            "情景由 Python 给出而非文件；请把同样的对象交给 govsim.compare。",
        ),
        "replicate": ("replicate {n}", "第{n}次重复"),
        "footer": ("Made by govsim {version}, offline, from {n} runs.", "由 govsim {version} 根据{n}次运行离线生成。"),
    }
)
