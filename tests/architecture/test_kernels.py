"""Kernels: compiled once each, from sources that name their cache."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import govsim.kernels
from govsim.compilation import cache_directory, source_fingerprint
from govsim.compilation import folder as kept
from tests.properties.test_determinism import in_a_process

# Compiled more than once because a constant has a type of its own beside a computed number; each version does the
# same integer arithmetic.
SEVERAL = {
    "bits": "entities are fields or sums, ticks and indices fields, numbers or the constant 0",
    "u": "the same",
    "identity": "the same",
    "open_item": "a request's tick and index are constants, a job's are numbers",
    "meet_resident": "is_met is a constant where a request is given up",
    "order_key": "a class is a field or a constant, an order a number or the constant 0",
    "is_returned": "the hop is the constant of a street or of a department",
    "reported": "what is due and true are fields for jobs, a field and a sum for requests",
}
# What stands in for one instruction of the processor where kernels are not compiled, and how it is made.
NO_KERNELS = {"_nothing", "_prefetched", "prefetch"}
COUNT = """
import importlib, json, pkgutil
import govsim.kernels, govsim.randomness
from govsim.model import GovernanceModel
from tests.properties.villages import merged, villages
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit
worlds = [("alone", 3), ("two_streets", 24), ("overload", 13), ("turnover", 14), ("evading", 12)]
scenarios = [(small_scenario(world), months) for world, months in worlds]
scenarios.append((merged(merged(villages(), mode="federated", until=12), month=12), 15))
for scenario, months in scenarios:
    model = GovernanceModel(with_permit(with_inspection_cut(with_pay_rise(scenario))))
    model.step()
    model.run_for(21 * months - 1)
    [worker.quit_rate_per_year + worker.relative_pay for worker in model.workers]
    [community.backlog_days for community in model.communities]
names = [m.name for m in pkgutil.iter_modules(govsim.kernels.__path__, "govsim.kernels.")]
modules = [govsim.randomness, *map(importlib.import_module, names)]
counts = {}
for module in modules:
    for name, value in vars(module).items():
        if hasattr(value, "signatures") and value.py_func.__module__ == module.__name__:
            counts[name] = len(value.signatures)
print(json.dumps(counts))
"""


def test_no_kernel_is_compiled_for_two_kinds_of_arguments(compiled_counts):
    assert {name: n for name, n in compiled_counts.items() if n > 1 and name not in SEVERAL} == {}


@pytest.fixture(scope="module")
def compiled_counts():
    """Return the number of compiled versions of each function after runs of different sizes."""
    return in_a_process(["-c", COUNT])


def test_the_functions_that_python_calls_are_compiled_exactly_once(compiled_counts):
    entries = {
        "run_days",
        "room_for",
        "receive",
        "raise_requests",
        "issue_jobs",
        "drop_overdue",
        "serve_communities",
        "serve_streets",
        "serve_departments",
        "build_strain",
        "count_day",
        "assign_duties",
        "set_pay",
        "first_holders",
        "first_residents",
        "leave_and_hire",
        "renew_stock",
        "settle_opinion",
        "pay_out",
        "witness_open_work",
        "report_month",
        "reach_entitled",
        "note_loads",
        "quit_rate_per_year",
        "relative_pay",
        "backlog_days",
    }
    assert {name: compiled_counts[name] for name in sorted(entries)} == dict.fromkeys(sorted(entries), 1)


@pytest.mark.nightly
def test_compiled_afresh_every_kernel_has_exactly_one_version_but_those_listed(tmp_path):
    counts = in_a_process(["-c", COUNT], GOVSIM_CACHE_DIR=str(tmp_path))
    assert {name for name, n in counts.items() if n > 1} == set(SEVERAL)
    unused = {name for name, n in counts.items() if n == 0}
    assert unused == set(), "compiled for nobody"


def test_every_kernel_goes_through_the_one_decorator():
    for module in pkgutil.iter_modules(govsim.kernels.__path__, "govsim.kernels."):
        for name, value in vars(importlib.import_module(module.name)).items():
            is_own = callable(value) and getattr(value, "__module__", "") == module.name
            if is_own and not isinstance(value, type) and name not in NO_KERNELS:
                assert hasattr(value, "py_func"), f"{module.name}.{name} is not compiled"
                assert value.targetoptions.get("fastmath", False) is False
                assert value.targetoptions.get("parallel", False) is False


def test_the_name_of_the_cache_changes_with_the_processor(monkeypatch):
    before = source_fingerprint()
    monkeypatch.setattr("llvmlite.binding.get_host_cpu_name", lambda: "another")
    assert source_fingerprint() != before


def test_the_name_of_the_cache_changes_with_a_numba_flag(monkeypatch):
    before = source_fingerprint()
    assert source_fingerprint() == before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    checked = source_fingerprint()
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "0")
    assert len({before, checked, source_fingerprint()}) == 3
    monkeypatch.delenv("NUMBA_BOUNDSCHECK")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert source_fingerprint() == before


@pytest.mark.parametrize(
    "changed", ["kernels/rules.py", "tables/layout.py", "randomness.py", "clock.py", "compilation/linking.py"]
)
def test_the_name_of_the_cache_changes_with_every_source_that_kernels_depend_on(changed, tmp_path, monkeypatch):
    for folder in ("compilation", "kernels", "tables"):
        (tmp_path / folder).mkdir()
    for pattern in kept._SOURCES:
        for path in sorted(kept._PACKAGE.glob(pattern)):
            (tmp_path / path.relative_to(kept._PACKAGE)).write_bytes(path.read_bytes())
    before = source_fingerprint()
    monkeypatch.setattr(kept, "_PACKAGE", tmp_path)
    assert source_fingerprint() == before
    with (tmp_path / changed).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert source_fingerprint() != before


def test_constants_that_kernels_take_from_elsewhere_come_from_sources_that_name_the_cache():
    """A module imported by a kernel but not hashed would leave old code in the cache."""
    hashed = {
        "govsim." + str(path.relative_to(kept._PACKAGE).with_suffix("")).replace("/", ".")
        for pattern in kept._SOURCES
        for path in kept._PACKAGE.glob(pattern)
    }
    code = (
        "import sys, json\n"
        "import govsim.kernels.stretch, govsim.kernels.opinion, govsim.kernels.money, govsim.kernels.staffing\n"
        "import govsim.kernels.folding\n"
        "print(json.dumps(sorted(m for m in sys.modules if m.startswith('govsim.'))))"
    )
    loaded = set(in_a_process(["-c", code])) - {"govsim.kernels", "govsim.compilation"}
    assert loaded <= hashed


def test_the_cache_can_be_put_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("GOVSIM_CACHE_DIR", str(tmp_path))
    assert cache_directory().parent == tmp_path
    monkeypatch.delenv("GOVSIM_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory().parent == tmp_path / "govsim"
