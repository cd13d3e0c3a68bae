"""The walls from inside a real browser: a page with everything works, and nothing is refused that it asks.

``CHROMIUM`` may name the browser. Without one the tests are skipped, except where all must run (``CI`` is set).
"""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.view.process import Served
from tests.view.rich_app import PLACES

pytestmark = pytest.mark.browser

PICTURE = "Plotly.toImage(document.querySelector('.js-plotly-plot'), {format: 'png'}).then(url => url.slice(0, 14))"


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    place = tmp_path_factory.mktemp("rich")
    server = Served(place / "no-assets", place / "log", page="rich")
    yield server
    server.stop()


def test_a_page_with_everything_works_behind_the_walls(browser, rich):
    view = browser.new_page()
    refused, complaints, hosts = [], [], set()
    view.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    view.on("request", lambda request: hosts.add(re.sub("^(data:|(?:blob:)?[a-z]+://[^/]*).*", r"\1", request.url)))
    view.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    view.on("pageerror", lambda error: complaints.append(str(error)))
    view.goto(rich.address)
    view.get_by_text("silent 2").wait_for(timeout=10_000)
    view.locator(".js-plotly-plot .main-svg").first.wait_for()
    for place in PLACES:
        view.get_by_role("button", name=place, exact=True).click()
    view.get_by_text("3 of 3 by 3, [0.5, None, True]").wait_for(timeout=5_000)
    assert view.get_by_text("1 clicks").count() == 3
    view.get_by_text("2 ticks, 2 traces").wait_for(timeout=5_000)
    view.get_by_text("client 2").wait_for(timeout=5_000)
    assert view.evaluate(PICTURE) == "data:image/png"
    assert view.url == f"http://127.0.0.1:{rich.port}/"
    assert (refused, complaints) == ([], [])
    own = f"http://127.0.0.1:{rich.port}"
    assert own in hosts
    assert hosts <= {own, f"blob:{own}", "data:"}
    view.close()


def test_a_reader_who_comes_from_another_site_is_shown_the_way_in(browser, rich):
    view = browser.new_context().new_page()
    view.goto(f"data:text/html,<a href='{rich.address}'>to the view</a>")
    view.get_by_text("to the view").click()
    view.locator("a[href='/']").first.click()
    view.get_by_text("silent 2").wait_for(timeout=10_000)
    assert view.url == f"http://127.0.0.1:{rich.port}/"
    view.close()


@pytest.fixture
def elsewhere(tmp_path):
    """Return the address of a page on another port of this machine, to which browsers send the same cookies."""
    (tmp_path / "index.html").write_text("<!doctype html><p>elsewhere", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *given):
        pass


ATTEMPTS = """async address => {
    const tried = {};
    for (const [what, more] of Object.entries({
        read: {}, blind: {mode: 'no-cors'}, write: {method: 'POST', mode: 'no-cors', body: '{}'},
    })) {
        tried[what] = await fetch(address, {credentials: 'include', ...more}).then(got => got.type, () => 'refused');
    }
    return tried;
}"""


def test_a_page_on_another_port_can_neither_read_nor_write(browser, rich, elsewhere):
    view = browser.new_context().new_page()
    view.goto(rich.address)
    view.goto(elsewhere)
    assert view.evaluate(ATTEMPTS, elsewhere) == {"read": "basic", "blind": "basic", "write": "basic"}
    assert set(view.evaluate(ATTEMPTS, f"http://127.0.0.1:{rich.port}/_dash-layout").values()) == {"refused"}
    view.close()


def test_a_page_on_another_port_cannot_frame_the_view(browser, rich, elsewhere):
    view = browser.new_context().new_page()
    view.goto(rich.address)
    view.goto(elsewhere)
    with view.expect_event("console", lambda said: "frame" in said.text.lower()):
        view.set_content(f"<iframe src='http://127.0.0.1:{rich.port}/'></iframe>")
    assert "ticks" not in "".join(frame.content() for frame in view.frames if frame.url.startswith("http"))
    view.close()
