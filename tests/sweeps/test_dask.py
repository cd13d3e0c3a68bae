"""A Dask cluster of separate processes on this machine gives the runs of one process, whatever happens to a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from govsim.sweeps.store import StoreError
from tests.sweeps.small_plans import SMALL, Poisoning, contents

SOURCE = Path(__file__).parents[2] / "src"
pytest.importorskip("distributed")


def started(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *map(str, arguments[1:])],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(SOURCE), str(SOURCE.parent)]),  # workers know the poison of the tests
            "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path, request):
    """Return the address of a scheduler with two workers, and the workers; nannies start them anew if that is asked."""
    watched = "--nanny" if getattr(request, "param", "") == "nannies" else "--no-nanny"
    file = tmp_path / "scheduler.json"
    local = ["--scheduler-file", file]
    processes = [started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *local)]
    try:
        until(file.exists)
        for number in range(2):
            folder = tmp_path / f"worker-{number}"
            processes.append(
                started(
                    "dask_worker",
                    *local,
                    *("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", watched),
                    *("--local-directory", folder),
                )
            )
        yield address_in(file), processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def until(is_so, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def address_in(file):
    import json

    def content():
        text = file.read_text(encoding="utf-8")
        return json.loads(text) if text.strip().endswith("}") else {}

    until(lambda: content().get("address"))
    return content()["address"]


def test_a_cluster_gives_the_runs_of_one_process(place, swept, cluster):
    from govsim.sweeps.engines import Dask

    address, _ = cluster
    engine = Dask(address)
    try:
        until(lambda: len(engine.client.nthreads()) == 2)
        store = place.swept(SMALL, engine=engine)
    finally:
        engine.close()
    assert contents(store) == contents(swept)


@pytest.mark.nightly
def test_a_worker_of_a_cluster_that_is_killed_costs_no_run(place, swept, cluster):
    from govsim.sweeps.engines import Dask

    address, workers = cluster
    engine = Dask(address)
    told = []

    def kill_one(progress):
        if not told:
            workers[0].kill()
        told.append(progress)

    try:
        until(lambda: len(engine.client.nthreads()) == 2)
        store = place.swept(SMALL, engine=engine, report=kill_one)
    finally:
        engine.close()
    assert contents(store) == contents(swept)


@pytest.mark.nightly
@pytest.mark.parametrize("cluster", ["nannies"], indirect=True)
def test_a_run_that_ends_its_worker_is_found_on_a_cluster_and_no_other_is_blamed(place, swept, cluster):
    from govsim.sweeps.engines import Dask

    address, _ = cluster
    poison = next(iter(place.plan(SMALL).shards()))[1]
    engine = Dask(address)
    try:
        until(lambda: len(engine.client.nthreads()) == 2)
        poisoned = poisoning(engine, frozenset({poison.key}))
        store = place.swept(SMALL, engine=poisoned)
    finally:
        engine.close()
    assert store.sealed().digests == contents(swept)["digests"] | {poison.key: ""}


def poisoning(engine, poison):
    """Return an engine whose workers end as soon as they are to make one of some runs."""

    class Poisoned:
        n_in_flight = engine.n_in_flight
        worker_ended = engine.worker_ended

        @contextmanager
        def executor(self, n_workers=None):
            with engine.executor(n_workers) as executor:
                yield Poisoning(executor, poison)

    return Poisoned()


@pytest.mark.parametrize("address", ["nonsense://", "tls://127.0.0.1:9"])
def test_an_address_of_no_scheduler_is_one_sentence_and_nothing_else_until_the_process_has_ended(place, address):
    command = ["-c", "from govsim.cli import main; main()", "sweep", "run", str(place.plan_file(SMALL))]
    done = subprocess.run(
        [sys.executable, *command, "--out", str(place.folder / "out"), "--executor", "dask", "--scheduler", address],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, f"no Dask scheduler answers at {address}.\n")


@pytest.mark.nightly
def test_where_no_scheduler_answers_it_is_said():
    from govsim.sweeps.engines import Dask

    with pytest.raises(StoreError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        Dask("tcp://127.0.0.1:9")
