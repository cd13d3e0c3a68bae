"""How many keyed draws and rows a run needs, counted from its books and part 4 of the ODD page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.institution.catalogue import SizeRule
from govsim.recording.tables import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.institution.institution import Institution
    from govsim.model import GovernanceModel


@dataclass(frozen=True)
class Work:
    """What a run had to do.

    Attributes
    ----------
    days, residents, communities, posts, streets, offices, units
        The run and its tables.
    latent, raised, calls, answered, repeats, closed, met, given_up
        Needs, and what became of requests.
    jobs, created, done, open_items
        Jobs that came up, items made of jobs and requests, those done, and those open on average.
    street_cases, street_returns, cases
        Cases that arrived at streets, those sent back by them, and cases that arrived at any office.
    events, invitations, acts
        Events of self-government, residents asked, and those who came.
    worker_days, years
        Days of filled posts, and years in which needs were listed.
    sized_jobs, sized_requests
        Shares whose minutes are drawn.
    adult_share, highest_chance
        Of residents, and the chance of voicing that none exceeds.
    """

    days: int
    residents: int
    communities: int
    posts: int
    streets: int
    offices: int
    units: int
    latent: int
    raised: int
    calls: int
    answered: int
    repeats: int
    closed: int
    met: int
    given_up: int
    jobs: int
    created: int
    done: int
    open_items: float
    street_cases: int
    street_returns: int
    cases: int
    events: int
    invitations: float
    acts: int
    worker_days: int
    years: int
    sized_jobs: float
    sized_requests: float
    adult_share: float
    highest_chance: float

    @property
    def opened(self) -> int:
        """Requests that came to a community."""
        return self.raised - self.answered

    @property
    def job_items(self) -> int:
        """Jobs that came down to a community."""
        return self.created - self.opened - self.repeats


def work_of(model: GovernanceModel) -> Work:
    """Return what a run had to do; it must have gone to the end of a month."""
    book, people, institution = model.recording, model.state.people, model.institution
    catalogue, streets = institution.catalogue, len(model.streets)
    events = int(book.communities["events"].sum())
    return Work(
        days=model.day,
        residents=len(people.residents),
        communities=len(people.communities),
        posts=len(people.posts),
        streets=streets,
        offices=len(model.state.work.offices),
        units=len(model.charter.units),
        jobs=int(book.origins["issued"].sum()),
        created=int(book.communities["created"].sum()),
        done=int(book.communities["done"].sum()),
        open_items=float(book.communities["open_item_days"].sum()) / model.day,
        street_cases=int(book.offices["cases"][:, :streets].sum()),
        street_returns=int(book.offices["returned"][:, :streets].sum()),
        cases=int(book.offices["cases"].sum()),
        events=events,
        invitations=events * float(institution.parameters["participation.invitations"]),
        acts=int(book.communities["acts"].sum()),
        worker_days=int(book.communities["filled_post_days"].sum()),
        years=-(-model.day // 252),
        sized_jobs=_sized_share((each.size_rule, each.jobs_per_year) for each in catalogue.mandates),
        sized_requests=_sized_share((each.size_rule, each.share) for each in catalogue.requests),
        adult_share=1.0 - float(GROUPS["minor"](people.residents["group"]).mean()),
        highest_chance=_highest_chance(institution),
        **{
            name: int(book.settlements[name].sum())
            for name in ("latent", "raised", "calls", "answered", "repeats", "closed", "met", "given_up")
        },
    )


def _sized_share(rules: Iterable[tuple[SizeRule, float]]) -> float:
    """Return the share, by weight, whose minutes are drawn and not fixed."""
    weights = list(rules)
    return sum(weight for rule, weight in weights if rule != SizeRule.FIXED) / sum(weight for _, weight in weights)


def _highest_chance(institution: Institution) -> float:
    """Return the chance of voicing a need that is met for certain and takes no way: section 7.3 of the ODD page."""
    value, cost = (float(institution.parameters[name]) for name in ("voice.value", "voice.learning_cost"))
    return 1.0 / (1.0 + math.exp(cost - value))


def draws_of(work: Work) -> dict[str, float]:
    """Return how many numbers a run draws by decision, those of the monthly decisions in Python left out."""
    months = work.days / 21
    return {
        "NEED_COUNT": work.residents * work.years,
        "NEED_DAY": work.latent,
        "NEED_VOICED": work.latent,
        "REQUEST_IDENTITY": work.raised,
        "CHANNEL": work.raised,
        "DISPATCHED": work.calls,
        "REQUEST_KIND": work.opened,
        "DESK": work.opened,
        "SIZE": work.opened * work.sized_requests + work.jobs * work.sized_jobs,
        "ORDER": work.created,
        "PATIENCE": work.opened + work.repeats,
        "AUTHORITY": work.done,
        "MET": work.closed - work.answered,
        "REPEAT": work.closed - work.met + work.given_up,
        "JOB_COUNT": work.units * months,
        "JOB_DAY": work.jobs,
        "COORDINATED": work.street_cases,
        "DEPARTMENT": work.street_cases - work.street_returns,
        "CASE_IDENTITY": work.cases,
        "RETURNED": work.cases,
        "EVENT_IDENTITY": work.events,
        "INVITED": work.invitations,
        "JOINED": work.invitations * work.adult_share,
        "LABOUR": work.acts,
        "ABSENT": work.worker_days,
        "REST_DAY_DUTY": work.worker_days / 5,
        "REPORTED": 4 * work.communities * months,
    }
