"""The answer in sentences, made from the numbers by rules that the page states; those who lose come first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from govsim.experiments.displacement import ELSEWHERE, INSIDE
from govsim.experiments.footnotes import comparison_notes
from govsim.experiments.pairing import Verdict
from govsim.figures.groups import by_concern
from govsim.figures.headline import HEADLINE
from govsim.figures.marks import verdict_of
from govsim.figures.numbers import plain
from govsim.figures.words import account_of, label_of, word
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES
from govsim.report.answer_sentences import ANSWER
from govsim.report.printing import exact, printed, printed_hours, verdict_text, with_unit
from govsim.report.sentences import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.experiments.comparison import ComparedArm
    from govsim.experiments.displacement import Displacement
    from govsim.experiments.pairing import PairedEffect
    from govsim.report.printing import Printed
    from govsim.report.subject import Subject

MOST_LOSSES: Final = 6
RATIO_DECIMALS: Final = 2
# Hours that somebody else spends more, or that are only hidden.
_COSTLY_ACCOUNTS: Final = (
    "reported_only",
    "moved_to_departments",
    "moved_to_providers",
    "hidden",
    "left_undone",
    *ELSEWHERE,
    *INSIDE,
)
_WITHOUT_INTERVAL: Final = {
    Verdict.NO_DIFFERENCE: "equal",
    Verdict.UNDEFINED: "undefined",
    Verdict.NO_INTERVAL: "once",
}


@dataclass(frozen=True)
class Loss:
    """One thing that gets worse: by how much, and from where to where."""

    label: str
    difference: Markup
    levels: Markup


@dataclass(frozen=True)
class Losses:
    """What gets worse for one concern."""

    whose: Markup | str
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Answer:
    """What one reform does, in sentences."""

    name: str
    losses: tuple[Losses, ...]
    loss_notes: tuple[Markup, ...]
    headline: tuple[Markup, ...]
    hours: tuple[Markup, ...]
    tally: Markup | None


def answer(subject: Subject, index: int) -> Answer:
    """Return the answer for an arm, counted from 0."""
    arm = subject.comparison.arms[index]
    losses, more = _losses(subject, index)
    return Answer(
        name=subject.names[index],
        losses=losses,
        loss_notes=tuple(_loss_notes(subject, arm, losses, more)),
        headline=tuple(_sentence(subject, index, name) for name in HEADLINE if name in arm.outcomes),
        hours=tuple(_hours(subject, index)),
        tally=_tally(arm, subject.lang) if subject.comparison.seeds > 1 else None,
    )


def rules(subject: Subject) -> tuple[Markup | str, ...]:
    """Return by which rules the sentences come about, and what their words mean."""
    lang, comparison = subject.lang, subject.comparison
    counts = {"guesses": comparison.n_guesses, "parameters": comparison.n_parameters}
    said_elsewhere = {
        say("caveat", lang, **counts),
        say("pairs_note", lang, seeds=comparison.seeds),
        say("version", lang, version=comparison.version),
    }
    notes = tuple(note for note in comparison_notes(comparison, lang) if note not in said_elsewhere)
    if comparison.seeds == 1:
        return notes
    return (
        *notes,
        filled(ANSWER, "rules", lang, most=MOST_LOSSES),
        filled(ANSWER, "chance", lang, n=len(OUTCOMES)),
    )


def _losses(subject: Subject, index: int) -> tuple[tuple[Losses, ...], int]:
    """Return what gets worse, by whom it concerns, and how many losses are not named."""
    arm, lang = subject.comparison.arms[index], subject.lang
    worse = [name for name, effect in arm.outcomes.items() if verdict_of(name, effect) is Verdict.WORSE]
    worse.sort(key=lambda name: -_relative(arm.outcomes[name]))
    found = [
        Losses(word(concern.value, lang), tuple(_loss(subject, index, name) for name in names))
        for concern, names in by_concern(worse[:MOST_LOSSES]).items()
    ]
    hours = tuple(
        Loss(account_of(name, lang), printed_hours(index, name, spent).difference, Markup())
        for name, spent in arm.displacement.hours.items()
        if name in _COSTLY_ACCOUNTS and _is_above_zero(spent)
    )
    if hours:
        found.append(Losses(filled(ANSWER, "more hours", lang), hours))
    return tuple(found), max(0, len(worse) - MOST_LOSSES)


def _loss(subject: Subject, index: int, name: str) -> Loss:
    lang, effect = subject.lang, subject.comparison.arms[index].outcomes[name]
    numbers = printed(index, name, effect, lang)
    levels = filled(ANSWER, "levels", lang, baseline=numbers.baseline, reform=numbers.reform)
    return Loss(label_of(name, lang), with_unit(numbers.difference, name, lang), levels)


def _loss_notes(subject: Subject, arm: ComparedArm, losses: tuple[Losses, ...], more: int) -> Iterator[Markup]:
    lang = subject.lang
    if subject.comparison.seeds == 1:
        yield filled(ANSWER, "unknown losers", lang)
    elif not losses and arm.outcomes:
        yield filled(ANSWER, "no losers", lang)
    if more:
        yield filled(ANSWER, "more losses", lang, n=more)


def _sentence(subject: Subject, index: int, name: str) -> Markup:
    """Return one headline outcome in words."""
    lang, effect = subject.lang, subject.comparison.arms[index].outcomes[name]
    verdict = verdict_of(name, effect)
    numbers = printed(index, name, effect, lang)
    label = label_of(name, lang)
    words = {
        "label": label[:1].upper() + label[1:],
        "verdict": verdict_text(name, effect, lang, with_size=True),
        "difference": with_unit(numbers.difference, name, lang),
    }
    if verdict in _WITHOUT_INTERVAL:
        return filled(ANSWER, _WITHOUT_INTERVAL[verdict], lang, **words)
    between = _interval(numbers, lang)
    if verdict is Verdict.NO_CLEAR_DIFFERENCE:
        return filled(ANSWER, "stays", lang, interval=between, **words)
    return filled(
        ANSWER,
        "moves",
        lang,
        moves=filled(ANSWER, "rise" if (effect.difference or 0.0) > 0.0 else "fall", lang),
        amount=with_unit(numbers.amount, name, lang),
        baseline=numbers.baseline,
        reform=numbers.reform,
        interval=between,
        **words,
    )


def _hours(subject: Subject, index: int) -> Iterator[Markup]:
    """Return what became of the hours of communities, and how much of it is on paper only."""
    lang, accounts = subject.lang, subject.comparison.arms[index].displacement
    removed = accounts.hours["removed"]
    numbers = printed_hours(index, "removed", removed)
    sizes = {"hours": numbers.amount, "interval": _interval_of_amount(numbers, removed, lang)}
    if removed.ci_low is None or removed.ci_high is None:
        yield filled(ANSWER, "some work", lang, hours=numbers.difference)
    elif removed.ci_low > 0.0:
        yield filled(ANSWER, "less work", lang, **sizes)
        if _is_above_zero(accounts.hours["reported_only"]):
            back = printed_hours(index, "reported_only", accounts.hours["reported_only"])
            yield filled(ANSWER, "came back", lang, hours=back.amount)
    elif removed.ci_high < 0.0:
        yield filled(ANSWER, "more work", lang, **sizes)
    elif removed.ci_low == removed.ci_high:
        yield filled(ANSWER, "equal work", lang)
    else:
        yield filled(ANSWER, "same work", lang, hours=numbers.difference, interval=_interval(numbers, lang))
    if subject.comparison.seeds > 1:
        yield _ratio(accounts, index, lang)


def _ratio(accounts: Displacement, index: int, lang: str) -> Markup:
    """Return how many hours more, or less, others spend for each hour really taken off."""
    if accounts.ratio is None:
        return filled(ANSWER, "full stop", lang, sentence=say("ratio_undefined", lang))
    is_less = accounts.ratio < 0.0
    ends = [("ratio_low", accounts.ratio_low), ("ratio_high", accounts.ratio_high)]
    low, high = (
        _of_ratio(value, f"{index}.{name}", negated=is_less) for name, value in (ends[::-1] if is_less else ends)
    )
    ratio = _of_ratio(accounts.ratio, f"{index}.ratio", negated=is_less)
    between = filled(ANSWER, "interval", lang, low=low, high=high)
    return filled(ANSWER, "less elsewhere" if is_less else "more elsewhere", lang, ratio=ratio, interval=between)


def _of_ratio(value: float | None, of: str, *, negated: bool) -> Markup:
    text = plain(None if value is None else -value if negated else value, RATIO_DECIMALS)
    return exact(text, value, f"{of}.negated" if negated else of)


def _tally(arm: ComparedArm, lang: str) -> Markup:
    counts = Counter(verdict_of(name, effect) for name, effect in arm.outcomes.items())
    worse, better = counts[Verdict.WORSE], counts[Verdict.BETTER]
    neutral = counts[Verdict.HIGHER] + counts[Verdict.LOWER]
    n = len(arm.outcomes)
    return filled(
        ANSWER, "tally", lang, n=n, worse=worse, better=better, neutral=neutral, unclear=n - worse - better - neutral
    )


def _interval_of_amount(numbers: Printed, effect: PairedEffect, lang: str) -> Markup:
    """Return the interval of a size whose sign is in the words: the end nearer to 0 comes first."""
    ends = (numbers.low_amount, numbers.high_amount)
    low, high = ends if (effect.difference or 0.0) >= 0.0 else reversed(ends)
    return filled(ANSWER, "interval", lang, low=low, high=high)


def _interval(numbers: Printed, lang: str) -> Markup:
    return filled(ANSWER, "interval", lang, low=numbers.low, high=numbers.high)


def _relative(effect: PairedEffect) -> float:
    """Return how large an effect is beside its baseline; without bound where that is 0."""
    if not effect.difference:
        return 0.0
    return abs(effect.difference / effect.baseline) if effect.baseline else float("inf")


def _is_above_zero(hours: PairedEffect) -> bool:
    return hours.ci_low is not None and hours.ci_low > 0.0
