"""The mapping that ``model.agents_by_type`` shows: Mesa's own, and residents made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govsim.agents.resident import Resident


class AgentsByType(Mapping[type, Any]):
    """From the class of an agent to the ``AgentSet`` of its agents.

    Mesa probes its private dictionary when an agent registers, so the residents must not appear there by
    themselves: this mapping completes them when it is asked for ``Resident``.
    """

    def __init__(self, model: Any, registered: dict[type, Any]) -> None:
        self._model = model
        self._registered = registered

    def __getitem__(self, kind: type) -> Any:
        if kind is Resident:
            self._model.make_all_residents()
        if kind not in self._registered:
            raise KeyError(kind)
        return self._registered[kind]

    def __iter__(self) -> Iterator[type]:
        yield from (kind for kind in self._registered if kind is not Resident)
        yield Resident

    def __len__(self) -> int:
        return len(set(self._registered) | {Resident})
