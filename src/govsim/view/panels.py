"""What is shown of an answer, a panel at a time: figures with how to read them, and the numbers in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from govsim import figures
from govsim.experiments.wording import effect_words
from govsim.figures.groups import Concern, by_concern
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.numbers import shown
from govsim.figures.words import label_of, unit_of_effect, word
from govsim.recording.outcomes import OUTCOMES
from govsim.view import messages as m

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import plotly.graph_objects as go

    from govsim.recording.recorder import Recording
    from govsim.view.bench import Answer
    from govsim.view.desk import Checked

TABS: Final = {
    "answer": m.TAB_ANSWER,
    "series": m.TAB_SERIES,
    "groups": m.TAB_GROUPS,
    "money": m.TAB_MONEY,
    "why": m.TAB_WHY,
    "outcomes": m.TAB_OUTCOMES,
}
HEADLINE: Final = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
CONFIG: Final = {"displayModeBar": False, "responsive": True, "showTips": False}


@dataclass(frozen=True)
class Look:
    """How somebody looks at an answer.

    Attributes
    ----------
    outcome
        Of series and groups.
    band
        ``worlds`` or ``mean``.
    by
        ``resident_group`` or ``community``.
    shown
        Of the graph: ``before``, ``after`` or ``difference``.
    month
        Of the run, or None for all that are reported.
    community
        Id of that which threads lead to.
    """

    outcome: str = HEADLINE[0]
    band: str = "worlds"
    by: str = "resident_group"
    shown: str = "difference"
    month: int | None = None
    community: str = ""


def panel(tab: str, checked: Checked, answer: Answer, look: Look) -> list[Any]:
    """Return the content of a panel."""
    return _PANELS[tab](checked, answer, look)


def graph(figure: go.Figure, alt: str) -> html.Figure:
    """Return a figure with its text for who does not see it."""
    height = figure.layout.height
    plot = dcc.Graph(figure=figure, config=CONFIG, style={"height": f"{height}px"}, responsive=True)
    return html.Figure([html.Div(plot, role="img", **{"aria-label": alt})])


def recordings(answer: Answer) -> tuple[list[Recording], list[Recording]]:
    """Return the recordings of both arms, by replicate."""
    return [run.recording for run in answer.without], [run.recording for run in answer.with_reform]


def name_of(checked: Checked) -> str:
    """Return the reforms of a choice by their titles."""
    reforms = checked.reform.scenario.reforms
    titles = [getattr(type(reform), f"title_{checked.choice.lang}") for reform in reforms]
    return ("、" if checked.choice.lang == "zh" else ", ").join(titles)


def _answer(checked: Checked, answer: Answer, _: Look) -> list[Any]:
    lang, names, comparison = checked.choice.lang, (name_of(checked),), answer.comparison
    sentences = [_sentence(name, answer, lang) for name in HEADLINE]
    return [
        html.H2(str(m.IN_ONE_SENTENCE)),
        html.Ul([html.Li(sentence) for sentence in sentences], className="words"),
        graph(figures.headline(comparison, lang, names), "; ".join(_plain(sentence) for sentence in sentences)),
        html.H2(str(m.WENT)),
        graph(figures.displacement(comparison, lang, names), str(m.WENT)),
    ]


def _sentence(name: str, answer: Answer, lang: str) -> list[Any]:
    effect = answer.comparison.arms[0].outcomes[name]
    verdict = verdict_of(name, effect)
    words = effect_words(effect, OUTCOMES[name].better, lang)
    change = f"{shown(name, effect).difference} {unit_of_effect(name, lang)}".strip()
    sign = html.Span(MARKS[verdict].sign, className=f"sign {verdict.value}", **{"aria-hidden": "true"})
    return [sign, " ", html.B(label_of(name, lang)), f" {change}: {words}"]


def _plain(sentence: list[Any]) -> str:
    return "".join(each if isinstance(each, str) else str(each.children) for each in sentence[2:])


def _series(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang = checked.choice.lang
    starts = [(reform.starts_on, getattr(type(reform), f"title_{lang}")) for reform in checked.reform.scenario.reforms]
    without, with_reform = recordings(answer)
    figure = figures.series(without, with_reform, look.outcome, lang, name_of(checked), look.band, starts)
    return [graph(figure, f"{m.TAB_SERIES}: {label_of(look.outcome, lang)}")]


def _groups(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang = checked.choice.lang
    without, with_reform = recordings(answer)
    labels = None
    if look.by == "community":
        places = checked.baseline.scenario.institution.places.communities
        labels = [getattr(place, lang) for place in places]
    figure = figures.winners(without, with_reform, look.outcome, lang, name_of(checked), look.by, labels)
    return [graph(figure, f"{m.TAB_GROUPS}: {label_of(look.outcome, lang)}")]


def _money(checked: Checked, answer: Answer, _: Look) -> list[Any]:
    without, with_reform = recordings(answer)
    return [graph(figures.payers(without, with_reform, checked.choice.lang, name_of(checked)), str(m.TAB_MONEY))]


def _why(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang, name = checked.choice.lang, name_of(checked)
    without, with_reform = recordings(answer)
    before, after = institutions(checked)
    drawn = {
        "before": lambda: figures.organisation(before, without, look.month, lang),
        "after": lambda: figures.organisation(after, with_reform, look.month, lang),
        "difference": lambda: figures.organisation_difference((before, after), without, with_reform, look.month, lang),
    }
    return [
        html.H2(str(m.LEDGER)),
        graph(figures.ledger(answer.comparison, lang, name), str(m.LEDGER)),
        html.H2(str(m.GRAPH)),
        graph(drawn[look.shown](), str(m.GRAPH)),
        html.H2(str(m.THREADS)),
        graph(figures.threads(before, after, look.community, lang), str(m.THREADS)),
    ]


def _outcomes(checked: Checked, answer: Answer, _: Look) -> list[Any]:
    lang, names = checked.choice.lang, (name_of(checked),)
    found: list[Any] = []
    for concern in by_concern(OUTCOMES):
        heading = word(Concern(concern).value, lang)
        found += [html.H2(heading), graph(figures.outcomes(answer.comparison, concern, lang, names), heading)]
    return found


def institutions(checked: Checked) -> tuple[Any, Any]:
    """Return the institution at baseline, and as the reforms in full force leave it at the end of the run."""
    from govsim.reforms.timetable import Timetable

    scenario = checked.reform.scenario
    timetable = Timetable(scenario.institution, scenario.reforms, scenario.calendar)
    return scenario.institution, timetable.regime(scenario.calendar.n_months - 1)[0]


_PANELS: Final[Mapping[str, Callable[[Checked, Answer, Look], list[Any]]]] = {
    "answer": _answer,
    "series": _series,
    "groups": _groups,
    "money": _money,
    "why": _why,
    "outcomes": _outcomes,
}
