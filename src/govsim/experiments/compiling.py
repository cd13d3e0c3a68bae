"""Compile every kernel that a run needs, before workers start and with a word to whoever waits."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from govsim.clock import Calendar
from govsim.compilation import is_complete, note_complete, reporting
from govsim.institution.institution import Institution
from govsim.institution.places import CommunityPlace, Places, SettlementPlace
from govsim.institution.relations import draw_relations
from govsim.institution.rules import RULES
from govsim.model import GovernanceModel
from govsim.scenarios.catalogue import DATA_FOLDER, read_catalogue, read_parameters
from govsim.scenarios.loader import PARAMETERS_CSV
from govsim.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PLACES: Final = Places(
    district="tiny-district",
    communities=(CommunityPlace("tiny", "Tiny", "微型社区", "tiny-street", 1, False, 0, 0),),
    settlements=(SettlementPlace("tiny-old", "Tiny old quarter", "微型老城片", "tiny", 100, 0.5),),
)


def tiny_scenario() -> Scenario:
    """Return one post that serves a hundred residents for a year, with the package's own catalogue."""
    catalogue, parameters = read_catalogue(DATA_FOLDER), read_parameters(PARAMETERS_CSV)
    rules = {name: next(iter(members)) for name, members in RULES.items()}
    relations = draw_relations(_PLACES, catalogue, parameters)
    return Scenario(
        id="tiny",
        title_en="Synthetic: one post",
        title_zh="合成情景：一个岗位",
        description_en="",
        description_zh="",
        as_of=2007,
        calendar=Calendar(2007, 1, years=1, warm_up_years=0),
        institution=Institution(_PLACES, catalogue, parameters, rules, relations),
        reforms=(),
        path="",
    )


def warm_up(
    announce: Callable[[], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    by_phase: bool = False,
) -> None:
    """Run the tiny scenario unless that was done before, so that every kernel of a run is compiled and kept.

    Parameters
    ----------
    announce
        Called before, if there is anything to compile.
    progress
        Called with the number of kernels that have been compiled and with that of all.
    by_phase
        Whether runs will be stepped or profiled, which takes each phase of a day for itself.
    """
    what = "phases" if by_phase else "runs"
    if is_complete(what):
        return
    if announce is not None:
        announce()
    with reporting(progress or _tell_nobody), _garbage_left():
        load_kernels(by_phase=by_phase)
    note_complete(what)


def load_kernels(*, by_phase: bool = False) -> None:
    """Run the tiny scenario, so that this process has every kernel of a run at hand."""
    model = GovernanceModel(tiny_scenario(), profiled=by_phase)
    model.run()
    model.release()


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Let the collector rest: compiling makes millions of objects that stay, and looking through them takes a sixth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell_nobody(_done: int, _of: int) -> None:
    pass
