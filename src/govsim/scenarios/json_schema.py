"""A JSON Schema of scenario files, for editors: the same classes that the loader checks with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.reforms import REFORMS
from govsim.scenarios.catalogue import read_parameters
from govsim.scenarios.explaining import words
from govsim.scenarios.loader import PARAMETERS_CSV
from govsim.scenarios.schema import ParameterValue, ScenarioFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.institution.parameters import Parameter

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema(reforms: Sequence[str] = ()) -> dict[str, Any]:
    """Return the schema of a scenario file with these reforms, or with all of them."""
    schema = ScenarioFile.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.setdefault("$defs", {})
    names = reforms or sorted(REFORMS)
    for name in names:
        definitions[name] = _reform_schema(name)
    properties = schema["properties"]
    properties["reforms"]["items"] = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in names]}
    properties["parameters"] = _parameters_schema()
    required = schema.pop("required")
    # A file that extends another takes from it what it does not say itself.
    schema["anyOf"] = [{"required": ["extends", "id"]}, {"required": required}]
    return {"$schema": DIALECT, **schema, "title": "govsim scenario"}


def _reform_schema(name: str) -> dict[str, Any]:
    schema = REFORMS[name].model_json_schema(by_alias=True)
    for field, about in schema["properties"].items():
        about["description"] = words.field(field, about.get("description"))
    schema["required"] = sorted({*schema.get("required", ()), "use"})
    schema["title"] = f"{REFORMS[name].title_en} {REFORMS[name].title_zh}"
    return schema


def _parameters_schema() -> dict[str, Any]:
    entries, evidence = read_parameters(PARAMETERS_CSV).entries, ParameterValue.model_json_schema()
    properties = {
        path: {
            "anyOf": [_number(entry), {**evidence, "properties": {**evidence["properties"], "value": _number(entry)}}],
            "default": entry.value,
            "description": f"{entry.en} {entry.zh} ({entry.unit}; {entry.grade.value})",
        }
        for path, entry in entries.items()
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _number(entry: Parameter) -> dict[str, Any]:
    return {"type": "number", "minimum": entry.low, "maximum": entry.high}
