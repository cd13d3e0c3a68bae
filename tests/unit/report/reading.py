"""A page as a reader meets it: its text, its numbers, its attributes; and what a number must say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from govsim.experiments.reach import institution_at_end
from govsim.figures.flows import by_street, traffic
from govsim.recording.outcomes import OUTCOMES

VOID = {"meta", "link", "img", "br", "wbr", "hr", "input"}
NO_TEXT = {"script", "style"}
FIELDS = {"low": "ci_low", "high": "ci_high"}


@dataclass
class Page(HTMLParser):
    """What stands in a page; ``numbers`` are (which number, exact value, printed text)."""

    texts: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    numbers: list[tuple[str, float, str]] = field(default_factory=list)
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)
    number_cells: list[str] = field(default_factory=list)
    stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "script":
            self.scripts.append((attributes, ""))
        if tag == "td" and "number" in (attributes.get("class") or "").split():
            self.number_cells.append("")
        if tag not in VOID:
            self.stack.append((tag, attributes))

    def handle_endtag(self, tag):
        assert self.stack[-1][0] == tag, f"<{self.stack[-1][0]}> is closed by </{tag}>"
        self.stack.pop()

    def handle_data(self, data):
        open_tags = [tag for tag, _ in self.stack]
        if open_tags and open_tags[-1] == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        if NO_TEXT & set(open_tags):
            return
        self.texts.append(data)
        if not {"code", "pre"} & set(open_tags):
            self.prose.append(data)
        if open_tags and open_tags[-1] == "data":
            attributes = self.stack[-1][1]
            self.numbers.append((attributes["data-of"], float(attributes["value"]), data))
        elif open_tags and open_tags[-1] == "td" and "number" in (self.stack[-1][1].get("class") or "").split():
            self.number_cells[-1] += data


def read(html):
    page = Page()
    page.feed(html)
    page.close()
    assert page.stack == []
    return page


def number_of(comparison, of):
    """Return the number of a comparison that a page says it prints, and what print makes of it."""
    arm, *path = of.split(".")
    own = comparison.arms[int(arm)]
    change = {"size": abs, "negated": lambda value: -value}.get(path[-1], lambda value: value)
    path = [name for name in path if name not in {"size", "negated"}]
    if path[0].startswith("ratio"):
        return getattr(own.displacement, path[0]), change
    if path[0] == "hours":
        return getattr(own.displacement.hours[path[1]], FIELDS.get(path[2], path[2])), change
    name, which = path
    is_in_percent = OUTCOMES[name].unit == "share" or name == "turnover_per_year"
    factor = 1.0 if which == "variance_reduction" else 100.0 if is_in_percent or which == "share_better" else 1.0
    return getattr(own.outcomes[name], FIELDS.get(which, which)), lambda value: change(value * factor)


def offices_of(comparison):
    """Return the offices of every scenario, communities gathered by street, as the page has them."""
    return [
        by_street(institution_at_end(scenario), traffic(institution_at_end(scenario), recordings)).offices
        for scenario, recordings in zip(comparison.scenarios, comparison.recordings, strict=True)
    ]


def office_number(offices, of):
    """Return the load or the work of an office that a page says it prints, and what print makes of it."""
    arm, what, id_, which = of.split(".")
    office = offices[0 if which == "without" else 1 + int(arm)][id_]
    return (office.load, lambda value: 100.0 * value) if what == "load" else (office.offered_hours, lambda value: value)


def misprints(comparison, page):
    """Return which printed numbers are not those of the comparison, to the digits printed."""
    found = []
    is_of_office = re.compile(r"[0-9]+\.(load|work)\.").match
    offices = offices_of(comparison) if any(is_of_office(of) for of, _, _ in page.numbers) else []
    for of, exact, text in page.numbers:
        value, change = office_number(offices, of) if is_of_office(of) else number_of(comparison, of)
        plain = text.replace("−", "-").replace(",", "")
        half = 0.5 * 10.0 ** -len(plain.partition(".")[2])
        if exact != value or abs(float(plain) - change(value)) > half * (1 + 1e-9):
            found.append((of, exact, text))
    return found
