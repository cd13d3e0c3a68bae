"""The page as a whole: one file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from govsim.experiments.writing import write_atomically
from govsim.figures.look import look
from govsim.language import LANGUAGES, say
from govsim.report import facts
from govsim.report.answer import answer, rules
from govsim.report.answer_sentences import ANSWER
from govsim.report.assumptions import assumptions
from govsim.report.drawings import displacement_block, headline_block, outcome_blocks, overview_block
from govsim.report.evidence_sentences import EVIDENCE
from govsim.report.months import month_blocks
from govsim.report.offices import office_blocks
from govsim.report.reforms import reform_texts
from govsim.report.sentences import filled, tell
from govsim.report.subject import Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.comparison import Comparison
    from govsim.model import Scenario

# More names than these make no heading.
MOST_NAMES_IN_TITLE: Final = 3
SECTIONS: Final = (
    "answer",
    "headline",
    "displacement",
    "months",
    "offices",
    "outcomes",
    "reforms",
    "evidence",
    "limits",
    "reproduce",
)


def write_report(
    comparison: Comparison,
    path: str | Path,
    lang: str = "en",
    *,
    scenarios: Sequence[Scenario] | None = None,
    command: str | None = None,
) -> None:
    """Write the page to a file, whole or not at all; ``OSError`` if that cannot be done.

    Parameters
    ----------
    comparison, lang, scenarios, command
        As in ``report_html``.
    path
        The file; its folder must exist.
    """
    write_atomically(Path(path), report_html(comparison, lang, scenarios=scenarios, command=command))


def report_html(
    comparison: Comparison,
    lang: str = "en",
    *,
    scenarios: Sequence[Scenario] | None = None,
    command: str | None = None,
) -> str:
    """Return a comparison as one HTML page.

    The same comparison gives the same bytes. Everything is inside: style, script, figures and their tables; the page
    forbids itself every outside request, and every script but its own two.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    scenarios
        What was compared, the baseline first, to describe places, reforms and evidence; by default those of the
        comparison, or else read again from the files that it names. What decides other numbers than those compared is
        not described.
    command
        The command that made the comparison, if it was not ``govsim compare`` with the files that it names.

    Raises
    ------
    ValueError
        If the page does not exist in this language.
    """
    if lang not in LANGUAGES:
        message = f"a report is in one of {', '.join(LANGUAGES)}, not {lang!r}"
        raise ValueError(message)
    subject = subject_of(comparison, lang, scenarios)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_file("page.html.jinja"))
    return template.render(_assets() | _words(lang) | _content(subject, command)).lstrip() + "\n"


def _file(name: str) -> str:
    return (files("govsim.report") / name).read_text(encoding="utf-8")


def _assets() -> dict[str, Any]:
    scripts = (get_plotlyjs(), _file("figures.js"))
    return {
        "style": Markup(look() + _file("page.css")),
        "scripts": [Markup(script) for script in scripts],
        "policy": _policy(scripts),
    }


def _policy(scripts: tuple[str, ...]) -> str:
    """Return the policy that lets the page run its own scripts and nothing else, and fetch nothing at all."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(f"'sha256-{each}'" for each in hashes),
            "style-src 'unsafe-inline'",  # Plotly sets styles of what it draws
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _words(lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "tell": lambda key, **values: tell(key, lang, **values),
        "answered": lambda key, **values: filled(ANSWER, key, lang, **values),
        "known": lambda key, **values: filled(EVIDENCE, key, lang, **values),
        "sections": SECTIONS,
    }


def _content(subject: Subject, command: str | None) -> dict[str, Any]:
    comparison, lang = subject.comparison, subject.lang
    counts = {"guesses": comparison.n_guesses, "parameters": comparison.n_parameters}
    n_runs = sum(len(own) for own in comparison.digests)
    return {
        "subject": subject,
        "title": _title(subject),
        "caveat": say("caveat", lang, **counts),
        "question": facts.question(subject),
        "answers": [answer(subject, index) for index in range(len(comparison.arms))],
        "rules": rules(subject),
        "headline": headline_block(subject),
        "displacement": displacement_block(subject),
        "months": list(month_blocks(subject)),
        "offices": list(office_blocks(subject)),
        "overview": overview_block(subject),
        "outcomes": list(outcome_blocks(subject)),
        "reforms": reform_texts(subject),
        "counts": counts,
        "grades": facts.grade_table(subject),
        "assumptions": list(assumptions(subject)),
        "seeds": comparison.seeds,
        "seed": comparison.seed,
        "command": facts.command(subject) if command is None else (command,),
        "python_call": facts.python_call(subject) if command is None else "",
        "version": comparison.version,
        "digests": facts.digest_table(subject),
        "all_digests": facts.all_digests(subject),
        "n_runs": n_runs,
    }


def _title(subject: Subject) -> Markup:
    n = len(subject.names)
    if n > MOST_NAMES_IN_TITLE:
        return tell("title many", subject.lang, n=n)
    return tell("title", subject.lang, names=subject.listed())
