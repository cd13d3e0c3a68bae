"""A page in a real browser, and what went wrong on it."""

from __future__ import annotations

import time

FRESH = ".panel:not(.stale) .js-plotly-plot .main-svg"
PATIENCE = 60_000


class Page:
    """A page, and what went wrong on it."""

    def __init__(self, browser, address, width=1280, scheme="light"):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        self.view = self.context.new_page()
        self.wrong = []
        self.view.on(
            "console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        self.view.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.view.on("response", lambda answer: self.wrong.append(answer.url) if answer.status >= 400 else None)
        self.view.on(
            "request", lambda request: self.wrong.append(request.url) if self._is_outside(request.url) else None
        )
        self.origin = address.split("/?")[0]
        self.view.goto(address)

    def _is_outside(self, url):
        return not url.startswith((self.origin, "data:", f"blob:{self.origin}"))

    def open(self, query):
        self.view.goto(f"{self.origin}/?{query}")
        self.wait()
        return self

    def wait(self):
        self.view.locator(FRESH).first.wait_for(timeout=PATIENCE)

    def until(self, condition):
        """Wait for a condition; the page's policy forbids what Playwright would have it evaluate again and again."""
        end = time.monotonic() + PATIENCE / 1000
        while not self.view.evaluate(condition):
            assert time.monotonic() < end, condition
            self.view.wait_for_timeout(50)

    def choose(self, text):
        self.view.locator(".tabs").get_by_text(text, exact=True).click()
        self.settle()

    def settle(self):
        """Wait until what was chosen of a look is shown."""
        self.view.wait_for_timeout(300)
        self.until("document.querySelector('#busy').hidden")
        self.wait()

    @property
    def query(self):
        return self.view.evaluate("location.search")

    def close(self):
        self.context.close()
        assert self.wrong == []
