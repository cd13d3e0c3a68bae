"""W3 and W4: paths that lead out, bodies that no page sends. What is asked wrongly is 4xx; our own faults stay 500."""

from __future__ import annotations

import json
import logging
import time
from urllib.parse import quote

import pytest

from tests.view.small_app import CALLS, CANARY, HOST, call, call_of_all

TRAVERSALS = [
    "../canary.txt",
    "..%2fcanary.txt",
    "%2e%2e/canary.txt",
    "%2e%2e%2fcanary.txt",
    "%252e%252e/canary.txt",
    "%252e%252e%252fcanary.txt",
    "..%252fcanary.txt",
    "..%255ccanary.txt",
    "....//canary.txt",
    "....%2f%2fcanary.txt",
    "..\\canary.txt",
    "..%5ccanary.txt",
    "%5c..%5ccanary.txt",
    "..%00/canary.txt",
    "%00",
    "fine.css%00.png",
    "../canary.txt%00.css",
    "C:\\canary.txt",
    "C:%5ccanary.txt",
    "C%3A/canary.txt",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "file:///etc/passwd",
    "..%c0%af../etc/passwd",
    "%c0%ae%c0%ae/canary.txt",
    "%e0%80%ae%e0%80%ae/canary.txt",
    "..;/canary.txt",
    ".%2e/canary.txt",
    "%uff0e%uff0e/canary.txt",
    "\uff0e\uff0e/canary.txt",
    "./../canary.txt",
    "x/../../canary.txt",
    "link.css",
]
ROUTES = [
    "/",
    "/assets/",
    "/static/",
    "/_dash-component-suites/",
    "/_dash-component-suites/dash/",
    "/_dash-component-suites/dash/deps/",
    "/_dash-layout/",
    "/_dash-dependencies/",
    "/_dash-update-component/",
    "/_reload-hash/",
    "/_favicon.ico/",
    "/download/",
]
DEEP = b'{"output": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
NO_JSON = {
    "nothing": b"",
    "deep": b"[" * 100_000,
    "deep and whole": DEEP,
    "deeper than a page": b'{"inputs": ' + b"[" * 100 + b"]" * 100 + b"}",
    "half": b'{"output": "said.children"',
    "no UTF-8": b'{"output": "\xff"}',
    "UTF-16": '{"output": "said.children"}'.encode("utf-16"),
    "not a number": json.dumps(call(float("nan"))).encode(),
    "beyond numbers": json.dumps(call("1e999")).replace('"1e999"', "1e999").encode(),
    "half a character": json.dumps(call("\ud800")).encode(),
    "many digits": json.dumps(call()).replace('"you"', "9" * 5000).encode(),
    "a long list": json.dumps([1] * 300_000).encode(),
}
UNKNOWN_FILES = ["nobody/x.js", "os/os.py", "dash/dash.py", "dash/deps/x.js", "dash/dcc/async-mathjax.js.map"]
MISFITS = [None, True, 0, 1.5, "text", [], {}, [[]], [None], [{}], ["text"], {"id": 1}, [{"id": [], "property": "x"}]]
KEYS = ("output", "outputs", "inputs", "state", "changedPropIds")


@pytest.mark.parametrize("traversal", TRAVERSALS)
def test_no_path_leads_out_of_its_folder(guest, traversal):
    for route in ROUTES:
        for path in (route + traversal, route + quote(traversal)):
            answer = guest.get(path if not path.startswith("//") else f"/.{path}")
            assert answer.status_code in {200, 404}, path
            assert CANARY not in answer.text, path
            assert "root:" not in answer.text, path
            if answer.status_code == 200:  # Dash shows its page at any address of plain names
                assert traversal == "link.css"
                assert "react-entry-point" in answer.text


def test_a_link_leads_out_of_the_folder_where_there_are_no_walls(unguarded, guest):
    assert CANARY in unguarded.get("/assets/link.css").text
    assert guest.get("/assets/link.css").status_code == 404
    assert guest.get("/assets/fine.css").text.startswith("body")


@pytest.mark.parametrize("path", UNKNOWN_FILES)
def test_what_no_package_of_components_has_is_not_found(guest, unguarded, path):
    assert unguarded.get(f"/_dash-component-suites/{path}").status_code == 500
    assert guest.get(f"/_dash-component-suites/{path}").status_code == 404


@pytest.mark.parametrize("what", NO_JSON)
def test_a_body_that_is_no_json_of_a_page_is_refused(guest, what):
    started = time.perf_counter()
    answer = guest.post(data=NO_JSON[what], content_type="application/json")
    assert answer.status_code == 400
    assert time.perf_counter() - started < 1


def test_without_walls_deep_json_is_a_fault(unguarded):
    assert unguarded.post(data=NO_JSON["deep"], content_type="application/json").status_code == 500


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_a_body_that_is_not_said_to_be_json_is_refused(guest, kind):
    answer = guest.post(data=json.dumps(call()), content_type=kind)
    assert answer.status_code == 415
    assert "此页只接受 JSON" in answer.text


@pytest.mark.parametrize("size", [1_000_001, 20_000_000])
def test_a_big_body_is_refused(guest, unguarded, size):
    body = json.dumps(call("x" * size)).encode()
    assert unguarded.post(data=body, content_type="application/json").status_code == 200
    assert guest.post(data=body, content_type="application/json").status_code == 413


@pytest.mark.parametrize("value", MISFITS, ids=str)
def test_a_body_of_another_shape_is_refused(guest, value):
    assert guest.post(data=json.dumps(value), content_type="application/json").status_code == 400


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", MISFITS, ids=str)
def test_arguments_of_another_type_are_refused(guest, app, key, value):
    # No reason to be called, no state, and no component that a pattern matches are as they may be.
    in_order = [("changedPropIds", []), ("state", []), ("inputs", [[]])]
    for usual, fine in ((call(), in_order[:1]), (call_of_all(app, [1, 2]), in_order)):
        expected = 200 if (key, value) in fine else 400
        assert guest.post(json={**usual, key: value}).status_code == expected


@pytest.mark.parametrize("changed", ["name", ".value", "name.", "{.x", '{"a":.x', "[1]."])
def test_a_reason_that_names_no_component_is_refused(guest, changed):
    assert guest.post(json=call(changedPropIds=[changed])).status_code == 400


@pytest.mark.parametrize(
    "output", ["nobody.children", "said", "", "..", "..said.children..", "name.value", "__class__.x"]
)
def test_a_callback_that_does_not_exist_here_is_refused(guest, unguarded, output):
    assert unguarded.post(json=call(output=output)).status_code == 500
    assert guest.post(json=call(output=output)).status_code == 400


@pytest.mark.parametrize(
    "identity",
    ["name", {"kind": "reform"}, {"kind": "other", "place": 1}, {"kind": "reform", "place": []}, {}, None],
    ids=str,
)
def test_a_component_that_does_not_fit_the_pattern_is_refused(guest, app, identity):
    body = call_of_all(app, [1])
    body["inputs"][0][0]["id"] = identity
    assert guest.post(json=body).status_code == 400


@pytest.mark.parametrize("places", [[], [1], [1, 2, 3]])
def test_a_callback_of_a_pattern_is_answered(guest, app, places):
    answer = guest.post(json=call_of_all(app, places))
    assert (answer.status_code, answer.json["response"]["count"]) == (200, {"children": len(places)})


@pytest.mark.parametrize(("levels", "status"), [(40, 200), (70, 400)])
def test_an_argument_may_be_nested_but_not_deep(guest, app, levels, status):
    body = call_of_all(app, [1])
    body["inputs"][0][0]["value"] = json.loads("[" * levels + "]" * levels)
    assert guest.post(json=body).status_code == status


def test_what_the_browser_works_out_itself_is_not_asked_here(guest, unguarded):
    body = {
        "output": "name.value",
        "outputs": {"id": "name", "property": "value"},
        "inputs": [{"id": "said", "property": "title", "value": "x"}],
        "state": [],
        "changedPropIds": ["said.title"],
    }
    assert unguarded.post(json=body).status_code == 500
    assert guest.post(json=body).status_code == 400


@pytest.mark.parametrize("name", [None, 1, [], {"a": 1}, True])
def test_a_value_that_the_callback_finds_unusable_is_answered_with_its_sentence(guest, unguarded, name):
    answer = guest.post(json=call(name))
    assert (answer.status_code, answer.text, answer.mimetype) == (400, "a name is text", "text/plain")
    assert unguarded.post(json=call(name)).status_code == 500


def test_a_fault_of_ours_is_not_hidden(guest, app, caplog):
    with caplog.at_level(logging.ERROR):
        assert guest.post(json=call("fault")).status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert HOST not in caplog.text
    assert CALLS in caplog.text
