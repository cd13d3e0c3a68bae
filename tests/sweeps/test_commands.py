"""Sweeps from the shell: sizes said before, exit codes, and files that tell how far it is."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govsim.cli import app
from govsim.cli.sweeping import speed_in_words
from govsim.language import using
from govsim.randomness import text_uniform
from tests.sweeps.small_plans import SMALL, contents

SOURCE = Path(__file__).parents[2] / "src"


def govsim(*arguments, lang="en"):
    return CliRunner(env={"GOVSIM_LANG": lang}).invoke(app, [str(argument) for argument in arguments])


def test_plan_says_the_size_and_runs_nothing(place):
    path = place.plan_file(SMALL)
    page = govsim("sweep", "plan", path, "--n-jobs", 2).stdout
    assert "18 runs in" in page
    assert "6 more are the same as one of these" in page
    content = json.loads(govsim("sweep", "plan", path, "--json").stdout)
    assert (content["runs"], content["samples"], content["arms"]) == (18, 4, ["baseline", "second"])
    assert sorted(each.name for each in place.folder.iterdir()) == ["plans", "valid"]


def test_run_status_and_verify_agree_and_the_second_run_adds_nothing(place):
    path, out = place.plan_file(SMALL), place.folder / "out"
    done = govsim("sweep", "run", path, "--out", out, "--n-jobs", 1, "--json")
    assert (done.exit_code, json.loads(done.stdout)["new"]) == (0, 18)
    again = govsim("sweep", "resume", path, "--out", out, "--n-jobs", 1, "--json")
    assert json.loads(again.stdout)["new"] == 0
    assert "18 of 18 runs are there (100%)" in govsim("sweep", "status", out).stdout
    assert "已有 18/18 次运行" in govsim("sweep", "status", out, lang="zh").stdout
    verified = govsim("verify", out, "--plan", path, "--runs", 2)
    assert verified.exit_code == 0
    assert "2 runs were made again, and 2 came out the same" in verified.stdout


def test_verify_names_a_damaged_file_and_exits_with_1(place):
    store = place.swept(SMALL)
    path = next(store.shards.iterdir())
    path.write_bytes(path.read_bytes() + b"x")
    found = govsim("verify", store.folder)
    assert found.exit_code == 1
    assert f"damaged: {path.name}: its bytes have changed" in found.stdout


def test_the_schema_accepts_the_plans_there_are_and_refuses_a_key_written_wrongly():
    from jsonschema import Draft202012Validator
    from ruamel.yaml import YAML

    validator = Draft202012Validator(json.loads(govsim("sweep", "schema").stdout))
    for path in [*sorted((SOURCE.parent / "experiments").glob("*.yaml"))]:
        plan = YAML(typ="safe").load(path)
        assert list(validator.iter_errors(plan)) == []
        assert list(validator.iter_errors({**plan, "replicate": 3}))
        assert list(validator.iter_errors({**plan, "factors": {"push.noise": {"from": 0.1, "too": 0.2}}}))


def test_a_sweep_that_was_not_begun_is_not_resumed(place):
    done = govsim("sweep", "resume", place.plan_file(SMALL), "--out", place.folder / "none")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{place.folder / 'none'} holds no sweep")
    assert not (place.folder / "none").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--shard", "3/2"], "must be a part such as 2/8"),
        (["--shard", "x"], "must be a part such as 2/8"),
        (["--executor", "cluster"], "must be local or dask"),
        (["--executor", "dask"], "needs --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:1"], "belongs to --executor dask"),
    ],
)
def test_bad_options_are_explained_and_exit_with_2(place, options, words):
    done = govsim("sweep", "run", place.plan_file(SMALL), "--out", place.folder / "out", *options)
    assert done.exit_code == 2
    assert words in done.stderr


def test_failed_runs_exit_with_1_and_say_where_the_reasons_are(place, monkeypatch):
    monkeypatch.setattr("govsim.model.GovernanceModel.run_for", lambda *_: 1 // 0)
    done = govsim("sweep", "run", place.plan_file(SMALL), "--out", place.folder / "out", "--n-jobs", 1)
    assert done.exit_code == 1
    assert "18 runs failed" in done.stderr


def test_the_room_that_is_asked_for_is_that_of_the_largest_sample(place, monkeypatch):
    monkeypatch.setenv("GOVSIM_MEMORY_GIB", "1")
    text = SMALL.replace("strain.gain_per_day: [0.05, 0.06]", "world.residents: [2000, 9000000, 3000]")
    done = govsim("sweep", "run", place.plan_file(text), "--out", place.folder / "out", "--n-jobs", 1)
    assert done.exit_code == 2
    assert done.stderr.startswith("9000000 residents in 1 processes at once need")
    assert not (place.folder / "out").exists()


@pytest.mark.parametrize(
    ("rate", "english", "chinese"),
    [
        (None, "", ""),
        (1234.4, "1,234 runs/s", "每秒 1,234 次"),
        (1.0, "1.0 runs/s", "每秒 1.0 次"),
        (0.99, "59 runs/min", "每分钟 59 次"),
        (0.16666, "10 runs/min", "每分钟 10 次"),
        (0.005, "0.3 runs/min", "每分钟 0.3 次"),
    ],
)
def test_the_speed_of_a_sweep_is_told_a_second_or_a_minute_where_it_is_slow(rate, english, chinese):
    assert speed_in_words(rate) == english
    with using("zh"):
        assert speed_in_words(rate) == chinese


def test_the_bar_of_a_sweep_shows_how_fast_runs_come(place, monkeypatch):
    monkeypatch.setattr("govsim.cli.manners.PATIENCE_SECONDS", -1.0)
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    done = govsim("sweep", "run", place.plan_file(SMALL), "--out", place.folder / "out", "--n-jobs", 1)
    assert done.exit_code == 0
    assert re.search(r"[0-9]/18\b.*[0-9] runs/(s|min)\b", done.stderr)


def test_a_disk_that_is_full_exits_with_74(place, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govsim.sweeps.store.write_shard", full)
    done = govsim("sweep", "run", place.plan_file(SMALL), "--out", place.folder / "out", "--n-jobs", 1)
    assert done.exit_code == 74
    assert "no space is left" in done.stderr


def test_the_job_script_is_a_shell_script_that_runs_each_part_once(place):
    path, out = place.plan_file(SMALL), place.folder / "out 1"
    script = govsim("sweep", "slurm", path, "--out", out, "--tasks", 3, "--n-jobs", 1).stdout
    assert "#SBATCH --array=1-3" in script
    stand_in = place.folder / "govsim"
    stand_in.write_text('#!/bin/sh\nprintf "%s|" "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    environment = {"PATH": f"{place.folder}:{os.environ['PATH']}", "SLURM_ARRAY_TASK_ID": "2"}
    said = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=True).stdout
    assert said == f"sweep|run|{path}|--out|{out}|--shard|2/3|--n-jobs|1|"


def sweeping(place, out, n_jobs, text=SMALL, *options, stdout=subprocess.DEVNULL):
    """Start a sweep as a process group of its own."""
    command = [sys.executable, "-c", "from govsim.cli import main; main()", "sweep", "run", str(place.plan_file(text))]
    return subprocess.Popen(
        [*command, "--out", str(out), "--n-jobs", str(n_jobs), "--quiet", *options],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def children_of(pid):
    """Return the processes that a process has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in found.read_text(encoding="ascii").split()] if found.exists() else []


@pytest.mark.parametrize(
    ("number", "code"), [pytest.param(signal.SIGINT, 130, marks=pytest.mark.nightly), (signal.SIGTERM, 143)]
)
def test_a_sweep_that_is_told_to_stop_ends_in_order_and_goes_on_later(place, swept, number, code):
    out = place.folder / "store"
    process = sweeping(place, out, n_jobs=2)
    while process.poll() is None and not list(out.glob("shards/*")):
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(timeout=30) in (code, 0)  # 0 where it was done by then
    deadline = time.monotonic() + 30
    while any_alive(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert sweeping(place, out, n_jobs=2).wait(timeout=120) == 0
    assert contents(place.store()) == contents(swept)


@pytest.mark.parametrize("number", [2, pytest.param(8, marks=pytest.mark.nightly)])
def test_any_number_of_coordinators_of_one_folder_make_every_run_and_agree_about_it(place, swept, number):
    out = place.folder / "store"
    processes = [sweeping(place, out, n_jobs=1) for _ in range(number)]
    assert [process.wait(timeout=300) for process in processes] == [0] * number
    assert contents(place.store()) == contents(swept)
    assert list((out / "tmp").iterdir()) == []
    assert not (out / "set-aside").exists()


@pytest.mark.nightly
def test_four_coordinators_part_where_they_meet_and_make_less_than_half_as_much_again(place):
    text = SMALL.replace("[0.05, 0.06]", str([0.03 + n / 1000 for n in range(12)])).replace("shard: 4", "shard: 2")
    out, planned = place.folder / "store", 108
    processes = [sweeping(place, out, 1, text, "--json", stdout=subprocess.PIPE) for _ in range(4)]
    reached = [json.loads(process.communicate(timeout=300)[0]) for process in processes]
    assert [each["done"] for each in reached] == [planned] * 4
    assert planned <= sum(each["new"] for each in reached) < 1.5 * planned


KILLS = ["coordinator", "worker", "all"]
# None of 300 that fails says that fewer than 1 in 100 do, with 95% confidence; 30 say it of 1 in 10.
EVERY_NIGHT = 30
BEFORE_A_RELEASE = 300
AT_ALL_TIMES = [("all", 0)]


def killings():
    """Return every time of every victim as a parameter, of which one is tried with every change."""
    for number in range(BEFORE_A_RELEASE):
        for victim in KILLS:
            at_night = () if (victim, number) in AT_ALL_TIMES else (pytest.mark.nightly,)
            marks = at_night if number < EVERY_NIGHT else (pytest.mark.nightly, pytest.mark.release)
            yield pytest.param(victim, number, marks=marks)


@pytest.mark.parametrize(("victim", "number"), list(killings()))
def test_killed_at_a_random_time_a_sweep_goes_on_to_the_same_content(place, swept, victim, number):
    out = place.folder / "store"
    process = sweeping(place, out, n_jobs=2)
    while process.poll() is None and not list(out.glob("shards/*")):
        time.sleep(0.01)
    time.sleep(0.3 * text_uniform(f"{victim} {number}"))
    if victim == "all":
        os.killpg(process.pid, signal.SIGKILL)
    elif victim == "coordinator":
        process.kill()
    else:
        for child in children_of(process.pid)[-1:]:
            os.kill(child, signal.SIGKILL)
    process.wait(timeout=120)
    if any_alive(process.pid):  # workers without their coordinator
        os.killpg(process.pid, signal.SIGKILL)
    assert place.store().sealed().damaged == {}
    assert sweeping(place, out, n_jobs=2).wait(timeout=120) == 0
    assert contents(place.store()) == contents(swept)


def any_alive(group):
    """Return whether a process group has anybody left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
