"""7.13 The stock of self-government, 7.14 opinion, and 7.18 entitlements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from tests.reference.draws import BILLIONTH, billionths, clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference.entities import Community, Settlement
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Kind


def renew_stock(model: ReferenceModel) -> None:
    """The stock decays, and grows with the hours held of those that are planned."""
    p = model.p
    for community in model.communities:
        booked = model.tally.month["community_class"]["booked_minutes"][community.id, int(WorkClass.SELF_GOVERNMENT)]
        planned = planned_minutes(model, community, is_self_government)
        ratio = booked / planned if planned > 0 else 0.0
        stock = community.stock * BILLIONTH
        kept = stock * (1 - p["stock.decay_per_year"] / 12)
        community.stock = billionths(min(2, kept + p["stock.gain_per_year"] / 12 * min(2, ratio)))


def reach_entitled(model: ReferenceModel) -> None:
    """Outreach brings entitlements to those who lack them; each month some lapse."""
    p = model.p
    for community in model.communities:
        booked = model.tally.month["community"]["outreach_minutes"][community.id]
        planned = planned_minutes(model, community, is_outreach)
        ratio = booked / planned if planned > 0 else 0.0
        t = community.take_up * BILLIONTH
        reached = p["take_up.reach_per_year"] / 12 * min(2, ratio) * (1 - t)
        lapsed = p["take_up.lapse_per_year"] / 12 * t
        community.take_up = billionths(clip(t + reached - lapsed, 0, 1))
        entitled = community.n_entitled
        model.tally.community(community, "entitled", entitled)
        model.tally.community(community, "take_up_sum", community.take_up * entitled)


def is_self_government(kind: Kind) -> bool:
    """Whether a mandate feeds the stock."""
    return kind.work_class == WorkClass.SELF_GOVERNMENT


def is_outreach(kind: Kind) -> bool:
    """Whether a mandate reaches the entitled."""
    return kind.is_outreach


def planned_minutes(model: ReferenceModel, community: Community, is_counted: Callable[[Kind], bool]) -> float:
    """Return the minutes of such mandates that a month of the catalogue holds."""
    planned = 0.0
    for duty in model.duties:
        if duty.community is community and duty.is_in_force and is_counted(duty.kind):
            planned += duty.kind.jobs_per_year * duty.kind.minutes / 12 * duty.scale
    return planned


def settle_opinion(model: ReferenceModel) -> None:
    """Hearsay and ambience move every resident a little."""
    for community in model.communities:
        t_a = ambience(model, community)
        for settlement in community.settlements:
            settle(model, settlement, t_a)


def ambience(model: ReferenceModel, community: Community) -> float:
    """Return where order and common life draw satisfaction."""
    p, month = model.p, model.tally.month["community_class"]
    administration = (community.id, int(WorkClass.ADMINISTRATION))
    done, dropped = month["done"][administration], month["dropped"][administration]
    order = done / (done + dropped) if done + dropped else 1.0
    stock = community.stock * BILLIONTH
    return clip(
        p["opinion.s0"] + p["opinion.ambience_weight"] * (0.5 * stock + 0.5 * order - p["opinion.usual_ambience"]),
        0,
        1,
    )


def settle(model: ReferenceModel, settlement: Settlement, t_a: float) -> None:
    """The month's opinion in one settlement."""
    p, month = model.p, model.tally.month["settlement"]
    n = month["closed"][settlement.id] + month["given_up"][settlement.id]
    k = month["met"][settlement.id]
    hear, t_h = 0.0, 0.0
    if n > 0:
        hear = p["opinion.hearsay_per_month"]
        mean = month["performance_sum"][settlement.id] / n * BILLIONTH
        t_h = clip(
            p["opinion.s0"]
            + p["opinion.performance_weight"] * (mean - p["opinion.usual_performance"])
            + p["opinion.gap_weight"] * (mean - settlement.mean_expectation * BILLIONTH),
            0,
            1,
        )
        met_share = settlement.met_share * BILLIONTH
        settlement.met_share = billionths(met_share + p["voice.neighbour_learning"] * (k / n - met_share))
    rate = hear + p["opinion.ambience_per_month"]
    t = (hear * t_h + p["opinion.ambience_per_month"] * t_a) / rate if rate != 0 else 0.0
    announced = min(1, p["opinion.announced_level"] + settlement.community.announced_rise)
    for resident in settlement.residents:
        satisfaction, expectation = resident.satisfaction * BILLIONTH, resident.expectation * BILLIONTH
        if announced > expectation:
            r = p["opinion.expectation_up_per_year"] / 12
        else:
            r = p["opinion.expectation_down_per_year"] / 12
        resident.satisfaction = billionths(satisfaction + rate * (t - satisfaction))
        resident.expectation = billionths(expectation + r * (announced - expectation))
    settlement.take_mean_expectation()
