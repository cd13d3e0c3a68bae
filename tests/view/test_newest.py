"""W9: one job however often it is asked for, the newest choice wins, and nothing works on for a page that is gone."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.view.dash_user import DashUser
from tests.view.page import PATIENCE, Page
from tests.view.process import Served
from tests.view.view_app import copy_of_demo

pytestmark = pytest.mark.browser

SMALL = "place=demo&on=task-permit&world.residents=3000&horizon.years=1&seeds=10&lang=en"
# Far from done when a page that is closed is given up.
LONG = "place=demo&on=task-permit&world.residents=60000&horizon.years=3&seeds=100&lang=en"


@pytest.fixture
def served(tmp_path):
    copy_of_demo(tmp_path / "places" / "demo")
    server = Served(tmp_path / "places", tmp_path / "log", page="view")
    yield server
    if server.process.poll() is None:
        server.stop()
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.fixture
def asking(served):
    """Return a user who asks the server how its work stands."""
    return DashUser(served)


def jobs(asking):
    return json.loads(asking._ask("GET", "/bench"))


def until(condition, what):
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def test_a_call_that_is_made_many_times_at_once_gives_one_job(served, asking):
    def ask(_number):
        user = DashUser(served)
        user.call("address", address__search=f"?{SMALL}", chosen__data=None)
        while (answer := user.call("tick"))["news"]["data"]["seeds"] < 10:
            pass
        return answer["status"]["children"]

    with ThreadPoolExecutor(6) as pool:
        said = set(pool.map(ask, range(6)))
    assert len(jobs(asking)) == 1
    assert len(said) == 1  # with how long it took, and so of one piece of work


def test_an_answer_that_comes_after_a_newer_one_is_not_shown(browser, served):
    page = Page(browser, served.address)
    page.open(SMALL)
    held = []

    def hold(route):
        text = route.request.post_data or ""
        if '"output":"..panel.children' in text and "pay-rise" in text:
            held.append(route)
        else:
            route.continue_()

    page.view.route("**/_dash-update-component*", hold)
    page.view.get_by_role("checkbox", name="Pay rise for community workers").check()
    end = time.monotonic() + PATIENCE / 1000
    while not held:
        assert time.monotonic() < end
        page.view.wait_for_timeout(50)
    assert page.view.locator(".panel.stale").count() == 1
    page.view.get_by_role("checkbox", name="Pay rise for community workers").uncheck()
    page.view.get_by_role("checkbox", name="Fewer inspections").check()
    page.until("location.search.includes('on=inspection-cut,task-permit')")
    page.wait()
    newest = page.view.locator(".words").inner_text()
    for route in held:
        route.continue_()
    page.view.wait_for_timeout(1500)
    assert page.view.locator(".words").inner_text() == newest
    assert page.view.locator(".panel:not(.stale)").count() == 1
    page.view.unroute("**/_dash-update-component*")
    page.close()


@pytest.mark.nightly
def test_nothing_works_on_for_a_page_that_is_closed_and_no_process_is_left(browser, served, asking):
    page = Page(browser, served.address)
    page.open(LONG)
    page.close()
    until(lambda: not any(each["is_wanted"] for each in jobs(asking)), "a job that nobody wants")
    (before,) = jobs(asking)
    assert 10 <= before["n_seeds"] < before["seeds"] == 100
    time.sleep(1)
    (after,) = jobs(asking)
    assert after["n_seeds"] <= before["n_seeds"] + 10  # the piece under way may end
    again = Page(browser, served.address)
    again.open(LONG)
    until(lambda: jobs(asking)[0]["n_seeds"] > after["n_seeds"], "a job that goes on")
    children = psutil.Process(served.process.pid).children(recursive=True)
    assert children
    again.close()
    served.stop()
    assert psutil.wait_procs(children, timeout=10)[1] == []
