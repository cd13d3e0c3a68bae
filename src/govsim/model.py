"""The model: the calendar and the visible order of a month and a day, nothing else."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from govsim.agents import DistrictModel
from govsim.clock import DAYS_PER_MONTH, DAYS_PER_WEEK
from govsim.kernels import stretch
from govsim.processes import PHASES, Situation
from govsim.processes.founding import found_state
from govsim.randomness import run_key, seed_of_world
from govsim.recording.profile import Profile
from govsim.recording.recorder import Recorder
from govsim.recording.series import MonthlySeries
from govsim.recording.tables import outcomes
from govsim.reforms.timetable import Timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    from govsim.clock import Calendar
    from govsim.institution.charter import Charter
    from govsim.institution.docket import Brief
    from govsim.institution.institution import Institution
    from govsim.recording.recorder import Recording
    from govsim.reforms import Reform
    from govsim.tables.state import State


class Scenario(Protocol):
    """What a model is built from."""

    @property
    def calendar(self) -> Calendar:
        """When the run begins and how long it is."""

    @property
    def institution(self) -> Institution:
        """The institution before any reform."""

    @property
    def reforms(self) -> tuple[Reform, ...]:
        """Dated reforms."""


@dataclass(frozen=True)
class Snapshot:
    """A copy of everything that a run needs to go on; it may go on under other reforms."""

    day: int
    month_is_open: bool
    units: Any
    state: State
    recorder: Recorder

    @property
    def n_bytes(self) -> int:
        """Bytes of its tables; what copies of a run share is counted for each."""
        return self.state.n_bytes + self.recorder.n_bytes


class GovernanceModel(DistrictModel):
    """One district under a scenario, an ordinary Mesa model whose step is a working day.

    Parameters
    ----------
    scenario
        Calendar, institution and reforms; ``govsim.load_scenario`` returns one.
    seed
        Root seed; together with ``replicate`` it keys every draw.
    replicate
        Number of the replicate; arms of a comparison share it.
    resume_from
        A ``snapshot()`` of a run of the same places, seed and replicate.
    timetable
        That of the scenario, where several of its runs share what is compiled.
    profiled
        Whether to run phase by phase and keep the time of each in ``profile``; the results are the same.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        replicate: int = 0,
        *,
        resume_from: Snapshot | None = None,
        timetable: Timetable | None = None,
        profiled: bool = False,
    ) -> None:
        started = time.perf_counter()
        super().__init__(seed)
        self.scenario = scenario
        self.seed_and_replicate = (seed, replicate)
        self.seconds_run = 0.0
        self._timetable = timetable or Timetable(scenario.institution, scenario.reforms, scenario.calendar)
        self.profile = Profile() if profiled else None
        self._situation = self._start(seed, replicate, resume_from)
        self._make_agents()
        self.seconds_build = time.perf_counter() - started

    def _start(self, seed: int, replicate: int, resume_from: Snapshot | None) -> Situation:
        day = resume_from.day if resume_from else 0
        self._regime = self._timetable.regime(day // DAYS_PER_MONTH)
        institution, charter, docket = self._regime
        key = run_key(seed_of_world(seed, self.scenario.institution.places.drawn_as), replicate)
        if resume_from and resume_from.recorder.calendar != self.scenario.calendar:
            message = "a snapshot can only be resumed under the calendar it was taken from: same start, same years"
            raise ValueError(message)
        if resume_from and resume_from.month_is_open and not np.array_equal(resume_from.units, charter.units["entity"]):
            # The jobs of the month are listed by unit.
            message = "a snapshot from inside a month can only be resumed where the same communities are joined"
            raise ValueError(message)
        if resume_from:
            state, self._recorder = resume_from.state.copy(), resume_from.recorder.copy()
        else:
            state = found_state(key, institution, charter, self.scenario.calendar)
            self._recorder = Recorder(self.scenario.calendar)
        self._month_is_open = resume_from.month_is_open if resume_from else False
        return Situation(key, self.scenario.calendar, day, institution, charter, docket, state)

    # ------------------------------------------------------------------ time
    @property
    def day(self) -> int:
        """Working days run so far, the number of the next day."""
        return self._situation.day

    @property
    def month(self) -> int:
        """The month of the next day."""
        return self.day // DAYS_PER_MONTH

    def step(self) -> None:
        """Run one working day, phase by phase."""
        self._check_horizon(self.day + 1)
        self._guarded(self._step)

    def run_for(self, days: int) -> None:
        """Run this many working days, fused between the ends of months."""
        self._check_horizon(self.day + days)
        self._guarded(self._run_to, self.day + days)

    def run_until(self, label: str) -> None:
        """Run up to the first day of a calendar month such as ``2008-03``."""
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", label):
            message = f"a month is written like 2008-03, not {label!r}"
            raise ValueError(message)
        year, month = label.split("-")
        day = DAYS_PER_MONTH * self.scenario.calendar.month_of(int(year), int(month))
        self._check_horizon(day)
        self._guarded(self._run_to, day)

    def run(self) -> None:
        """Run to the end of the horizon."""
        self._guarded(self._run_to, self.scenario.calendar.n_days)

    run_model = run

    def _check_horizon(self, day: int) -> None:
        days = self.scenario.calendar.n_days
        if day < self.day:
            message = f"day {day} lies behind day {self.day}; a run goes forward only, a snapshot can be resumed"
            raise ValueError(message)
        if day > days:
            message = f"day {day} lies beyond the horizon of {days} days; make the scenario's horizon.years longer"
            raise ValueError(message)

    def _guarded(self, work: Any, *arguments: Any) -> None:
        started = time.perf_counter()
        self._is_running = True
        try:
            work(*arguments)
        finally:
            self._is_running = False
            self.seconds_run += time.perf_counter() - started

    def _step(self) -> None:
        situation = self._situation
        self._open_month()
        self._make_room()
        for phase in PHASES:
            is_week_end = situation.day % DAYS_PER_WEEK == DAYS_PER_WEEK - 1
            if phase.every == "day" or (phase.every == "week end" and is_week_end):
                self._carry_out(phase.name, phase, situation)
        situation.day += 1
        self._close_month()

    def _run_to(self, end: int) -> None:
        situation = self._situation
        before = situation.day
        while situation.day < end:
            if self.profile is not None:  # a fused stretch cannot tell its phases apart
                self._step()
                continue
            self._open_month()
            stop = min(end, (situation.day // DAYS_PER_MONTH + 1) * DAYS_PER_MONTH)
            state = situation.state
            situation.day = int(
                stretch.run_days(
                    situation.key,
                    situation.day,
                    stop,
                    situation.charter,
                    state.people,
                    state.work,
                    state.plan,
                    state.book,
                )
            )
            if situation.day < stop:
                self._make_room()
            else:
                self._close_month()
        self.steps += situation.day - before

    def _carry_out(self, name: str, work: Callable[..., None], *arguments: Any) -> None:
        if self.profile is None:
            work(*arguments)
        else:
            self.profile.carry_out(name, work, *arguments)

    def _make_room(self) -> None:
        """Let the pool of open work grow until what can come up today has room."""
        state = self._situation.state
        if not stretch.room_for(self.day, state.work, state.plan):
            state.grow_pool(stretch.can_come_up(self.day, state.work, state.plan))

    def _open_month(self) -> None:
        situation = self._situation
        if self._month_is_open or situation.day % DAYS_PER_MONTH:
            return
        self._carry_out("start_due_reforms", self.start_due_reforms)
        situation.state.clear_month()
        for phase in PHASES:
            if phase.every == "month start":
                self._carry_out(phase.name, phase, situation)
        self._month_is_open = True

    def _close_month(self) -> None:
        situation = self._situation
        if not self._month_is_open or situation.day % DAYS_PER_MONTH:
            return
        # Institutions decide on the last day of the month, which has just been run.
        situation.day -= 1
        for phase in PHASES:
            if phase.every == "month end":
                self._carry_out(phase.name, phase, situation)
        self._carry_out("record", self._recorder.record, self.month, situation)
        situation.day += 1
        self._month_is_open = False

    # -------------------------------------------------------------- reforms
    def start_due_reforms(self) -> None:
        """Put the institution of this month in force: the baseline amended by every active reform."""
        regime = self._timetable.regime(self.month)
        if regime is not self._regime:
            self._regime = regime
            self._situation.institution, self._situation.charter, self._situation.docket = regime

    @property
    def institution(self) -> Institution:
        """The institution in force."""
        return self._situation.institution

    @property
    def charter(self) -> Charter:
        """The institution in force as arrays."""
        return self._situation.charter

    @property
    def docket(self) -> tuple[Brief, ...]:
        """What departments and the permit board decide on, by the institution of the last month that began."""
        return self._situation.docket.briefs

    # ---------------------------------------------------------- observation
    @property
    def state(self) -> State:
        """The exact state."""
        return self._situation.state

    @property
    def recording(self) -> Recording:
        """What was observed up to the last month that ended."""
        return self._recorder.recording(self.state, self.charter)

    @property
    def digest(self) -> str:
        """The digest chain up to the last month that ended; empty before."""
        return self._recorder.digests[-1] if self._recorder.digests else ""

    @property
    def datacollector(self) -> MonthlySeries:
        """The monthly outcomes behind Mesa's method names."""
        return MonthlySeries(self.recording)

    def outcomes(self) -> dict[str, float | None]:
        """Return every outcome over the reported part of the run; an undefined ratio is None."""
        return outcomes(self.recording)

    # -------------------------------------------------------------- copying
    def snapshot(self) -> Snapshot:
        """Return a copy of everything the run needs to go on."""
        units = self.charter.units["entity"].copy()
        return Snapshot(self.day, self._month_is_open, units, self.state.copy(), self._recorder.copy())

    def branch(self, scenario: Scenario, timetable: Timetable | None = None) -> GovernanceModel:
        """Return a run of another scenario that goes on from here; this run stays where it is."""
        here = Snapshot(self.day, self._month_is_open, self.charter.units["entity"], self.state, self._recorder)
        return GovernanceModel(scenario, *self.seed_and_replicate, resume_from=here, timetable=timetable)

    def release(self) -> None:
        """Let the memory go, tables included; the model cannot be used afterwards."""
        super().release()
        del self._situation
