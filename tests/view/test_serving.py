"""W1, W4, W5 and W11 over real sockets: one machine, whatever the environment says, and others are still served."""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from contextlib import ExitStack, suppress

import psutil
import pytest

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.view.serving import USUAL_PORTS, serve
from tests.view.process import Served
from tests.view.small_app import CALLS, TOKEN, call

HOSTILE = {
    "HOST": "0.0.0.0",
    "PORT": "1",
    "DASH_DEBUG": "1",
    "DASH_UI": "1",
    "DASH_HOT_RELOAD": "1",
    "FLASK_DEBUG": "1",
    "FLASK_RUN_HOST": "0.0.0.0",
    "WERKZEUG_DEBUG_PIN": "off",
}


@pytest.fixture(scope="module")
def served(assets, tmp_path_factory):
    server = Served(assets, tmp_path_factory.mktemp("served") / "log", HOSTILE)
    yield server
    server.stop()


def test_the_address_has_the_token_and_lets_a_browser_in(served):
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/\?token={TOKEN}", served.address)
    status, answer = served.ask(f"GET /?token={TOKEN} HTTP/1.1")
    assert status == 303
    assert f"Set-Cookie: {served.cookie.removeprefix('Cookie: ')};" in answer
    status, answer = served.ask("GET / HTTP/1.1", served.cookie)
    assert status == 200
    assert "react-entry-point" in answer


def test_the_environment_opens_no_other_address_and_no_debugger(served):
    process = psutil.Process(served.process.pid)
    listening = [each.laddr for each in process.net_connections() if each.status == psutil.CONN_LISTEN]
    assert [(each.ip, each.port) for each in listening] == [("127.0.0.1", served.port)]
    assert process.children() == []
    body = json.dumps(call("fault")).encode()
    status, answer = served.ask(*post(served, len(body)), body=body)
    assert status == 500
    assert not re.search("Traceback|debugger|ZeroDivision|/console", answer, re.IGNORECASE)
    status, answer = served.ask("GET /?__debugger__=yes&cmd=resource&f=debugger.js HTTP/1.1", served.cookie)
    assert "openShell" not in answer


@pytest.mark.parametrize(
    "lines",
    [
        ["GET / HTTP/1.1", "Host: evil.example"],
        ["GET / HTTP/1.1", "Host: "],
        ["GET / HTTP/1.1", "Host: 127.0.0.1", "Host: evil.example"],
        ["GET / HTTP/1.1", "Host: 127.0.0.1", "Host: 127.0.0.1"],
        ["GET / HTTP/1.0"],
        ["GET / HTTP/1.1"],
        ["GET http://evil.example/ HTTP/1.1", "Host: 127.0.0.1"],
        ["GET http://127.0.0.1/ HTTP/1.1", "Host: 127.0.0.1"],
        ["OPTIONS * HTTP/1.1", "Host: 127.0.0.1"],
        ["CONNECT evil.example:443 HTTP/1.1", "Host: 127.0.0.1"],
        ["GET / HTTP/1.1", "Host: evil.example", "X-Forwarded-Host: 127.0.0.1", "Forwarded: host=127.0.0.1"],
    ],
    ids=" ".join,
)
def test_another_host_no_host_two_hosts_and_addresses_for_proxies_are_refused(served, lines):
    assert served.ask(*lines, served.cookie, host=False)[0] == 400


def test_a_forwarded_host_makes_no_host_odd(served):
    assert served.ask("GET / HTTP/1.1", "X-Forwarded-Host: evil.example", served.cookie)[0] == 200


def test_no_raw_path_leads_out(served):
    for path in (
        "/../canary.txt",
        "/assets/../../canary.txt",
        "/assets/%2e%2e/canary.txt",
        "/a\\..\\b",
    ):
        status, answer = served.ask(f"GET {path} HTTP/1.1", served.cookie)
        assert status in {400, 404}, path
        assert "canary sings" not in answer


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example/x", "/\\evil.example/x"])
def test_the_way_in_leads_to_no_other_server(served, path):
    _, answer = served.ask(f"GET {path}?token={TOKEN} HTTP/1.1")
    assert re.search(r"^Location: (?!/\w)", answer, re.MULTILINE) is None


def post(served, length=None, *more):
    length = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    own = f"Origin: http://127.0.0.1:{served.port}"
    return (f"POST {CALLS} HTTP/1.1", served.cookie, own, "Content-Type: application/json", length, *more)


def opened(served, first, *rest):
    """Return the head of a request, after which its body may come."""
    return "\r\n".join([first, f"Host: 127.0.0.1:{served.port}", *rest, "", ""]).encode()


def test_a_big_body_is_refused_before_it_is_read(served):
    process = psutil.Process(served.process.pid)
    before = process.memory_info().rss
    started = time.perf_counter()
    assert served.ask(*post(served, 20_000_000), body=b"[" * 20_000_000)[0] in {413, None}
    assert served.ask(*post(served, 10**12))[0] == 413
    assert time.perf_counter() - started < 1
    assert process.memory_info().rss - before < 50_000_000


def test_a_body_without_a_length_is_read_no_further_than_the_limit(served):
    process = psutil.Process(served.process.pid)
    before = process.memory_info().rss
    chunk = b"10000\r\n" + b"[" * 0x10000 + b"\r\n"
    sent = 0
    with served.connect() as connection, suppress(OSError):
        connection.sendall(opened(served, *post(served)))
        while sent < 2**30:
            connection.sendall(chunk)
            sent += len(chunk)
    assert sent < 20_000_000
    assert process.memory_info().rss - before < 50_000_000
    assert served.ask("GET / HTTP/1.1", served.cookie)[0] == 200


def test_deep_json_in_chunks_is_refused(served):
    body = b"[" * 100_000
    chunks = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    assert served.ask(*post(served), body=chunks)[0] == 400


@pytest.mark.parametrize("beginning", ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127", "body"])
def test_connections_that_say_little_keep_nobody_from_being_served(served, beginning):
    if beginning == "body":
        beginning = opened(served, *post(served)).decode() + "5\r\n["
    with ExitStack() as stack:
        for _ in range(120):
            stack.enter_context(served.connect()).sendall(beginning.encode())
        started = time.perf_counter()
        assert served.ask("GET / HTTP/1.1", served.cookie)[0] == 200
        assert time.perf_counter() - started < 1


def test_readers_who_never_read_keep_nobody_from_being_served(served):
    big = "/_dash-component-suites/plotly/package_data/plotly.min.js"
    asked = opened(served, f"GET {big} HTTP/1.1", served.cookie)
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(served.connect()).sendall(asked)
        assert served.ask("GET / HTTP/1.1", served.cookie)[0] == 200


def test_the_token_is_in_no_log(served):
    served.ask(f"GET /?token={TOKEN} HTTP/1.1")
    served.ask(f"GET /?token={TOKEN} HTTP/1.1", f"Referer: http://127.0.0.1/?token={TOKEN}", "Bad Header")
    served.ask(f"GET http://127.0.0.1/?token={TOKEN} HTTP/1.1")
    served.ask(*post(served, 4), body=b"null")
    assert served.log.exists()
    assert TOKEN not in served.log.read_text(encoding="utf-8")


def test_a_request_that_never_becomes_whole_is_given_up(assets, tmp_path):
    server = Served(assets, tmp_path / "log", {"SECONDS_TO_ASK": "0.5"})
    started = time.monotonic()
    with server.connect() as slow, suppress(OSError):
        while time.monotonic() - started < 8:
            slow.sendall(b"G")
            time.sleep(0.1)
    assert 0.5 < time.monotonic() - started < 4
    with server.connect() as one:
        for _ in range(3):
            one.sendall(opened(server, "HEAD / HTTP/1.1", server.cookie))
            assert one.recv(65536).startswith(b"HTTP/1.1 200")
            time.sleep(0.4)
    server.stop()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_the_server_in_order(assets, tmp_path, number, code):
    server = Served(assets, tmp_path / "log")
    with server.connect() as waiting:
        waiting.sendall(f"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n{server.cookie}\r\n\r\n".encode())
        time.sleep(0.1)
        assert server.stop(number) == code
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    with pytest.raises(ConnectionRefusedError):
        server.connect()


def test_a_port_that_is_in_use_is_said_in_one_sentence_of_either_language(app):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for lang, sentence in (("en", f"--port {port}: another program listens there"), ("zh", "已被其他程序占用")):
            with using(lang), pytest.raises(ScenarioError, match=sentence):
                serve(app.server, port, pytest.fail, TOKEN)


def test_a_free_port_is_taken_where_the_usual_ones_are_in_use(assets, tmp_path):
    with ExitStack() as stack:
        for port in USUAL_PORTS:
            try:
                stack.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue  # in use already, which is as good
        server = Served(assets, tmp_path / "log")
        assert server.port not in USUAL_PORTS
        assert server.ask("GET / HTTP/1.1", server.cookie)[0] == 200
        server.stop()
