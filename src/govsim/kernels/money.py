"""Money of a month in integer fen, double entry: who pays, who receives."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import MONTHS_PER_YEAR
from govsim.compilation import kernel

# Payers and payees of the money of a month.
DISTRICT: Final = 0
OWN_FUNDS: Final = 1
BUDGETS: Final = 2
OUTSIDE: Final = 3
WORKERS: Final = 0
INSURANCES: Final = 1
SUPPLIERS: Final = 2
STAFF: Final = 3
PROVIDERS: Final = 4
COLLECTIVES: Final = 5


@kernel
def month_of_year_share(total_fen, j):
    """Return the part of a yearly amount that falls on month j, 0 to 11; the twelve parts add up exactly."""
    return total_fen * (j + 1) // MONTHS_PER_YEAR - total_fen * j // MONTHS_PER_YEAR


@kernel
def pay_community(j, c, charter, people, book):
    """Pay the wages, insurances and office budget of one community, and let its own income come in."""
    place = people.communities[c]
    tally = book.communities[c]
    budget = math.floor(charter.settings[0].pay_office_yuan_per_year * 100)
    office = month_of_year_share(budget, j) * charter.communities[c].n_budgets
    income = month_of_year_share(place.own_income_fen_per_year, j)
    people.communities[charter.communities[c].collective].own_funds_fen += income
    book.money[OUTSIDE, COLLECTIVES] += income
    tally.cost_district_fen += office
    tally.suppliers_received_fen += office
    book.money[DISTRICT, SUPPLIERS] += office
    for position in range(place.first_post, place.first_post + place.n_posts):
        p = people.roster[position]
        post = people.posts[p]
        if post.was_filled:
            public = post.pay_fen - post.topup_fen
            insurance = math.floor(public * charter.posts[p].insurance_share)
            tally.cost_district_fen += public + insurance
            tally.cost_own_fen += post.topup_fen
            tally.workers_received_fen += post.pay_fen
            tally.insurance_received_fen += insurance
            people.communities[post.collective].own_funds_fen -= post.topup_fen
            book.money[DISTRICT, WORKERS] += public
            book.money[DISTRICT, INSURANCES] += insurance
            book.money[OWN_FUNDS, WORKERS] += post.topup_fen


@kernel
def pay_out(month, charter, people, book):
    """Pay communities and the staff of streets and departments."""
    for c in range(len(people.communities)):
        pay_community(month % MONTHS_PER_YEAR, c, charter, people, book)
    for number in range(len(book.offices)):
        book.offices[number].cost_fen += charter.offices[number].cost_fen
        book.money[DISTRICT, STAFF] += charter.offices[number].cost_fen
