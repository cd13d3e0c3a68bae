"""A comparison read back is the one that was written, and a file with anything else in it is refused with its place."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from govsim.errors import ScenarioError
from govsim.experiments.comparison_file import read_comparison
from govsim.experiments.rerunning import scenarios_at_hand, with_recordings
from govsim.language import using
from govsim.report import report_html
from tests.compared import hostile_names, one_pair, two_reforms

COMPARISONS = (two_reforms, one_pair, hostile_names)


ALIKE = ("outcomes", "hours_per_community_year", "doses")


def places(content, place=()):
    """Yield where every value of a content stands; of many that are alike, the first."""
    if isinstance(content, dict):
        n = 1 if place and place[-1] in ALIKE else None
        for key, value in list(content.items())[:n]:
            yield (*place, key)
            yield from places(value, (*place, key))
    elif isinstance(content, list) and content:
        yield (*place, 0)
        yield from places(content[0], (*place, 0))


def written(folder, content):
    path = folder / "comparison.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def holder_of(content, place):
    for key in place[:-1]:
        content = content[key]
    return content


@pytest.mark.parametrize("made", COMPARISONS, ids=lambda each: each.__name__)
def test_what_was_written_is_read_back_to_the_last_letter(made, tmp_path):
    path = written(tmp_path, made().to_json())
    assert read_comparison(path).to_json() == made().to_json()
    assert read_comparison(tmp_path) == read_comparison(path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_of_what_was_read_is_the_same_page(lang, tmp_path):
    found = read_comparison(written(tmp_path, two_reforms().to_json()))
    again = with_recordings(found, scenarios_at_hand(found), two_reforms().n_recorded)
    assert report_html(again, lang) == report_html(two_reforms(), lang)


def every_place():
    return list(dict.fromkeys(places(json.loads(two_reforms().to_json()))))


def test_nothing_can_be_left_out_and_nothing_be_of_another_kind(tmp_path):
    """All places of the file, each missing, and each with a value that does not belong there."""
    for place in every_place():
        for harm in ("missing", [], "x", -7, None):
            content = json.loads(two_reforms().to_json())
            holder = holder_of(content, place)
            if harm == "missing":
                holder.pop(place[-1])
            elif holder[place[-1]] == harm and type(holder[place[-1]]) is type(harm):
                continue
            else:
                holder[place[-1]] = harm
            path = written(tmp_path, content)
            refusal = refused(path)
            if refusal is None:  # what is free to be anything of its kind: names, titles, seeds
                assert json.loads(read_comparison(path).to_json()) == content, (place, harm)
            else:
                assert refusal.startswith(f"{path}: "), (place, harm)


def refused(path):
    """Return why a file is refused; None if it is not."""
    try:
        read_comparison(path)
    except ScenarioError as error:
        return str(error)
    return None


def test_a_number_that_is_changed_is_found_where_words_depend_on_it(tmp_path):
    content = json.loads(two_reforms().to_json())
    effect = content["arms"][0]["outcomes"]["satisfaction"]
    effect["ci_low"], effect["ci_high"] = -9.0, -8.0
    with pytest.raises(ScenarioError, match=r"'arms\.0\.outcomes\.satisfaction\.\w+' is missing, or is not"):
        read_comparison(written(tmp_path, content))


def test_what_is_too_much_is_named(tmp_path):
    content = json.loads(two_reforms().to_json())
    content["arms"][1]["comment"] = "mine"
    with pytest.raises(ScenarioError, match=r"'arms\.1\.comment'"):
        read_comparison(written(tmp_path, content))


@pytest.mark.parametrize("text", ["", "{", "[" * 200_000, "NaN", '{"seeds": NaN}', "null", "[1]", "\ufeff{}", "0x1"])
def test_what_is_no_comparison_is_refused_in_one_line(text, tmp_path):
    path = written(tmp_path, text)
    with pytest.raises(ScenarioError) as caught:
        read_comparison(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "comparison.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="is no JSON"):
        read_comparison(path)


def test_a_file_by_another_version_says_by_which(tmp_path):
    content = json.loads(two_reforms().to_json()) | {"version": "9.9"}
    del content["calendar"]
    with pytest.raises(ScenarioError, match=r"The file is by govsim 9\.9: read it with that\."):
        read_comparison(written(tmp_path, content))


@pytest.mark.parametrize(("lang", "words"), [("en", "there is no such file"), ("zh", "没有这个文件")])
def test_where_nothing_is_the_sentence_says_what_makes_it(lang, words, tmp_path):
    with using(lang), pytest.raises(ScenarioError, match=words) as caught:
        read_comparison(tmp_path)
    assert "govsim compare ... --out DIR" in str(caught.value)


def test_recordings_of_another_model_are_not_taken_for_those_that_were_compared():
    digests = (("f" * 64, *two_reforms().digests[0][1:]), *two_reforms().digests[1:])
    other = replace(two_reforms(), digests=digests)
    with pytest.raises(ScenarioError, match=r"replicate 0: made again, its digest is .* and not f{12}"):
        with_recordings(other, other.scenarios, 1)


def test_no_more_is_made_again_than_was_compared():
    assert with_recordings(one_pair(), one_pair().scenarios, 10).n_recorded == 1
    assert with_recordings(one_pair(), one_pair().scenarios, 0).n_recorded == 0


def test_files_that_say_something_else_by_now_are_not_at_hand():
    assert scenarios_at_hand(replace(two_reforms(), baseline_fingerprint="0" * 64)) == ()
    assert scenarios_at_hand(replace(two_reforms(), baseline="gone.yaml")) == ()
    assert len(scenarios_at_hand(two_reforms())) == 3
