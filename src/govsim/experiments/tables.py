"""Tables for a terminal: the outcomes of a run, and the effects of reforms with those who lose first."""

from __future__ import annotations

import io
import math
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.displacement import ELSEWHERE, INSIDE, PARTS
from govsim.experiments.pairing import Verdict
from govsim.institution.parameters import Grade
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from govsim.experiments.comparison import ComparedArm, Comparison
    from govsim.experiments.pairing import PairedEffect
    from govsim.experiments.runs import Run
    from govsim.model import Scenario

NOTHING: Final = "–"
LEVEL_DIGITS: Final = 3
EFFECT_DIGITS: Final = 2
MOST_DECIMALS: Final = 6
# These the name of an outcome says, or they are none.
_PLAIN_UNITS: Final = frozenset({"share", "ratio", "per year"})
# Below this width, an interval stands under its effect.
_WIDE: Final = {"en": 100, "zh": 96}
_ORDER: Final = list(Verdict)
_COLOURS: Final = {Verdict.WORSE: "red", Verdict.BETTER: "green"}
_NUMERIC: Final = ("baseline", "reform", "difference", "interval", "share_better", "variance_reduction")
_STACKED: Final = ("baseline", "reform", "effect_and_interval", "share_better", "variance_reduction")


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
        Padding(_outcome_table(run.outcomes, lang), (1, 0)),
        Text(say("seconds", lang, **{name: f"{value:.2f}" for name, value in run.seconds.items()})),
        Text(say("digest", lang, digest=run.digest)),
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
            table.add_row(Text(f"  {_label(name, lang)}"), _level(values[name], values[name]), Text(unit))
        table.add_section()
    return table


def comparison_page(comparison: Comparison, lang: str) -> Group:
    """Return a table for each reform scenario, and under them what the numbers mean and do not mean."""
    tables = [part for arm in comparison.arms for part in _arm_parts(comparison, arm, lang)]
    return Group(*tables, *(Text(note) for note in _notes(comparison, lang)))


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
    yield Padding(_displacement_table(arm, lang), (1, 0, 0, 0))
    ratio = arm.displacement.ratio
    if ratio is not None:
        key = "displacement_ratio" if ratio >= 0.0 else "relief_ratio"
        yield Text(say(key, lang, ratio=f"{abs(ratio):.2f}"))
    yield Padding(_EffectTable(comparison, arm, lang), (1, 0))


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
    decimals = _decimals(max(map(abs, ends)), LEVEL_DIGITS) if ends else 0
    low, high = (_signed(end, decimals) for end in (hours.ci_low, hours.ci_high))
    interval = NOTHING if hours.ci_low is None else f"{low} {high}"
    table.add_row(
        Text(indent + say(f"account {name}", lang)), Text(_signed(hours.difference, decimals)), Text(interval)
    )


class _EffectTable:
    """The table of one arm, as wide as there is room."""

    def __init__(self, comparison: Comparison, arm: ComparedArm, lang: str) -> None:
        self.seeds, self.arm, self.lang = comparison.seeds, arm, lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._table(is_wide=options.max_width >= _WIDE[self.lang])

    def _verdict(self, name: str) -> Verdict:
        return self.arm.outcomes[name].verdict(OUTCOMES[name].better)

    def _rank(self, name: str) -> int:
        return _ORDER.index(self._verdict(name))

    def _table(self, *, is_wide: bool) -> Table:
        numeric = _NUMERIC if is_wide else _STACKED
        table = _table(self.lang, ("outcome", *numeric), right=numeric)
        for key, names in _blocks(self.arm.outcomes):
            _heading(table, say(key, self.lang))
            for verdict, group in groupby(sorted(names, key=self._rank), key=self._verdict):
                style = f"italic {_COLOURS.get(verdict, '')}".strip()
                table.add_row(Text(f" {say(verdict, self.lang)}", style=style))
                for name in group:
                    effect = self.arm.outcomes[name]
                    table.add_row(_name(name, effect, self.seeds, self.lang), *_cells(effect, is_wide=is_wide))
            table.add_section()
        return table


def _notes(comparison: Comparison, lang: str) -> Iterator[str]:
    if comparison.seeds > 1:
        yield say("interval_note", lang, seeds=comparison.seeds)
        yield say("words_note", lang)
    else:
        yield say("no_interval_note", lang)
    pairs = {effect.n_pairs for arm in comparison.arms for effect in arm.outcomes.values()}
    if any(0 < n < comparison.seeds for n in pairs):
        yield say("pairs_note", lang, seeds=comparison.seeds)
    yield say("caveat", lang, guesses=comparison.n_guesses, parameters=comparison.n_parameters)


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
    return Text(label)


def _cells(effect: PairedEffect, *, is_wide: bool) -> list[Text]:
    if effect.difference is None:
        return [Text(NOTHING) for _ in (_NUMERIC if is_wide else _STACKED)]
    decimals = _effect_decimals(effect)
    difference, low, high = (_signed(value, decimals) for value in (effect.difference, effect.ci_low, effect.ci_high))
    interval = "" if effect.ci_low is None else f"{low} {high}"
    share, gain = effect.share_better, effect.variance_reduction
    return [
        _level(effect.baseline, effect.baseline),
        _level(effect.reform, effect.baseline),
        *([Text(difference), Text(interval or NOTHING)] if is_wide else [Text(f"{difference}\n{interval}".rstrip())]),
        Text(NOTHING if share is None else f"{share:.0%}"),
        Text(NOTHING if gain is None else f"{gain:,.{_decimals(gain, EFFECT_DIGITS)}f}"),
    ]


def _effect_decimals(effect: PairedEffect) -> int:
    """Return how many decimals show the effect, and on which side of 0 the ends of its interval lie."""
    sizes = [abs(end) for end in (effect.difference, effect.ci_low, effect.ci_high) if end]
    return max(_decimals(max(sizes), EFFECT_DIGITS), _decimals(min(sizes), 1)) if sizes else 0


def _level(value: float | None, scale: float | None) -> Text:
    if value is None:
        return Text(NOTHING)
    return Text(f"{value:,.{_decimals(abs(scale or value), LEVEL_DIGITS)}f}")


def _signed(value: float | None, decimals: int) -> str:
    if value is None:
        return NOTHING
    rounded = round(value, decimals)
    return f"{rounded:+.{decimals}f}" if rounded else f"{0:.{decimals}f}"


def _decimals(scale: float, digits: int) -> int:
    """Return how many decimals show this many digits of a number."""
    if scale == 0.0:
        return 0
    return min(MOST_DECIMALS, max(0, digits - 1 - math.floor(math.log10(scale))))
