"""The district (区): the budget that pays communities and offices, and the permit board (准入委员会)."""

from __future__ import annotations

from typing import Any

from govsim.agents.mesa_wall import mesa


class District(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """The district government, which funds posts and offices and decides what may enter a community.

    Its permit board hears and admits in ``kernels/choosing.py``.
    """

    def __init__(self, model: Any, name: str) -> None:
        super().__init__(model)
        self.id = name

    def public_pay_fen(self, post: int) -> int:
        """Return the public pay of a post a month, in fen, by the institution in force."""
        return int(self.model.charter.posts[post].public_pay_fen)
