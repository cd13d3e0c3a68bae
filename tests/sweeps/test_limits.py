"""Where the system refuses to write, a sweep ends with one sentence, and what is whole stays whole."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sweeps.small_plans import SMALL, contents

SOURCE = Path(__file__).parents[2] / "src"
LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from govsim.cli import main
main()
"""


def limited(place, limit):
    """Run a sweep in a process whose files may not become larger than so many bytes."""
    arguments = ["sweep", "run", place.plan_file(SMALL), "--out", place.folder / "store", "--n-jobs", 1, "--quiet"]
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit on this system")
@pytest.mark.parametrize("limit", [0, 1, 1024, 4096, 16384])
def test_files_that_may_not_grow_end_a_sweep_with_74_and_it_goes_on_later(place, swept, limit):
    done = limited(place, limit)
    assert done.returncode == 74, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "cannot write here" in done.stderr
    store = place.store()
    assert store.sealed().damaged == {}
    assert contents(place.swept(SMALL)) == contents(swept)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_before_any_run(place):
    (place.folder / "store").mkdir(mode=0o500)
    done = limited(place, resource.RLIM_INFINITY)
    assert done.returncode == 74
    assert "not permitted" in done.stderr
