"""What is shown of an answer, a panel at a time: figures with how to read them, and the numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from govsim import figures
from govsim.experiments.telling import life_sentences
from govsim.experiments.telling_people import career_sentences, story_sentences
from govsim.figures.chain_words import chain_words, change_of
from govsim.figures.compared import payers_of, series_of, winners_of
from govsim.figures.groups import by_concern
from govsim.figures.life import life_marks
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.words import label_of, word
from govsim.recording.outcomes import OUTCOMES
from govsim.view import messages as m
from govsim.view.looks import HEADLINE
from govsim.view.offices import office_card

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import plotly.graph_objects as go

    from govsim.experiments.lives import Life
    from govsim.figures.chain_words import LinkWords
    from govsim.view.bench import Answer
    from govsim.view.desk import Checked
    from govsim.view.looks import Look

TABS: Final = {
    "answer": m.TAB_ANSWER,
    "series": m.TAB_SERIES,
    "groups": m.TAB_GROUPS,
    "money": m.TAB_MONEY,
    "why": m.TAB_WHY,
    "one": m.TAB_ONE,
    "outcomes": m.TAB_OUTCOMES,
}
CONFIG: Final[Any] = {"displayModeBar": False, "responsive": True, "showTips": False}


def panel(tab: str, checked: Checked, answer: Answer, look: Look) -> list[Any]:
    """Return the content of a panel."""
    return _PANELS[tab](checked, answer, look)


def graph(figure: go.Figure, alt: str, name: str) -> html.Figure:
    """Return a figure with its text for who does not see it; ``name`` tells it from others of the page."""
    style = {"height": f"{figure.layout.height}px"}
    plot = dcc.Graph(id={"figure": name}, figure=figure, config=CONFIG, style=style, responsive=True)
    said: dict[str, Any] = {"aria-label": alt}
    return html.Figure([html.Div(plot, role="img", **said)])


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
        graph(figures.headline(comparison, lang, names), "; ".join(map(_plain, sentences)), "headline"),
        html.H2(str(m.WENT)),
        graph(figures.displacement(comparison, lang, names), str(m.WENT), "displacement"),
    ]


def _sentence(name: str, answer: Answer, lang: str) -> list[Any]:
    effect = answer.comparison.arms[0].outcomes[name]
    verdict = verdict_of(name, effect)
    unread: dict[str, Any] = {"aria-hidden": "true"}
    sign = html.Span(MARKS[verdict].sign, className=f"sign {verdict.value}", **unread)
    return [sign, " ", html.B(label_of(name, lang)), f" {change_of(name, effect, lang)}"]


def _plain(sentence: list[Any]) -> str:
    return "".join(each if isinstance(each, str) else str(each.children) for each in sentence[2:])


def _series(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang = checked.choice.lang
    figure = series_of(answer.comparison, 0, lang, name_of(checked), outcome=look.outcome, band=look.band)
    return [graph(figure, f"{m.TAB_SERIES}: {label_of(look.outcome, lang)}", "series")]


def _groups(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang = checked.choice.lang
    figure = winners_of(answer.comparison, 0, lang, name_of(checked), outcome=look.group_outcome, by=look.by)
    return [graph(figure, f"{m.TAB_GROUPS}: {label_of(look.group_outcome, lang)}", "winners")]


def _money(checked: Checked, answer: Answer, _: Look) -> list[Any]:
    figure = payers_of(answer.comparison, 0, checked.choice.lang, name_of(checked))
    return [html.H2(str(m.WHO_PAYS)), graph(figure, str(m.WHO_PAYS), "payers")]


def _why(checked: Checked, answer: Answer, look: Look) -> list[Any]:
    lang, name, month = checked.choice.lang, name_of(checked), look.month_of_run
    without, with_reform = answer.comparison.recordings_of(0)
    before, after = institutions = checked.institutions
    drawn = {
        "before": lambda: figures.organisation(before, without, month, lang, look.office or None),
        "after": lambda: figures.organisation(after, with_reform, month, lang, look.office or None),
        "difference": lambda: figures.organisation_difference(institutions, without, with_reform, month, lang),
    }
    effects, parameters = answer.comparison.arms[0].outcomes, before.parameters
    return [
        html.H2(str(m.CHAIN)),
        graph(figures.chain(effects, look.effect, lang), str(m.CHAIN), "chain"),
        _links(chain_words(effects, look.effect, parameters, lang)),
        html.H2(str(m.LEDGER)),
        graph(figures.ledger(answer.comparison, lang, name), str(m.LEDGER), "ledger"),
        html.H2(str(m.GRAPH)),
        html.P(str(m.CLICK), className="note"),
        graph(drawn[look.graph](), str(m.GRAPH), "organisation"),
        *office_card(checked, answer, look),
        html.H2(str(m.THREADS)),
        graph(figures.threads(before, after, look.community, lang), str(m.THREADS), "threads"),
    ]


def _one(checked: Checked, _: Answer, look: Look) -> list[Any]:
    pair = checked.followed(look.who, look.since, look.another)
    if pair is None:
        return [html.P(str(m.NOBODY))]
    lang = checked.choice.lang
    drawn: Any = {"worker": figures.worker_months, "resident": None}.get(look.who, figures.life)
    told: Any = {"worker": career_sentences, "resident": story_sentences}.get(look.who, _life_items)
    figure = [graph(drawn(*pair, lang, name_of(checked)), str(m.WHO[look.who]), "one")] if drawn else []
    sides = [
        html.Section([html.H3(str(heading)), html.Ol([html.Li(each) for each in told(one, lang)])])
        for heading, one in zip((m.WITHOUT, m.WITH), pair, strict=True)
    ]
    return [html.P(str(m.ONE_WORLD), className="note apart"), *figure, html.Div(sides, className="lives")]


def _life_items(life: Life, lang: str) -> list[list[Any]]:
    """Return what happened, each behind the sign and the day of its mark in the figure."""
    unread: dict[str, Any] = {"aria-hidden": "true"}
    return [
        [html.Span(sign, className="sign", **unread), html.B(day), " ", sentence]
        for (sign, day), sentence in zip(life_marks(life, lang), life_sentences(life, lang), strict=True)
    ]


def _links(links: Sequence[LinkWords]) -> html.Ol:
    return html.Ol(
        [
            html.Li(
                [
                    html.B(link.title),
                    *(html.P(each) for each in link.change),
                    *(html.P(each, className="note") for each in (*link.formulas, link.parameters)),
                ]
            )
            for link in links
        ],
        id="chain-words",
        className="links",
    )


def _outcomes(checked: Checked, answer: Answer, _: Look) -> list[Any]:
    lang, names = checked.choice.lang, (name_of(checked),)
    found: list[Any] = []
    for concern in by_concern(OUTCOMES):
        heading = word(concern.value, lang)
        found += [
            html.H2(heading),
            graph(figures.outcomes(answer.comparison, concern, lang, names), heading, concern.value),
        ]
    return found


_PANELS: Final[Mapping[str, Callable[[Checked, Answer, Look], list[Any]]]] = {
    "answer": _answer,
    "series": _series,
    "groups": _groups,
    "money": _money,
    "why": _why,
    "one": _one,
    "outcomes": _outcomes,
}
