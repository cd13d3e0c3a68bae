"""The command: what it prints and opens, what it hands to the page, and what it says where it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from govsim.cli import app as commands
from govsim.cli import viewing
from govsim.view import serving
from tests.view.small_app import Browser, small_app

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1:8050/?token=x"
WITH_A_PAGE = """
import sys
from types import ModuleType
from tests.view.small_app import small_app
page = ModuleType("govsim.view.app")
page.make_app = lambda scenarios, n_jobs, lang, report: small_app("no-assets")
sys.modules["govsim.view.app"] = page
from govsim.cli import main, viewing
viewing.prepare_kernels = lambda quiet: None
main()
"""


@pytest.fixture
def started(assets, monkeypatch):
    """Return what the command hands over, with a small page instead of the real one."""
    seen = SimpleNamespace(opened=[], done=[])

    def make_app(scenarios, n_jobs, lang, report):
        seen.scenarios, seen.n_jobs, seen.lang = [path.name for path in scenarios], n_jobs, lang
        seen.are_there = all(path.is_file() for path in scenarios)
        app = small_app(assets)
        app.start = lambda: seen.done.append("processes are started")
        return app

    def serve(server, port, on_ready, token):
        seen.done.append("the page is served")
        seen.browser, seen.port, seen.token = Browser(SimpleNamespace(server=server)), port, token
        on_ready(ADDRESS)

    page = ModuleType("govsim.view.app")
    page.make_app = make_app
    monkeypatch.setitem(sys.modules, "govsim.view.app", page)
    monkeypatch.setattr(serving, "serve", serve)
    monkeypatch.setattr(viewing, "prepare_kernels", lambda quiet: None)
    monkeypatch.setattr(viewing, "open_browser", seen.opened.append)
    return seen


def govsim_view(*arguments, lang="en"):
    return CliRunner(env={"GOVSIM_LANG": lang}).invoke(commands, ["view", *arguments])


def test_the_address_is_all_that_is_printed(started):
    done = govsim_view()
    assert (done.exit_code, done.stdout) == (0, f"{ADDRESS}\n")
    assert done.stderr == "Open this address, which is yours alone; Ctrl-C stops the view.\n"
    assert govsim_view("--quiet").stderr == ""
    assert started.opened == [ADDRESS] * 2


def test_processes_are_started_before_the_page_is_served_so_that_they_are_ready_with_it(started):
    govsim_view()
    assert started.done == ["processes are started", "the page is served"]


def test_no_browser_is_opened_where_none_is_wanted(started):
    assert govsim_view("--no-browser").exit_code == 0
    assert started.opened == []


def test_the_page_has_its_walls_before_it_is_served(started):
    govsim_view()
    first = started.token
    assert len(first) >= 32
    assert started.browser.get("/").status_code == 403
    assert started.browser.get(f"/?token={first}").status_code == 303
    assert "sha256-" in started.browser.get("/").headers["Content-Security-Policy"]
    govsim_view()
    assert started.token != first


def test_without_scenarios_the_world_of_the_package_is_shown(started):
    govsim_view()
    assert started.scenarios == ["baseline.yaml", "task-permit.yaml", "pay-rise.yaml", "merger.yaml"]
    assert started.are_there
    assert (started.port, started.n_jobs, started.lang) == (None, os.cpu_count(), "en")


def test_what_is_asked_for_reaches_the_page(started):
    done = govsim_view("a.yaml", "b.yaml", "--port", "8123", "--n-jobs", "3", lang="zh")
    assert done.exit_code == 0
    assert started.scenarios == ["a.yaml", "b.yaml"]
    assert (started.port, started.n_jobs, started.lang) == (8123, 3, "zh")


@pytest.mark.parametrize(("lang", "sentence"), [("en", "are not installed"), ("zh", "尚未安装")])
def test_where_waitress_is_missing_one_sentence_says_how_to_install_it(started, monkeypatch, lang, sentence):
    monkeypatch.setitem(sys.modules, "waitress", None)
    monkeypatch.delitem(sys.modules, "govsim.view.serving")
    done = govsim_view(lang=lang)
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "pip install 'govsim[view]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_module_of_ours_that_is_missing_is_a_fault(started, monkeypatch):
    monkeypatch.setitem(sys.modules, "govsim.view.app", None)
    assert isinstance(govsim_view().exception, ModuleNotFoundError)


def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch):
    opened = []
    monkeypatch.setattr(viewing.threading, "Thread", now)
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    viewing.open_browser("1", {})
    viewing.open_browser("2", {"DISPLAY": ":0"})
    monkeypatch.setattr(sys, "platform", "darwin")
    viewing.open_browser("3", {})
    assert opened == ["2", "3"]


def test_a_browser_that_cannot_be_opened_is_no_error(monkeypatch):
    tried = []

    def fail(address):
        tried.append(address)
        raise webbrowser.Error

    monkeypatch.setattr(viewing.threading, "Thread", now)
    monkeypatch.setattr(webbrowser, "open", fail)
    viewing.open_browser("1", {"DISPLAY": ":0"})
    assert tried == ["1"]


def now(target, args, daemon):
    return SimpleNamespace(start=lambda: target(*args))


def begun(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", WITH_A_PAGE, "view", "--no-browser", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "GOVSIM_LANG": "en", "HOST": "0.0.0.0"},
    )


def test_the_whole_command_serves_until_it_is_stopped():
    with begun("--quiet") as process:
        address = urlsplit(process.stdout.readline().strip())
        connection = HTTPConnection("127.0.0.1", address.port, timeout=5)
        connection.request("GET", f"/?{address.query}")
        answer = connection.getresponse()
        connection.close()
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=10)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert (process.returncode, rest, complaints) == (130, "", "")


def test_a_port_in_use_ends_the_command_with_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with begun("--port", port) as process:
            printed, complaints = process.communicate(timeout=10)
    assert (process.returncode, printed) == (2, "")
    assert complaints == f"--port {port}: another program listens there; choose another, or leave --port out.\n"
