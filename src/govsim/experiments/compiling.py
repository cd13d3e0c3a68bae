"""Compile every kernel that a run needs, before workers start and with a word to whoever waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.clock import Calendar
from govsim.compilation import cache_directory
from govsim.institution.institution import Institution
from govsim.institution.places import CommunityPlace, Places, SettlementPlace
from govsim.institution.relations import draw_relations
from govsim.institution.rules import RULES
from govsim.model import GovernanceModel
from govsim.scenarios.catalogue import DATA_FOLDER, read_catalogue, read_parameters
from govsim.scenarios.loader import PARAMETERS_CSV
from govsim.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable

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


def warm_up(announce: Callable[[], None] | None = None) -> None:
    """Run the tiny scenario, so that every kernel of a run is compiled and lies in the cache.

    Parameters
    ----------
    announce
        Called before, and only if nothing has been compiled on this machine yet.
    """
    # Numba makes the folder when it meets the first kernel; what is compiled has an index file in it.
    if announce is not None and not sorted(cache_directory().rglob("*.run_days-*.nbi")):
        announce()
    model = GovernanceModel(tiny_scenario())
    model.run()
    model.release()
