"""What the readmes tell a reader to type works as it stands there, on smaller worlds and fewer replicates."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govsim.cli import app
from govsim.scenarios import load_scenario

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
SMALL = ["--set", "world.residents=15000", "--set", "horizon.warm_up_years=1"]


def blocks(language):
    """Return the blocks of a language in both readmes, with a name for each."""
    return [
        pytest.param(text, id=f"{name}-{number}")
        for name in READMES
        for number, text in enumerate(
            re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
        )
    ]


def commands():
    """Return every line that calls govsim, once; the view serves until it is stopped, and is tried in a browser."""
    lines = [line for block in blocks("sh") for line in block.values[0].splitlines()]
    calls = {line.split("#")[0].strip() for line in lines if line.startswith("govsim ")}
    return sorted(call for call in calls if not call.startswith("govsim view"))


def smaller(line):
    """Return the words of a command with one replicate, one process and a small world."""
    words = shlex.split(line)[1:]
    for option, value in (("--seeds", "1"), ("--n-jobs", "1")):
        if option in words:
            words[words.index(option) + 1] = value
    if words[0] == "report":
        return [*words, "--runs", "1"]
    if words[0] == "demo":
        return [*words, "--seeds", "1", "--n-jobs", "1"]
    set_already = {word.split("=")[0] for word in words}
    settings = [pair for pair in zip(SMALL[::2], SMALL[1::2], strict=True) if pair[1].split("=")[0] not in set_already]
    return [*words, *(word for pair in settings for word in pair)]


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """Stand in a copy of the project's folder, as far as a reader needs it."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_something_to_try():
    assert len(commands()) >= 6
    assert len(blocks("python")) == 4
    assert len(blocks("yaml")) == 2


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_readme_works(at_home, line):
    for each in (*before(line), line):
        result = CliRunner(env={"GOVSIM_LANG": "en"}).invoke(app, smaller(each))
        assert result.exit_code == 0, result.output


def before(line):
    """Return the commands of the readme that make the folder of which a report is made."""
    words = line.split()
    return [call for call in commands() if words[1] == "report" and f"--out {words[2]} " in call]


@pytest.mark.parametrize("text", blocks("yaml"))
def test_a_scenario_of_the_readme_loads_beside_its_baseline(at_home, text):
    path = at_home / "scenarios" / "xihu" / "of-the-readme.yaml"
    path.write_text(text, encoding="utf-8")
    assert [reform.id for reform in load_scenario(path).reforms] == ["task-permit"]


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_a_readme_runs_from_top_to_bottom(at_home, name):
    texts = [block.values[0] for block in blocks("python") if block.id.startswith(f"{name}-")]
    for place in ("liandu", "xihu"):
        path = at_home / "scenarios" / place / "baseline.yaml"
        shorter = path.read_text(encoding="utf-8").replace("warm_up_years: 2", "warm_up_years: 0")
        path.write_text(shorter.replace("years: 3", "years: 1"), encoding="utf-8")
    names = {}
    for text in texts:
        exec(compile(text.replace("seeds=20", "seeds=1"), name, "exec"), names)
    assert names["model"].steps == 1
    assert len(names["effect"].to_df())


@pytest.mark.parametrize("name", READMES)
def test_a_readme_counts_what_there_is(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = load_scenario(ROOT / "scenarios" / "liandu" / "baseline.yaml").institution.parameters.entries.values()
    grades = [entry.grade.value for entry in entries]
    for number in (len(grades), *(grades.count(grade) for grade in ("SEED", "DER", "READ", "RECALLED", "GUESS"))):
        assert re.search(rf"\b{number}\b", text), number
    for place in ("liandu", "xihu", "dinghai", "countryside"):
        assert f"scenarios/{place}" in text
