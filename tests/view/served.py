"""A small page, a rich one or the view, served in a process of its own; prints its address as the command does."""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import closing
from pathlib import Path

from govsim.view import connections
from govsim.view.serving import serve
from govsim.view.walls import guard
from tests.view.rich_app import rich_app
from tests.view.small_app import TOKEN, small_app
from tests.view.view_app import view_app

if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    connections.SECONDS_TO_ASK = float(os.environ.get("SECONDS_TO_ASK", connections.SECONDS_TO_ASK))
    app = {"small": small_app, "rich": rich_app, "view": view_app}[sys.argv[2]](Path(sys.argv[1]))
    guard(app.server, TOKEN, app.csp_hashes())

    @app.server.route("/slow")
    def slow():
        time.sleep(0.3)
        return "done"

    def ready(address):
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()

    with closing(app):
        serve(app.server, None, ready, TOKEN)
