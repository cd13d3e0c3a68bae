"""What each answer tells the browser, whoever asked and whatever came of it."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from tests.view.small_app import CALLS, TOKEN, call

ANSWERS = {
    "page": ("get", "/", {}, 200),
    "layout": ("get", "/_dash-layout", {}, 200),
    "asset": ("get", "/assets/fine.css", {}, 200),
    "way in": ("get", f"/?token={TOKEN}", {}, 303),
    "nothing": ("get", "/assets/nothing.css", {}, 404),
    "other host": ("get", "/", {"headers": {"Host": "evil.example"}}, 400),
    "wrong token": ("get", "/?token=wrong", {}, 403),
    "callback": ("post", CALLS, {"json": call()}, 200),
    "fault": ("post", CALLS, {"json": call("fault")}, 500),
    "too much": ("post", CALLS, {"data": b"x" * 2_000_000, "content_type": "application/json"}, 413),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_answer_has_the_headers(guest, what):
    method, path, more, status = ANSWERS[what]
    answer = getattr(guest, method)(path, **more)
    assert answer.status_code == status
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers.getlist("Content-Security-Policy") == [answer.headers["Content-Security-Policy"]]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("what", ["page", "layout", "callback", "way in", "wrong token"])
def test_what_a_callback_or_page_tells_is_kept_nowhere(guest, what):
    method, path, more, _ = ANSWERS[what]
    assert getattr(guest, method)(path, **more).headers["Cache-Control"] == "no-store"


def test_the_policy_forbids_everything_that_is_not_named(guest):
    policy = dict(part.strip().split(" ", 1) for part in guest.get("/").headers["Content-Security-Policy"].split(";"))
    scripts = policy.pop("script-src").split()
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert scripts[0] == "'self'"
    assert all(each.startswith("'sha256-") for each in scripts[1:])


def test_the_inline_scripts_of_the_page_are_allowed_and_no_others(guest):
    answer = guest.get("/")
    page = re.sub(r"<!--.*?-->|<script[^>]*application/json.*?</script>", "", answer.text, flags=re.DOTALL)
    scripts = [body for body in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) if body.strip()]
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts}
    assert len(scripts) == 2
    assert hashes == set(re.findall("'sha256-[^']*'", answer.headers["Content-Security-Policy"]))


def test_without_walls_dash_sends_none_of_them(unguarded):
    headers = unguarded.get("/").headers
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"} & set(headers.keys()) == set()
