"""Words about the model: complete or refused, with the name of what lacks them."""

from __future__ import annotations

import pytest

from govsim import odd
from govsim.errors import ScenarioError
from govsim.odd import state
from govsim.odd.edition import Edition, anchors_of
from govsim.odd.markdown import table
from govsim.odd.words import read_words

KEY, COLUMNS = ("table", "column"), ("unit", "zh")


def written(tmp_path, text):
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path, text):
    return read_words(written(tmp_path, text), KEY, COLUMNS)


def test_a_row_is_known_by_its_key(tmp_path):
    words = read(tmp_path, "table,column,unit,zh\npost,pay,fen,薪酬\n,all,fen,全部\n")
    assert list(words) == ["post.pay", "all"]
    assert words["post.pay"]["zh"] == "薪酬"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("table,column,unit\n", 1, "the columns are 'table', 'column', 'unit', 'zh'"),
        ("table,column,unit,zh\npost,pay,fen\n", 2, "the columns are"),
        ("table,column,unit,zh\npost,pay,,薪酬\n", 2, "'post.pay' has nothing under 'unit'"),
        ("table,column,unit,zh\npost,pay,fen,薪酬\npost,pay,fen,工资\n", 3, "'post.pay' has a row above"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, text, line, sentence):
    with pytest.raises(ScenarioError, match=f"words.csv:{line}: {sentence}"):
        read(tmp_path, text)


def test_what_may_be_empty_is_taken_empty(tmp_path):
    path = written(tmp_path, "table,column,unit,zh\npost,pay,,薪酬\n")
    assert read_words(path, KEY, COLUMNS, may_be_empty=("unit",))["post.pay"]["unit"] == ""


def test_what_has_no_words_is_refused_by_name(tmp_path):
    words = read(tmp_path, "table,column,unit,zh\npost,pay,fen,薪酬\n")
    with pytest.raises(ScenarioError, match=r"'post\.nickname' has no row; add one"):
        words.about(["post.pay", "post.nickname"])


def test_words_about_nothing_are_refused_with_their_line(tmp_path):
    words = read(tmp_path, "table,column,unit,zh\npost,pay,fen,薪酬\npost,rank,none,级别\n")
    with pytest.raises(ScenarioError, match=r"words\.csv:3: nothing is called 'post\.rank'"):
        words.about(["post.pay"])
    assert words.having(["post.pay"]) is words


def test_a_column_that_nobody_described_stops_the_page(monkeypatch):
    known = state.columns()
    monkeypatch.setattr(state, "columns", lambda: {**known, "post.nickname": known["post.community"]})
    with pytest.raises(ScenarioError, match=r"columns\.csv: 'post\.nickname' has no row"):
        odd.pages()


def test_a_part_of_the_state_that_nobody_described_stops_the_page(monkeypatch):
    known = list(state.arrays(state.table_words()))
    monkeypatch.setattr(state, "arrays", lambda _: [*known, "work.seats"])
    with pytest.raises(ScenarioError, match=r"'array\.work\.seats' has no row"):
        odd.pages()


def test_a_section_is_linked_where_the_page_has_it_and_named_elsewhere():
    anchors = anchors_of("## 4. Design concepts\n\n### 7.16 The route of each mandate (`choose_routes`)\n")
    assert anchors == {"4": "4-design-concepts", "7.16": "716-the-route-of-each-mandate-choose_routes"}
    edition = Edition("en", anchors)
    assert edition.section("4") == "[4](../odd.md#4-design-concepts)"
    assert edition.section("7.2") == "7.2"


def test_the_language_asked_for_comes_first_and_another_is_refused():
    assert Edition("zh").pair("post", "岗位") == ("岗位", "post")
    assert Edition("en").pair_heads("what it is", "含义") == ("what it is", "中文")
    with pytest.raises(ValueError, match="one of en, zh, not 'fr'"):
        Edition("fr")


def test_a_cell_keeps_its_bars_and_stays_on_its_line():
    assert table(("a",), [("x | y\nz",)]).splitlines()[-1] == "| x \\| y z |"


def test_pages_are_written_beside_the_page_they_link_to(tmp_path):
    (tmp_path / "odd.md").write_text("### 7.6 Duties\n", encoding="utf-8")
    files = odd.write(tmp_path / "odd")
    assert [path.name for path in files] == list(odd.pages())
    assert "[7.6](../odd.md#76-duties)" in (tmp_path / "odd" / "phases.md").read_text(encoding="utf-8")
    alone = odd.write(tmp_path / "elsewhere" / "tables", "zh")
    assert "../odd.md" not in alone[1].read_text(encoding="utf-8")
    assert "阶段" in alone[1].read_text(encoding="utf-8")
