"""Who gains and who loses: the paired effect on one outcome in every group of residents or every place."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.multiplicity import holm
from govsim.experiments.pairing import PairedEffect, paired_effect
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import by_community, by_resident_group, by_settlement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govsim.recording.recorder import Recording

TABLES: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {"resident_group": by_resident_group, "community": by_community, "settlement": by_settlement}
)


def effects_by_group(
    without: Sequence[Recording], with_reform: Sequence[Recording], outcome: str, by: str
) -> dict[Any, PairedEffect]:
    """Return the effect on an outcome in each group, in the order of its table; recordings are paired in their order.

    ``p_holm`` is corrected over all groups, so that some of a hundred are not called losers by chance alone. A group
    in which the outcome is undefined, as in a community that joined others, has no difference.

    Raises
    ------
    ValueError
        If groups of this kind have no such outcome, or recordings do not make pairs.
    """
    if by not in TABLES:
        message = f"{by!r} is none of {', '.join(TABLES)}"
        raise ValueError(message)
    if not without or len(without) != len(with_reform):
        message = f"{len(without)} and {len(with_reform)} recordings do not make pairs"
        raise ValueError(message)
    frames = [TABLES[by](recording, (outcome,)) for recording in (*without, *with_reform)]
    if outcome not in frames[0].columns:
        message = f"{outcome} is not known by {by}"
        raise ValueError(message)
    rows = zip(*([_defined(value) for value in frame[outcome]] for frame in frames), strict=True)
    n = len(without)
    effects = [paired_effect(values[:n], values[n:], OUTCOMES[outcome].better) for values in rows]
    corrected = holm([effect.p_value for effect in effects])
    return {key: replace(effect, p_holm=p) for key, effect, p in zip(frames[0].index, effects, corrected, strict=True)}


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
