"""What every phase promises: its place in the order, its section of the ODD page, and what it writes."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from govsim.kernels import stretch
from govsim.odd.state import ARRAY, column_words, table_words
from govsim.processes import PHASES
from govsim.tables.layout import COHORT
from govsim.tables.state import as_bytes, copy_of_records
from tests.properties.runs import digests, model_of
from tests.properties.villages import merged, villages
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit

ROOT = Path(__file__).parents[2]
BY_NAME = {phase.name: phase for phase in PHASES}
EVERY_PHASE = pytest.mark.parametrize("name", BY_NAME)


def tables(state):
    """Return every table by the name that phases use."""
    named = {**state.people._asdict(), **state.work._asdict(), **state.plan._asdict()}
    named = {name: table for name, table in named.items() if isinstance(table, np.ndarray)}
    book = state.book
    return {
        **named,
        **{f"open_before.{name}": part for name, part in state.open_before._asdict().items()},
        "community_tallies": book.communities,
        "settlement_tallies": book.settlements,
        "group_tallies": book.groups,
        "origin_tallies": book.origins,
        "office_tallies": book.offices,
        "money": book.money,
        "settlement_cohorts": book.settlement_cohorts,
        "group_cohorts": book.group_cohorts,
    }


def columns(table, values):
    """Return every column of a table as ``table.column``, a plain array as ``table``."""
    if values.dtype.names:
        return {f"{table}.{column}": np.ndarray.__getitem__(values, column) for column in values.dtype.names}
    return {table: values}


def all_columns(state):
    return {name: column for table, values in tables(state).items() for name, column in columns(table, values).items()}


def copies(state):
    """Return a copy of every table."""
    return {
        name: copy_of_records(table) if table.dtype.names else table.copy() for name, table in tables(state).items()
    }


def changed(before, state):
    """Return the columns that are not what they were; cohorts of settlements and groups are one table to a phase."""
    after = tables(state)
    assert set(before) == set(after)
    found = set()
    for table, values in after.items():
        # Bytes first: most phases leave most tables alone.
        if not np.array_equal(as_bytes(before[table]), as_bytes(values)):
            was = columns(table, before[table])
            found |= {name for name, column in columns(table, values).items() if not np.array_equal(was[name], column)}
    return {re.sub(r"^(settlement|group)_cohorts", "cohorts", name) for name in found}


def undeclared(phase, columns_changed):
    return {name for name in columns_changed if name not in phase.writes and name.split(".")[0] not in phase.writes}


def watched(phase, written):
    """Return the phase with a watch over what it changes: ``written[name]`` collects columns."""

    @functools.wraps(phase.run)
    def run(situation):
        before = copies(situation.state)
        charter = {
            name: as_bytes(part).copy()
            for name, part in situation.charter._asdict().items()
            if isinstance(part, np.ndarray)
        }
        key, day = situation.key, situation.day
        phase.run(situation)
        written.setdefault(phase.name, set()).update(changed(before, situation.state))
        assert (situation.key, situation.day) == (key, day)
        for name, part in charter.items():
            assert np.array_equal(part, as_bytes(getattr(situation.charter, name))), f"{phase.name} changed {name}"

    return replace(phase, run=run)


WORLDS = ("escalating", "turnover", "two_streets", "overload", "evading")


def joining():
    """Return villages that join, pool what they own, part and join otherwise, as often as posts fall vacant."""
    scenario = villages(parameters={"hotline.channel_share": 0.2, "posts.initial_filled_share": 0.6})
    scenario = merged(scenario, ("v1", "v2"), ("v5", "v6"), month=3, until=7, mode="federated")
    return merged(scenario, ("v2", "v1", "v4"), month=7, assets="pooled")


@pytest.fixture(scope="module")
def written():
    """Return what each phase changed in fifteen months of some worlds, day by day."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govsim.model.PHASES", tuple(watched(phase, found) for phase in PHASES))
        for scenario in (*map(small_scenario, WORLDS), joining()):
            scenario = with_permit(with_inspection_cut(with_pay_rise(scenario)))
            model = model_of(scenario)
            for _ in range(21 * 15):
                model.step()
            assert model.recording.digests == digests(scenario)[:15]
    return found


def test_every_phase_has_run(written):
    assert set(written) == set(BY_NAME)


@EVERY_PHASE
def test_a_phase_writes_what_it_declares_and_nothing_else(written, name):
    assert undeclared(BY_NAME[name], written[name]) == set()


# What a phase writes and puts back, so that it shows in no comparison of before and after.
PUT_BACK = {
    "assign_duties": {"communities.backlog_minutes"},
    "serve_communities": {"posts.is_serving"},
    "serve_rest_day": {"posts.is_serving"},
}


@EVERY_PHASE
def test_a_phase_declares_no_write_that_it_never_makes(written, name):
    found = written[name] | PUT_BACK.get(name, set())
    if name == "serve_rest_day":
        found = found | written["serve_communities"]  # the same shift, declared once
    made = found | {column.split(".")[0] for column in found}
    assert set(BY_NAME[name].writes) - made == set()


# What a kernel writes on the page that cannot be seen here: put back, always the same again, or too rare.
UNSEEN = {
    "community.last_quits join_communities",
    "item.arrived_on_day receive",
    "item.created_on_day serve_rest_day",
    "item.given_red drop_overdue",
    "item.n_returned serve_rest_day",
}


def name_on_the_page():
    """Return the table, and for what is kept beside tables the column, of the words about what phases call so."""
    named = {name: row["table"] for row in table_words().rows.values() for name in row["known_as"].split()}
    beside = (row["column"] for row in column_words().rows.values() if row["table"] == ARRAY)
    arrays = {
        column.split(".")[-1]: f"{ARRAY}.{column}"
        for column in beside
        if column.startswith(("people.", "work.", "plan.", "book."))
    }
    return {"open_before": f"{ARRAY}.open_before"} | arrays | named


def words_about(name):
    """Return the key of the words about ``table.column`` or an array, or None where there are none."""
    table, _, column = name.partition(".")
    known = name_on_the_page().get(table)
    return ".".join(filter(None, (known, column))) if known else None


def test_the_page_names_the_phases_that_write_each_column(written):
    seen = {f"{words_about(name)} {phase}" for phase, names in written.items() for name in names}
    put_back = {f"{words_about(name)} {phase}" for phase, names in PUT_BACK.items() for name in names}
    state = {words_about(name) for name in all_columns(model_of(small_scenario("alone")).state)}
    state |= {words_about(f"cohorts.{column}") for column in COHORT.names}
    on_the_page = {
        f"{key} {phase}"
        for key in state & set(column_words())
        for phase in column_words()[key]["written_by"].split()
        if phase in BY_NAME
    }
    assert on_the_page == seen | put_back | UNSEEN


def test_what_is_there_when_a_district_is_founded_is_said_to_be_set_then():
    found = all_columns(model_of(small_scenario("two_streets")).state)
    set_then = {words_about(name) for name, values in found.items() if values.any()}
    assert {key for key in set_then if "found_state" not in column_words()[key]["written_by"].split()} == set()


def test_a_phase_that_declared_too_little_would_be_found(written):
    silent = replace(BY_NAME["serve_communities"], writes=("items", "trays"))
    assert "residents.satisfaction" in undeclared(silent, written["serve_communities"])


def test_a_corrupted_column_would_be_found():
    state = model_of(small_scenario("alone")).state
    before = copies(state)
    state.people.posts["pay_fen"][0] += 1
    assert changed(before, state) == {"posts.pay_fen"}


@EVERY_PHASE
def test_a_phase_declares_columns_that_exist(name):
    state = model_of(small_scenario("alone")).state
    known = {re.sub(r"^(settlement|group)_cohorts", "cohorts", column) for column in all_columns(state)}
    known |= {column.split(".")[0] for column in known}
    assert {each for each in BY_NAME[name].writes if each not in known} == set()
    charter = model_of(small_scenario("alone")).charter
    known |= {"charter", *(f"charter.{part}" for part in charter._fields)}
    assert {each for each in BY_NAME[name].reads if each not in known} == set()


def calls_in(function):
    """Return the names of the functions called in a function, in the order of its lines."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(function, "py_func", function))))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call.func.id for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))]


def test_the_fused_stretch_calls_the_daily_phases_in_the_order_of_the_model():
    daily = [phase.name for phase in PHASES if phase.every in {"day", "week end"}]
    assert [name for name in calls_in(stretch.run_days) if name in BY_NAME] == daily


def test_the_order_of_the_model_is_the_order_of_the_odd_page():
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    schedule = text[text.index("Every working day, in this order") : text.index("## 4.")]
    named = [name for name in re.findall(r"`([a-z_]+)`", schedule) if name in BY_NAME]
    assert named == [phase.name for phase in PHASES if phase.every != "month start"]


@EVERY_PHASE
def test_each_phase_calls_the_kernel_of_its_own_name(name):
    if name in {"foresee_needs", "schedule_jobs", "join_communities"}:
        return  # two make room for what two kernels list, one carries columns over before a kernel moves the work
    source = inspect.getsource(BY_NAME[name].run)
    assert re.search(rf"\w+\.{name}\(", source)


@EVERY_PHASE
def test_a_phase_names_the_section_of_the_odd_page_that_defines_it(name):
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    section = BY_NAME[name].odd
    assert re.search(rf"^#+ {re.escape(section)}\.? ", text, re.MULTILINE)
    assert inspect.getdoc(BY_NAME[name].run)
