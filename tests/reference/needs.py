"""7.3 Needs and voice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.rules import Voice
from govsim.randomness import Decision
from tests.reference.draws import exponential, logistic, poisson, poisson_table
from tests.reference.entities import OLDER
from tests.reference.work import Item, come_up, draw_size, enter_community

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
    """Needs of the day become requests, or stay unvoiced."""
    year = day // 252
    for resident, k in model.candidates_on_day.get(day, []):
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


def patience_days(model: ReferenceModel, entity: int, repeat: int) -> int:
    """Return for how many days after the first he waits."""
    u16 = model.draws.u(Decision.PATIENCE, entity, 0, repeat)
    return min(30000, math.floor(exponential(model.p["patience.mean_days"], u16)))


def raise_request(model: ReferenceModel, resident: Resident, kind: Kind, entity: int, day: int) -> None:
    """A request comes to the community."""
    item = Item(
        kind=kind,
        entity=entity,
        tick=0,
        index=0,
        size=draw_size(model, kind, entity, 0, 0),
        home=resident.settlement.community,
        settlement=resident.settlement,
        resident=resident,
        created_on_day=day,
        raised_on_day=day,
        first_raised_on_day=day,
        due_on_day=day + 1 + patience_days(model, entity, 0),
    )
    model.tally.person(resident, "raised", 1)
    model.cohorts_add(item, "raised", 1)
    come_up(model, item)
    enter_community(model, item, day)
