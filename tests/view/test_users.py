"""W8: many users at once with many kinds of calls; each gets what is its own, and nobody an error."""

from __future__ import annotations

import base64
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.view.dash_user import DashUser
from tests.view.process import Served
from tests.view.view_app import copy_of_demo

PLACES = ("east", "north", "west")
HEADINGS = {"en": "What would change, and why?", "zh": "会有什么变化，为什么？"}
TABS = ("answer", "series", "groups", "money", "why", "one", "outcomes")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    place = tmp_path_factory.mktemp("users")
    for name in PLACES:
        copy_of_demo(place / "places" / name, f"the place {name}")
    server = Served(place / "places", place / "log", page="view")
    yield server
    server.stop()
    assert "Traceback" not in (place / "log").read_text(encoding="utf-8")


class Marked(DashUser):
    """A user who knows by its marks what is its own: place, language, seeds and the value of a slider."""

    def __init__(self, served, number):
        super().__init__(served)
        self.place, self.lang = PLACES[number % len(PLACES)], ("en", "zh")[number % 2]
        self.strictness = f"{1.5 + number / 8:g}"
        self.seeds = 30 if number % 4 == 3 else 10
        self.query = (
            f"place={self.place}&on=task-permit&world.residents=1000&horizon.years=1&seeds={self.seeds}"
            f"&lang={self.lang}&reforms.task-permit.strictness={self.strictness}"
        )
        self.panels = {}
        self.visit(0)

    def visit(self, _turn):
        answer = self.call("address", address__search=f"?{self.query}", chosen__data=None)
        text = json.dumps(answer, ensure_ascii=False)
        assert answer["chosen"]["data"] == self.query
        assert [heading in text for heading in HEADINGS.values()] == [lang == self.lang for lang in HEADINGS]
        assert self.held['{"setting":"reforms.task-permit.strictness"}', "value"] == float(self.strictness)
        while self.follow(0)["news"]["data"]["seeds"] < self.seeds:
            pass

    def move(self, turn):
        """Move a slider there and back, as somebody does who tries."""
        slider = ('{"setting":"push.penalty"}', "value")
        usual = self.held[slider]
        self.held[slider] = 3.0 + turn / 64
        answer = self.call("place", address__search=f"?{self.query}")
        assert answer["chosen"]["data"] == self.query.replace(
            "&reforms", f"&push.penalty={self.held[slider]:g}&reforms"
        )
        self.held[slider] = usual
        assert self.call("place", address__search=f"?{self.query}")["chosen"]["data"] == self.query

    def follow(self, _turn):
        answer = self.call("tick")
        assert answer["news"]["data"]["query"] == self.query
        assert "failure" not in answer["news"]["data"]
        return answer

    def look(self, turn):
        tab = TABS[turn % len(TABS)]
        answer = self.call("tabs", tabs__value=tab, shown__data={})
        assert answer["shown"]["data"]["query"] == self.query
        assert answer["shown"]["data"]["seeds"] == self.seeds
        panel = json.dumps(answer["panel"], sort_keys=True)
        assert self.panels.setdefault(tab, panel) == panel

    def save(self, _turn):
        file = self.call("save", save__n_clicks=1)["download"]["data"]
        assert file["filename"] == f"{self.place}-view.yaml"
        assert f"strictness: {float(self.strictness)}\n" in file["content"]
        assert f"the place {self.place}" in file["content"]
        sent = "data:application/yaml;base64," + base64.b64encode(file["content"].encode()).decode()
        self.held["open", "filename"] = file["filename"]
        del self.held["chosen", "data"]
        assert self.call("open", open__contents=sent)["address"]["search"] == f"?{self.query}"
        self.held["chosen", "data"] = self.query

    def report(self, _turn):
        file = self.call("report", report__n_clicks=1)["download"]["data"]
        assert file["filename"] == f"{self.place}-report.html"
        assert f'<html lang="{self.lang}"' in file["content"].replace('lang="zh-CN"', 'lang="zh"')[:400]
        assert re.search(rf"strictness\D{{1,200}}{re.escape(self.strictness)}\D", file["content"])

    def live(self, n_calls):
        kinds = (self.look, self.follow, self.move, self.look, self.visit, self.look, self.save, self.report)
        for turn in range(n_calls):
            kinds[turn % len(kinds)](turn)
        return self.panels


@pytest.mark.parametrize(("n_users", "n_calls"), [(4, 8), pytest.param(20, 50, marks=pytest.mark.nightly)])
def test_users_at_once_each_get_what_is_their_own(served, n_users, n_calls):
    with ThreadPoolExecutor(n_users) as pool:
        users = list(pool.map(lambda number: Marked(served, number), range(n_users)))
        panels = list(pool.map(lambda user: user.live(n_calls), users))
    assert len({each["answer"] for each in panels}) == n_users
    for user, before in zip(users, panels, strict=True):
        user.look(0)  # alone, and so as before
        assert user.panels == before
