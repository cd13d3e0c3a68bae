"""What each reform is: where, from when, how strong, on whose word, and the way in which it is known to disappoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.reforms import Reform
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.sentences import filled, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from govsim.experiments.reach import Reach
    from govsim.report.subject import Subject

FULL: Final = 1.0
MOST_PARTS: Final = 5


@dataclass(frozen=True)
class Setting:
    """One number of a reform: its name in the file, its value, and what it means."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True)
class ReformText:
    """A reform in words."""

    title: str
    scenarios: Markup
    facts: tuple[tuple[Markup, Markup], ...]
    settings: tuple[Setting, ...]
    sources: tuple[str, ...]
    trap: Markup | str


def reform_texts(subject: Subject) -> tuple[ReformText, ...]:
    """Return every reform once that any arm has at the same settings, in order of first use."""
    holders: dict[str, list[str]] = {}
    found: dict[str, tuple[Reach, Reform | None]] = {}
    for index, (arm, name) in enumerate(zip(subject.comparison.arms, subject.names, strict=True), 1):
        for reach in arm.reforms:
            reform = _of_scenario(subject, index, reach)
            form = f"{reach} {reform.model_dump_json() if reform is not None else ''}"
            holders.setdefault(form, []).append(name)
            found.setdefault(form, (reach, reform))
    return tuple(_text(reach, reform, subject, holders[form]) for form, (reach, reform) in found.items())


def month(label: str, lang: str) -> Markup:
    """Return a month such as ``2007-01`` as a reader writes it."""
    year, number = label.split("-")
    return tell("month", lang, year=year, month=int(number))


def _of_scenario(subject: Subject, index: int, reach: Reach) -> Reform | None:
    if subject.scenarios is None:
        return None
    return next((reform for reform in subject.scenarios[index].reforms if reform.id == reach.id), None)


def _text(reach: Reach, reform: Reform | None, subject: Subject, holders: list[str]) -> ReformText:
    lang = subject.lang
    return ReformText(
        title=str(getattr(reach, f"title_{lang}")),
        scenarios=filled(EVIDENCE, "in scenario", lang, name=subject.listed(holders)),
        facts=(
            (filled(EVIDENCE, "when", lang), _when(reach, lang)),
            (filled(EVIDENCE, "where", lang), _where(reach, lang)),
            (filled(EVIDENCE, "strength", lang), _strength(reach, lang)),
        ),
        settings=() if reform is None else tuple(_settings(reform, lang)),
        sources=() if reform is None else _sources(reform, lang),
        trap=_trap(reach, lang),
    )


def _when(reach: Reach, lang: str) -> Markup:
    first = month(reach.starts_on, lang)
    if reach.ends_on is None:
        span = filled(EVIDENCE, "from", lang, first=first)
    else:
        span = filled(EVIDENCE, "from to", lang, first=first, last=month(reach.ends_on, lang))
    n = reach.phase_in_months
    phase = filled(EVIDENCE, "phased", lang, n=n) if n > 1 else filled(EVIDENCE, "at once", lang)
    return filled(EVIDENCE, "joined", lang, one=span, other=phase)


def _where(reach: Reach, lang: str) -> Markup:
    if reach.holds_everywhere:
        return filled(EVIDENCE, "everywhere", lang, n=reach.communities)
    return filled(EVIDENCE, "somewhere", lang, n=reach.holds_in, all=reach.communities)


def _strength(reach: Reach, lang: str) -> Markup:
    if reach.strength == FULL:
        return filled(EVIDENCE, "full strength", lang)
    return filled(EVIDENCE, "part strength", lang, number=f"{100 * reach.strength:g}")


def _settings(reform: Reform, lang: str) -> Iterator[Setting]:
    """Yield what this kind of reform has beyond what all have."""
    for name, entry in type(reform).model_fields.items():
        if name not in Reform.model_fields:
            yield Setting(name, _value(getattr(reform, name)), _meaning(reform.use, name, entry, lang))


def _value(value: Any) -> str:
    """Return a value as a file would give it; of a long list the beginning and its length."""
    if isinstance(value, float):
        return f"{value:g}"
    if not isinstance(value, tuple):
        return str(value)
    parts = [" + ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value]
    rest = f"; … ({len(parts)})" if len(parts) > MOST_PARTS else ""
    return "; ".join(parts[:MOST_PARTS]) + rest


def _meaning(use: str, name: str, entry: Any, lang: str) -> str:
    if lang == "en":
        return entry.description or ""
    key = f"meaning {use}.{name}"
    return str(filled(EVIDENCE, key, lang)) if key in EVIDENCE else ""


def _sources(reform: Reform, lang: str) -> tuple[str, ...]:
    """Return the sources; in Chinese their codes alone, since files give the rest in English."""
    if lang == "en":
        return reform.sources
    return tuple(dict.fromkeys(source.split(":", 1)[0].strip() for source in reform.sources))


def _trap(reach: Reach, lang: str) -> Markup | str:
    key = f"trap {reach.use}"
    return filled(EVIDENCE, key, lang) if key in EVIDENCE else ""
