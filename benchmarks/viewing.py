"""The view in a real browser: from a change to its figure, how much of that is computing, and what a page weighs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = 50
QUERY = "place=demo&on=task-permit&world.residents=100000&horizon.years=3&seeds=10&lang=en"
FRESH = ".panel:not(.stale) .js-plotly-plot .main-svg"
STRICTNESS = '[id*="task-permit.strictness"] input[type=number]'
# The page itself says when the figure of before has been marked as such and that of now is there: to look at it from
# outside, again and again, would take a part of the two cores that are measured.
WATCH = """([fresh, ending]) => {
  window.drawn = new Promise((resolve) => {
    let started, wasStale = false;
    addEventListener("keydown", () => { started = performance.now(); }, { once: true, capture: true });
    const look = new MutationObserver(() => {
      wasStale ||= document.querySelector(".panel.stale") !== null;
      if (wasStale && location.search.endsWith(ending) && document.querySelector(fresh) !== null) {
        look.disconnect();
        resolve(performance.now() - started);
      }
    });
    look.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}"""
WEIGHT = "performance.getEntriesByType('resource').reduce((sum, each) => sum + each.decodedBodySize, 0)"
PATIENCE = 120_000
MEBI = 1024**2
_LAST = 95


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of a view, which ends with the block."""
    command = [sys.executable, "-c", "from govsim.cli import main; main()", "view", "--no-browser", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def opened(address: str) -> Iterator[Any]:
    """Yield a page of a real browser that has been let in and shows nothing yet."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        yield page
        browser.close()


def changed(page: Any, strictness: str) -> tuple[float, float]:
    """Set the strictness of the permit; return seconds until the figure of it is there, and those of computing."""
    field = page.locator(STRICTNESS)
    field.fill(strictness)
    page.evaluate(WATCH, [FRESH, f"strictness={strictness}"])
    field.press("Enter")
    seconds = page.evaluate("window.drawn") / 1000
    told = re.search(r"([0-9.]+) s", page.locator("#status").inner_text())
    return seconds, float(told[1]) if told else float("nan")


def rows() -> Iterator[Row]:
    """Measure the first figure, and then so many changes of one slider."""
    with served() as address, opened(address) as page:
        say("  first figure")
        started = time.perf_counter()
        page.goto(f"{address.split('/?')[0]}/?{QUERY}")
        page.locator(FRESH).first.wait_for(timeout=PATIENCE)
        first = time.perf_counter() - started
        weight = page.evaluate(WEIGHT) / MEBI
        page.locator(".reform.on summary").click()
        say(f"  {CHANGES} changes")
        found = [changed(page, f"{1.2 + 0.2 * number:g}") for number in range(CHANGES)]
    seconds, computing = (tuple(values) for values in zip(*found, strict=True))
    what = "from a change of a slider to its figure, 100,000 residents, ten pairs of three years after warm-up"
    yield Row("view-first", "from opening a page to its first figure, nothing computed before", "s", (first,))
    yield Row("view-weight", "a page with its scripts", "MiB", (weight,))
    yield Row("view-change", what, "s", seconds)
    yield Row("view-change-95", "the same, 95 of 100 changes", "s", (statistics.quantiles(seconds, n=100)[_LAST - 1],))
    yield Row("view-compute", "computing, of that", "s", computing, at_most(1))
