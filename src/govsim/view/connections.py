"""Connections that have to come to the point: waitress waits as long as a byte arrives now and then."""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel

SECONDS_TO_ASK = 10.0


class PromptChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed unless each request is whole soon after its first byte."""

    def __init__(self, *given: Any, **more: Any) -> None:
        self.began = 0.0
        super().__init__(*given, **more)

    def handle_read(self) -> None:
        """Read what has come, and note when the request has begun."""
        if self.request is None:
            self.began = time.monotonic()
        super().handle_read()

    def readable(self) -> bool:
        """Return whether more is wanted; asked at least once a second."""
        if self.request is not None and time.monotonic() - self.began > SECONDS_TO_ASK:
            self.will_close = True
        return bool(super().readable())
