"""The profile of a run as rows, as JSON and as a table for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.table import Table
from rich.text import Text

from govsim.clock import DAYS_PER_MONTH
from govsim.language import LANGUAGES, Message, using
from govsim.processes import PHASES

if TYPE_CHECKING:
    from govsim.experiments.runs import Run
    from govsim.recording.profile import Profile

REFORMS: Final = "start_due_reforms"
RECORD: Final = "record"
REST: Final = "rest"

HEADING: Final = Message("Model time by phase")
COLUMNS: Final = (
    Message("what"),
    Message("phase"),
    Message("seconds"),
    Message("share"),
    Message("milliseconds\neach"),
)
NUMERIC: Final = COLUMNS[2:]
EACH: Final = {"day": Message("Each working day"), "month": Message("Each month")}
IN_ALL: Final = Message("In all")

# A word or two a phase; what each does is a sentence of the ODD page.
TITLES: Final = {
    REFORMS: Message("reforms that are due"),
    "join_communities": Message("villages join or part"),
    "set_pay": Message("pay"),
    "assign_duties": Message("duties and hand-over"),
    "foresee_needs": Message("needs of the year"),
    "choose_routes": Message("departments choose routes"),
    "schedule_jobs": Message("jobs of the month"),
    "receive": Message("work sent on arrives"),
    "raise_requests": Message("residents raise requests"),
    "issue_jobs": Message("jobs are issued"),
    "drop_overdue": Message("overdue work is dropped"),
    "serve_communities": Message("communities serve"),
    "serve_streets": Message("street offices serve"),
    "serve_departments": Message("departments serve"),
    "serve_rest_day": Message("rest-day shift"),
    "build_strain": Message("exhaustion of workers"),
    "count_day": Message("count of open work"),
    "leave_and_hire": Message("leaving and hiring"),
    "renew_stock": Message("stock of self-government"),
    "reach_entitled": Message("take-up of entitlements"),
    "settle_opinion": Message("residents' opinion"),
    "pay_out": Message("money paid out"),
    "note_loads": Message("loads of offices"),
    RECORD: Message("books checked and kept"),
    REST: Message("between phases"),
}


@dataclass(frozen=True)
class PhaseTime:
    """What one phase took.

    Attributes
    ----------
    phase
        Its name on the ODD page; ``start_due_reforms``, ``record`` and ``rest`` stand beside the phases.
    each
        ``day`` or ``month``, of which ``milliseconds`` is the mean; a phase of the week's end counts by the day.
    calls
        How often it was carried out; None for ``rest``.
    seconds, share
        In all, and of the whole model time.
    milliseconds
        For each working day or month run.
    """

    phase: str
    each: str
    calls: int | None
    seconds: float
    share: float
    milliseconds: float


def phase_times(profile: Profile, seconds: float, days: int) -> list[PhaseTime]:
    """Return what each phase took of a run of so many seconds and working days, in the order of a month."""
    daily = {phase.name for phase in PHASES if phase.every in {"day", "week end"}}
    order = [REFORMS, *(phase.name for phase in PHASES), RECORD]
    counted = [(name, profile.calls[name], profile.seconds[name]) for name in order if name in profile.seconds]
    rest = seconds - sum(taken for _, _, taken in counted)
    return [
        PhaseTime(
            phase=name,
            each="day" if name in daily or name == REST else "month",
            calls=calls,
            seconds=taken,
            share=taken / seconds,
            milliseconds=1000.0 * taken / (days if name in daily or name == REST else days / DAYS_PER_MONTH),
        )
        for name, calls, taken in (*counted, (REST, None, rest))
    ]


def profile_of(run: Run) -> list[PhaseTime]:
    """Return what each phase of a run took; nothing if it was not profiled."""
    return phase_times(run.profile, run.seconds["run"], run.days) if run.profile is not None else []


def profile_entries(run: Run) -> list[dict[str, Any]]:
    """Return the profile of a run as plain values, with the name of each phase in every language."""
    return [
        {
            "phase": each.phase,
            **{lang: _title(each.phase, lang) for lang in LANGUAGES},
            "calls": each.calls,
            "seconds": each.seconds,
            "share": each.share,
            f"milliseconds_per_{each.each}": each.milliseconds,
        }
        for each in profile_of(run)
    ]


def profile_table(run: Run, lang: str) -> Table:
    """Return the profile of a run as a table, what happens daily before what happens monthly."""
    with using(lang):
        table = Table(title=str(HEADING), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in COLUMNS:
            is_numeric = column in NUMERIC
            table.add_column(str(column), justify="right" if is_numeric else "left", no_wrap=is_numeric)
        for each, heading in EACH.items():
            table.add_row(Text(str(heading), style="bold"))
            for time in profile_of(run):
                if time.each == each:
                    table.add_row(f"  {TITLES[time.phase]}", time.phase, *_numbers(time))
            table.add_section()
        table.add_row(Text(str(IN_ALL), style="bold"), "", f"{run.seconds['run']:.3f}")
    return table


def _numbers(time: PhaseTime) -> tuple[str, str, str]:
    return f"{time.seconds:.3f}", f"{time.share:.1%}", f"{time.milliseconds:.3f}"


def _title(phase: str, lang: str) -> str:
    with using(lang):
        return str(TITLES[phase])
