"""Where the time of a year of a million residents goes, phase by phase, and what monthly decisions in Python take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import LIANDU, XIHU_PERMIT, run_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MILLION = 1_000_000
REPEATS = 3
MONTHS = 12
# Phases that are Python and decide; the rest of a month is compiled or keeps books.
DECIDING = ("start_due_reforms", "choose_routes")


def rows() -> Iterator[Row]:
    """Profile a year without a reform and one with a permit."""
    for name, what, path in (("none", "no reform", LIANDU), ("permit", "a permit", XIHU_PERMIT)):
        say(f"  profiles of a million residents, {what}")
        scenario = year_of(MILLION, path)
        profiles = [_profile(scenario) for _ in range(REPEATS + 1)][1:]  # the first loads the phases
        deciding = tuple(1000 * sum(each[phase] for phase in DECIDING) / MONTHS for each in profiles)
        text = f"monthly decisions in Python, a million residents, {what}"
        yield Row(f"decisions-{name}", text, "ms", deciding, at_most(5))
        if path == LIANDU:
            yield from by_phase(profiles)


def by_phase(profiles: list[dict[str, float]]) -> Iterator[Row]:
    """Return a line for each phase: its milliseconds of a year."""
    from govsim.experiments.profiling import TITLES

    for phase, title in TITLES.items():
        if phase in profiles[0]:
            yield Row(f"phase-{phase}", str(title), "ms", tuple(1000 * each[phase] for each in profiles))


def _profile(scenario: Any) -> dict[str, float]:
    from govsim.experiments.profiling import phase_times

    model = run_of(scenario, profiled=True)
    times = phase_times(model.profile, model.seconds_run, model.day)
    model.release()
    return {each.phase: each.seconds for each in times}
