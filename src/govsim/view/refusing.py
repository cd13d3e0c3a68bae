"""The short pages that a wall answers with; they repeat nothing of what was asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from werkzeug.wrappers import Response

from govsim.language import LANGUAGES, using
from govsim.view.messages import REFUSALS, TRY_AGAIN

_PAGE: Final = """<!doctype html>
<html><head><meta charset="utf-8"><title>govsim</title></head>
<body>
{paragraphs}
</body></html>
"""


def refusal(status: HTTPStatus) -> Response:
    """Return a page that refuses, in every language, since who asks has not said which one."""
    paragraphs = []
    for lang in LANGUAGES:
        with using(lang):
            paragraphs.append(f'<p lang="{lang}">{REFUSALS[status]}{_way_in(status)}</p>')
    return Response(_PAGE.format(paragraphs="\n".join(paragraphs)), status, mimetype="text/html")


def _way_in(status: HTTPStatus) -> str:
    """Return a link to the same server, for a reader who has come from another site.

    Browsers keep the new cookie back through a redirect that another site began, and send it from here.
    """
    return f' <a href="/">{TRY_AGAIN}</a>' if status is HTTPStatus.FORBIDDEN else ""
