"""The tables of the ODD page are complete, and say of the model what the model says of itself."""

from __future__ import annotations

import csv
import re
from typing import get_args

import numpy as np
import pydantic
import pytest

from govsim.institution.institution import Edit
from govsim.institution.rules import RULES
from govsim.odd.draws import drawn_in
from govsim.odd.edition import Edition, anchors_of
from govsim.odd.files import PAGES as WRITERS
from govsim.odd.reforms import own_fields, sources_of, what_and_trap
from govsim.processes import PHASES
from govsim.randomness import Decision
from govsim.recording.outcomes import OUTCOMES
from govsim.reforms import REFORMS, Reform
from govsim.tables import layout
from tests.architecture.source import ODD, PACKAGE, ROOT
from tests.contracts.reforms import SETTINGS

FOLDER = ROOT / "docs" / "odd"
FILES = ("state-variables.md", "phases.md", "draws.md", "rules.md", "parameters.md", "reforms.md", "outcomes.md")
PAGES = {name: (FOLDER / name).read_text(encoding="utf-8") for name in FILES}
CHINESE = re.compile("[\u4e00-\u9fff]")
TABLES = {name.lower(): value for name, value in vars(layout).items() if isinstance(value, np.dtype) and value.names}


def words(path):
    with (PACKAGE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COLUMN_WORDS = {f"{row['table']}.{row['column']}": row for row in words("tables/data/columns.csv")}
TABLE_WORDS = {row["table"]: row for row in words("tables/data/tables.csv")}
DRAW_WORDS = {row["decision"]: row for row in words("odd/data/draws.csv")}
PARAMETERS = words("institution/data/parameters.csv")


def rows(text):
    """Return the cells of every row of every table in a text, heads and rules apart, by the heads of its columns."""
    found, heads = [], None
    for line in text.splitlines():
        if not line.startswith("|"):
            heads = None
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if heads is None:
            heads = cells
        elif set(cells) != {"---"}:
            assert len(cells) == len(heads), line
            found.append(dict(zip(heads, cells, strict=True)))
    return found


def by_name(name, column):
    """Return the rows of a page by the name in their first code."""
    return {re.search(r"`([^`]+)`", row[column]).group(1): row for row in rows(PAGES[name]) if row.get(column)}


def sections():
    """Return the text of each numbered section of the ODD page."""
    parts = re.split(r"^#+ (\d+(?:\.\d+)?)\.? .*$", ODD, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def number(cell):
    """Return the number of a section from a link to it."""
    return re.match(r"\[([\d.]+)\]\(\.\./odd\.md#", cell).group(1)


# ------------------------------------------------------------------ the files
@pytest.mark.parametrize("name", FILES)
def test_the_files_on_disk_are_what_the_model_says_now(name):
    assert WRITERS[name](Edition("en", anchors_of(ODD))) == PAGES[name], "run make odd"


def test_the_folder_has_these_files_and_no_others():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(FILES)
    assert list(WRITERS) == list(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_page_includes_each_file_once(name):
    assert ODD.count(f"```{{include}} odd/{name}\n:relative-docs: ..\n```") == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FILES)
def test_every_row_says_in_both_languages_what_it_is_and_in_which_unit(name, lang):
    described = [row for row in rows(WRITERS[name](Edition(lang))) if {"中文", "English"} & set(row)]
    assert described
    for row in described:
        heads = list(row)
        other = heads.index("中文" if lang == "en" else "English")
        texts = [row[heads[other - 1]], row[heads[other]]]
        assert all(texts), row
        assert CHINESE.search(texts[0 if lang == "zh" else 1]), row
        assert row.get("unit" if lang == "en" else "单位", "none needed"), row


# ------------------------------------------------------------ state variables
@pytest.mark.parametrize("name", [f"{table}.{column}" for table, record in TABLES.items() for column in record.names])
def test_every_column_of_every_table_has_a_row_of_words(name):
    row = COLUMN_WORDS.get(name)
    assert row, f"add '{name}' to src/govsim/tables/data/columns.csv and run make odd"
    assert row["unit"]
    assert row["written_by"]
    assert row["en"]
    assert CHINESE.search(row["zh"])


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_on_the_page_with_all_its_columns(table):
    title = TABLE_WORDS[table]["known_as"].replace(" ", ", ") or table
    part = PAGES["state-variables.md"].split(f"<code>{title}</code>")[1].split("</details>")[0]
    assert [row["column"].strip("`") for row in rows(part)] == list(TABLES[table].names)
    assert [row["type"].split()[0] for row in rows(part)] == [
        TABLES[table][name].base.name for name in TABLES[table].names
    ]


def test_no_words_are_left_of_what_is_gone():
    known = {f"{table}.{column}" for table, record in TABLES.items() for column in record.names}
    assert {name for name in COLUMN_WORDS if name not in known and not name.startswith("array.")} == set()


# --------------------------------------------------------------------- phases
def test_the_page_has_every_phase_in_order_with_its_section_and_when():
    found = [row for row in rows(PAGES["phases.md"]) if "no." in row]
    assert [row["phase"].strip("`") for row in found] == [phase.name for phase in PHASES]
    assert [number(row["section"]) for row in found] == [phase.odd for phase in PHASES]
    assert len({(row["when"], phase.every) for row, phase in zip(found, PHASES, strict=True)}) == 4


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
@pytest.mark.parametrize("side", ["reads", "writes"])
def test_the_page_has_everything_that_a_phase_reads_and_writes(phase, side):
    cell = next(row[side] for row in rows(PAGES["phases.md"]) if side in row and row["phase"] == f"`{phase.name}`")
    shown = set()
    for part in cell.split("; "):
        table, *of_it = re.findall(r"`([^`]+)`", part)
        shown |= {f"{table}.{column}" for column in of_it} or {table}
    assert shown == set(getattr(phase, side))


# ---------------------------------------------------------------------- draws
def test_the_register_and_both_tables_of_draws_are_the_same():
    by_hand = re.findall(r"^\| (\d+) \| ([A-Z_]+) \| (.+?) \| (.+?) \| (.+?) \|$", ODD, re.MULTILINE)
    columns = ("n", "name", "entity", "tick", "index")
    written = [tuple(row[column].strip("`") for column in columns) for row in rows(PAGES["draws.md"])]
    assert [(int(row[0]), row[1]) for row in written] == [(int(each), each.name) for each in Decision]
    assert [tuple(cell.strip("`") for cell in row) for row in by_hand] == written


NOT_BY_NUMBER = {"NEED_COUNT"}  # 7.3 calls it a Poisson number of needs


@pytest.mark.parametrize("decision", Decision, ids=lambda decision: decision.name)
def test_the_section_that_a_draw_points_to_uses_it(decision):
    text = sections()[DRAW_WORDS[decision.name]["section"]]
    used = re.search(rf"\bu{int(decision)}\b|\({decision.name}\b", text)
    assert bool(used) == (decision.name not in NOT_BY_NUMBER)


@pytest.mark.parametrize("decision", Decision, ids=lambda decision: decision.name)
def test_the_page_names_the_function_that_draws(decision):
    functions = drawn_in()[decision.name]
    assert functions
    for each in functions:
        path, function = each.split(": ")
        source = (PACKAGE / path).read_text(encoding="utf-8")
        body = source.split(f"def {function}(")[1].split("\ndef ")[0]
        assert f"Decision.{decision.name}" in body
        assert each in by_name("draws.md", "name")[decision.name]["drawn in"]


# ---------------------------------------------------------------------- rules
@pytest.mark.parametrize("rule", RULES)
def test_the_page_has_every_option_of_a_rule_and_its_section_names_it(rule):
    shown = by_name("rules.md", "option")
    for member in RULES[rule]:
        option = member.name.lower()
        assert shown[option]["number"] == str(int(member))
        assert option in sections()[number(shown[option]["section"])]


# ----------------------------------------------------------------- parameters
@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: row["path"])
def test_the_page_has_every_parameter_as_its_table_has_it(row):
    shown = by_name("parameters.md", "parameter")[row["path"]]
    low, high = shown["range"].split(" to ")
    assert [float(each) for each in (shown["value"], low, high)] == [
        float(row[each]) for each in ("value", "low", "high")
    ]
    assert [shown[each] for each in ("unit", "grade", "source", "what it is", "中文")] == [
        row[each] for each in ("unit", "grade", "source", "en", "zh")
    ]


def test_the_page_has_no_parameter_that_does_not_exist():
    assert set(by_name("parameters.md", "parameter")) == {row["path"] for row in PARAMETERS}


# ------------------------------------------------------------------- outcomes
@pytest.mark.parametrize("name", OUTCOMES)
def test_the_page_has_every_outcome_as_the_code_has_it(name):
    outcome, shown = OUTCOMES[name], by_name("outcomes.md", "outcome")[name]
    assert shown["outcome"].split("<br>")[1:] == [outcome.en, outcome.zh]
    assert shown["outcome"].startswith("**") == outcome.is_headline
    assert shown["unit"] == outcome.unit
    assert shown["better"] == outcome.better.replace("none", "neither")
    assert ("resident group" in shown["exists for"]) == (outcome.of == "residents")
    assert ("community" in shown["exists for"]) == (outcome.of != "district")


# -------------------------------------------------------------------- reforms
def part_of(use):
    """Return what the page says of one reform, and of all reforms before the first."""
    first, *parts = re.split(r"^#### .*\(`(\w+)`\)$", PAGES["reforms.md"], flags=re.MULTILINE)
    return dict(zip(["", *parts[::2]], [first, *parts[1::2]], strict=True)).get(use, "")


@pytest.mark.parametrize("use", REFORMS)
def test_the_page_has_title_meaning_trap_and_source_of_every_reform(use):
    kind = REFORMS[use]
    assert f"#### {kind.title_en} {kind.title_zh} (`{use}`)" in PAGES["reforms.md"]
    what, trap = what_and_trap(kind)
    for text in (what, trap, sources_of(kind)):
        assert text
        assert text in part_of(use)
    assert re.search(r"[A-Z]\d+", sources_of(kind))


@pytest.mark.parametrize("use", ["", *REFORMS])
def test_the_page_has_every_field_of_a_reform_and_no_other(use):
    shown = [row["field"].strip("`") for row in rows(part_of(use)) if "field" in row]
    assert shown == (own_fields(REFORMS[use]) if use else list(Reform.model_fields))


NUMBERS = [
    (use, row["field"].strip("`"), row)
    for use in ["", *REFORMS]
    for row in rows(part_of(use))
    if row.get("type") in {"number", "whole number"}
]


def accepts(use, field, value):
    """Return whether the class takes a value of a field."""
    use = use or "task_permit"
    settings = {"use": use, "id": "one", "starts_on": "2008-01", **SETTINGS[use], field: value}
    try:
        return getattr(REFORMS[use](**settings), field) == value
    except pydantic.ValidationError:
        return False


@pytest.mark.parametrize(("use", "field", "row"), NUMBERS, ids=lambda value: value if isinstance(value, str) else "")
def test_bounds_and_default_on_the_page_are_those_that_the_class_keeps(use, field, row):
    declared = REFORMS[use or "task_permit"].model_fields[field]
    assert row["default"] == ("required" if declared.is_required() else f"{declared.default:g}")
    kind, step = (int, 1) if row["type"] == "whole number" else (float, 1e-6)
    bounds = re.fullmatch(r"(?:at least |)(-?[\d.]+)(?: to (-?[\d.]+))?", row["bounds"])
    low, *high = (float(each) for each in bounds.groups() if each)
    assert accepts(use, field, kind(low))
    assert not accepts(use, field, kind(low - step))
    for each in high:
        assert accepts(use, field, kind(each))
        assert not accepts(use, field, kind(each + step))


def test_the_page_has_every_kind_of_edit():
    shown = {row["edit"].strip("`") for row in rows(part_of("")) if "edit" in row}
    assert shown == {kind.__name__ for kind in get_args(Edit)}


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_read_as_markdown_that_was_not_meant(name):
    for row in rows(PAGES[name]):
        for cell in row.values():
            plain = re.sub(r"`[^`]*`|\*\*`[^`]*`\*\*", "", cell).replace("****", "")
            assert "*" not in plain, cell
            assert cell.count("`") % 2 == 0, cell
