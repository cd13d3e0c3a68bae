"""What a page is about: the comparison, the scenarios behind it, and short names of its reforms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govsim.experiments.rerunning import scenarios_at_hand, were_compared
from govsim.figures.names import arm_names
from govsim.report.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from govsim.experiments.comparison import Comparison
    from govsim.model import Scenario


@dataclass(frozen=True)
class Subject:
    """A comparison with what is known of it.

    Attributes
    ----------
    comparison
        The numbers.
    scenarios
        Baseline first, then one an arm; None unless they are at hand as they were compared.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Short names of the reforms, one an arm.
    """

    comparison: Comparison
    scenarios: tuple[Scenario, ...] | None
    lang: str
    names: tuple[str, ...]

    def title_of(self, index: int) -> str:
        """Return the title of a scenario, 0 the baseline, in the language of the page; empty if it has none."""
        if self.scenarios is None:
            return ""
        return str(getattr(self.scenarios[index], f"title_{self.lang}", ""))

    def listed(self, names: Sequence[str] | None = None) -> Markup:
        """Return names of reforms in quotation marks, joined as a sentence joins them."""
        *others, last = [tell("quoted", self.lang, name=name) for name in names or self.names]
        if not others:
            return last
        return tell("and", self.lang).join((tell("comma", self.lang).join(others), last))


def subject_of(comparison: Comparison, lang: str, scenarios: Sequence[Scenario] | None = None) -> Subject:
    """Return what is known of a comparison, from the scenarios given, its own, or else the files that it names."""
    known = tuple(scenarios or comparison.scenarios) or scenarios_at_hand(comparison)
    if not were_compared(known, comparison):
        known = ()
    return Subject(replace(comparison, scenarios=known), known or None, lang, _names(comparison, lang))


def _names(comparison: Comparison, lang: str) -> tuple[str, ...]:
    """Return the titles of the reforms of each arm; with the name of the file where two arms have the same."""
    files = arm_names(comparison)
    titles = [
        " + ".join(
            str(getattr(reform, f"title_{lang}")) for reform in arm.reforms if reform not in comparison.baseline_reforms
        )
        for arm in comparison.arms
    ]
    return tuple(
        file if not title else f"{title} ({file})" if titles.count(title) > 1 else title
        for title, file in zip(titles, files, strict=True)
    )
