"""The outermost wall: who may ask at all, before Flask or Dash see the request."""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Request, Response

from govsim.view.headers import with_headers
from govsim.view.refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HOSTS: Final = ("localhost", "127.0.0.1")
TOKEN: Final = "token"
_METHODS: Final = ("GET", "HEAD", "POST")
# Names of letters, digits and a few signs; none begins with a dot, holds a % that was encoded twice, or is empty.
_PATH: Final = re.compile(r"/|(?:/(?!\.)[\w@.+~,=-]+)+/?")


class Doors:
    """A WSGI application around another one, which it lets see only what its own page asks.

    Parameters
    ----------
    inner
        The application behind the doors.
    token
        What opens them: in the address of the first visit, afterwards as a cookie.
    policy
        The Content-Security-Policy of all that is answered.
    """

    def __init__(self, inner: WSGIApplication, token: str, policy: str) -> None:
        self.inner = inner
        self.policy = policy
        self._token = token

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        request.trusted_hosts = list(HOSTS)
        answer: WSGIApplication = self._answer(request) or self.inner
        return answer(environ, with_headers(start_response, self.policy))

    def _answer(self, request: Request) -> Response | None:
        """Return what is answered instead of the inner application."""
        if not _is_asked_here(request):
            return refusal(HTTPStatus.BAD_REQUEST)
        if request.method not in _METHODS:
            return refusal(HTTPStatus.METHOD_NOT_ALLOWED)
        if request.method != "POST" and TOKEN in request.args:
            return self._let_in(request)
        if not self._is_token(request.cookies.get(cookie_name(request), "")):
            return refusal(HTTPStatus.FORBIDDEN)
        if request.method == "POST" and not _is_from_own_page(request):
            return refusal(HTTPStatus.FORBIDDEN)
        return None if _is_plain(request) else refusal(HTTPStatus.NOT_FOUND)

    def _let_in(self, request: Request) -> Response:
        """Turn the token of the address into a cookie, so that it stays in no history and no screenshot."""
        given = request.args.getlist(TOKEN)
        if len(given) != 1 or not self._is_token(given[0]):
            return refusal(HTTPStatus.FORBIDDEN)
        if not _is_plain(request):
            return refusal(HTTPStatus.NOT_FOUND)
        rest = [(name, value) for name, value in request.args.items(multi=True) if name != TOKEN]
        place = quote(request.path) + (f"?{urlencode(rest)}" if rest else "")
        answer = Response(status=HTTPStatus.SEE_OTHER, headers={"Location": place, "Cache-Control": "no-store"})
        answer.set_cookie(cookie_name(request), self._token, httponly=True, samesite="Strict")
        return answer

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "backslashreplace"), self._token.encode("utf-8"))


def cookie_name(request: Request) -> str:
    """Return the name of the cookie, with the port, since browsers keep cookies by host alone."""
    return f"govsim_view_{request.environ['SERVER_PORT']}"


def _is_asked_here(request: Request) -> bool:
    """Return whether a request names this server and no other, once, and no address of a proxy."""
    try:
        is_known = bool(request.host)
    except SecurityError:
        return False
    return is_known and str(request.environ.get("REQUEST_URI", "/")).startswith("/")


def _is_plain(request: Request) -> bool:
    """Return whether a path is one of names, as it came: ``Request.path`` would hide a second slash at its start."""
    path = str(request.environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8", "replace")
    return _PATH.fullmatch(path) is not None


def _is_from_own_page(request: Request) -> bool:
    """Return whether the browser says that a page of this very server has sent a request."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None and site is None:
        return False
    return origin in (None, f"{request.scheme}://{request.host}") and site in (None, "same-origin")
