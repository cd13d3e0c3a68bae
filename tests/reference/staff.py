"""7.6 duties and efficiency, 7.11 exhaustion, 7.12 leaving and hiring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.institution.rules import Hiring
from govsim.randomness import Decision
from tests.reference.draws import BILLIONTH, billionths, clip, logistic, normal_cdf
from tests.reference.entities import ONE
from tests.reference.work import enter_community, line_post

if TYPE_CHECKING:
    from tests.reference.entities import Community, Post, StreetOffice
    from tests.reference.model import ReferenceModel

JUNE = 5


# --- 7.6 Duties, hand-over, efficiency -------------------------------------------------------------------


def hand_over(model: ReferenceModel, day: int) -> None:
    """Trays of vacant posts go to filled ones, where the community has any."""
    for community in model.communities:
        if not community.filled_posts:
            continue
        for post in community.posts:
            if not post.is_filled:
                items, post.tray = post.tray, []
                for item in items:
                    enter_community(model, item, day)


def set_efficiency(model: ReferenceModel, day: int) -> None:
    """Duties and pace of every filled post."""
    p = model.p
    for community in model.communities:
        filled = community.filled_posts
        hold_lines(model, community)
        novices = sum(1 for post in filled if day - post.since_day < p["efficiency.novice_days"])
        trainer = min(filled, key=lambda post: (post.since_day, post.place), default=None)
        if trainer is not None and day - trainer.since_day < p["efficiency.novice_days"]:
            trainer = None
        for post in filled:
            training = 1.0
            if post is trainer:
                training = 1 - p["efficiency.trainer_share"] * min(3, novices)
            post.efficiency_permille = efficiency(model, post, day, training)


def hold_lines(model: ReferenceModel, community: Community) -> None:
    """Count the mandates of administration whose line goes to each filled post; in a federation for two employers."""
    for post in community.posts:
        post.n_lines = 0
        post.efficiency_permille = 0
    employers = [community.posts] if community.posts else []
    if community.n_villages > 1:
        employers += [village.founding_posts for village in model.communities if village.seat is community]
    for posts in employers:
        for kind in model.mandates:
            post = line_post(posts, kind.line)
            if kind.work_class == WorkClass.ADMINISTRATION and post.is_filled:
                post.n_lines += 1


def efficiency(model: ReferenceModel, post: Post, day: int, training: float) -> int:
    """Return minutes of work in 1000 clock minutes."""
    p = model.p
    tenure = day - post.since_day
    skill = post.skill_permille / 1000
    half_life = p["efficiency.novice_half_life_days"]
    novice = 1 - (1 - p["efficiency.novice_productivity"]) * math.exp(-math.log(2) * tenure / half_life)
    c = p["efficiency.switching_cost_per_line"]
    easy = p["efficiency.easy_lines"]
    switching = (1 + c * max(0, p["efficiency.reference_lines"] - easy)) / (1 + c * max(0, post.n_lines - easy))
    return math.floor(1000 * skill * novice * switching * training)


# --- 7.11 Exhaustion -------------------------------------------------------------------------------------


def build_strain(model: ReferenceModel, day: int) -> None:
    """A day's work wears, a night's rest restores."""
    p = model.p
    for post in model.posts:
        if not post.is_filled:
            continue
        demand = (post.worked_today + p["strain.emotional_weight"] * post.emotional_today) / p[
            "strain.reference_minutes"
        ]
        is_novice = day - post.since_day < p["efficiency.novice_days"]
        load = demand * (
            1
            + p["strain.per_line"] * max(0, post.n_lines - p["efficiency.reference_lines"])
            + (p["strain.novelty"] if is_novice else 0)
        )
        x = post.exhaustion * BILLIONTH
        susceptibility = post.susceptibility_permille / 1000
        motivation = post.motivation * BILLIONTH
        gain = p["strain.gain_per_day"] * susceptibility * max(0, load - 1) * (1 - x)
        loss = x / p["strain.recovery_days"] * motivation
        post.exhaustion = billionths(clip(x + gain - loss, 0, 1))


# --- 7.12 Leaving and hiring -----------------------------------------------------------------------------


def leave_and_hire(model: ReferenceModel, month: int) -> None:
    """Compare pay, note how workers stand, then quits and hires from one snapshot."""
    fairness = {}
    for street in model.streets:
        fairness.update(compare_pay(model, street))
    for community in model.communities:
        count_workers(model, community, fairness, month)
    for community in model.communities:
        filled = community.filled_posts
        vacant = [post for post in community.posts if not post.is_filled]
        leavers = [post for post in filled if quits(model, post, month)]
        joined = [post for post in vacant if is_hired(model, post, month)]
        for post in leavers:
            post.is_filled = 0
            post.vacancy_hazard = 0
        for post in joined:
            hire(post, month)
        community.last_quits = len(leavers)
        model.tally.community(community, "quits", len(leavers))
        model.tally.community(community, "hires", len(joined))


def compare_pay(model: ReferenceModel, street: StreetOffice) -> dict[Post, float]:
    """Set the motivation of every filled post of a street and return each one's fairness."""
    p = model.p
    filled = [post for community in street.communities for post in community.filled_posts]
    if not filled:
        return {}
    mean_pay = sum(post.pay_fen for post in filled) // len(filled)
    logs = {post: math.log(post.pay_fen / mean_pay) for post in filled}
    fairness = {post: billionths(log) * BILLIONTH for post, log in logs.items()}
    dispersion = (sum(billionths(abs(log)) for log in logs.values()) // len(filled)) * BILLIONTH
    for post, f in fairness.items():
        motivation = 1 + p["motivation.fairness"] * f - p["motivation.dispersion"] * dispersion
        post.motivation = billionths(clip(motivation, 0.5, 1.5))
    return fairness


def quits(model: ReferenceModel, post: Post, month: int) -> bool:
    """Whether the worker takes an outside offer this month; his hazard grows either way."""
    p = model.p
    tenure_years = (21 * (month + 1) - post.since_day) / 252
    embedded = p["quit.embedded_base"] + p["quit.embedded_growth"] * min(1, tenure_years / 5)
    motivation, x = post.motivation * BILLIONTH, post.exhaustion * BILLIONTH
    z = (
        math.log(post.relative_pay)
        + embedded * motivation
        - p["quit.exhaustion_weight"] * x
        - math.log(p["quit.median_offer"])
    ) / p["quit.offer_spread"]
    rate = p["quit.offers_per_year"] * (1 - normal_cdf(z)) * p["quit.contagion"] ** post.community.last_quits
    post.quit_hazard += billionths(rate / 12)
    return post.quit_hazard >= billionths(-math.log(model.draws.u(Decision.QUIT, post.worker)))


def is_hired(model: ReferenceModel, post: Post, month: int) -> bool:
    """Whether the vacant post is filled at the end of this month."""
    if model.rules["hiring"] == Hiring.YEARLY_BATCH:
        return model.calendar.calendar_month(month) == JUNE
    post.vacancy_hazard += billionths(21 / model.p["hiring.mean_days"])
    u31 = model.draws.u(Decision.HIRE, post.entity + post.holder + 1)
    return post.vacancy_hazard >= billionths(-math.log(u31))


def hire(post: Post, month: int) -> None:
    """The next holder takes the post."""
    post.is_filled = 1
    post.holder += 1
    post.since_day = 21 * (month + 1)
    post.quit_hazard = 0
    post.vacancy_hazard = 0
    post.exhaustion = 0
    post.motivation = ONE
    post.draw_person()


def count_workers(model: ReferenceModel, community: Community, fairness: dict[Post, float], month: int) -> None:
    """Note how the workers of a community stand before the month's quits and hires (8)."""
    tally, p = model.tally, model.p
    filled = community.filled_posts
    answered = sum(tally.month["settlement"]["answered"][s.id] for s in community.settlements)
    closed = sum(tally.month["settlement"]["closed"][s.id] for s in community.settlements) - answered
    met = sum(tally.month["settlement"]["met"][s.id] for s in community.settlements) - answered
    r = met / closed if closed else 0.8
    tally.community(community, "post_days", 21 * len(community.posts))
    tally.community(community, "filled_post_days", 21 * len(filled))
    tally.community(community, "filled_posts", len(filled))
    for post in filled:
        x = post.exhaustion * BILLIONTH
        content = logistic(
            p["work_satisfaction.base"]
            + p["work_satisfaction.pay"] * math.log(post.relative_pay / p["hiring.usual_relative_pay"])
            + p["work_satisfaction.fairness"] * fairness[post]
            - p["work_satisfaction.exhaustion"] * x
            + p["work_satisfaction.resolution"] * (r - 0.8)
        )
        tally.community(community, "burnt_out", int(x >= 0.5))
        tally.community(community, "exhaustion_sum", post.exhaustion)
        tally.community(community, "tenure_days_sum", 21 * (month + 1) - post.since_day)
        tally.community(community, "pay_fen_sum", post.pay_fen)
        tally.community(community, "worker_satisfaction_sum", billionths(content))
