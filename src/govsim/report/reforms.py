"""What each reform is: where, from when, how strong, on whose word, and the way in which it is known to disappoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from govsim.reforms import Reform
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.sentences import filled, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.model import Scenario
    from govsim.report.subject import Subject

_FULL = 1.0


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
    facts: tuple[tuple[Markup, Markup | str], ...]
    settings: tuple[Setting, ...]
    sources: tuple[str, ...]
    trap: Markup | str


def reform_texts(subject: Subject) -> tuple[ReformText, ...]:
    """Return every reform once that any scenario has at the same settings, in order of first use."""
    if subject.scenarios is None:
        return ()
    holders: dict[str, list[str]] = {}
    reforms: dict[str, tuple[Reform, Scenario]] = {}
    for scenario, name in zip(subject.scenarios[1:], subject.names, strict=True):
        for reform in scenario.reforms:
            form = reform.model_dump_json()
            holders.setdefault(form, []).append(name)
            reforms.setdefault(form, (reform, scenario))
    return tuple(_text(reform, scenario, subject, holders[form]) for form, (reform, scenario) in reforms.items())


def _text(reform: Reform, scenario: Scenario, subject: Subject, holders: list[str]) -> ReformText:
    lang = subject.lang
    return ReformText(
        title=str(getattr(reform, f"title_{lang}")),
        scenarios=filled(EVIDENCE, "in scenario", lang, name=subject.listed(holders)),
        facts=(
            (filled(EVIDENCE, "when", lang), _when(reform, lang)),
            (filled(EVIDENCE, "where", lang), _where(reform, scenario, lang)),
            (filled(EVIDENCE, "strength", lang), _strength(reform, lang)),
        ),
        settings=tuple(_settings(reform, lang)),
        sources=_sources(reform, lang),
        trap=_trap(reform, lang),
    )


def month(label: str, lang: str) -> Markup:
    """Return a month such as ``2007-01`` as a reader writes it."""
    year, number = label.split("-")
    return tell("month", lang, year=year, month=int(number))


def _when(reform: Reform, lang: str) -> Markup:
    first = month(reform.starts_on, lang)
    if reform.ends_on is None:
        span = filled(EVIDENCE, "from", lang, first=first)
    else:
        span = filled(EVIDENCE, "from to", lang, first=first, last=month(reform.ends_on, lang))
    n = reform.phase_in_months
    phase = filled(EVIDENCE, "phased", lang, n=n) if n > 1 else filled(EVIDENCE, "at once", lang)
    return filled(EVIDENCE, "joined", lang, one=span, other=phase)


def _where(reform: Reform, scenario: Scenario, lang: str) -> Markup:
    n, every = len(reform.communities(scenario.institution)), len(scenario.institution.places.communities)
    if n == every:
        return filled(EVIDENCE, "everywhere", lang, n=n)
    return filled(EVIDENCE, "somewhere", lang, n=n, all=every)


def _strength(reform: Reform, lang: str) -> Markup:
    if reform.strength == _FULL:
        return filled(EVIDENCE, "full strength", lang)
    return filled(EVIDENCE, "part strength", lang, number=f"{100 * reform.strength:g}")


def _settings(reform: Reform, lang: str) -> Iterator[Setting]:
    """Yield what this kind of reform has beyond what all have."""
    for name, entry in type(reform).model_fields.items():
        if name not in Reform.model_fields:
            yield Setting(name, _value(getattr(reform, name)), _meaning(reform.use, name, entry, lang))


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


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


def _trap(reform: Reform, lang: str) -> Markup | str:
    key = f"trap {reform.use}"
    return filled(EVIDENCE, key, lang) if key in EVIDENCE else ""
