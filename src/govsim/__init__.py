"""Agent-based experiments with reforms of community governance in China.

``import govsim as gs`` is quick: what it offers is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govsim.api import (
        OUTCOMES,
        Community,
        Comparison,
        Department,
        District,
        GovernanceModel,
        GovsimError,
        InvariantError,
        Prefixes,
        Resident,
        Results,
        Run,
        RunError,
        Scenario,
        ScenarioError,
        StreetOffice,
        Worker,
        compare,
        load_scenario,
        open_results,
        run,
    )

    __version__: str

__all__ = [
    "OUTCOMES",
    "Community",
    "Comparison",
    "Department",
    "District",
    "GovernanceModel",
    "GovsimError",
    "InvariantError",
    "Prefixes",
    "Resident",
    "Results",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "StreetOffice",
    "Worker",
    "__version__",
    "compare",
    "load_scenario",
    "open_results",
    "run",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from govsim.version import version

        found: Any = version()
    elif name in __all__:
        from govsim import api

        found = getattr(api, name)
    else:
        message = f"module 'govsim' has no attribute '{name}'"
        raise AttributeError(message)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
