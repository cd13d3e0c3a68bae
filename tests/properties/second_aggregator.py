"""Every outcome a second time (I10): from the records of the plain reference, in plain Python, slowly.

Written from ``mechanisms.md`` part 5 and part 8 of the ODD page. Nothing is shared with ``govsim.recording``.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govsim.randomness import Decision, draw, run_key, text_entity
from tests.reference.model import ReferenceModel

if TYPE_CHECKING:
    from tests.reference.worlds import Scenario

CLASSES = {"administration": 0, "inspection": 1, "census": 2, "meeting": 3, "service": 4, "self_government": 5}
FATES = {"down": 0, "permit": 1, "ad_hoc": 2, "declined": 3, "done_above": 4, "bought": 5, "let_be": 6}
REPORTED = ("ended", "done_by_community", "done", "closed", "resolved_by_community", "resolved")


class Records:
    """A run of the reference with what the outcomes need from each month."""

    def __init__(self, scenario: Scenario, seed: int, replicate: int) -> None:
        model = ReferenceModel(scenario, seed=seed, replicate=replicate)
        self.months: list[dict[str, dict[str, dict]]] = model.recorded
        self.cohorts = model.cohorts
        self.warm_up = 12 * scenario.calendar.warm_up_years
        self.holders: list[dict[Any, int | None]] = []
        self.pay: list[dict[Any, int]] = []
        self.home_of_post = {(post.home.id, post.number): post.home.id for post in model.posts}
        self.kept: list[dict[str, Fraction]] = []
        for _ in range(scenario.calendar.n_months):
            were_filled = [post for post in model.posts if post.is_filled]
            model.run_for_months(1)
            self.pay.append({(post.home.id, post.number): post.pay_fen for post in were_filled})
            self.holders.append(
                {(post.home.id, post.number): post.holder if post.is_filled else None for post in model.posts}
            )
            self.kept.append({community.id: kept_inspections(model, community) for community in model.communities})
        self.residents = {settlement.id: len(settlement.residents) for settlement in model.settlements}
        self.community_of = {settlement.id: settlement.community.id for settlement in model.settlements}
        self.communities = [community.id for community in model.communities]
        self.group_sizes = dict.fromkeys(range(12), 0)
        for resident in model.residents:
            self.group_sizes[resident.group] += 1
        self.local_wage = model.p["pay.local_wage_yuan_per_year"]
        self.p, self.key = model.p, run_key(seed, replicate)
        self.streets = [street.key for street in model.streets]
        self.departments = [department.key for department in model.departments]
        self.reports = [{c: self.report(month, c) for c in self.communities} for month in range(len(self.months))]

    def report(self, month: int, community: str) -> dict[str, int]:
        """Return what is reported of a community and month, by the formula of part 8."""
        books, by_class = self.months[month], self.months[month]["community_class"]
        due = [CLASSES[name] for name in ("administration", "inspection", "census", "meeting")]
        ended = sum(by_class["done"][community, w] + by_class["dropped"][community, w] for w in due)
        own = [settlement for settlement, home in self.community_of.items() if home == community]
        answered = sum(books["settlement"]["answered"][s] for s in own)
        closed, met = (sum(books["settlement"][name][s] for s in own) - answered for name in ("closed", "met"))
        jobs = self.embellished(month, community, ended, books["community"]["done_in_time"][community], 0)
        requests = self.embellished(month, community, closed, met, 2)
        return dict(zip(REPORTED, (ended, *jobs, closed, *requests), strict=True))

    def embellished(self, month: int, community: str, n: int, k: int, index: int) -> tuple[int, int]:
        """Return what the community, and with it its street, make of k out of n."""
        if n == 0:
            return 0, 0
        entity, p = text_entity(f"community:{community}"), self.p
        shortfall = max(0, p["reporting.target"] - k / n)
        attention = float(self.kept[month][community])
        share = (1 - p["reporting.audit_share"]) * attention * (1 - math.exp(-p["reporting.pressure"] * shortfall))
        said = [k]
        for more, chance in enumerate((share, share * p["reporting.street_interest"])):
            u45 = draw(self.key, Decision.REPORTED, entity, month, index + more)
            added = math.floor((n - said[-1]) * chance + u45) if chance > 0 else 0
            said.append(min(n, said[-1] + added))
        return said[1], said[2]


def kept_inspections(model: ReferenceModel, community: Any) -> Fraction:
    """Return the share of the inspections of a community, in a year, that may still be held; 0 without any."""
    a_year = [department.inspections_per_year for department in model.catalogue.departments]
    a_year.append(model.p["street.inspections_per_year"])
    edges = list(zip(map(Fraction, a_year), community.inspecting, strict=True))
    held = sum(per_year for per_year, _ in edges)
    return sum(per_year * Fraction(edge.kept_share) for per_year, edge in edges) / held if held else Fraction(0)


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

    def offices(self, name: str, keys: list[str]) -> int:
        return sum(month["office"][name][key] for month in self.records.months[self.first : self.last] for key in keys)

    def senders(self, name: str) -> int:
        return sum(sum(month["origin"][name].values()) for month in self.records.months[self.first : self.last])

    def reported(self, name: str) -> int:
        months = self.records.reports[self.first : self.last]
        return sum(month[c][name] for month in months for c in self.communities)

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
            "completion_share": ratio(self.office("done_in_time"), self.ended()),
            "reported_completion_share": ratio(self.reported("done"), self.ended()),
            "reported_resolution_share": ratio(
                self.reported("resolved"), self.people("closed") - self.people("answered")
            ),
            "take_up_share": ratio(self.office("take_up_sum"), 10**9 * self.office("entitled")),
            "personal_records_per_resident_year": ratio(
                12 * self.office("personal_records"), self.n_residents * (self.last - self.first)
            ),
            "cost_per_resident_year": self.cost(),
            "own_funds_cost_per_resident_year": ratio(
                12 * self.office("cost_own_fen"), 100 * self.n_residents * (self.last - self.first)
            ),
            "unpaid_hours_per_resident_year": ratio(
                12 * (self.office("overtime_minutes") + self.people("labour_minutes")),
                60 * self.n_residents * (self.last - self.first),
            ),
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
            "met_share": ratio(self.people("met"), self.people("closed")),
            "resolution_share": ratio(self.cohort("met_in_time"), raised),
            "abandoned_share": ratio(self.cohort("given_up"), raised),
            "participation_share": ratio(self.people("participants", year), self.people("adults", year)),
            "requests_per_resident_year": ratio(
                12 * self.people("raised"), self.n_residents * (self.last - self.first)
            ),
            "voiced_share": ratio(self.people("raised"), self.people("latent")),
            "labour_hours": ratio(12 * self.people("labour_minutes"), 60 * self.n_residents * (self.last - self.first)),
            "resident_hours_per_request": ratio(self.people("resident_minutes"), 60 * self.people("raised")),
        }

    def of_the_district(self) -> dict[str, float | None]:
        issued = {name: self.senders(f"issued_minutes_{number}") for name, number in FATES.items()}
        return {
            "street_load": self.load(self.records.streets),
            "department_load": self.load(self.records.departments),
            "ad_hoc_share": ratio(issued["ad_hoc"], issued["down"] + issued["permit"] + issued["ad_hoc"]),
            "department_cost_per_resident_year": ratio(
                12 * self.offices("cost_fen", self.records.departments),
                100 * self.n_residents * (self.last - self.first),
            ),
            "satisfaction_gap": self.satisfaction_gap(),
        }

    def all(self) -> dict[str, float | None]:
        return {**self.of_offices(), **self.of_residents(), **self.of_the_district()}

    def ended(self) -> int:
        """Return the jobs of classes 0 to 3 that ended."""
        due = ("administration", "inspection", "census", "meeting")
        return self.work("done", *due) + self.work("dropped", *due)

    def load(self, offices: list[str]) -> float | None:
        offered = ("own_minutes", "passing_minutes", "taken_minutes", "case_minutes")
        minutes = sum(self.offices(name, offices) for name in offered)
        return ratio(minutes, self.offices("capacity_minutes", offices))

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
            fen += self.offices("cost_fen", self.records.streets) + self.senders("bought_fen")
        return ratio(12 * fen, 100 * self.n_residents * (self.last - self.first))

    def pay_gini(self) -> float | None:
        """Return the mean difference of all pairs over twice the mean."""
        months = self.records.pay[self.last_year : self.last]
        posts = [post for post, home in self.records.home_of_post.items() if home in self.communities]
        pay = [sum(month[p] for month in months) for p in posts if all(p in month for month in months)]
        return ratio(sum(abs(a - b) for a in pay for b in pay), 2 * len(pay) * sum(pay))

    def satisfaction_gap(self) -> float | None:
        """Return the best less the worst tenth of settlements, ranked by the year before."""
        residents = self.records.residents
        if len(residents) < 20:
            return self.spread_of_settlements()
        if self.first < 1:
            return None

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

    def spread_of_settlements(self) -> float | None:
        """Return the standard deviation of settlements in the last month, less what the draw of residents explains."""
        residents, month = self.records.residents, self.records.months[self.last - 1]["settlement"]
        if len(residents) < 2:
            return None
        total = sum(residents.values())
        mean = {s: Fraction(month["satisfaction_sum"][s], 10**9 * n) for s, n in residents.items()}
        of_all = sum(residents[s] * mean[s] for s in residents) / total
        between = sum(residents[s] * (mean[s] - of_all) ** 2 for s in residents) / total
        # A level s is squared as s - e, e even between 0 and a step: E[s**2] = E[(s - e)**2] + step E[s] - step**2 / 6.
        step = Fraction(2**20, 10**9)
        square = {
            s: Fraction(month["satisfaction_square_sum"][s], n) * step**2 + step * mean[s] - step**2 / 6
            for s, n in residents.items()
        }
        # The variance of residents of a settlement over their number is the variance of the mean of a draw of them; of
        # that the mean of all, which the same residents make, takes the settlement's own share away.
        by_chance = sum(
            max(Fraction(0), square[s] - mean[s] ** 2) * (1 - Fraction(n, total)) for s, n in residents.items()
        )
        return math.sqrt(max(Fraction(0), between - by_chance / total))


def ratio(top: int | Fraction, bottom: int | Fraction) -> float | None:
    """Return an exact quotient as a float, None where nothing is divided by."""
    return float(Fraction(top) / Fraction(bottom)) if bottom else None
