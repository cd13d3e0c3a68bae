"""What a user is told: one clear sentence with the place, what is wrong and what would be right."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from govsim.language import Message

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is wrong; line and column count from 1, 0 when unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


class GovsimError(Exception):
    """Any error that the software expects and explains; never a traceback for the user."""


class ScenarioError(GovsimError):
    """A scenario, world, plan or setting that cannot be used.

    Parameters
    ----------
    message
        One sentence: what is wrong, what was given, what would be right.
    place
        The file, line and column, if there is one.
    others
        More sentences, each with its place; the message has a line for each already.

    Attributes
    ----------
    findings
        Every sentence with its place.
    """

    def __init__(self, message: str, place: Place | None = None, others: tuple[tuple[Place, str], ...] = ()) -> None:
        self.message = message
        self.place = place
        first = message.split("\n", 1)[0] if others else message
        self.findings = ((place or Place(""), first), *others)
        super().__init__(f"{place}: {message}" if place else message)


class InvariantError(GovsimError):
    """A conservation law failed: the run is invalid and must not be used."""


DID_YOU_MEAN: Final = Message(" Did you mean '{word}'?")
_REASONS: Final = {
    errno.EACCES: Message("not permitted"),
    errno.EPERM: Message("not permitted"),
    errno.EROFS: Message("the file system is read-only"),
    errno.ENOSPC: Message("no space is left"),
    errno.EFBIG: Message("files may not become so large here"),
    errno.EIO: Message("the disk reports an error"),
    errno.EDQUOT: Message("the quota is used up"),
    errno.ENOENT: Message("there is no such file or folder"),
    errno.EEXIST: Message("a file of this name is in the way"),
    errno.ENOTDIR: Message("a part of the path is no folder"),
    errno.EISDIR: Message("it is a folder"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ELOOP: Message("links lead round in a circle"),
}
_UNKNOWN_REASON: Final = Message("the system refuses, error {number}")
_NO_PATH: Final = Message("no path can hold such a character")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean '...'?`` for the nearest known word, or an empty string."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return DID_YOU_MEAN.format(word=near[0]) if near else ""


def reason_of(error: OSError | ValueError) -> str:
    """Return why a file cannot be read or written, in words."""
    number = getattr(error, "errno", None)
    if number is None:
        return str(_NO_PATH)
    known = _REASONS.get(number)
    return str(known) if known else _UNKNOWN_REASON.format(number=number)
