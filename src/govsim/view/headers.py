"""What every answer tells the browser: whose scripts may run, and who may look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from wsgiref.types import StartResponse

_ALWAYS: Final = (
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # the start address holds the token
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),  # a page on another port of this machine gets the cookie sent
)


def content_policy(script_hashes: Sequence[str]) -> str:
    """Return the Content-Security-Policy of a page whose inline scripts have these hashes."""
    rules = (
        "default-src 'none'",
        " ".join(("script-src 'self'", *script_hashes)),
        "style-src 'self' 'unsafe-inline'",  # Plotly writes styles
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
    return "; ".join(rules)


def with_headers(start_response: StartResponse, policy: str) -> StartResponse:
    """Return a ``start_response`` that adds the headers of the walls to whatever is answered."""

    def start(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> Any:
        headers = Headers(given)
        for name, value in _ALWAYS:
            headers[name] = value
        headers["Content-Security-Policy"] = policy
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-cache" if "ETag" in headers else "no-store"
        return start_response(status, headers.to_wsgi_list(), exc_info)

    return start
