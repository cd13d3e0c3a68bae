"""The page: its numbers are the comparison's, it speaks one language, and no text in it becomes more than text."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from govsim.experiments import compare
from govsim.experiments.displacement import ELSEWHERE, INSIDE, PARTS
from govsim.experiments.footnotes import comparison_notes
from govsim.experiments.pairing import PairedEffect
from govsim.figures.look import look
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES
from govsim.report import report_html, write_report
from govsim.report.drawings import json_for_script
from govsim.scenarios import load_scenario
from tests.compared import (
    HOSTILE,
    hostile_files,
    hostile_names,
    named,
    of_many_arms,
    one_pair,
    two_reforms,
    with_effect,
)
from tests.contrast import contrast
from tests.unit.report.reading import misprints, read

LANGUAGES = ("en", "zh")
CSS = look() + (Path(__file__).parents[3] / "src" / "govsim" / "report" / "page.css").read_text(encoding="utf-8")
ENGLISH_WORDS = re.compile(r"[A-Za-z][a-z]+(?:[ ,;:]+[A-Za-z][a-z]+){2,}")


@pytest.fixture(scope="module")
def pages():
    return {lang: report_html(two_reforms(), lang) for lang in LANGUAGES}


# numbers


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("comparison", [two_reforms, one_pair, hostile_files], ids=lambda each: each.__name__)
def test_every_printed_number_is_that_of_the_comparison_to_the_digits_printed(lang, comparison):
    page = read(report_html(comparison(), lang))
    assert len(page.numbers) > 100
    assert misprints(comparison(), page) == []


def test_a_number_with_one_wrong_digit_is_found(pages):
    page = read(pages["en"])
    for index, (of, exact, text) in enumerate(page.numbers):
        last = str((int(text[-1]) + 1) % 10)
        wrong = [*page.numbers]
        wrong[index] = (of, exact, text[:-1] + last)
        changed = read("<p></p>")
        changed.numbers = wrong
        assert [each[0] for each in misprints(two_reforms(), changed)] == [of], text
        if index > 40:
            break


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_of_an_outcome_stands_in_a_table_without_saying_which_it_is(pages, lang):
    """What stands beside the numbers in their cells are signs and units, and counts of the evidence."""
    cells = [cell for cell in read(pages[lang]).number_cells if re.search("[0-9]", cell)]
    entries = load_scenario(named("baseline")).institution.parameters.entries.values()
    grades = {str(count) for count in Counter(entry.grade for entry in entries).values()} | {"0"}
    assert set(cells) <= grades


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_and_account_of_every_arm_is_in_a_table(pages, lang):
    printed = {of for of, _, _ in read(pages[lang]).numbers}
    for index, arm in enumerate(two_reforms().arms):
        for name, effect in arm.outcomes.items():
            if effect.difference is not None:
                assert {
                    f"{index}.{name}.{which}" for which in ("baseline", "reform", "difference", "low", "high")
                } <= printed
        for name in ("removed", *PARTS, *ELSEWHERE, *INSIDE):
            if name != "not_issued":
                assert f"{index}.hours.{name}.difference" in printed


def test_a_label_in_every_table_names_its_outcome(pages):
    for lang in LANGUAGES:
        text = "".join(read(pages[lang]).texts)
        assert [name for name, outcome in OUTCOMES.items() if getattr(outcome, lang) not in text] == []


# languages


@pytest.mark.parametrize(("lang", "code"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_says_which_language_it_is_in(pages, lang, code):
    assert [attributes["lang"] for tag, attributes in read(pages[lang]).tags if tag == "html"] == [code]


@pytest.mark.parametrize("comparison", [two_reforms, one_pair], ids=lambda each: each.__name__)
def test_the_chinese_page_has_no_english_sentence(comparison):
    page = read(report_html(comparison(), "zh"))
    labels = [attributes.get("aria-label", "") for _, attributes in page.tags]
    drawn = [text for attributes, text in page.scripts if attributes.get("type") == "application/json"]
    for text in (*page.prose, *labels, *figure_texts(drawn)):
        assert not ENGLISH_WORDS.search(text), text


def test_the_search_for_english_sentences_finds_one():
    assert ENGLISH_WORDS.search("此处 the hours went elsewhere 。")


def test_the_english_page_has_no_chinese(pages):
    assert not re.search("[\u4e00-\u9fff]", pages["en"].split("<script>")[0])


def figure_texts(drawn):
    for content in map(json.loads, drawn):
        yield from (note["text"] for note in content["layout"]["annotations"])
        for trace in content["data"]:
            yield trace.get("name", "")
            yield from trace.get("hovertext", ())


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="one of en, zh, not 'fr'"):
        report_html(two_reforms(), "fr")


# what it has to say


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_carries_the_fixed_sentence(pages, lang):
    comparison = two_reforms()
    counts = {"guesses": comparison.n_guesses, "parameters": comparison.n_parameters}
    assert "".join(read(pages[lang]).texts).count(say("caveat", lang, **counts)) == 2


def test_the_page_says_what_each_reform_is_where_when_and_its_trap(pages):
    text = "".join(read(pages["en"]).texts)
    for part in (
        "Pay rise for community workers",
        "from 2007-07, phased in over 6 months",
        "2 of 3 communities",
        "comparison with peers or exhaustion can outweigh it",
        "GUESS: a rise of 0.3",
        "rise of public pay, share of it",
        "departments learn to send ad hoc",
        "residents 1,000",
        "A tiny district",
    ):
        assert part in text, part


def test_those_who_lose_come_first(pages):
    text = "".join(read(pages["en"]).texts)
    assert text.index("Who loses") < text.index("entitled residents who receive") < text.index("Workload a worker-day")


def test_the_grades_add_up_to_all_parameters(pages):
    page = read(pages["en"])
    counts = [int(cell) for cell in page.number_cells if re.fullmatch("[0-9]+", cell)]
    assert sum(counts) == two_reforms().n_parameters


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_assumption_stands_in_the_page_with_its_value_and_range_under_its_grade_guesses_first(pages, lang):
    text = "".join(read(pages[lang]).texts)
    entries = load_scenario(named("baseline")).institution.parameters.entries.values()
    headings = [
        text.index(f"{grade}{':' if lang == 'en' else '：'}", text.index("GUESS")) for grade in ("GUESS", "READ")
    ]
    assert headings == sorted(headings)
    for entry in entries:
        row = text[text.index(f"{getattr(entry, lang)} {entry.path}\n") :][:400]
        assert f"{entry.value:.10g} " in row, entry.path
        assert f"{entry.low:.10g}" in row, entry.path


def test_without_the_scenarios_no_assumption_is_listed():
    gone = replace(two_reforms(), baseline="gone.yaml", scenarios=())
    assert "strain.gain_per_day" not in "".join(read(report_html(gone, "en")).texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_digest_is_in_the_page_in_full(pages, lang):
    text = "".join(read(pages[lang]).texts)
    assert all(digest in text for own in two_reforms().digests for digest in own)


def test_the_command_can_be_pasted(pages):
    text = "".join(read(pages["en"]).texts)
    words = ["govsim", "compare", two_reforms().baseline, *(arm.scenario for arm in two_reforms().arms)]
    assert " ".join([*words, "--seeds=4", "--seed=1"]) in text


def test_a_command_of_another_kind_stands_instead():
    text = "".join(read(report_html(two_reforms(), "en", command="govsim demo --seeds=4")).texts)
    assert "govsim demo --seeds=4" in text
    assert "govsim compare" not in text
    assert "gs.compare" not in text


def test_scenarios_made_in_python_have_no_command():
    renamed = replace(two_reforms(), baseline="a scenario")
    text = "".join(read(report_html(renamed, "en")).texts)
    assert "hand the same objects to govsim.compare" in text
    assert "gs.compare" not in text


def test_scenarios_at_hand_are_described_without_their_files():
    gone = replace(two_reforms(), baseline="gone.yaml")
    scenarios = [load_scenario(named(name)) for name in ("baseline", "permit", "rise")]
    text = "".join(read(report_html(gone, "en", scenarios=scenarios)).texts)
    assert "The scenario files are not at hand" not in text
    assert "A tiny district" in text
    assert "GUESS: a rise of 0.3" in text


def test_scenarios_that_were_not_compared_are_not_described():
    others = [load_scenario(named(name)) for name in ("baseline", "rise", "permit")]
    text = "".join(read(report_html(two_reforms(), "en", scenarios=others)).texts)
    assert "The scenario files are not at hand" in text


def test_without_the_files_the_page_says_so_and_keeps_its_numbers():
    gone = replace(two_reforms(), baseline="gone.yaml", scenarios=())
    page = read(report_html(gone, "en"))
    text = "".join(page.texts)
    assert "The scenario files are not at hand" in text
    assert "from 2007-07, phased in over 6 months" in text
    assert "GUESS: a rise of 0.3" not in text
    assert misprints(gone, page) == []
    assert len(page.numbers) > 100


def test_a_file_that_was_changed_after_the_runs_is_not_described():
    changed = replace(two_reforms(), baseline_fingerprint="0" * 64)
    text = "".join(read(report_html(changed, "en")).texts)
    assert "The scenario files are not at hand" in text
    assert "A tiny district" not in text


def test_one_pair_is_not_called_better_or_worse():
    text = "".join(read(report_html(one_pair(), "en")).texts)
    assert "nothing can be called better or worse" in text
    tally = f"Of {len(OUTCOMES)} outcomes"
    assert tally not in text
    assert tally in "".join(read(report_html(two_reforms(), "en")).texts)
    assert "no interval" in text


def test_an_outcome_defined_in_fewer_pairs_says_so():
    effect = two_reforms().arms[0].outcomes["wait_days"]
    fewer = with_effect(two_reforms(), "wait_days", replace(effect, n_pairs=3))
    assert "is defined in only 3 of 4 pairs" in "".join(read(report_html(fewer, "en")).texts)


@pytest.mark.parametrize(
    ("difference", "low", "high", "p", "words"),
    [
        (-0.051, -0.061, -0.041, 0.001, "falls by 0.051 hours, from 9.00 to 8.95 (95 % interval −0.061 to −0.041): ▼"),
        (-0.051, -0.061, -0.041, 0.001, "clearly better; effect small."),
        (-0.51, -0.61, -0.41, 0.02, "likely better; effect medium."),
        (2.0, 1.5, 2.5, 0.001, "clearly worse; effect large."),
        (
            0.51,
            -0.011,
            1.13,
            0.2,
            "Workload a worker-day: ○ no clear difference; any effect large at most; +0.51 hours",
        ),
        (0.0, 0.0, 0.0, 1.0, "Workload a worker-day: = exactly equal to the baseline."),
    ],
)
def test_words_follow_the_declared_thresholds(difference, low, high, p, words):
    effect = PairedEffect(4, 9.0, 9.0 + difference, difference, low, high, 0.5, 2.0, "t", p, p)
    page = read(report_html(with_effect(two_reforms(), "workload_hours", effect), "en"))
    text = re.sub(r"\s+", " ", "".join(page.texts)).replace("▲", "▼")
    assert words in text


@pytest.mark.parametrize(
    ("ratio", "low", "high", "words"),
    [
        (0.39, 0.2, 0.58, "together spend 0.39 hours more (95 % interval 0.20 to 0.58)"),
        (-1.09, -1.3, -0.9, "together spend 1.09 hours less (95 % interval 0.90 to 1.30)"),
        (-0.1, -0.4, 0.2, "together spend 0.10 hours less (95 % interval −0.20 to 0.40)"),
    ],
)
def test_the_ratio_is_told_with_its_sign_in_words_and_its_interval_under_the_same_sign(ratio, low, high, words):
    arms = list(two_reforms().arms)
    accounts = replace(arms[0].displacement, ratio=ratio, ratio_low=low, ratio_high=high)
    changed = replace(two_reforms(), arms=(replace(arms[0], displacement=accounts), *arms[1:]))
    page = read(report_html(changed, "en"))
    assert words in "".join(page.texts)
    assert misprints(changed, page) == []


def test_a_resampled_interval_is_marked_and_explained():
    effect = replace(two_reforms().arms[0].outcomes["wait_days"], interval="bca")
    text = "".join(read(report_html(with_effect(two_reforms(), "wait_days", effect), "en")).texts)
    assert "* BCa bootstrap interval" in text
    assert re.search(r"\d\*", text)
    assert "* BCa" not in "".join(read(report_html(two_reforms(), "en")).texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_states_the_thresholds_of_its_words(pages, lang):
    text = "".join(read(pages[lang]).texts)
    limits = ("0.01", "0.05", "2", "10")
    (note,) = [each for each in comparison_notes(two_reforms(), lang) if all(limit in each for limit in limits)]
    assert note in text


def test_several_reforms_are_corrected_and_the_page_says_so(pages):
    assert "Holm's correction over the reforms" in "".join(read(pages["en"]).texts)
    assert "Holm" not in "".join(read(report_html(one_pair(), "en")).texts)


# months and offices


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_draws_when_reforms_hold_the_months_and_the_difference_of_the_graphs(pages, lang):
    drawn = {attributes.get("data-for") for attributes, _ in read(pages[lang]).scripts}
    assert "figure-schedule" in drawn
    assert {f"figure-{name}-{arm}" for name in ("satisfaction", "difference") for arm in (1, 2)} <= drawn


@pytest.mark.parametrize("missing", ["recordings", "scenarios"])
def test_without_recordings_or_scenarios_the_page_says_what_it_cannot_draw(missing):
    lacking = replace(two_reforms(), baseline="gone.yaml", **{missing: ()})
    page = read(report_html(lacking, "en"))
    drawn = {attributes.get("data-for") for attributes, _ in page.scripts}
    assert "figure-schedule" in drawn
    assert "figure-difference-1" not in drawn
    said = "".join(page.texts).count("No books of months were kept")
    assert said == (2 if missing == "recordings" else 1)


def test_scenarios_that_were_loaded_beforehand_are_described_too():
    baseline, permit = (load_scenario(named(name)) for name in ("baseline", "permit"))
    page = "".join(read(report_html(compare(baseline, [permit], seeds=2), "en")).texts)
    assert "The scenario files are not at hand" not in page
    assert "A tiny district" in page


# text stays text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("comparison", [hostile_files, hostile_names], ids=lambda each: each.__name__)
def test_no_text_of_a_user_becomes_a_tag_or_a_script(lang, comparison):
    html = report_html(comparison(), lang)
    harmless = read(report_html(two_reforms(), lang))
    page = read(html)
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in harmless.tags}
    executable = [text for attributes, text in page.scripts if not attributes]
    assert executable == [text for attributes, text in harmless.scripts if not attributes]
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "window.stolen = 1" in "".join(page.texts)


def test_no_text_ends_the_script_that_a_figure_stands_in():
    content = {"text": "</script><!-- & \u2028"}
    written = str(json_for_script(content))
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == content


def test_a_hostile_name_is_shown_as_it_was_written():
    text = "".join(read(report_html(hostile_names(), "en")).texts)
    assert HOSTILE in text


@pytest.mark.parametrize("comparison", [two_reforms, hostile_names], ids=lambda each: each.__name__)
def test_the_policy_names_both_scripts_and_allows_nothing_from_outside(comparison):
    page = read(report_html(comparison(), "en"))
    (policy,) = [
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    executable = [text for attributes, text in page.scripts if not attributes]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in executable]
    assert len(executable) == 2
    assert rules["script-src"] == " ".join(f"'sha256-{each}'" for each in hashes)
    assert rules["default-src"] == "'none'"
    assert "http" not in policy


def test_nothing_in_the_page_refers_to_another_file(pages):
    for tag, attributes in read(pages["en"]).tags:
        assert "src" not in attributes, tag
        assert attributes.get("href", "#").startswith("#"), tag


# the same everywhere


def test_the_same_comparison_gives_the_same_bytes_in_another_process(pages, tmp_path):
    stored = tmp_path / "comparison.pickle"
    stored.write_bytes(pickle.dumps(two_reforms()))
    script = (
        "import pickle, sys; from pathlib import Path; from govsim.report import write_report\n"
        "write_report(pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2], 'zh')"
    )
    target = tmp_path / "again.html"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", script, str(stored), str(target)], check=True, env=environment)
    assert target.read_text(encoding="utf-8") == pages["zh"]


def test_a_page_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        write_report(two_reforms(), tmp_path / "nowhere" / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_the_weight_of_the_page_is_mostly_plotly(pages, record_property):
    size = len(pages["zh"].encode())
    drawn = [len(text.encode()) for attributes, text in read(pages["zh"]).scripts if not attributes]
    record_property("page_bytes", size)
    assert sum(drawn) > 0.8 * size


def test_every_figure_has_a_place_of_its_own_and_its_content_beside_it():
    page = read(report_html(of_many_arms(two_reforms(), 6), "en"))
    places = [attributes["id"] for tag, attributes in page.tags if tag == "div" and attributes.get("role") == "img"]
    contents = [attributes["data-for"] for attributes, _ in page.scripts if "data-for" in attributes]
    assert places == contents
    assert len(set(places)) == len(places)
    assert all(
        attributes["aria-label"] for tag, attributes in page.tags if tag == "div" and attributes.get("role") == "img"
    )


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "What “a”, “b” and “c” would change"), ("zh", "“a”、“b”与“c”会带来什么变化")]
)
def test_three_reforms_are_listed_as_a_sentence_lists_them(lang, title):
    arms = tuple(replace(two_reforms().arms[0], scenario=f"{name}.yaml", reforms=()) for name in "abc")
    three = replace(of_many_arms(two_reforms(), 3), arms=arms)
    assert title in "".join(read(report_html(three, lang)).texts)


def test_six_reforms_have_a_page():
    many = of_many_arms(two_reforms(), 6)
    page = read(report_html(many, "zh"))
    assert misprints(many, page) == []
    assert "6项改革会带来什么变化" in "".join(page.texts)


# its look


def colours(start):
    """Return the variables of a part of the style sheet that begins with these words."""
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", CSS[CSS.index(start) :].split("}")[0]))


LIGHT = colours(":root {")
DARK = LIGHT | colours("@media (prefers-color-scheme: dark)")
PAPER = LIGHT | colours("@media print {\n  :root")


@pytest.mark.parametrize("scheme", [LIGHT, DARK, PAPER], ids=["light", "dark", "print"])
@pytest.mark.parametrize("ink", ["ink", "muted", "link", "better", "worse"])
@pytest.mark.parametrize("ground", ["paper", "raised", "alarm"])
def test_every_text_stands_out_from_its_ground(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


def test_the_schemes_differ():
    assert LIGHT["paper"] != DARK["paper"]
    assert contrast(DARK["ink"], LIGHT["paper"]) < 4.5


def test_figures_are_not_cut_on_paper(pages):
    assert "size: A4" in pages["en"]
    sheet = CSS[CSS.index("@media print {\n  :root") :]
    assert re.search(r"figure[^{]*\{ break-inside: avoid; \}", sheet)
    assert re.search(r"nav[^{]*\{ display: none; \}", sheet)
