"""The server of the view: on this machine only, whatever the environment says, and never the development server."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from waitress import create_server

from govsim.errors import ScenarioError, reason_of
from govsim.view import messages as m
from govsim.view.connections import PromptChannel
from govsim.view.doors import TOKEN
from govsim.view.walls import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import flask

ADDRESS: Final = "127.0.0.1"
USUAL_PORTS: Final = range(8050, 8070)
_ANY_PORT: Final = 0
_THREADS: Final = 8
# A connection costs little while it waits, so many slow ones leave room for the page until they are closed.
_CONNECTIONS: Final = 400
_SILENT_SECONDS: Final = 30
_LONGEST_HEAD: Final = 64 * 1024
# As shells tell of a process that a signal has ended.
_STOPPED: Final = 128


def serve(server: flask.Flask, port: int | None, on_ready: Callable[[str], None], token: str) -> None:
    """Serve until the process is asked to stop, which then ends as shells expect: 130 or 143.

    Parameters
    ----------
    server
        A server with its walls, see ``guard``.
    port
        Where to listen; None takes a port that is free.
    on_ready
        Is told the whole address, with the token, as soon as it can be opened.
    token
        What opens the walls.

    Raises
    ------
    ScenarioError
        If something else listens on the port that was asked for.
    """
    listening = _listening(port)
    with _until_stopped():
        waiting = create_server(
            server,
            sockets=[listening],
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENT_SECONDS,
            cleanup_interval=_SILENT_SECONDS // 3,
            asyncore_use_poll=True,  # select knows no more than 1,024 files
            max_request_header_size=_LONGEST_HEAD,
            max_request_body_size=MOST_BYTES,
            expose_tracebacks=False,
            clear_untrusted_proxy_headers=True,
            ident="",
        )
        waiting.channel_class = PromptChannel
        on_ready(f"http://{ADDRESS}:{listening.getsockname()[1]}/?{TOKEN}={token}")
        waiting.run()


def _listening(port: int | None) -> socket.socket:
    if port is not None:
        try:
            return _listening_on(port)
        except OSError as error:
            raise ScenarioError(_why_not(port, error)) from error
    for each in chain(USUAL_PORTS, [_ANY_PORT]):
        try:
            return _listening_on(each)
        except OSError:
            continue
    raise ScenarioError(m.PORT_REFUSED.format(port=_ANY_PORT, reason=reason_of(OSError(errno.EADDRINUSE, ""))))


def _listening_on(port: int) -> socket.socket:
    """Return a socket that listens already, since two that are only bound may have one port."""
    waiting = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        waiting.bind((ADDRESS, port))
        waiting.listen()
    except OSError:
        waiting.close()
        raise
    return waiting


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return m.PORT_IN_USE.format(port=port)
    return m.PORT_REFUSED.format(port=port, reason=reason_of(error))


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Let Ctrl-C and a request to end stop the server in order; only the main thread can be told of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stopped_by: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        stopped_by.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if stopped_by:
        raise SystemExit(_STOPPED + stopped_by[0])
