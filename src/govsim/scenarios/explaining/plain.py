"""Explanations and differences as plain values, for JSON."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from govsim.scenarios.explaining.explanation import Explanation


def plain_explanation(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values."""
    scenario = explanation.scenario
    head = {
        "file": scenario.path,
        "id": scenario.id,
        "title": {"en": scenario.title_en, "zh": scenario.title_zh},
        "settings": list(scenario.settings),
        "fingerprint": scenario.fingerprint(),
        "notices": list(scenario.notices),
    }
    rest = {field.name: plain(getattr(explanation, field.name)) for field in fields(explanation)}
    del rest["scenario"]
    return head | rest


def plain(value: Any) -> Any:
    """Return a value as dictionaries, lists, text, numbers, truths and None; what is no number is None."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
