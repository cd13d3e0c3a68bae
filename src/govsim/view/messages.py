"""What the view's server says: pages that refuse, and why it cannot start."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.language import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT_IN_USE: Final = Message("--port {port}: another program listens there; choose another, or leave --port out.")
PORT_REFUSED: Final = Message("--port {port}: cannot listen there: {reason}.")
TRY_AGAIN: Final = Message("Load this page again")

REFUSALS: Final[Mapping[int, Message]] = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: Message("This is no request that the page of govsim makes."),
        HTTPStatus.FORBIDDEN: Message(
            "This page belongs to whoever started it. Open the whole address that govsim view has printed, from http "
            "to the end of the token; if you did, load this page again."
        ),
        HTTPStatus.NOT_FOUND: Message("There is nothing here."),
        HTTPStatus.METHOD_NOT_ALLOWED: Message("This address is not asked in that way."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Message("That is more than this page takes."),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Message("This page takes JSON and nothing else."),
    }
)
