"""A JSON Schema of plan files, for editors: the same classes that a plan is checked with."""

from __future__ import annotations

from typing import Any

from govsim.scenarios.json_schema import DIALECT
from govsim.sweeps.plan_file import PlanFile


def plan_schema() -> dict[str, Any]:
    """Return the schema of a plan file; which settings there are, a scenario decides."""
    schema = PlanFile.model_json_schema(by_alias=True)
    factor = schema["$defs"]["Factor"]
    # A list stands for its values.
    values = next(each for each in factor["properties"]["values"]["anyOf"] if each.get("type") == "array")
    schema["$defs"]["Factor"] = {"anyOf": [values, factor]}
    return {"$schema": DIALECT, **schema, "title": "govsim plan"}
