"""The source of the package as trees, for tests that read it instead of running it."""

from __future__ import annotations

import ast
from pathlib import Path

import govsim.model

ROOT = Path(__file__).parents[2]
PACKAGE = Path(govsim.model.__file__).parent
MODULES = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
ALL_SOURCE = "\n".join(MODULES.values())
ODD = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in MODULES.items()}


def functions() -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function by ``module:name:line``."""
    return {
        f"{name}:{node.name}:{node.lineno}": node
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body, its docstring left out."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0
