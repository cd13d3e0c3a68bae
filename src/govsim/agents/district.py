"""The district (区): the budget that pays communities and offices, and the permit board (准入委员会)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from govsim.agents.department import is_admitted
from govsim.agents.mesa_wall import mesa
from govsim.randomness import Decision, draw

if TYPE_CHECKING:
    from govsim.agents.department import Choice


class District(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """The district government, which funds posts and offices and decides what may enter a community."""

    def __init__(self, model: Any, name: str) -> None:
        super().__init__(model)
        self.id = name

    def public_pay_fen(self, post: int) -> int:
        """Return the public pay of a post a month, in fen, by the institution in force."""
        return int(self.model.charter.posts[post].public_pay_fen)

    def hear(self, key: Any, month: int, asked: list[tuple[Choice, float]]) -> list[bool]:
        """Return which of the matters that ask for a permit this month get one.

        Parameters
        ----------
        asked
            Each matter with the strictness that holds for its department.
        """
        p = self.model.institution.parameters
        places = sorted(range(len(asked)), key=lambda i: draw(key, Decision.HEARD, asked[i][0].matter.entity, month))
        heard = frozenset(places[: math.floor(p["permit.board_cases_per_month"])])
        won = p["permit.appeals_won_share"]
        return [
            i in heard
            and (
                is_admitted(key, month, choice.matter, strictness)
                or draw(key, Decision.APPEALED, choice.matter.entity, month) < won
            )
            for i, (choice, strictness) in enumerate(asked)
        ]
