"""What pydantic finds, said in plain words with what was given and what would be right."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel

from govsim.errors import did_you_mean
from govsim.reforms.reform import MONTH_PATTERN
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import listed, shown
from govsim.scenarios.schema import ID_PATTERN, START_PATTERN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from govsim.language import Message
    from govsim.scenarios.document import Route

_WANTED: Final = {
    "int_type": m.WHOLE_NUMBER,
    "int_from_float": m.WHOLE_NUMBER,
    "float_type": m.NUMBER,
    "finite_number": m.FINITE_NUMBER,
    "string_type": m.TEXT,
    "bool_type": m.TRUTH,
    "tuple_type": m.LIST,
    "dict_type": m.KEYS,
    "model_type": m.KEYS,
    "model_attributes_type": m.KEYS,
}
_BOUNDS: Final = {"ge": m.AT_LEAST, "gt": m.MORE_THAN, "le": m.AT_MOST, "lt": m.LESS_THAN}
_LIMITS: Final = ("greater_than_equal", "greater_than", "less_than_equal", "less_than")
_PATTERNS: Final = {
    MONTH_PATTERN: m.MONTH,
    START_PATTERN: m.START_MONTH,
    ID_PATTERN: m.ID,
}
# From here on thousands are set apart; years are not.
LEAST_GROUPED: Final = 10_000
_NUMERIC: Final = ("int_type", "float_type")
HUNDRED: Final = 100
_SHARE: Final = {"ge": 0.0, "le": 1.0}


def say(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return one sentence for one finding of pydantic about an entry of this model."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return m.NOT_A_MAPPING_KEY.format(key=error["loc"][-1])
    if kind == "extra_forbidden":
        return _unknown_key(error["loc"], model)
    if kind == "literal_error":
        return _not_a_choice(context, given)
    if kind in _WANTED:
        wanted = _form(error["loc"], model) or _WANTED[kind]
        return m.WRONG_TYPE.format(wanted=wanted, given=shown(given), hint=_type_hint(kind, given))
    if kind in _LIMITS:
        bounds = _bounds(error["loc"], model)
        hint = str(m.PERCENT_HINT) if bounds == _SHARE and _may_be_percent(given) else ""
        return m.OUT_OF_RANGE.format(wanted=_allowed(bounds), given=shown(given)) + hint
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        return m.BAD_PATTERN.format(
            wanted=_PATTERNS.get(pattern, m.PATTERN.format(pattern=pattern)), given=shown(given)
        )
    return _of_length(kind, given, context)


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a block under the names they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def block_of(field: FieldInfo) -> type[BaseModel] | None:
    """Return the class of a field that is a block of keys."""
    kinds = (field.annotation, *get_args(field.annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _unknown_key(route: Route, model: type[BaseModel]) -> str:
    key = str(route[-1])
    block = _block_at(route[:-1], model)
    known = keys_of(block)
    hint = _home_of(key, model, block) or did_you_mean(key, known) or _nearest_ignoring_case(key, known)
    return m.UNKNOWN_KEY.format(given=shown(key), hint=hint or m.KNOWN_KEYS.format(known=listed(known)))


def _nearest_ignoring_case(key: str, known: Mapping[str, FieldInfo]) -> str:
    return did_you_mean(key.lower(), known)


def _home_of(key: str, model: type[BaseModel], here: type[BaseModel]) -> str:
    for name, field in keys_of(model).items():
        block = block_of(field)
        if block is not None and block is not here and key in keys_of(block):
            return m.MISPLACED_KEY.format(home=name)
    if model is not here and key in keys_of(model):
        return str(m.TOP_KEY)
    return ""


def _block_at(route: Route, model: type[BaseModel]) -> type[BaseModel]:
    for step in route:
        field = keys_of(model).get(str(step))
        model = (block_of(field) if field else None) or model
    return model


def _field_at(route: Route, model: type[BaseModel]) -> FieldInfo | None:
    return keys_of(_block_at(route[:-1], model)).get(str(route[-1]))


def _form(route: Route, model: type[BaseModel]) -> Message | None:
    field = _field_at(route, model) if route else None
    patterns = (getattr(item, "pattern", None) for item in (field.metadata if field else ()))
    return next((_PATTERNS[pattern] for pattern in patterns if pattern in _PATTERNS), None)


def _bounds(route: Route, model: type[BaseModel]) -> dict[str, Any]:
    field = _field_at(route, model)
    bounds: dict[str, Any] = {}
    for item in field.metadata if field else ():
        bounds |= {name: getattr(item, name) for name in _BOUNDS if getattr(item, name, None) is not None}
    return bounds


def _allowed(bounds: Mapping[str, Any]) -> str:
    if {"ge", "le"} <= set(bounds):
        return m.BETWEEN.format(low=_number(bounds["ge"]), high=_number(bounds["le"]))
    first, *others = (_BOUNDS[name].format(bound=_number(value)) for name, value in bounds.items())
    return m.BOTH.format(first=first, second=others[0]) if others else first


def _may_be_percent(given: object) -> bool:
    return isinstance(given, int | float) and 1 < given <= HUNDRED


def _number(value: float) -> str:
    return f"{value:,}".replace(",", " ") if value >= LEAST_GROUPED else f"{value:g}"


def _of_length(kind: str, given: Any, context: Mapping[str, Any]) -> str:
    if kind == "string_too_short":
        return m.OUT_OF_RANGE.format(wanted=m.SOME_TEXT, given=shown(given))
    if kind == "string_too_long":
        return m.OUT_OF_RANGE.format(wanted=m.TEXT_UP_TO.format(limit=context["max_length"]), given=shown(given))
    if kind == "too_short":
        return m.AT_LEAST_LONG.format(low=context["min_length"], number=len(given))
    if kind == "too_long":
        return m.AT_MOST_LONG.format(high=context["max_length"], number=len(given))
    return m.OTHER.format(given=shown(given))


def _not_a_choice(context: Mapping[str, Any], given: object) -> str:
    known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    hint = did_you_mean(given, known) if isinstance(given, str) else ""
    return m.NOT_A_CHOICE.format(known=listed(known), given=shown(given), hint=hint)


def _type_hint(kind: str, given: object) -> str:
    if kind in _NUMERIC:
        return number_hint(given)
    if kind == "bool_type":
        return str(m.TRUTH_HINT)
    if kind == "tuple_type" and isinstance(given, str | int | float):
        return m.LIST_HINT.format(given=given)
    if kind in {"dict_type", "model_type"}:
        return str(m.MAPPING_HINT)
    return ""


def number_hint(given: object) -> str:
    """Return what to do with something that looks like a number and is none."""
    if isinstance(given, bool):
        return str(m.TRUTH_FOR_NUMBER_HINT)
    if isinstance(given, float) and given.is_integer():
        return m.WHOLE_HINT.format(wanted=int(given))
    if not isinstance(given, str):
        return ""
    plain = unicodedata.normalize("NFKC", given).strip()
    if re.fullmatch(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?", plain):
        return str(m.QUOTES_HINT) if plain == given else m.DIGITS_HINT.format(wanted=plain)
    if re.fullmatch(r"[0-9.]+ ?%", plain):
        return str(m.PERCENT_HINT)
    if re.fullmatch(r"[0-9]{1,3}([,_ ' ][0-9]{3})+", plain):
        return m.SEPARATOR_HINT.format(wanted=re.sub(r"[^0-9]", "", plain))
    return ""
