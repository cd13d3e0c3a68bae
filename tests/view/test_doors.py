"""W1 and W2: who may ask, from where, and with which token."""

from __future__ import annotations

import re

import pytest

from tests.view.small_app import CALLS, HOST, OWN, TOKEN, call

ODD_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example:8050",
    "0.0.0.0",
    "127.0.0.1@evil.example",
    "127.0.0.1, evil.example",
    "127.0.0.1,127.0.0.1",
    "[::1]",
    "127.1",
    "localhost.",
    "127.0.0.1:99999",
    "",
]
ELSEWHERE = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": f"https://{HOST}"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": f"http://{HOST}.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Referer": f"http://{HOST}/"},
    {},
]
WRONG_TOKENS = [
    "token=",
    "token=wrong",
    f"token={TOKEN}x",
    f"token={TOKEN[:-1]}",
    f"Token={TOKEN}",
    f"token={TOKEN}&token=x",
    f"token={TOKEN.upper()}",
    "token=%FF%C3",
]


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_a_host_that_is_not_this_machine_is_refused_even_with_the_token(guest, host):
    assert guest.get(f"/?token={TOKEN}", headers={"Host": host}).status_code == 400
    assert guest.post(headers={**OWN, "Host": host}, json=call()).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0"])
def test_without_walls_any_host_is_answered(unguarded, host):
    assert unguarded.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:8050", "localhost:65535"])
def test_this_machine_is_answered_by_either_name_with_any_port(stranger, host):
    assert stranger.get(f"/?token={TOKEN}", headers={"Host": host}).status_code == 303


def test_an_address_that_is_meant_for_a_proxy_is_refused(guest):
    assert guest.get("/").status_code == 200
    proxied = {"REQUEST_URI": f"http://{HOST}/", "RAW_URI": f"http://{HOST}/"}
    assert guest.get("/", environ_overrides=proxied).status_code == 400


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize(
    "body",
    [
        {"json": call()},
        {"data": '{"output": "said.children"}', "content_type": "text/plain"},
        {"data": {"output": "said.children"}},
    ],
    ids=["json", "text", "form"],
)
def test_a_post_from_another_origin_is_refused(guest, headers, body):
    assert guest.post(headers=headers, **body).status_code == 403


@pytest.mark.parametrize("headers", [OWN, {"Origin": OWN["Origin"]}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_a_post_from_the_page_itself_is_answered(guest, headers):
    answer = guest.post(headers=headers, json=call("Li"))
    assert (answer.status_code, answer.json["response"]) == (200, {"said": {"children": "hello Li"}})


def test_without_walls_a_post_from_another_origin_is_answered(unguarded):
    assert unguarded.post(headers=ELSEWHERE[0], json=call()).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/_dash-layout", "/_dash-dependencies", "/assets/fine.css", "/_favicon.ico", "/x"]
)
def test_nothing_is_told_without_the_token(stranger, path):
    assert stranger.get(path).status_code == 403
    assert stranger.post(path, json=call()).status_code == 403


@pytest.mark.parametrize("query", WRONG_TOKENS)
def test_a_wrong_token_opens_nothing_and_leaves_no_cookie(stranger, query):
    answer = stranger.get(f"/?{query}")
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize("name", ["Referer", "Authorization", "X-Token", "Cookie"])
def test_a_token_that_stands_elsewhere_opens_nothing(stranger, name):
    headers = {name: f"http://{HOST}/?token={TOKEN}"}
    assert stranger.get("/", headers=headers).status_code == 403
    assert stranger.post(headers={**OWN, **headers}, json=call()).status_code == 403


def test_a_post_may_not_bring_the_token_in_its_address(stranger):
    assert stranger.post(f"{CALLS}?token={TOKEN}", json=call()).status_code == 403


@pytest.mark.parametrize("cookie", ["", "wrong", TOKEN + "x", "é"])
def test_a_wrong_cookie_opens_nothing(stranger, cookie):
    assert stranger.get("/", headers={"Cookie": f"govsim_view_8050={cookie}"}).status_code == 403


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use(stranger):
    answer = stranger.get(f"/?token={TOKEN}")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"govsim_view_8050={TOKEN};")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (f"/?token={TOKEN}", "/"),
        (f"/?lang=zh&token={TOKEN}&place=%E8%8E%B2%E9%83%BD&empty=", "/?lang=zh&place=%E8%8E%B2%E9%83%BD&empty="),
        (f"/page?a=1&a=2&token={TOKEN}", "/page?a=1&a=2"),
        (f"/?next=http://evil.example&token={TOKEN}", "/?next=http%3A%2F%2Fevil.example"),
    ],
)
def test_the_address_loses_the_token_and_keeps_the_rest(stranger, asked, place):
    assert stranger.get(asked).headers["Location"] == place


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example", "/x//evil.example", "//"])
def test_the_way_in_leads_to_no_other_server(stranger, path):
    answer = stranger.get(f"/?token={TOKEN}", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_two_views_at_once_keep_their_cookies_apart(stranger):
    first, second = (
        stranger.get(f"/?token={TOKEN}", base_url=f"http://127.0.0.1:{port}").headers["Set-Cookie"]
        for port in (8050, 8051)
    )
    assert first.split("=")[0] != second.split("=")[0]


def test_the_refusal_says_in_both_languages_what_to_do(stranger):
    page = stranger.get("/").text
    assert "Open the whole address that govsim view has printed" in page
    assert "请打开 govsim view 输出的完整地址" in page
    assert len(re.findall('<a href="/">', page)) == 2
    assert len(page) < 1500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(guest, method):
    assert guest.client.open("/", method=method, base_url=f"http://{HOST}", headers=OWN).status_code == 405
