"""A small page with its walls, and a browser that has been let in."""

from __future__ import annotations

import pytest

from govsim.view.walls import guard
from tests.view.small_app import CANARY, TOKEN, Browser, small_app


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
