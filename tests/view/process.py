"""A view in a process of its own, and requests as they are written."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.view.small_app import TOKEN

ROOT = Path(__file__).parents[2]


class Served:
    """A process that serves, and what it has said so far."""

    def __init__(self, assets, log, environment=None, page="small"):
        self.log = log
        with log.open("w", encoding="utf-8") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.view.served", str(assets), page],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=stderr,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", **(environment or {})},
            )
        self.address = self.process.stdout.readline().strip()
        self.port = urlsplit(self.address).port
        self.cookie = f"Cookie: govsim_view_{self.port}={TOKEN}"

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def ask(self, *lines, body=b"", host=True):
        """Send a request as it is written and return its status and what was answered."""
        head = [lines[0], *([f"Host: 127.0.0.1:{self.port}"] if host else []), *lines[1:], "Connection: close", "", ""]
        with self.connect() as connection:
            with suppress(OSError):  # answered and closed before all was sent
                connection.sendall("\r\n".join(head).encode() + body)
            return answer_of(connection)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(timeout=10)
        self.process.stdout.close()
        return code


def answer_of(connection):
    received = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            received += part
    found = re.match(rb"HTTP/1\.[01] (\d+)", received)
    return int(found[1]) if found else None, received.decode("utf-8", "replace")
