"""What is said of each link of a chain: what it measures, by which formulas, and on which parameters it rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.experiments.wording import effect_words
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.numbers import decimals, plain, shown
from govsim.figures.why_words import why
from govsim.figures.words import label_of, unit_of_effect
from govsim.odd.chains import chains
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.experiments.pairing import PairedEffect
    from govsim.institution.parameters import Parameters
    from govsim.odd.chains import Link

_UNMEASURED: Final = "⬡"
_DIGITS: Final = 4


@dataclass(frozen=True)
class LinkWords:
    """A link of a chain in words, in the order in which links are numbered.

    Attributes
    ----------
    title
        What it is called.
    change
        What was measured at it, behind the sign of its mark; then, where there is one, the interval.
    formulas
        What decides, each with the section of the ODD page that has it.
    parameters
        Those that decide most, with values and grades.
    """

    title: str
    change: tuple[str, ...]
    formulas: tuple[str, ...]
    parameters: str


def chain_words(
    effects: Mapping[str, PairedEffect], outcome: str, parameters: Parameters, lang: str = "en"
) -> list[LinkWords]:
    """Return what is said of the links that ``chain`` draws; it takes the same.

    Figures cannot break a line where a window ends, so that this is text of the page that shows the figure.
    """
    return [
        LinkWords(
            title=link.title(lang),
            change=tuple(change_words(link, effects.get(link.outcome), lang)),
            formulas=tuple(_formulas(link, lang)),
            parameters=_parameters(link, parameters, lang),
        )
        for link in chains()[outcome]
    ]


def change_words(link: Link, effect: PairedEffect | None, lang: str) -> list[str]:
    """Return what was measured at a link: the change, and the interval if there is one."""
    if effect is None:
        return [f"{_UNMEASURED} {why('not measured', lang)}"]
    name = link.outcome
    lines = [f"{MARKS[verdict_of(name, effect)].sign} {label_of(name, lang)} {change_of(name, effect, lang)}"]
    if effect.ci_low is not None:
        printed = shown(name, effect)
        lines.append(why("interval", lang, low=printed.low, high=printed.high))
    return lines


def change_of(name: str, effect: PairedEffect, lang: str) -> str:
    """Return the change of an outcome with its unit, and in words."""
    words = effect_words(effect, OUTCOMES[name].better, lang)
    unit = unit_of_effect(name, lang)
    said = why("change", lang, change=shown(name, effect).difference, unit=unit, words=words)
    return said.replace(" :", ":")  # of what has no unit


def _formulas(link: Link, lang: str) -> list[str]:
    where = ", ".join(link.sections)
    return [why("formula", lang, sections=where, formula=formula) for formula in link.formulas]


def _parameters(link: Link, parameters: Parameters, lang: str) -> str:
    said = [
        why(
            "parameter",
            lang,
            name=entry.path.split(".")[1],
            value=_value(entry.value),
            grade=why(f"grade {entry.grade}", lang),
        )
        for entry in map(parameters.entries.__getitem__, link.parameters)
    ]
    return why("parameters", lang, parameters=why("next", lang).join(said))


def _value(value: float) -> str:
    """Return a parameter with as many digits as it has, at most four beside zeros."""
    printed = plain(value, decimals(abs(value), _DIGITS))
    return printed.rstrip("0").rstrip(".") if "." in printed else printed
