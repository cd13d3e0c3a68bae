"""The language in which a user is spoken to: English sentences, and gettext catalogues that translate them.

An English sentence is its own key. It is written once as a ``Message`` and becomes text when it is formatted, in the
language then in force: English, unless ``use`` or ``using`` said otherwise.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[str, ...]] = get_args(Language)
DOMAIN: Final = "govsim"
CATALOGUES: Final = Path(__file__).parent / "locale"

# A process speaks one language, in all its threads, unless a block says otherwise.
_of_process: Final = ["en"]
_of_block: Final[ContextVar[str | None]] = ContextVar("language", default=None)
_read: Final[dict[str, gettext.NullTranslations]] = {}


class Message:
    """A sentence, or a part of one, that is said in the language in force when it is formatted or printed.

    Parameters
    ----------
    english
        The sentence with its values in braces; it is the key in the catalogues.
    """

    __slots__ = ("english",)

    def __init__(self, english: str) -> None:
        self.english = english

    def format(self, **values: object) -> str:
        """Return the sentence with its values filled in; values that are messages are translated as well."""
        return translated(self.english).format(**values)

    def __str__(self) -> str:
        return translated(self.english)

    def __repr__(self) -> str:
        return f"Message({self.english!r})"


def use(lang: str) -> None:
    """Speak English (``en``) or Chinese (``zh``) from here on."""
    _of_process[0] = _known(lang)


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Speak English (``en``) or Chinese (``zh``) within a block."""
    token = _of_block.set(_known(lang))
    try:
        yield
    finally:
        _of_block.reset(token)


def in_force() -> str:
    """Return the language in force, ``en`` or ``zh``."""
    return _of_block.get() or _of_process[0]


def translated(english: str) -> str:
    """Return a sentence in the language in force; one that no catalogue has stays English."""
    lang = in_force()
    if lang == "en" or not english:
        return english
    if lang not in _read:
        _read[lang] = gettext.translation(DOMAIN, CATALOGUES, [lang], fallback=True)
    return _read[lang].gettext(english)


def marked(english: str) -> str:
    """Return a sentence as it is, which puts it into the catalogues; ``translated`` says it later."""
    return english


def say(key: str, lang: str | None = None, **values: object) -> str:
    """Return a sentence of tables and reports by its key, in this language or else in the one in force."""
    with using(lang or in_force()):
        return _SENTENCES[key].format(**values)


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        message = f"a language is one of {', '.join(LANGUAGES)}, not {lang!r}"
        raise ValueError(message)
    return lang


# What tables and reports say, by key.
_SENTENCES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        # columns
        "outcome": Message("outcome"),
        "value": Message("value"),
        "unit": Message("unit"),
        "baseline": Message("baseline"),
        "reform": Message("reform"),
        "difference": Message("effect"),
        "interval": Message("95 % interval"),
        "effect_and_interval": Message("effect\n95 % interval"),
        "share_better": Message("share\nbetter"),
        "variance_reduction": Message("variance\nreduction"),
        # blocks and directions
        "headline": Message("Headline outcomes"),
        "others": Message("Other outcomes"),
        "worse": Message("worse"),
        "better": Message("better"),
        "higher": Message("higher (neutral)"),
        "lower": Message("lower (neutral)"),
        "no_clear_difference": Message("no clear difference"),
        "no_difference": Message("exactly equal"),
        "no_interval": Message("no interval"),
        "undefined": Message("undefined here"),
        "with_unit": Message("{label}, {unit}"),
        # displacement accounting
        "displacement": Message("Where the hours went"),
        "hours_of_a_year": Message("hours a community\nand year"),
        "account removed": Message("hours of jobs taken off communities"),
        "account vanished": Message("vanished: let be, declined, or done a shorter way"),
        "account moved_to_departments": Message("moved to departments"),
        "account moved_to_providers": Message("moved to paid providers"),
        "account hidden": Message("hidden: more, or less, perfunctory"),
        "account left_undone": Message("left undone: more, or less, expired"),
        "account reported_only": Message("on paper only: came back ad hoc"),
        "account not_issued": Message("never issued"),
        "elsewhere": Message("Besides, more hours spent by"),
        "account streets": Message("street offices"),
        "account department_cases": Message("departments on cases"),
        "account overtime": Message("workers in overtime"),
        "account residents": Message("residents on their way and at desks"),
        "account volunteers": Message("residents giving labour"),
        "inside": Message("And in communities, more hours of"),
        "account rework": Message("returned cases put in order"),
        "account requests_waived": Message("requests met perfunctorily"),
        "account requests_given_up": Message("requests given up"),
        "relief_ratio": Message(
            "For each hour really removed, {ratio} hours fewer of what departments, providers, streets, overtime, "
            "hidden work and residents add up to"
        ),
        "displacement_ratio": Message(
            "For each hour really removed, {ratio} hours more of what departments, providers, streets, overtime, "
            "hidden work and residents add up to"
        ),
        # sentences about a comparison
        "compared_with": Message("compared with {baseline}; replicates 0 to {last} of root seed {seed}"),
        "compared_once": Message("compared with {baseline}; replicate 0 of root seed {seed}"),
        "settings": Message("with {settings}"),
        "interval_note": Message(
            "95 % t interval of the mean paired difference over {seeds} replicates; Monte-Carlo error only, "
            "parameters as given."
        ),
        "no_interval_note": Message("One replicate gives no interval; ask for more with --seeds."),
        "words_note": Message(
            "Effect: reform less baseline. Better, worse: the interval excludes 0 and the p-value, corrected where "
            "there are several reforms, is below 0.05. Share better: replicates in which the reform is strictly "
            "better. Variance reduction: variance of the difference without pairing over that with it."
        ),
        "pairs_note": Message(
            "(n) after an outcome: it is defined in only n of the {seeds} pairs, and the numbers are of these."
        ),
        "caveat": Message(
            "Under these assumptions, in a synthetic district; not a finding about any real office; {guesses} of "
            "{parameters} parameters are guesses."
        ),
        # sentences about a run
        "run_of": Message(
            "{residents} residents, {days} working days with {warm_up} of warm-up; root seed {seed}, replicate "
            "{replicate}"
        ),
        "digest": Message("digest {digest}"),
        "seconds": Message("{build} s to build, {run} s to run"),
        "one_run_note": Message("One run: a reform is judged by govsim compare, over paired replicates."),
        # what happens meanwhile
        "compiling": Message("compiling kernels, about half a minute, once"),
        "compiling_now": Message("compiling"),
        "running": Message("running"),
        "written": Message("written: {files}"),
        # units, short where the name of the outcome says the rest
        "short hours/worker-day": Message("hours"),
        "short hours": Message("hours"),
        "hours": Message("hours"),
        "short years": Message("years"),
        "short days": Message("days"),
        "short yuan": Message("yuan"),
        "hours/worker-day": Message("hours/worker-day"),
        "per year": Message("per year"),
        "years": Message("years"),
        "days": Message("days"),
        "yuan": Message("yuan"),
        "share": Message("share"),
        "ratio": Message("ratio"),
        # words for an effect
        "in_words": Message("In words"),
        "in_words_of": Message("{label}: {words}"),
        "direction clear": Message("clearly {direction}"),
        "direction likely": Message("likely {direction}"),
        "size small": Message("small"),
        "size medium": Message("medium"),
        "size large": Message("large"),
        "size_one": Message("{words}; effect {least}"),
        "size_range": Message("{words}; effect {least} to {most}"),
        "size_at_most": Message("{words}; any effect {most} at most"),
        "words_thresholds_note": Message(
            "Clearly: p below {clear}; likely: p below {likely}; over these replicates, not over the assumptions. "
            "Effect at both ends of its interval, beside the baseline: small below {medium} %, large from {large} % "
            "on, medium between."
        ),
        "bca_note": Message(
            "* BCa bootstrap interval instead, because the paired differences are skewed: skewness more than "
            "{spreads} of its standard errors from 0, in {pairs} pairs or more. Its p is the larger of that of the "
            "bootstrap and that of the t test, so a direction may be withheld although the interval excludes 0."
        ),
        "holm_note": Message(
            "{arms} reforms beside one baseline: a direction is claimed only if p stays below {likely} after Holm's "
            "correction over the reforms, outcome by outcome; intervals are pointwise, not corrected."
        ),
        # what a comparison is of
        "ratio_with_interval": Message("{words}; 95 % interval {low} to {high} hours (Fieller)"),
        "ratio_undefined": Message(
            "No ratio of hours added elsewhere to hours removed: the hours really removed are not clearly above 0"
        ),
        "reach": Message(
            "{title} ({id}) holds in {holds_in} of {communities} communities at the end; outcomes are of all "
            "{communities}"
        ),
        "version": Message("govsim {version}"),
    }
)
