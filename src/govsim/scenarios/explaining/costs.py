"""What a reform costs directly, and who pays: the public money of a year with every post filled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.clock import MONTHS_PER_YEAR
from govsim.institution.charter import compile_charter
from govsim.institution.offices import FEN_PER_YUAN

if TYPE_CHECKING:
    from govsim.institution.institution import Institution


@dataclass(frozen=True, slots=True)
class PublicMoney:
    """What the district pays a year, in yuan: wages, insurances of workers, and budgets of offices."""

    wages_yuan: float
    insurances_yuan: float
    offices_yuan: float

    @property
    def total_yuan(self) -> float:
        """The sum."""
        return self.wages_yuan + self.insurances_yuan + self.offices_yuan


def public_money(institution: Institution) -> PublicMoney:
    """Return what the district pays a year where every post is filled, as the model pays it."""
    charter = compile_charter(institution)
    posts = charter.posts
    wages = int(posts["public_pay_fen"].sum()) * MONTHS_PER_YEAR
    insured = zip(posts["public_pay_fen"].tolist(), posts["insurance_share"].tolist(), strict=True)
    insurances = sum(math.floor(pay * share) for pay, share in insured) * MONTHS_PER_YEAR
    budget = math.floor(institution.parameters["pay.office_yuan_per_year"] * FEN_PER_YUAN)
    offices = int(charter.communities["n_budgets"].sum()) * budget
    return PublicMoney(*(fen / FEN_PER_YUAN for fen in (wages, insurances, offices)))


def more_money(before: PublicMoney, after: PublicMoney) -> PublicMoney:
    """Return what is paid more."""
    return PublicMoney(
        after.wages_yuan - before.wages_yuan,
        after.insurances_yuan - before.insurances_yuan,
        after.offices_yuan - before.offices_yuan,
    )
