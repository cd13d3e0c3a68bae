"""The facts beside the answer: the question, what the numbers rest on, and how to get them again."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from govsim.institution.parameters import Grade
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.reforms import month
from govsim.report.sentences import filled, tell
from govsim.report.tables import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.report.subject import Subject

SHORT_DIGEST: Final = 12
_FILES: Final = (".yaml", ".yml")

Fact = tuple[Markup, "Markup | str"]


def question(subject: Subject) -> tuple[Fact, ...]:
    """Return where, when and how often was asked."""
    comparison, lang = subject.comparison, subject.lang
    facts = list(_world(subject))
    pairs = tell("pairs" if comparison.seeds > 1 else "one pair", lang, n=comparison.seeds, seed=comparison.seed)
    facts.append((tell("how often", lang), pairs))
    facts.append((tell("compared with", lang), comparison.baseline))
    if comparison.settings:
        facts.append((tell("changed settings", lang), ", ".join(comparison.settings)))
    return tuple(facts)


def _world(subject: Subject) -> Iterator[Fact]:
    if subject.scenarios is None:
        return
    lang, baseline = subject.lang, subject.scenarios[0]
    calendar, places = baseline.calendar, baseline.institution.places
    if subject.title_of(0):
        yield tell("where", lang), subject.title_of(0)
    ends = (calendar.label(calendar.warm_up_months), calendar.label(calendar.n_months - 1))
    first, last = (month(label, lang) for label in ends)
    n = calendar.warm_up_years
    years = tell("one year", lang) if n == 1 else tell("years", lang, n=n)
    yield tell("when", lang), tell("period", lang, first=first, last=last, warm_up=years)
    sizes = {
        "communities": len(places.communities),
        "streets": len(places.street_offices),
        "residents": f"{places.n_residents:,}",
        "posts": f"{sum(place.posts for place in places.communities):,}",
    }
    yield tell("how many", lang), tell("size", lang, **sizes)


def grade_table(subject: Subject) -> Table | None:
    """Return how many parameters of the baseline have which grade; None if its scenario is not at hand."""
    if subject.scenarios is None:
        return None
    lang = subject.lang
    entries = subject.scenarios[0].institution.parameters.entries.values()
    counts = Counter(entry.grade for entry in entries)
    rows = tuple(
        Row(
            (
                ("grade", Cell(grade.value, is_head=True)),
                ("meaning", Cell(filled(EVIDENCE, f"grade {grade.value}", lang))),
                ("parameters", Cell(str(counts[grade]))),
            )
        )
        for grade in Grade
    )
    return Table(tell("caption grades", lang), ("grade", "meaning", "parameters"), rows, lang)


def digest_table(subject: Subject) -> Table:
    """Return the first digits of the first digest of each scenario."""
    labels = [subject.comparison.baseline, *(arm.scenario for arm in subject.comparison.arms)]
    rows = tuple(
        Row((("scenario", Cell(label, is_head=True)), ("digest", Cell(f"{own[0][:SHORT_DIGEST]}…"))))
        for label, own in zip(labels, subject.comparison.digests, strict=True)
    )
    return Table("", ("scenario", "digest"), rows, subject.lang)


def all_digests(subject: Subject) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every digest in full, scenario by scenario."""
    labels = [subject.comparison.baseline, *(arm.scenario for arm in subject.comparison.arms)]
    return tuple(zip(labels, subject.comparison.digests, strict=True))


def command(subject: Subject) -> tuple[str, ...]:
    """Return the words of the command that makes the same comparison, quoted for a shell; none without files."""
    comparison = subject.comparison
    if not _is_of_files(subject):
        return ()
    words = ["govsim", "compare", comparison.baseline, *(arm.scenario for arm in comparison.arms)]
    options = [f"--seeds={comparison.seeds}", f"--seed={comparison.seed}"]
    options += [f"--set={setting}" for setting in comparison.settings]
    return tuple(map(shlex.quote, (*words, *options)))


def python_call(subject: Subject) -> str:
    """Return the same in Python; empty without files."""
    comparison = subject.comparison
    if not _is_of_files(subject):
        return ""
    labels = [comparison.baseline, *(arm.scenario for arm in comparison.arms)]
    words = [*map(repr, labels), f"seeds={comparison.seeds}", f"seed={comparison.seed}"]
    if comparison.settings:
        words.append(f"settings={list(comparison.settings)!r}")
    arguments = "".join(f"    {each},\n" for each in words)
    return f"import govsim as gs\n\ngs.compare(\n{arguments})"


def _is_of_files(subject: Subject) -> bool:
    """Return whether all scenarios were named by files, whether or not these are still there."""
    labels = [subject.comparison.baseline, *(arm.scenario for arm in subject.comparison.arms)]
    return all(label.endswith(_FILES) for label in labels)
