"""How kernels are put together: translated once, optimised where they end up, and followed meanwhile."""

from __future__ import annotations

import itertools
import math

import numba
import numpy as np
import pytest

from govsim import compilation
from govsim.compilation import decorator
from govsim.randomness import normal_quantile, u
from tests.properties.test_determinism import in_a_process

compiled_only = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")

AFRESH = """
import json, re
from numba.core import event
from govsim.experiments import warm_up
from govsim.kernels import service, stretch
told = []
with event.install_recorder("numba:compile") as compiled:
    warm_up(progress=lambda done, of: told.append((done, of)))
names = [e.data["dispatcher"].py_func.__name__ for _, e in compiled.buffer if e.is_end]
(code,) = stretch.run_days._entry.inspect_llvm().values()
print(json.dumps({
    "names": names,
    "told": told,
    "inner": [kernel.__name__ for kernel in (service.work_on, service.serve_communities) if kernel._entry.signatures],
    "longest": max(map(len, re.findall('^(?:define|declare) [^@]*@"?([^"(]+)', code, re.MULTILINE))),
}))
"""


@pytest.fixture(scope="module")
def afresh(tmp_path_factory):
    """Return what a process says of a compile into an empty folder."""
    return in_a_process(["-c", AFRESH], GOVSIM_CACHE_DIR=str(tmp_path_factory.mktemp("cache")))


@compiled_only
def test_progress_goes_up_by_one_kernel_and_never_beyond_all(afresh):
    done = [done for done, _ in afresh["told"]]
    (of,) = {of for _, of in afresh["told"]}
    assert done[0] == 1
    assert all(after - before in (0, 1) for before, after in itertools.pairwise(done))
    assert len(done) == len(afresh["names"])
    assert done[-1] <= of
    assert done[-1] > 0.8 * of


@compiled_only
def test_what_only_kernels_call_is_emitted_for_nobody_else(afresh):
    assert afresh["inner"] == []
    assert {"work_on", "serve_communities"} <= set(afresh["names"])


@compiled_only
def test_symbols_do_not_spell_out_the_records_they_take(afresh):
    assert afresh["longest"] < 300


@compiled_only
def test_a_kernel_called_by_python_and_by_a_kernel_gives_the_same_number():
    @numba.njit
    def called(key, decision, entity):
        return u(key, decision, entity, 0, 0)

    key = np.uint64(42)
    assert called(key, 7, 11) == u(key, 7, 11, 0, 0)


@compiled_only
def test_an_error_of_a_kernel_drawn_in_two_deep_reaches_python():
    @compilation.kernel
    def inner(number):
        return 1 // number

    @compilation.kernel
    def middle(number):
        return inner(number) + 1

    def outer(number):
        return middle(number) + 1

    compiled = numba.njit(pipeline_class=decorator.EntryCompiler, _nrt=False)(outer)
    assert compiled(1) == outer(1) == 3
    with pytest.raises(ZeroDivisionError):
        compiled(0)


def test_a_kernel_keeps_the_name_and_the_words_of_its_function():
    assert normal_quantile.__name__ == "normal_quantile"
    assert normal_quantile.__doc__
    assert math.isclose(normal_quantile(0.5), 0.0, abs_tol=1e-9)


def test_kernels_that_are_gone_are_not_taken_for_complete(monkeypatch, tmp_path):
    monkeypatch.setattr("govsim.compilation.folder.cache_directory", lambda: tmp_path)
    kept = tmp_path / "one.nbi"
    kept.touch()
    compilation.note_complete("runs")
    assert compilation.is_complete("runs")
    assert not compilation.is_complete("phases")
    kept.unlink()
    assert not compilation.is_complete("runs")


def test_a_cache_that_cannot_be_written_is_no_error_and_is_not_taken_for_complete(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVSIM_CACHE_DIR", str(tmp_path / "file" / "kernels"))
    compilation.note_complete("runs")
    assert not compilation.is_complete("runs")
