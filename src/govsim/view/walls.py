"""Walls round the server of the view, which Dash ships without."""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import flask
from dash.exceptions import DependencyException

from govsim.errors import ScenarioError
from govsim.view import asked
from govsim.view.doors import HOSTS, Doors
from govsim.view.headers import content_policy
from govsim.view.refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

MOST_BYTES: Final = 1_000_000
_CALLBACKS: Final = "_dash-dependencies"
_CALLED: Final = "_dash-update-component"
_PACKAGES: Final = "_dash-component-suites/"


def new_token() -> str:
    """Return what opens one view, and no other."""
    return secrets.token_urlsafe(32)


def guard(server: flask.Flask, token: str, script_hashes: Sequence[str] = ()) -> None:
    """Put walls round a server, once, after its callbacks are there and before it is asked anything.

    Who asks, from where and with which token is looked at first; then what is asked of a callback. A body that no
    page sends, or a ``ScenarioError`` from a callback, is answered with 400. Any other error of a callback stays 500
    and is logged.

    Parameters
    ----------
    server
        The server, of Dash or of Flask alone.
    token
        What opens it, once as ``/?token=...``, afterwards as a cookie.
    script_hashes
        The hashes of inline scripts that may run, as ``Dash.csp_hashes`` gives them.
    """
    server.debug = False  # Flask would take it from the environment
    server.config.update(TRUSTED_HOSTS=list(HOSTS), MAX_CONTENT_LENGTH=MOST_BYTES)
    server.before_request(_check_callback)
    server.before_request(_check_file)
    server.register_error_handler(DependencyException, _not_in_package)
    server.register_error_handler(FileNotFoundError, _not_in_package)
    server.register_error_handler(ScenarioError, _not_usable)
    server.register_error_handler(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large)
    server.wsgi_app = Doors(server.wsgi_app, token, content_policy(script_hashes))  # type: ignore[method-assign]


def _check_callback() -> Response | None:
    request = flask.request
    if request.method != "POST" or not (request.endpoint or "").endswith(_CALLED):
        return None
    if not request.is_json:
        return refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        content = asked.read(request.get_data())
    except ValueError:
        return refusal(HTTPStatus.BAD_REQUEST)
    return None if asked.fits(content, _callbacks()) else refusal(HTTPStatus.BAD_REQUEST)


def _callbacks() -> Any:
    """Return the callbacks as the server names them to its page."""
    views = flask.current_app.view_functions
    name = (flask.request.endpoint or "").removesuffix(_CALLED) + _CALLBACKS
    answer = flask.current_app.ensure_sync(views[name])()
    return json.loads(answer.get_data())


def _check_file() -> Response | None:
    """Refuse a file that a link leads to out of the folder that may be read."""
    request = flask.request
    app = flask.current_app
    owner = app.blueprints.get(request.blueprint) if request.blueprint else app
    named = (request.view_args or {}).get("filename")
    if owner is None or owner.static_folder is None or named is None:
        return None
    folder = Path(owner.static_folder).resolve()
    return None if (folder / named).resolve().is_relative_to(folder) else refusal(HTTPStatus.NOT_FOUND)


def _not_in_package(error: Exception) -> Response:
    """Answer for a file that no package of components has; the same error from elsewhere is a fault of ours."""
    if _PACKAGES not in flask.request.path:
        raise error
    return refusal(HTTPStatus.NOT_FOUND)


def _not_usable(error: ScenarioError) -> Response:
    return flask.Response(str(error), HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _too_large(_error: Exception) -> Response:
    return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
