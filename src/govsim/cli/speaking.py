"""Which language a command line is answered in: --lang, else GOVSIM_LANG, else the language of the locale."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from govsim.cli import messages as m
from govsim.errors import ScenarioError
from govsim.language import LANGUAGES, using

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION: Final = "--lang"
VARIABLE: Final = "GOVSIM_LANG"
# The first of these that is set decides, as for every program.
_OF_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_and_rest(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> tuple[str, list[str]]:
    """Return the language and the words without those that ask for it.

    The language is found before anything else is read, so that even what is wrong with the words is said in it; so
    every command has the option, wherever it stands, and none declares it.

    Raises
    ------
    ScenarioError
        If the option or the variable names a language that is not spoken.
    """
    of_locale = _of_locale(environment)
    asked, rest = _taken(words)
    of_variable = environment.get(VARIABLE, "")
    name, chosen = (OPTION, asked) if asked is not None else (VARIABLE, of_variable or of_locale)
    given, chosen = chosen, _plain(chosen)
    if chosen not in LANGUAGES:
        with using(_plain(of_variable) if _plain(of_variable) in LANGUAGES else of_locale):
            raise ScenarioError(m.NO_LANGUAGE.format(name=name, given=repr(given)[1:-1]))
    return chosen, rest


def _taken(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return what the last --lang asks for, and the other words."""
    asked, rest = None, []
    left = list(words)
    while left and left[0] != "--":
        word = left.pop(0)
        if word == OPTION:
            asked = left.pop(0) if left else ""
        elif word.startswith(f"{OPTION}="):
            asked = word.removeprefix(f"{OPTION}=")
        else:
            rest.append(word)
    return asked, rest + left


def _plain(name: str) -> str:
    """Return the language in a name such as ``zh_CN.UTF-8`` or ``en-GB``."""
    return re.split(r"[-_.@]", name)[0].lower()


def _of_locale(environment: Mapping[str, str]) -> str:
    name = next((environment[variable] for variable in _OF_LOCALE if environment.get(variable)), "")
    return "zh" if name.lower().startswith("zh") else "en"
