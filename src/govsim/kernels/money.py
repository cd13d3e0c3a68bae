"""Money of a month in integer fen, double entry: who pays, who receives."""

from __future__ import annotations

import math

from govsim.clock import MONTHS_PER_YEAR
from govsim.compilation import kernel


@kernel
def month_of_year_share(total_fen, j):
    """Return the part of a yearly amount that falls on month j, 0 to 11; the twelve parts add up exactly."""
    return total_fen * (j + 1) // MONTHS_PER_YEAR - total_fen * j // MONTHS_PER_YEAR


@kernel
def pay_out(month, charter, people, book):
    """Pay wages, insurances and office budgets, and let own income come in."""
    settings = charter.settings[0]
    office_fen = math.floor(settings.pay_office_yuan_per_year * 100)
    j = month % MONTHS_PER_YEAR
    office_now = month_of_year_share(office_fen, j)
    for c in range(len(people.communities)):
        place = people.communities[c]
        tally = book.communities[c]
        place.own_funds_fen += month_of_year_share(place.own_income_fen_per_year, j)
        tally.cost_district_fen += office_now
        tally.suppliers_received_fen += office_now
        for p in range(place.first_post, place.first_post + place.n_posts):
            post = people.posts[p]
            if post.was_filled:
                public = post.pay_fen - post.topup_fen
                insurance = math.floor(public * charter.insurance_share[c])
                tally.cost_district_fen += public + insurance
                tally.cost_own_fen += post.topup_fen
                tally.workers_received_fen += post.pay_fen
                tally.insurance_received_fen += insurance
                place.own_funds_fen -= post.topup_fen
