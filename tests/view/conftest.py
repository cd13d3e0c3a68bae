"""A small page with its walls, and a browser that has been let in."""

from __future__ import annotations

import os
import shutil

import pytest

from govsim.view.walls import guard
from tests.view.small_app import CANARY, TOKEN, Browser, small_app

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def browser():
    """Return a real browser; without one tests are skipped, except where all must run (``CI`` is set)."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    if sync_playwright is None or CHROMIUM is None:
        message = "needs Playwright and a Chromium: pip install playwright, apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with sync_playwright() as driver:
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        found = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield found
        found.close()


@pytest.fixture(scope="session")
def assets(tmp_path_factory):
    """Return a folder of assets beside a file that nobody may read."""
    place = tmp_path_factory.mktemp("view")
    folder = place / "assets"
    folder.mkdir()
    (folder / "fine.css").write_text("body { color: black }", encoding="utf-8")
    (place / "canary.txt").write_text(CANARY, encoding="utf-8")
    (folder / "link.css").symlink_to(place / "canary.txt")
    return folder


@pytest.fixture(scope="session")
def app(assets):
    """Return a page behind its walls."""
    app = small_app(assets)
    guard(app.server, TOKEN, app.csp_hashes())
    return app


@pytest.fixture
def stranger(app):
    """Return a browser that has no cookie."""
    return Browser(app)


@pytest.fixture
def guest(stranger):
    """Return a browser that came by the address with the token."""
    stranger.get(f"/?token={TOKEN}")
    return stranger


@pytest.fixture(scope="session")
def unguarded(assets):
    """Return a browser before the same page as Dash ships it."""
    return Browser(small_app(assets))
