"""7.3 Needs and voice, and the hotline (7.17)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.rules import Voice
from govsim.randomness import Decision
from tests.reference.contact import go_the_way, serve_resident
from tests.reference.draws import logistic, poisson, poisson_table
from tests.reference.entities import OLDER
from tests.reference.work import (
    Item,
    class_of_request,
    come_up,
    consent_days,
    draw_size,
    enter_community,
    patience_days,
    send_to_community,
)

if TYPE_CHECKING:
    from tests.reference.entities import Resident
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Kind

N_GROUPS = 12


def need_tables(model: ReferenceModel) -> list[list[float]]:
    """Return the Poisson table of each group."""
    p = model.p
    minor, older = p["population.minor_share"], p["population.older_share"]
    disabled, low_income = p["population.disabled_share"], p["population.low_income_share"]
    share_of_age = [minor, 1 - minor - older, older]
    share_of_disabled = [1 - disabled, disabled]
    share_of_low_income = [1 - low_income, low_income]

    multipliers = []
    mean = 0.0
    for group in range(N_GROUPS):
        age, is_disabled, is_low_income = group % 3, group // 3 % 2, group // 6
        multiplier = 1.0
        if age == OLDER:
            multiplier = max(multiplier, p["voice.older_multiplier"])
        if is_disabled:
            multiplier = max(multiplier, p["voice.disabled_multiplier"])
        if is_low_income:
            multiplier = max(multiplier, p["voice.low_income_multiplier"])
        multipliers.append(multiplier)
        weight = share_of_age[age] * share_of_disabled[is_disabled] * share_of_low_income[is_low_income]
        mean += weight * multiplier
    return [poisson_table(p["voice.latent_needs_per_year"] * m / mean) for m in multipliers]


def draw_candidates(model: ReferenceModel, year: int) -> None:
    """In the first month of a year: how many needs each resident has, and on which days."""
    model.candidates_on_day = {}
    for resident in model.residents:
        u6 = model.draws.u(Decision.NEED_COUNT, resident.entity, year)
        for k in range(poisson(model.need_tables[resident.group], u6)):
            u7 = model.draws.u(Decision.NEED_DAY, resident.entity, year, k)
            day = 252 * year + math.floor(252 * u7)
            model.candidates_on_day.setdefault(day, []).append((resident, k))


def raise_requests(model: ReferenceModel, day: int) -> None:
    """Needs of the day become requests, or stay unvoiced; those of one resident in the order of k."""
    year = day // 252
    for resident, k in sorted(model.candidates_on_day.get(day, []), key=lambda candidate: candidate[1]):
        model.tally.person(resident, "latent", 1)
        entity = model.draws.identity(Decision.REQUEST_IDENTITY, resident.entity, year, k)
        kind = draw_kind(model, entity)
        if model.draws.u(Decision.NEED_VOICED, resident.entity, year, k) < chance(model, resident, kind):
            raise_request(model, resident, kind, entity, day)


def draw_kind(model: ReferenceModel, entity: int) -> Kind:
    """Return the kind of a request by cumulative share; the last takes the rest."""
    u10 = model.draws.u(Decision.REQUEST_KIND, entity)
    running = 0.0
    for kind in model.requests[:-1]:
        running += kind.share
        if u10 < running:
            return kind
    return model.requests[-1]


def chance(model: ReferenceModel, resident: Resident, kind: Kind) -> float:
    """Return the chance that a need is voiced."""
    if model.rules["voice"] == Voice.ALWAYS:
        return 1.0
    p, settlement = model.p, resident.settlement
    is_kept_out = resident.is_disabled and settlement.community.is_on_upper_floor
    return logistic(
        p["voice.value"] * resident.belief
        - p["voice.travel_cost_per_km"] * settlement.distance_km
        - p["voice.learning_cost"]
        - (p["voice.floor_cost"] if is_kept_out else 0)
    )


def raise_request(model: ReferenceModel, resident: Resident, kind: Kind, entity: int, day: int) -> None:
    """A need becomes a request, by hotline or at the desk; some calls are answered at once."""
    p = model.p
    by_hotline = model.draws.u(Decision.CHANNEL, entity) < p["hotline.channel_share"]
    model.tally.person(resident, "raised", 1)
    model.tally.person(resident, "calls", int(by_hotline))
    model.cohorts_add(resident, day, "raised", 1)
    go_the_way(model, resident, by_hotline=by_hotline)
    if by_hotline and not model.draws.u(Decision.DISPATCHED, entity) < p["hotline.dispatched_share"]:
        answer(model, resident, day)
        return
    item = Item(
        kind=kind,
        entity=entity,
        tick=0,
        index=0,
        size=draw_size(model, kind, entity, 0, 0),
        home=resident.settlement.community,
        settlement=resident.settlement,
        resident=resident,
        own_class=class_of_request(model, kind, by_hotline=by_hotline),
        by_hotline=by_hotline,
        created_on_day=day,
        raised_on_day=day,
        first_raised_on_day=day,
        due_on_day=day + 1 + patience_days(model, entity, 0),
    )
    if by_hotline:
        item.size += math.floor(p["hotline.extra_minutes"])
    come_up(model, item)
    wait = consent_days(model, item)
    if by_hotline:
        send_to_community(item, day + int(p["hotline.transit_days"]) + wait)
    elif wait > 0:
        send_to_community(item, day + wait)
    else:
        enter_community(model, item, day)


def answer(model: ReferenceModel, resident: Resident, day: int) -> None:
    """A call is answered at once: it never becomes an item, and is met without any wait."""
    model.tally.person(resident, "answered", 1)
    serve_resident(model, resident, 1.0, is_met=True)
    model.cohorts_add(resident, day, "closed", 1)
    model.cohorts_add(resident, day, "met_in_time", 1)
