"""Every outcome a second time (I10): from the records of the plain reference, in plain Python, slowly.

Written from ``mechanisms.md`` part 5 and part 8 of the ODD page. Nothing is shared with ``govsim.recording``.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.reference.model import ReferenceModel

if TYPE_CHECKING:
    from tests.reference.worlds import Scenario

CLASSES = {"administration": 0, "inspection": 1, "census": 2, "meeting": 3, "service": 4, "self_government": 5}


class Records:
    """A run of the reference with what the outcomes need from each month."""

    def __init__(self, scenario: Scenario, seed: int, replicate: int) -> None:
        model = ReferenceModel(scenario, seed=seed, replicate=replicate)
        self.months: list[dict[str, dict[str, dict]]] = model.recorded
        self.cohorts = model.cohorts
        self.warm_up = 12 * scenario.calendar.warm_up_years
        self.holders: list[dict[Any, int | None]] = []
        self.pay: list[dict[Any, int]] = []
        self.home_of_post = {(post.community.id, post.number): post.community.id for post in model.posts}
        for _ in range(scenario.calendar.n_months):
            were_filled = [post for post in model.posts if post.is_filled]
            model.run_for_months(1)
            self.pay.append({(post.community.id, post.number): post.pay_fen for post in were_filled})
            self.holders.append(
                {(post.community.id, post.number): post.holder if post.is_filled else None for post in model.posts}
            )
        self.residents = {settlement.id: len(settlement.residents) for settlement in model.settlements}
        self.community_of = {settlement.id: settlement.community.id for settlement in model.settlements}
        self.communities = [community.id for community in model.communities]
        self.group_sizes = dict.fromkeys(range(12), 0)
        for resident in model.residents:
            self.group_sizes[resident.group] += 1
        self.local_wage = model.p["pay.local_wage_yuan_per_year"]
        cadre_fen = math.floor(100 * model.p["street.cadre_yuan_per_year"] * model.p["street.cadre_overhead"] / 12)
        self.street_fen = sum(
            math.floor(model.p["street.cadres_per_65000"] * sum(c.n_residents for c in street.communities) / 65000)
            * cadre_fen
            for street in model.streets
        )


class Count:
    """Outcomes over some months and some places, or some groups of residents."""

    def __init__(self, records: Records, first: int, last: int, **chosen: Any) -> None:
        self.records, self.first, self.last = records, first, last
        self.is_whole = not chosen
        self.communities = set(chosen.get("communities", records.communities))
        own = [s for s, c in records.community_of.items() if c in self.communities]
        self.settlements = set(chosen.get("settlements", own))
        self.groups = chosen.get("groups")

    # sums ------------------------------------------------------------------------------------------------
    def office(self, name: str, first: int | None = None, last: int | None = None) -> int:
        months = self.records.months[self.first if first is None else first : self.last if last is None else last]
        return sum(month["community"][name][c] for month in months for c in self.communities)

    def work(self, name: str, *classes: str) -> int:
        wanted = [CLASSES[each] for each in classes or CLASSES]
        months = self.records.months[self.first : self.last]
        return sum(month["community_class"][name][c, w] for month in months for c in self.communities for w in wanted)

    def people(self, name: str, first: int | None = None) -> int:
        months = self.records.months[self.first if first is None else first : self.last]
        level, keys = ("settlement", self.settlements) if self.groups is None else ("group", self.groups)
        return sum(month[level][name][key] for month in months for key in keys)

    def cohort(self, name: str) -> int:
        """Sum over requests raised in months of which sixty days lie before the end of the run."""
        level, keys = ("settlement", self.settlements) if self.groups is None else ("group", self.groups)
        total = 0
        for month in range(self.first, self.last):
            if 21 * (month + 1) + 60 <= 21 * len(self.records.months):
                total += sum(self.records.cohorts[level][name][month, key] for key in keys)
        return total

    @property
    def n_residents(self) -> int:
        if self.groups is not None:
            return sum(self.records.group_sizes[group] for group in self.groups)
        return sum(self.records.residents[settlement] for settlement in self.settlements)

    @property
    def last_year(self) -> int:
        return max(self.first, self.last - 12)

    # outcomes --------------------------------------------------------------------------------------------
    def of_offices(self) -> dict[str, float | None]:
        hours = {name: self.work("booked_minutes", name) for name in CLASSES}
        booked = sum(hours.values())
        arrived, present = self.work("arrived_minutes"), self.office("present_days")
        contracted, idle = self.office("contracted_minutes"), self.office("idle_minutes")
        posts, filled = self.office("post_days"), self.office("filled_post_days")
        worker_months = self.office("filled_posts")
        administrative = booked - hours["service"] - hours["self_government"]
        return {
            "workload_hours": ratio(arrived, 60 * present),
            "load_ratio": ratio(arrived, contracted),
            "utilisation": ratio(contracted - idle, contracted),
            "overtime_hours": ratio(self.office("overtime_minutes"), 60 * present),
            "administrative_share": ratio(administrative, booked),
            "red_tape_share": ratio(self.office("red_tape_minutes"), booked),
            "service_share": ratio(hours["service"], booked),
            "self_governance_share": ratio(hours["self_government"], booked),
            "idle_share": ratio(idle, contracted),
            "perfunctory_share": ratio(self.work("waived_minutes"), arrived),
            "turnover_per_year": ratio(252 * self.office("quits"), filled),
            "cohort_left_share": self.cohort_left_share(),
            "vacancy_share": ratio(posts - filled, posts),
            "burnout_share": ratio(self.office("burnt_out"), worker_months),
            "mean_tenure_years": ratio(
                self.office("tenure_days_sum", self.last - 1), 252 * self.office("filled_posts", self.last - 1)
            ),
            "worker_satisfaction": ratio(self.office("worker_satisfaction_sum"), 10**9 * worker_months),
            "backlog_days": ratio(self.office("backlog_minute_days"), contracted),
            "blocked_days": ratio(self.office("blocked_minute_days"), contracted),
            "cost_per_resident_year": self.cost(),
            "pay_relative": ratio(
                12 * self.office("pay_fen_sum"), 100 * Fraction(self.records.local_wage) * worker_months
            ),
            "pay_gini": self.pay_gini(),
        }

    def of_residents(self) -> dict[str, float | None]:
        year = self.last_year
        resident_months = self.n_residents * (self.last - year)
        raised = self.cohort("raised")
        unfinished = raised - self.cohort("closed")
        return {
            "satisfaction": ratio(self.people("satisfaction_sum", year), 10**9 * resident_months),
            "dissatisfied_share": ratio(self.people("dissatisfied", year), resident_months),
            "user_dissatisfied_share": ratio(self.people("dissatisfied_users"), self.people("closed")),
            "wait_days": ratio(self.cohort("waited_days") + 60 * unfinished, raised),
            "wait_days_closed": ratio(self.cohort("waited_days"), self.cohort("closed")),
            "resolution_share": ratio(self.cohort("met_in_time"), raised),
            "abandoned_share": ratio(self.cohort("given_up"), raised),
            "participation_share": ratio(self.people("participants", year), self.people("adults", year)),
            "requests_per_resident_year": ratio(
                12 * self.people("raised"), self.n_residents * (self.last - self.first)
            ),
            "voiced_share": ratio(self.people("raised"), self.people("latent")),
        }

    def all(self) -> dict[str, float | None]:
        return {**self.of_offices(), **self.of_residents(), "satisfaction_gap": self.satisfaction_gap()}

    def cohort_left_share(self) -> float | None:
        before = self.records.holders[max(self.first - 1, 0)]
        after = self.records.holders[self.last - 1]
        in_post = [
            post
            for post, holder in before.items()
            if holder is not None and self.records.home_of_post[post] in self.communities
        ]
        return ratio(sum(after[post] != before[post] for post in in_post), len(in_post))

    def cost(self) -> float | None:
        fen = self.office("cost_district_fen") + self.office("cost_own_fen")
        if self.is_whole:
            fen += self.records.street_fen * (self.last - self.first)
        return ratio(12 * fen, 100 * self.n_residents * (self.last - self.first))

    def pay_gini(self) -> float | None:
        """Return the mean difference of all pairs over twice the mean."""
        months = self.records.pay[self.last_year : self.last]
        posts = [post for post, home in self.records.home_of_post.items() if home in self.communities]
        pay = [sum(month[p] for month in months) for p in posts if all(p in month for month in months)]
        return ratio(sum(abs(a - b) for a in pay for b in pay), 2 * len(pay) * sum(pay))

    def satisfaction_gap(self) -> float | None:
        """Return the best less the worst tenth of settlements, ranked by the year before."""
        if self.first < 1 or len(self.records.residents) < 20 or not self.is_whole:
            return None
        residents = self.records.residents

        def level(months: range, settlements: list[str]) -> Fraction:
            total = sum(
                self.records.months[m]["settlement"]["satisfaction_sum"][s] for m in months for s in settlements
            )
            return Fraction(total, 10**9 * len(months) * sum(residents[s] for s in settlements))

        year_before = range(max(0, self.first - 12), self.first)
        ranked = sorted(residents, key=lambda s: level(year_before, [s]))
        tenth = len(ranked) // 10
        now = range(self.last_year, self.last)
        return float(level(now, ranked[-tenth:]) - level(now, ranked[:tenth]))


def ratio(top: int | Fraction, bottom: int | Fraction) -> float | None:
    """Return an exact quotient as a float, None where nothing is divided by."""
    return float(Fraction(top) / Fraction(bottom)) if bottom else None
