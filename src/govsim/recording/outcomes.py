"""Outcomes: name, unit, direction and formula, one line each; a ratio of sums over a window of months."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from govsim.clock import DAYS_PER_YEAR, MONTHS_PER_YEAR
from govsim.institution.catalogue import WorkClass
from govsim.kernels.closing import LONGEST_WAIT
from govsim.kernels.opinion import STEP_BITS
from govsim.kernels.routes import AD_HOC, CAME_DOWN
from govsim.recording.window import Window

Better = Literal["lower", "higher", "none"]
ADMINISTRATIVE: Final = [
    WorkClass.ADMINISTRATION,
    WorkClass.INSPECTION,
    WorkClass.CENSUS,
    WorkClass.MEETING,
]
TENTH: Final = 10
FEWEST_UNITS_FOR_TENTHS: Final = 20
FEWEST_UNITS_FOR_A_SPREAD: Final = 2
STEP: Final = 2**STEP_BITS * 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measured quantity; ``of`` says by which groups it exists."""

    name: str
    en: str
    zh: str
    unit: str
    better: Better
    of: Literal["office", "residents", "district"]
    formula: Callable[[Window], float]
    is_headline: bool = False


def _ratio(top: float, bottom: float) -> float:
    return float(top) / float(bottom) if bottom else math.nan


def _share_of_booked(*classes: WorkClass) -> Callable[[Window], float]:
    def formula(w: Window) -> float:
        booked = w.office("booked_minutes")
        return _ratio(booked[list(classes)].sum(), booked.sum())

    return formula


def _per_filled_post(name: str, scale: float) -> Callable[[Window], float]:
    return lambda w: _ratio(w.office(name) * scale, w.office("filled_posts"))


def _mean_of_last_year(name: str, scale: float) -> Callable[[Window], float]:
    def formula(w: Window) -> float:
        return _ratio(w.people(name, w.last_year) * scale, w.residents * (w.last - w.last_year))

    return formula


def _mean_tenure(w: Window) -> float:
    end = replace(w, first=w.last - 1)
    return _ratio(end.office("tenure_days_sum") / DAYS_PER_YEAR, end.office("filled_posts"))


def _wait_days(w: Window) -> float:
    unfinished = w.cohort("raised") - w.cohort("closed")
    return _ratio(w.cohort("waited_days") + LONGEST_WAIT * unfinished, w.cohort("raised"))


def _pay_gini(w: Window) -> float:
    pay = np.sort(w.pay_by_post())
    n = len(pay)
    return _ratio(float((pay * (2 * np.arange(1, n + 1) - n - 1)).sum()), float(n * pay.sum()))


def _cohort_left(w: Window) -> float:
    """Return the share of those in post when the window begins who are gone at its end."""
    holders = w.recording.holders
    if w.communities is not None:
        holders = holders[:, w.communities[w.recording.community_of_post]]
    start = max(w.first - 1, 0)
    in_post = holders[start] >= 0
    return _ratio(int((holders[w.last - 1] != holders[start])[in_post].sum()), int(in_post.sum()))


def _satisfaction_gap(w: Window) -> float:
    """Return the top less the bottom tenth of settlements, ranked by the year before the window."""
    recording = w.recording
    sums, residents = recording.settlements["satisfaction_sum"], recording.residents_by_settlement
    if w.settlements is not None or w.groups is not None:
        return math.nan
    if len(residents) < FEWEST_UNITS_FOR_TENTHS:
        return _spread_of_settlements(w)
    if w.first < 1:
        return math.nan
    before = sums[max(0, w.first - MONTHS_PER_YEAR) : w.first].sum(axis=0) / residents
    order = np.argsort(before, kind="stable")
    tenth = len(order) // TENTH
    now = sums[w.last_year : w.last].sum(axis=0) * 1e-9 / (w.last - w.last_year)
    bottom, top = order[:tenth], order[-tenth:]
    return _ratio(now[top].sum(), residents[top].sum()) - _ratio(now[bottom].sum(), residents[bottom].sum())


def _spread_of_settlements(w: Window) -> float:
    """Return the standard deviation between settlements in the last month, less what sampling explains."""
    last, residents = w.recording.settlements[w.last - 1], w.recording.residents_by_settlement
    if len(residents) < FEWEST_UNITS_FOR_A_SPREAD:
        return math.nan
    means = last["satisfaction_sum"] * 1e-9 / residents
    # Levels are squared in whole steps, which lose half a step on average: (s - e)**2 with e even on [0, step).
    squares = last["satisfaction_square_sum"] * STEP**2 / residents + STEP * means - STEP**2 / 6
    within = np.maximum(0.0, squares - means**2)
    weights = residents / residents.sum()
    between = float((weights * (means - (weights * means).sum()) ** 2).sum())
    # The mean of all comes from the same residents, which takes a part of the sampling away.
    return math.sqrt(max(0.0, between - float((weights * (1 - weights) * within / residents).sum())))


def _load(w: Window, of: Callable[[str], Any]) -> float:
    if w.communities is not None:
        return math.nan
    offered = of("own_minutes") + of("passing_minutes") + of("taken_minutes") + of("case_minutes")
    return _ratio(offered, of("capacity_minutes"))


def _jobs_ended(w: Window) -> int:
    ended = w.office("done") + w.office("dropped")
    return int(ended[ADMINISTRATIVE].sum())


def _ad_hoc_share(w: Window) -> float:
    """Return ad hoc hours over all hours of jobs that came down."""
    if w.communities is not None:
        return math.nan
    minutes = w.origins("issued_minutes")
    return _ratio(minutes[AD_HOC], minutes[:CAME_DOWN].sum())


def _cost(w: Window) -> float:
    above = 0 if w.communities is not None else w.streets("cost_fen") + w.origins("bought_fen")
    return _yuan(w, w.office("cost_district_fen") + w.office("cost_own_fen") + above)


def _yuan(w: Window, fen: int) -> float:
    """Return yuan a resident and year."""
    return _ratio(fen / 100, w.residents * w.years)


def _of_district(formula: Callable[[Window], float]) -> Callable[[Window], float]:
    """Return a formula that is defined for the whole district alone."""
    return lambda w: formula(w) if w.communities is None else math.nan


def _unpaid_hours(w: Window) -> float:
    return _ratio((w.office("overtime_minutes") + w.people("labour_minutes")) / 60, w.residents * w.years)


_OUTCOMES: Final = (
    Outcome("workload_hours", "workload a worker-day", "工作者人均日工作量", "hours/worker-day", "lower", "office",
            lambda w: _ratio(w.office("arrived_minutes").sum() / 60, w.office("present_days")), is_headline=True),
    Outcome("load_ratio", "load ratio", "负荷率", "ratio", "lower", "office",
            lambda w: _ratio(w.office("arrived_minutes").sum(), w.office("contracted_minutes"))),
    Outcome("utilisation", "utilisation", "利用率", "share", "none", "office",
            lambda w: 1 - _ratio(w.office("idle_minutes"), w.office("contracted_minutes"))),
    Outcome("overtime_hours", "overtime a worker-day", "工作者人均日加班", "hours/worker-day", "lower", "office",
            lambda w: _ratio(w.office("overtime_minutes") / 60, w.office("present_days"))),
    Outcome("administrative_share", "administration, share of hours", "行政事务占比", "share", "lower", "office",
            _share_of_booked(*ADMINISTRATIVE)),
    Outcome("red_tape_share", "red tape, share of hours", "台账文牍占比", "share", "lower", "office",
            lambda w: _ratio(w.office("red_tape_minutes"), w.office("booked_minutes").sum())),
    Outcome("service_share", "service, share of hours", "服务居民占比", "share", "higher", "office",
            _share_of_booked(WorkClass.SERVICE)),
    Outcome("self_governance_share", "self-government, share of hours", "自治活动占比", "share", "higher", "office",
            _share_of_booked(WorkClass.SELF_GOVERNMENT)),
    Outcome("idle_share", "idle, share of contracted hours", "空闲占比", "share", "none", "office",
            lambda w: _ratio(w.office("idle_minutes"), w.office("contracted_minutes"))),
    Outcome("perfunctory_share", "perfunctory, share of hours due", "应付了事占比", "share", "lower", "office",
            lambda w: _ratio(w.office("waived_minutes").sum(), w.office("arrived_minutes").sum())),
    Outcome("turnover_per_year", "turnover a year", "年离职率", "per year", "lower", "office",
            lambda w: _ratio(w.office("quits"), w.office("filled_post_days") / DAYS_PER_YEAR), is_headline=True),
    Outcome("cohort_left_share", "of those in post at the start, gone at the end", "期初在岗者离职比例", "share",
            "lower", "office", _cohort_left),
    Outcome("vacancy_share", "vacant posts", "空岗率", "share", "lower", "office",
            lambda w: 1 - _ratio(w.office("filled_post_days"), w.office("post_days"))),
    Outcome("burnout_share", "burnt-out workers", "倦怠比例", "share", "lower", "office",
            _per_filled_post("burnt_out", 1)),
    Outcome("mean_tenure_years", "mean tenure", "平均任期", "years", "none", "office",
            _mean_tenure),
    Outcome("worker_satisfaction", "workers' satisfaction", "社区工作者满意度", "share", "higher", "office",
            _per_filled_post("worker_satisfaction_sum", 1e-9)),
    Outcome("satisfaction", "residents' satisfaction", "居民满意度", "share", "higher", "residents",
            _mean_of_last_year("satisfaction_sum", 1e-9), is_headline=True),
    Outcome("dissatisfied_share", "dissatisfied residents", "不满意居民比例", "share", "lower", "residents",
            _mean_of_last_year("dissatisfied", 1)),
    Outcome("user_dissatisfied_share", "dissatisfied users", "办事不满意比例", "share", "lower", "residents",
            lambda w: _ratio(w.people("dissatisfied_users"), w.people("closed"))),
    Outcome("wait_days", "wait of a request", "诉求等待", "days", "lower", "residents", _wait_days),
    Outcome("wait_days_closed", "wait of closed requests only", "已办结等待", "days", "none", "residents",
            lambda w: _ratio(w.cohort("waited_days"), w.cohort("closed"))),
    Outcome("resolution_share", "needs met within 60 days", "60个工作日内满足率", "share", "higher", "residents",
            lambda w: _ratio(w.cohort("met_in_time"), w.cohort("raised"))),
    Outcome("abandoned_share", "requests given up", "诉求放弃率", "share", "lower", "residents",
            lambda w: _ratio(w.cohort("given_up"), w.cohort("raised"))),
    Outcome("backlog_days", "backlog in the community", "社区积压", "days", "lower", "office",
            lambda w: _ratio(w.office("backlog_minute_days"), w.office("contracted_minutes"))),
    Outcome("blocked_days", "work elsewhere or on its way", "受阻及在途工作量", "days", "lower", "office",
            lambda w: _ratio(w.office("blocked_minute_days"), w.office("contracted_minutes"))),
    Outcome("street_load", "load of street offices", "街道负荷率", "ratio", "lower", "district",
            lambda w: _load(w, w.streets)),
    Outcome("department_load", "load of departments", "部门负荷率", "ratio", "lower", "district",
            lambda w: _load(w, w.departments)),
    Outcome("ad_hoc_share", "ad hoc work, share of hours sent down", "临时任务占比", "share", "lower", "district",
            _ad_hoc_share),
    Outcome("completion_share", "jobs done by the deadline", "按期办结率（实际口径）", "share", "higher", "office",
            lambda w: _ratio(w.office("done_in_time"), _jobs_ended(w))),
    Outcome("reported_completion_share", "jobs reported done by the deadline", "按期办结率（上报口径）", "share",
            "none", "office", lambda w: _ratio(w.reports("done"), w.reports("ended"))),
    Outcome("met_share", "closed requests actually met", "诉求满足率（实际口径）", "share", "higher", "residents",
            lambda w: _ratio(w.people("met"), w.people("closed"))),
    Outcome("reported_resolution_share", "requests reported resolved", "诉求满足率（上报口径）", "share", "none",
            "office", lambda w: _ratio(w.reports("resolved"), w.reports("closed"))),
    Outcome("participation_share", "adults who took part in a year", "年参与率", "share", "higher", "residents",
            lambda w: _ratio(w.people("participants", w.last_year), w.people("adults", w.last_year))),
    Outcome("labour_hours", "labour given, a resident and year", "人均年投工", "hours", "none", "residents",
            lambda w: _ratio(w.people("labour_minutes") / 60, w.residents * w.years)),
    Outcome("requests_per_resident_year", "requests a resident and year", "人均年诉求", "per year", "none",
            "residents", lambda w: _ratio(w.people("raised"), w.residents * w.years)),
    Outcome("voiced_share", "needs that are voiced", "诉求表达率", "share", "none", "residents",
            lambda w: _ratio(w.people("raised"), w.people("latent"))),
    Outcome("take_up_share", "entitled residents who receive", "应保尽保率", "share", "higher", "office",
            lambda w: _ratio(w.office("take_up_sum") * 1e-9, w.office("entitled"))),
    Outcome("resident_hours_per_request", "hours of a resident for a request", "每件诉求居民用时", "hours", "lower",
            "residents", lambda w: _ratio(w.people("resident_minutes") / 60, w.people("raised"))),
    Outcome("personal_records_per_resident_year", "personal records taken, a resident and year", "人均年信息采集",
            "per year", "lower", "office", lambda w: _ratio(w.office("personal_records"), w.residents * w.years)),
    Outcome("satisfaction_gap", "gap between settlements", "居民点满意度差距", "share", "lower", "district",
            _satisfaction_gap),
    Outcome("cost_per_resident_year", "public cost a resident and year, departments apart",
            "人均年公共成本（不含部门）", "yuan", "lower", "office", _cost),
    Outcome("own_funds_cost_per_resident_year", "cost to communities' own funds a resident and year",
            "人均年社区自有资金支出", "yuan", "lower", "office", lambda w: _yuan(w, w.office("cost_own_fen"))),
    Outcome("department_cost_per_resident_year", "pay of departments a resident and year",
            "人均年部门人员成本", "yuan", "lower", "district",
            _of_district(lambda w: _yuan(w, w.departments("cost_fen")))),
    Outcome("unpaid_hours_per_resident_year", "unpaid hours (overtime, labour), a resident and year",
            "人均年无偿工时（加班与投工）", "hours", "lower", "office", _unpaid_hours),
    Outcome("pay_relative", "pay over the local wage", "相对薪酬", "ratio", "none", "office",
            lambda w: _ratio(w.office("pay_fen_sum") * MONTHS_PER_YEAR / 100,
                             w.office("filled_posts") * w.recording.local_wage_yuan_per_year)),
    Outcome("pay_gini", "inequality of pay", "薪酬基尼系数", "ratio", "lower", "office", _pay_gini),
)  # fmt: skip

OUTCOMES: Final[dict[str, Outcome]] = {outcome.name: outcome for outcome in _OUTCOMES}
