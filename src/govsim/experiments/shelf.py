"""A shelf of bounded size: what was put down or asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable


class Shelf:
    """Values by key, as many as fit.

    Parameters
    ----------
    max_bytes
        What all values together may take.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.n_bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def values(self) -> list[Any]:
        """Return all values, which does not count as asking for them."""
        return [value for value, _ in self._kept.values()]

    def keep(self, key: Hashable, value: Any, n_bytes: int) -> None:
        """Keep a value; one that is larger than the shelf is not kept."""
        if n_bytes > self.max_bytes:
            return
        self._drop(key)
        while self.n_bytes + n_bytes > self.max_bytes:
            self._drop(next(iter(self._kept)))
        self._kept[key] = (value, n_bytes)
        self.n_bytes += n_bytes

    def get(self, key: Hashable) -> Any:
        """Return the value of a key, or None."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def _drop(self, key: Hashable) -> None:
        _, n_bytes = self._kept.pop(key, (None, 0))
        self.n_bytes -= n_bytes
