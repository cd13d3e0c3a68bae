"""Tables for a terminal: the outcomes of a run, and the effects of reforms with those who lose first."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.cells import (
    LEVEL_DIGITS,
    NOTHING,
    NUMERIC,
    STACKED,
    decimals_of,
    effect_cells,
    level,
    signed,
)
from govsim.experiments.displacement import ELSEWHERE, INSIDE, PARTS
from govsim.experiments.footnotes import comparison_notes
from govsim.experiments.pairing import Verdict
from govsim.experiments.profiling import profile_table
from govsim.experiments.wording import Certainty, certainty, direction_words, effect_words
from govsim.institution.parameters import Grade
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES
from govsim.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from govsim.experiments.comparison import ComparedArm, Comparison
    from govsim.experiments.displacement import Displacement
    from govsim.experiments.pairing import PairedEffect
    from govsim.experiments.runs import Run
    from govsim.model import Scenario

RATIO_DECIMALS: Final = 2
# These the name of an outcome says, or they are none.
_PLAIN_UNITS: Final = frozenset({"share", "ratio", "per year"})
# Below this width, an interval stands under its effect.
_WIDE: Final = {"en": 100, "zh": 96}
# Those who lose stand first, and what is sure before what is likely.
_ORDER: Final = list(Verdict)
_CERTAINTIES: Final = (Certainty.CLEAR, Certainty.LIKELY, Certainty.UNCLEAR, None)
_COLOURS: Final = {Verdict.WORSE: "red", Verdict.BETTER: "green"}


def rendered(page: RenderableType, width: int) -> str:
    """Return a page as text without colours, at most ``width`` columns wide."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(page)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return text


def run_page(run: Run, lang: str) -> Group:
    """Return the outcomes of one run, and under them what it was."""
    calendar = run.scenario.calendar
    title = str(getattr(run.scenario, f"title_{lang}", ""))
    counts = {"residents": f"{run.residents:,}", "days": f"{run.days:,}"}
    return Group(
        Text(run.name, style="bold"),
        *([Text(title)] if title else []),
        Text(
            say(
                "run_of",
                lang,
                **counts,
                warm_up=calendar.warm_up_months * DAYS_PER_MONTH,
                seed=run.seed,
                replicate=run.replicate,
            )
        ),
        *([Text(say("settings", lang, settings=", ".join(run.settings)))] if run.settings else []),
        Padding(_outcome_table(run.outcomes, lang), (1, 0)),
        *([Padding(profile_table(run, lang), (0, 0, 1, 0))] if run.profile is not None else []),
        Text(say("seconds", lang, **{name: f"{value:.2f}" for name, value in run.seconds.items()})),
        Text(say("digest", lang, digest=run.digest)),
        Text(say("version", lang, version=version())),
        Text(say("one_run_note", lang)),
        Text(say("caveat", lang, **counted_guesses(run.scenario))),
    )


def counted_guesses(scenario: Scenario) -> dict[str, int]:
    """Return how many parameters nothing but a guess supports, and how many there are."""
    grades = [each.grade for each in scenario.institution.parameters.entries.values()]
    return {"guesses": grades.count(Grade.GUESS), "parameters": len(grades)}


def _outcome_table(values: Mapping[str, float | None], lang: str) -> Table:
    table = _table(lang, ("outcome", "value", "unit"), right=("value",))
    for key, names in _blocks(values):
        _heading(table, say(key, lang))
        for name in names:
            unit = say(OUTCOMES[name].unit, lang)
            table.add_row(Text(f"  {_label(name, lang)}"), level(values[name], values[name]), Text(unit))
        table.add_section()
    return table


def comparison_page(comparison: Comparison, lang: str) -> Group:
    """Return a table for each reform scenario, and under them what the numbers mean and do not mean."""
    tables = [part for arm in comparison.arms for part in _arm_parts(comparison, arm, lang)]
    return Group(*tables, *(Text(note) for note in comparison_notes(comparison, lang)))


def _arm_parts(comparison: Comparison, arm: ComparedArm, lang: str) -> Iterator[RenderableType]:
    yield Text(arm.scenario, style="bold")
    title = arm.title_zh if lang == "zh" else arm.title_en
    if title:
        yield Text(title)
    key = "compared_with" if comparison.seeds > 1 else "compared_once"
    last = comparison.seeds - 1
    yield Text(say(key, lang, baseline=comparison.baseline, last=last, seed=comparison.seed))
    if comparison.settings:
        yield Text(say("settings", lang, settings=", ".join(comparison.settings)))
    for reform in arm.reforms:
        if not reform.holds_everywhere and reform not in comparison.baseline_reforms:
            title = reform.title_zh if lang == "zh" else reform.title_en
            yield Text(say("reach", lang, **{**vars(reform), "title": title}))
    yield Padding(Text("\n".join(_in_words(arm, lang))), (1, 0, 0, 0))
    yield Padding(_displacement_table(arm, lang), (1, 0, 0, 0))
    if comparison.seeds > 1:
        yield Text(_ratio(arm.displacement, lang))
    yield Padding(_EffectTable(comparison, arm, lang), (1, 0))


def _in_words(arm: ComparedArm, lang: str) -> Iterator[str]:
    yield say("in_words", lang)
    headline = [name for name in arm.outcomes if OUTCOMES[name].is_headline]
    for name in sorted(headline, key=lambda name: _rank(name, arm.outcomes[name])):
        words = effect_words(arm.outcomes[name], OUTCOMES[name].better, lang)
        yield "  " + say("in_words_of", lang, label=_label(name, lang), words=words)


def _rank(name: str, effect: PairedEffect) -> tuple[int, int]:
    return _ORDER.index(effect.verdict(OUTCOMES[name].better)), _CERTAINTIES.index(certainty(effect))


def _ratio(displacement: Displacement, lang: str) -> str:
    ratio, low, high = displacement.ratio, displacement.ratio_low, displacement.ratio_high
    if ratio is None:
        return say("ratio_undefined", lang)
    words = say("displacement_ratio" if ratio >= 0.0 else "relief_ratio", lang, ratio=f"{abs(ratio):.2f}")
    # The interval speaks of hours more, or fewer, as the sentence does.
    if ratio < 0.0 and low is not None and high is not None:
        low, high = -high, -low
    return say(
        "ratio_with_interval", lang, words=words, low=signed(low, RATIO_DECIMALS), high=signed(high, RATIO_DECIMALS)
    )


def _displacement_table(arm: ComparedArm, lang: str) -> Table:
    """Return where the hours went that a reform took off communities; what is always 0 is left out."""
    hours = arm.displacement.hours
    table = _table(lang, ("displacement", "hours_of_a_year", "interval"), right=("hours_of_a_year", "interval"))
    _account_row(table, "removed", hours["removed"], lang)
    for name in PARTS:
        if name != "not_issued" or hours[name].difference:
            _account_row(table, name, hours[name], lang, indent="  ")
    _heading(table, say("elsewhere", lang))
    for name in ELSEWHERE:
        _account_row(table, name, hours[name], lang, indent="  ")
    _heading(table, say("inside", lang))
    for name in INSIDE:
        _account_row(table, name, hours[name], lang, indent="  ")
    return table


def _account_row(table: Table, name: str, hours: PairedEffect, lang: str, indent: str = "") -> None:
    ends = [end for end in (hours.difference, hours.ci_low, hours.ci_high) if end]
    decimals = decimals_of(max(map(abs, ends)), LEVEL_DIGITS) if ends else 0
    low, high = (signed(end, decimals) for end in (hours.ci_low, hours.ci_high))
    interval = NOTHING if hours.ci_low is None else f"{low} {high}"
    label = indent + say(f"account {name}", lang) + _mark(hours)
    table.add_row(Text(label), Text(signed(hours.difference, decimals)), Text(interval))


class _EffectTable:
    """The table of one arm, as wide as there is room."""

    def __init__(self, comparison: Comparison, arm: ComparedArm, lang: str) -> None:
        self.seeds, self.arm, self.lang = comparison.seeds, arm, lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._table(is_wide=options.max_width >= _WIDE[self.lang])

    def _rank(self, name: str) -> tuple[int, int]:
        return _rank(name, self.arm.outcomes[name])

    def _table(self, *, is_wide: bool) -> Table:
        numeric = NUMERIC if is_wide else STACKED
        table = _table(self.lang, ("outcome", *numeric), right=numeric)
        for key, names in _blocks(self.arm.outcomes):
            _heading(table, say(key, self.lang))
            for rank, group in groupby(sorted(names, key=self._rank), key=self._rank):
                alike = list(group)
                style = f"italic {_COLOURS.get(_ORDER[rank[0]], '')}".strip()
                words = direction_words(self.arm.outcomes[alike[0]], OUTCOMES[alike[0]].better, self.lang)
                table.add_row(Text(f" {words}", style=style))
                for name in alike:
                    effect = self.arm.outcomes[name]
                    table.add_row(_name(name, effect, self.seeds, self.lang), *effect_cells(effect, is_wide=is_wide))
            table.add_section()
        return table


def _blocks(names: Any) -> Iterator[tuple[str, list[str]]]:
    for key, is_headline in (("headline", True), ("others", False)):
        yield key, [name for name in names if OUTCOMES[name].is_headline is is_headline]


def _table(lang: str, columns: tuple[str, ...], right: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        numeric = column in right
        table.add_column(
            Text(say(column, lang)),
            justify="right" if numeric else "left",
            no_wrap=numeric,
            overflow="fold",
        )
    return table


def _heading(table: Table, text: str) -> None:
    table.add_row(Text(text, style="bold"))


def _label(name: str, lang: str) -> str:
    return OUTCOMES[name].zh if lang == "zh" else OUTCOMES[name].en


def _name(name: str, effect: PairedEffect, seeds: int, lang: str) -> Text:
    unit = OUTCOMES[name].unit
    label = _label(name, lang)
    if unit not in _PLAIN_UNITS:
        label = say("with_unit", lang, label=label, unit=say(f"short {unit}", lang))
    if 0 < effect.n_pairs < seeds:
        label += f" ({effect.n_pairs})"
    return Text(label + _mark(effect))


def _mark(effect: PairedEffect) -> str:
    """Return the mark of an interval that the footnotes explain."""
    return "*" if effect.interval == "bca" else ""
