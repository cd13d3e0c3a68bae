"""The tables beside the figures: every number of them, and the verdict in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from govsim.figures.displacement import shown_accounts
from govsim.figures.words import account_of, word
from govsim.report.printing import in_points, interval, label_in_table, printed, printed_hours, verdict_text
from govsim.report.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from govsim.report.subject import Subject

_OUTCOME_COLUMNS: Final = ("baseline", "with", "effect", "interval", "verdict", "pairs", "gain")
_TEXT_COLUMNS: Final = frozenset(
    {
        "outcome",
        "reform",
        "verdict",
        "account",
        "meaning",
        "setting",
        "scenario",
        "digest",
        "grade",
        "office",
        "assumption",
        "value",
        "range",
        "source",
    }
)


@dataclass(frozen=True)
class Cell:
    """A cell: what stands in it, whether it heads its row, and over how many rows it reaches."""

    text: Markup | str
    is_head: bool = False
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """A row of cells with the columns they stand in, or a heading over the rows that follow."""

    cells: tuple[tuple[str, Cell], ...]
    heading: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the page; ``columns`` are keys of their headings."""

    caption: Markup | str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lang: str
    notes: tuple[Any, ...] = field(default=())

    def heading_of(self, column: str) -> Markup:
        """Return the heading of a column."""
        return tell(f"column {column}", self.lang)

    def is_text(self, column: str) -> bool:
        """Return whether a column holds words rather than numbers."""
        return column in _TEXT_COLUMNS


def outcome_table(subject: Subject, names: Sequence[str], caption: Markup | str) -> Table:
    """Return the effects of every reform on these outcomes."""
    arms = subject.comparison.arms
    first = ("outcome", "reform") if len(arms) > 1 else ("outcome",)
    rows = [row for name in names for row in _outcome_rows(subject, name)]
    notes = tuple(note for name in names for note in _pairs_notes(subject, name))
    return Table(caption, (*first, *_OUTCOME_COLUMNS), tuple(rows), subject.lang, notes)


def _outcome_rows(subject: Subject, name: str) -> Iterator[Row]:
    arms, lang = subject.comparison.arms, subject.lang
    for index, arm in enumerate(arms):
        effect = arm.outcomes[name]
        numbers = printed(index, name, effect, lang)
        head = [("outcome", Cell(label_in_table(name, lang), is_head=True, rows=len(arms)))] if index == 0 else []
        reform = [("reform", Cell(subject.names[index]))] if len(arms) > 1 else []
        texts = (
            numbers.baseline,
            numbers.reform,
            in_points(numbers.difference, name, lang),
            interval(numbers, effect, lang),
            verdict_text(name, effect, lang),
            numbers.share_better,
            numbers.gain,
        )
        cells = [(key, Cell(text)) for key, text in zip(_OUTCOME_COLUMNS, texts, strict=True)]
        yield Row((*head, *reform, *cells))


def _pairs_notes(subject: Subject, name: str) -> Iterator[Markup]:
    seeds = subject.comparison.seeds
    found = sorted({arm.outcomes[name].n_pairs for arm in subject.comparison.arms} - {0, seeds})
    for n in found:
        label = label_in_table(name, subject.lang)
        yield tell("fewer pairs", subject.lang, label=label, n=n, seeds=seeds)


def displacement_table(subject: Subject) -> Table:
    """Return where the hours went, account by account and reform by reform."""
    arms, lang = subject.comparison.arms, subject.lang
    first = ("account", "reform") if len(arms) > 1 else ("account",)
    rows: list[Row] = []
    for title, accounts in shown_accounts(subject.comparison):
        rows.append(Row((), heading=word(title, lang)))
        rows += [row for name in accounts for row in _account_rows(subject, name)]
    return Table(tell("caption hours", lang), (*first, "hours", "interval"), tuple(rows), lang)


def _account_rows(subject: Subject, name: str) -> Iterator[Row]:
    arms, lang = subject.comparison.arms, subject.lang
    for index, arm in enumerate(arms):
        hours = arm.displacement.hours[name]
        numbers = printed_hours(index, name, hours)
        head = [("account", Cell(account_of(name, lang), is_head=True, rows=len(arms)))] if index == 0 else []
        reform = [("reform", Cell(subject.names[index]))] if len(arms) > 1 else []
        cells = (("hours", Cell(numbers.difference)), ("interval", Cell(interval(numbers, hours, lang))))
        yield Row((*head, *reform, *cells))
