"""The page of performance is written from the file of measurements and from nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.bench import PARTS
from benchmarks.growth import curve_of, rows_of
from benchmarks.measuring import Row, at_least, at_most

ABOUT = {
    "measured_on": "2007-01-31", "commit": "0123456789abcdef", "is_changed": False, "python": "3.11.7",
    "versions": {"govsim": "1", "numpy": "2", "absent": None}, "peers": {"starsim": "3", "mesa": None},
    "processor": "a processor", "cores": 2, "system": "a system",
}  # fmt: skip


def part(title, *rows, curves=(), about=ABOUT):
    return {"title": title, "rows": [row.to_dict() for row in rows], "curves": list(curves), "about": about}


@pytest.fixture
def content():
    curve = curve_of("years", "years", {1.0: [1.0], 2.0: [2.0]})
    barred = Row("million", "a million", "s", (0.2, 0.5, 0.4), at_most(0.3))
    phases = (
        Row("phase-pay_out", "money paid out", "ms", (10.0,)),
        Row("phase-receive", "work arrives", "ms", (20.0, 30.0, 40.0)),
    )
    beside = (
        Row("peer-starsim_states-1000", "Starsim, 1,000 residents, over govsim", "ratio", (2.0, 4.0, 3.0), at_least(1)),
        Row("peer-starsim_states-1000-theirs", "the same, for a resident and a day", "ns", (30.0,)),
        Row("peer-starsim_states-1000-ours", "govsim beside it", "ns", (10.0,)),
        Row("peer-agentpy_lists", "AgentPy", "ratio", (), at_least(1), "could not be installed here"),
    )
    return {
        "about": ABOUT,
        "parts": {
            "sizes": part("One run", barred, Row("n", "no bar", "s", (1.0,))),
            "phases": part("Where the time goes", *phases),
            "beside": part("Beside peers", *beside),
            "growth": part("Growth", *rows_of(curve), curves=[curve.to_dict()]),
        },
    }


def test_a_bar_that_is_not_met_says_so(content):
    assert page.bars(content["parts"]).splitlines()[2:] == [
        "| a million (`million`) | 0.400 | 0.200 to 0.500, n = 3 | s | at most 0.3 | **no** |"
    ]


def test_peers_stand_beside_govsim_and_one_that_is_not_there_says_so(content):
    assert page.peers(content["parts"]).splitlines()[2:] == [
        "| Starsim | 1,000 | 30 | 10 | 3 | 2 to 4, n = 3 |  |",
        "| AgentPy |  |  |  |  |  | could not be installed here |",
    ]


def test_phases_are_told_by_their_share_the_longest_first(content):
    assert page.phases(content["parts"]).splitlines()[2:] == [
        "| work arrives | `receive` | 30 | 20 to 40, n = 3 | 75.0% |",
        "| money paid out | `pay_out` | 10 |  | 25.0% |",
    ]


def test_every_row_is_on_the_page(content):
    text = page.everything(content["parts"])
    for name in ("`million`", "`n`", "`growth-years`"):
        assert name in text


def test_the_machine_and_the_versions_are_named_and_absent_ones_are_not(content):
    text = page.machine(content)
    assert "2007-01-31 at commit `0123456789`: a processor, 2 cores" in text
    assert "govsim 1, numpy 2." in text
    assert "absent" not in text


def test_parts_of_several_commits_are_told_from_each_other(content):
    content["parts"]["growth"]["about"] = ABOUT | {"commit": "fedcba9876543210"}
    assert "several commits: 0123456789, fedcba9876" in page.machine(content)


def test_a_drawing_is_written_for_each_curve(content, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setattr(page, "FOLDER", tmp_path / "performance")
    monkeypatch.setattr(page, "RESULTS", tmp_path / "bench.json")
    assert page.main() == 1
    assert "run make bench first" in capsys.readouterr().err
    (tmp_path / "bench.json").write_text(json.dumps(content), encoding="utf-8")
    assert page.main() == 0
    assert sorted(path.name for path in (tmp_path / "performance").iterdir()) == [
        "all.md", "bars.md", "machine.md", "peers.md", "phases.md", "years.svg",
    ]  # fmt: skip


def test_the_page_includes_each_file_that_is_written_and_names_each_part():
    folder = Path(page.FOLDER)
    text = (folder.parent / "performance.md").read_text(encoding="utf-8")
    for path in sorted(folder.iterdir()):
        assert f"performance/{path.name}" in text
    for name in PARTS:
        assert f"`{name}`" in text
