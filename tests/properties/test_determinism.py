"""B4: whatever process, hash seed, time zone, locale or processor runs it, a run is the same run."""

from __future__ import annotations

import concurrent.futures
import json
import locale
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import govsim.model
from govsim.model import GovernanceModel
from tests.properties import say_digests
from tests.properties.runs import SEED, digests, with_all
from tests.reference.worlds import small_scenario

SOURCE = Path(govsim.model.__file__).parents[1]
ROOT = Path(__file__).parents[2]
WORLDS = ("two_streets", "turnover", "overload", "evading")
LIMIT_SECONDS = 600  # against hanging only


def in_a_process(code_or_script, *arguments, folder=None, **environment):
    """Return what a fresh interpreter prints, as JSON."""
    paths = os.pathsep.join([str(SOURCE), str(ROOT)])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "NPY_"))}
    found = subprocess.run(
        [sys.executable, *code_or_script, *map(str, arguments)],
        env={**clean, "PYTHONPATH": paths, **environment},
        cwd=folder or ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def said(months, worlds=WORLDS, **settings):
    return in_a_process(["-m", "tests.properties.say_digests"], months, *worlds, **settings)


def expected(months, worlds=WORLDS):
    return [list(say_digests.months((world, months))) for world in worlds]


def dispatched_features():
    """Return the processor features above NumPy's baseline that this machine uses."""
    umath = np._core._multiarray_umath
    return [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name)]


def chinese_locale():
    """Return a Chinese locale of this machine, else the name of one, which then falls back to C."""
    for name in ("zh_CN.UTF-8", "zh_CN.utf8", "zh_CN"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_ALL, "C")
        return name
    return "zh_CN.UTF-8"


def test_hash_seed_0_utc_and_the_c_locale_change_nothing():
    assert said(24, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C") == expected(24)


def test_hash_seed_1_another_zone_a_chinese_locale_and_folder_change_nothing(tmp_path):
    folder = tmp_path / "社区 治理"
    folder.mkdir()
    here = said(24, folder=folder, PYTHONHASHSEED="1", TZ="America/St_Johns", LC_ALL=chinese_locale())
    assert here == expected(24)


@pytest.mark.skipif(not dispatched_features(), reason="NumPy uses nothing above its baseline on this machine")
def test_a_processor_without_newer_features_changes_nothing():
    features = " ".join(dispatched_features())
    assert said(24, NPY_DISABLE_CPU_FEATURES=features, PYTHONWARNINGS="ignore") == expected(24)


def test_uncompiled_kernels_give_the_same_digests():
    assert said(3, NUMBA_DISABLE_JIT="1", PYTHONWARNINGS="error") == expected(3)


@pytest.mark.nightly
@pytest.mark.parametrize("world", WORLDS)
def test_uncompiled_kernels_give_the_same_digests_for_two_years(world):
    assert said(24, (world,), NUMBA_DISABLE_JIT="1") == expected(24, (world,))


@pytest.mark.nightly
@pytest.mark.parametrize(
    "flag", [{"NUMBA_CPU_NAME": "generic"}, {"NUMBA_BOUNDSCHECK": "1"}], ids=["generic processor", "bounds checked"]
)
def test_kernels_compiled_otherwise_give_the_same_digests(flag):
    assert said(24, **flag) == expected(24)


@pytest.mark.parametrize("processes", [2, pytest.param(4, marks=pytest.mark.nightly)])
def test_several_processes_give_the_digests_of_one(processes):
    jobs = [(world, 24) for world in WORLDS * 2]
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(processes, mp_context=context) as pool:
        together = list(pool.map(say_digests.months, jobs, timeout=LIMIT_SECONDS))
    assert together == [say_digests.months(job) for job in jobs]


@pytest.mark.parametrize("world", WORLDS)
def test_the_same_run_twice_in_one_process_gives_the_same_digests(world):
    assert digests(with_all(small_scenario(world))) == digests(with_all(small_scenario(world)))


@pytest.mark.parametrize(("seed", "replicate"), [(SEED + 1, 1), (SEED, 2), (1, SEED), (2**100, 1)])
def test_another_seed_or_replicate_is_another_run(seed, replicate):
    model = GovernanceModel(small_scenario("turnover"), seed=seed, replicate=replicate)
    model.run_for(21)
    assert model.digest != digests(small_scenario("turnover"))[0]


LOGGERS_OF_MESA = "import json, mesa.mesa_logging as logging; print(json.dumps(sorted(logging._module_loggers)))"


def test_importing_the_model_leaves_the_stack_alone_and_mesa_its_loggers():
    code = (
        "import inspect, json\n"
        "before = inspect.stack\n"
        "from govsim.agents.mesa_wall import mesa\n"
        "import mesa.mesa_logging as logging\n"
        "print(json.dumps([inspect.stack is before, sorted(logging._module_loggers)]))"
    )
    assert in_a_process(["-c", code]) == [True, in_a_process(["-c", LOGGERS_OF_MESA])]


def test_importing_the_model_leaves_the_start_method_of_processes_alone():
    code = (
        "import json, multiprocessing as mp\n"
        "import sys; mp.set_start_method(sys.argv[1]) if sys.argv[1] != 'unset' else None\n"
        "before = mp.get_start_method(allow_none=True)\n"
        "import govsim.model\n"
        "print(json.dumps([before, mp.get_start_method(allow_none=True)]))\n"
    )
    for method in ("unset", "fork", "forkserver", "spawn"):
        before, after = in_a_process(["-c", code], method)
        assert before == after == (None if method == "unset" else method)
