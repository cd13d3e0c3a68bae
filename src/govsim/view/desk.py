"""What a view knows on its server: places, choices that have been checked, and the bench that does the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.followed import Arms, follow_resident, follow_thing, follow_worker
from govsim.experiments.reach import institution_at_end
from govsim.experiments.shelf import Shelf
from govsim.view.arms import arms_of, resolved_arms
from govsim.view.bench import ROOT_SEED
from govsim.view.choice import Choice, choice_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.institution.institution import Institution
    from govsim.scenarios.loader import Resolved
    from govsim.view.bench import Job, Workbench
    from govsim.view.places import ViewedPlace

_MOST_CHECKED: Final = 256
_YEAR: Final = 12
# Models take memory, so one thing is followed at a time.
_FOLLOWING: Final = Lock()


@dataclass(frozen=True)
class Checked:
    """A choice that can be run.

    Attributes
    ----------
    baseline, reform
        What it stands for.
    names
        Their fingerprints.
    lives
        What was followed, by kind, month and number.
    """

    choice: Choice
    place: ViewedPlace
    baseline: Resolved
    reform: Resolved
    names: tuple[str, str]
    lives: dict[tuple[str, int, int], tuple[Any, Any] | None] = field(default_factory=dict)

    @cached_property
    def institutions(self) -> tuple[Institution, Institution]:
        """At baseline, and as the reforms leave it in the last month."""
        scenario = self.reform.scenario
        return scenario.institution, institution_at_end(scenario)

    def followed(self, who: str, month: int, number: int) -> tuple[Any, Any] | None:
        """Return the same job, request, worker or resident in both arms of replicate 0, or None if there is none.

        The models run here and now, one at a time: a second for a hundred thousand residents.
        """
        calendar = self.baseline.scenario.calendar
        key = (who, month, number)
        with _FOLLOWING:
            if key not in self.lives:
                arms = Arms(self.baseline.scenario, self.reform.scenario, ROOT_SEED)
                n_months = min(_YEAR, calendar.n_months - month)
                if who == "worker":
                    self.lives[key] = follow_worker(arms, month, number, n_months)
                elif who == "resident":
                    self.lives[key] = follow_resident(arms, month, number, n_months)
                else:
                    self.lives[key] = follow_thing(arms, who, month, number)
            return self.lives[key]


class Desk:
    """Answers pages, each of which says all that it wants; nothing here belongs to one of them."""

    def __init__(self, places: Mapping[str, ViewedPlace], bench: Workbench, lang: str = "en") -> None:
        self.places = places
        self.bench = bench
        self.lang = lang
        self._checked = Shelf(_MOST_CHECKED)
        self._lock = Lock()

    def choice(self, query: str) -> Choice:
        """Return what an address bar says."""
        return choice_of(query, self.places, self.lang)

    def checked(self, query: str) -> Checked:
        """Return a choice with its scenarios.

        Raises
        ------
        ScenarioError
            If a value cannot be used.
        """
        with self._lock:
            known: Checked | None = self._checked.get(query)
        if known is not None:
            return known
        choice = self.choice(query)
        place = self.places[choice.place]
        baseline, reform = resolved_arms(choice, place)
        names = baseline.scenario.fingerprint(), reform.scenario.fingerprint()
        checked = Checked(choice, place, baseline, reform, names)
        with self._lock:
            self._checked.keep(query, checked, 1)
        return checked

    def job(self, checked: Checked, page: str = "") -> Job:
        """Return the work that a choice asks for."""
        return self.bench.job(checked.names, arms_of(checked.baseline, checked.reform), checked.choice.seeds, page)
