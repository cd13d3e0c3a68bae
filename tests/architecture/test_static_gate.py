"""B4: what makes runs differ between processes and processors does not stand in the source."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import trees

# What may stand in one place, with the reason.
EXCEPTIONS = {
    ("randomness.py", "numpy.random"): "SeedSequence makes the run key; nothing is drawn from it",
    ("agents/resident.py", "hash("): "an object's place in Python's own sets, no state of the model",
    ("agents/resident.py", "id("): "the model an object belongs to, in __hash__ only",
    ("experiments/execution.py", "id("): "names a scenario within one call, in which the tasks keep it alive",
    ("experiments/workers.py", "cache lru_cache"): "keyed by the bytes of frozen scenarios, never by an object",
    ("sweeps/making.py", "cache lru_cache"): "keyed by what decides a scenario, all of it frozen",
    ("sweeps/running.py", "secrets"): "where a coordinator goes that has met another; both make the same files",
    ("sweeps/store.py", "secrets"): "a name for a file that no other writer has; it is gone once the file is published",
    ("view/walls.py", "secrets"): "the token of a view, which nobody may guess; no run knows it",
    ("recording/outcomes.py", "sort without kind"): "numbers alone: equal numbers cannot be told apart",
}
# What stands above the model may look at a clock to show progress; no number of a run comes from there.
SURFACES = ("cli.py", "api.py", "cli/", "experiments/", "sweeps/", "view/")
CLOCKS = {"time", "time_ns", "now", "today", "utcnow", "monotonic", "process_time", "uuid1", "uuid4", "urandom"}
NUMPY_MATHS = {"exp", "log", "log1p", "expm1", "log2", "log10", "power", "tanh", "sinh", "cosh", "float_power"}
FOLDERS = {"listdir", "scandir", "glob", "rglob", "iterdir", "walk"}
SORTS = {"sort", "argsort", "sort_values", "sort_index"}
CACHES = {"cache", "lru_cache"}


def dotted(node):
    """Return a name such as ``np.random.x``, or an empty string."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def imports(node):
    if isinstance(node, ast.Import):
        names = [each.name for each in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or "", *(f"{node.module}.{each.name}" for each in node.names)]
    else:
        return
    for name in names:
        if name.split(".")[0] in {"random", "secrets", "uuid", "datetime"}:
            yield name.split(".")[0]
        if name == "numpy.random":
            yield "numpy.random"


def names(node):
    if isinstance(node, ast.Attribute):
        name = dotted(node)
        if name.startswith(("np.random.", "numpy.random.")):
            yield "numpy.random"
        if name.startswith(("np.", "numpy.")) and node.attr in NUMPY_MATHS:
            yield f"np.{node.attr}"
        if node.attr in {"lgamma", "gammaln"}:
            yield "lgamma"
    if isinstance(node, ast.keyword) and node.arg in {"fastmath", "parallel"}:
        yield node.arg


def calls(node):
    if not isinstance(node, ast.Call):
        return
    name = dotted(node.func)
    last = name.split(".")[-1]
    if name in {"hash", "id"}:
        yield f"{name}("
    if last in CLOCKS and name != last:
        yield f"clock {last}"
    if last in CACHES:
        yield f"cache {last}"
    keywords = {each.arg for each in node.keywords}
    is_numpy_or_method = name.startswith(("np.", "numpy.")) or isinstance(node.func, ast.Attribute)
    if last in SORTS and is_numpy_or_method and "kind" not in keywords and not is_list_sort(node, name):
        yield "sort without kind"


def is_list_sort(node, name):
    """Return whether this is ``list.sort``, which is stable: no argument but key and reverse."""
    return not name.startswith(("np.", "numpy.")) and name.endswith(".sort") and not node.args


def is_set(node):
    return isinstance(node, ast.Set | ast.SetComp) or (
        isinstance(node, ast.Call) and dotted(node.func) in {"set", "frozenset"}
    )


def loops(node):
    if isinstance(node, ast.For | ast.comprehension) and is_set(node.iter):
        yield "iteration over a set"
    if (
        isinstance(node, ast.Call)
        and dotted(node.func) in {"list", "tuple", "enumerate"}
        and any(map(is_set, node.args))
    ):
        yield "iteration over a set"


def folders(tree):
    """Return where a folder is listed in an order that the file system chooses."""
    in_order = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and dotted(node.func) == "sorted"
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and node.func.attr in FOLDERS and id(node) not in in_order:
            yield f"unsorted {node.func.attr}"


def decorators(node):
    for each in getattr(node, "decorator_list", ()):
        name = dotted(each.func if isinstance(each, ast.Call) else each)
        if name.split(".")[-1] in CACHES:
            yield f"cache {name.split('.')[-1]}"


def findings(tree):
    found = list(folders(tree))
    for node in ast.walk(tree):
        for rule in (imports, names, calls, loops, decorators):
            found += rule(node)
    return set(found)


def test_nothing_in_the_source_depends_on_process_time_order_or_processor():
    found = {(module, what) for module, tree in trees().items() for what in findings(tree)}
    progress = {(module, what) for module, what in found if module.startswith(SURFACES) and what.startswith("clock")}
    assert found - progress - set(EXCEPTIONS) == set()


def test_every_exception_is_still_needed():
    found = {(module, what) for module, tree in trees().items() for what in findings(tree)}
    assert set(EXCEPTIONS) - found == set()


def test_the_identity_of_the_model_stands_in_the_hash_of_a_resident_only():
    tree = trees()["agents/resident.py"]
    hashes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__hash__"]
    inside = [node for function in hashes for node in ast.walk(function)]
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and dotted(node.func) in {"id", "hash"}]
    assert len(hashes) == 1
    assert len(used) == 2
    assert all(node in inside for node in used)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import random", "random"),
        ("from numpy import random", "numpy.random"),
        ("import numpy as np\nnp.random.default_rng(1)", "numpy.random"),
        ("x = hash('a')", "hash("),
        ("x = id(y)", "id("),
        ("import time\ntime.time()", "clock time"),
        ("import datetime as d\nd.datetime.now()", "clock now"),
        ("import uuid", "uuid"),
        ("from pathlib import Path\nfor p in Path().glob('*'): pass", "unsorted glob"),
        ("import os\nos.listdir('.')", "unsorted listdir"),
        ("import numpy as np\nnp.argsort(x)", "sort without kind"),
        ("frame.sort_values('x')", "sort without kind"),
        ("import numpy as np\nnp.exp(x)", "np.exp"),
        ("import math\nmath.lgamma(x)", "lgamma"),
        ("njit(fastmath=True)", "fastmath"),
        ("njit(parallel=True)", "parallel"),
        ("for x in {1, 2}: pass", "iteration over a set"),
        ("y = [x for x in set(z)]", "iteration over a set"),
        ("y = tuple(frozenset(z))", "iteration over a set"),
        ("import functools\n@functools.lru_cache\ndef f(): pass", "cache lru_cache"),
    ],
)
def test_the_gate_finds_each_kind(code, what):
    assert what in findings(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "for p in sorted(Path().glob('*')): pass",
        "np.argsort(x, kind='stable')",
        "rows.sort()",
        "for x in sorted({1, 2}): pass",
        "import math\nmath.exp(x)",
        "import time\ntime.perf_counter()",
    ],
)
def test_the_gate_lets_pass_what_is_in_order(code):
    assert findings(ast.parse(code)) == set()
