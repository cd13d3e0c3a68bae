"""Reforms: what each does to the institution, its trap, and its fields as the class declares them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from govsim.institution.institution import Edit
from govsim.odd.markdown import code, page, table
from govsim.odd.units import unit_words
from govsim.odd.words import Words, read_words
from govsim.reforms import REFORMS, Reform
from govsim.reforms.reform import MONTH_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govsim.odd.edition import Edition

DATA: Final = Path(__file__).parent / "data"
TRAP: Final = "Trap:"
_KINDS: Final = {
    "number": ("number", "数"),
    "integer": ("whole number", "整数"),
    "string": ("text", "文本"),
    "boolean": ("true or false", "是或否"),
    "null": ("none", "无"),
}


def reform_words() -> Words:
    """Return the edits of each reform, and its meaning and trap in Chinese; the English is its docstring."""
    return read_words(DATA / "reforms.csv", ("reform",), ("edits", "zh", "trap_zh")).about(REFORMS)


def edit_words() -> Words:
    """Return what each kind of edit does, in Chinese; the English is its docstring."""
    return read_words(DATA / "edits.csv", ("edit",), ("zh",)).about(kind.__name__ for kind in get_args(Edit))


def field_words() -> Words:
    """Return unit and meaning of each field; the English is the class's where it has one."""
    words = read_words(DATA / "fields.csv", ("reform", "field"), ("unit", "en", "zh"), may_be_empty=("en",))
    own = (f"{name}.{field}" for name, kind in REFORMS.items() for field in own_fields(kind))
    return words.about(Reform.model_fields, own)


def own_fields(kind: type[Reform]) -> list[str]:
    """Return the fields that a reform has beside those of every reform."""
    return [name for name in kind.model_fields if name not in Reform.model_fields]


def what_and_trap(kind: type[Reform]) -> tuple[str, str]:
    """Return what a reform does and its trap, in the words of its class."""
    before, _, after = " ".join((inspect.getdoc(kind) or "").split()).partition(TRAP)
    return before.strip(), after.strip()[:1].upper() + after.strip()[1:]


def sources_of(kind: type[Reform]) -> str:
    """Return the codes of the source that a reform comes from, as its module names them."""
    module = inspect.getmodule(kind)
    found = re.search(r"sources? ([^.]+)\.", " ".join((inspect.getdoc(module) or "").split())) if module else None
    return found.group(1) if found else ""


def reforms_page(edition: Edition) -> str:
    """Return a part for each reform, and the fields that every reform has."""
    say, words, fields = edition.say, reform_words(), field_words()
    note = say(
        "A reform amends the institution and nothing else, by edits of these kinds. Who joins whom comes "
        "first; the others are applied by kind, in the order of the alphabet, and then by the id of the reform.",
        "改革只修改制度，修改项有以下几种；施行时先定合并，其余先按种类（字母顺序），再按改革编号。",
    )
    shared = say("The fields of every reform:", "各项改革共有的字段：")
    blocks = [_edits(edition), shared, _fields(edition, fields, Reform.model_json_schema(), Reform.model_fields, "")]
    for name, kind in REFORMS.items():
        blocks += _reform(edition, name, kind, words[name])
        blocks.append(_fields(edition, fields, kind.model_json_schema(), own_fields(kind), f"{name}."))
    return page(f"### {say('Reforms, one by one', '改革，逐项')}", note, *blocks)


def _edits(edition: Edition) -> str:
    words = edit_words()
    rows = (
        (code(kind.__name__), *edition.pair(" ".join((inspect.getdoc(kind) or "").split()), words[kind.__name__]["zh"]))
        for kind in get_args(Edit)
    )
    return table((edition.say("edit", "修改项"), *edition.pair_heads("what it does", "内容")), rows)


def _reform(edition: Edition, name: str, kind: type[Reform], words: Mapping[str, str]) -> list[str]:
    say = edition.say
    what, trap = what_and_trap(kind)
    title = " ".join(edition.pair(kind.title_en, kind.title_zh))
    colon = say(": ", "：")
    edits = "; ".join(" ".join(map(code, each.split())) for each in split(words["edits"]))
    return [
        f"#### {title} ({code(name)})",
        "\n".join(
            [
                f"- {say('What it does', '内容')}{colon}{' '.join(edition.pair(what, words['zh']))}",
                f"- {say('Trap', '陷阱')}{colon}{' '.join(edition.pair(trap, words['trap_zh']))}",
                f"- {say('Edits', '修改项')}{colon}{edits}",
                f"- {say('Sources', '来源')}{colon}{sources_of(kind)}",
            ]
        ),
    ]


def split(edits: str) -> list[str]:
    """Return the edits of a reform one by one, such as ``ScaleTerm funds.pay_factor``."""
    return [each.strip() for each in edits.split(";")]


def _fields(edition: Edition, words: Words, schema: Mapping[str, Any], names: Iterable[str], prefix: str) -> str:
    say = edition.say
    units = unit_words(row["unit"] for row in words.rows.values())
    heads = (
        say("field", "字段"),
        say("type", "类型"),
        say("bounds", "范围"),
        say("default", "默认值"),
        say("unit", "单位"),
        *edition.pair_heads("what it is", "含义"),
    )
    rows = []
    for name in names:
        own, row = schema["properties"][name], words[f"{prefix}{name}"]
        default = say("required", "必填") if name in schema.get("required", ()) else shown(edition, own.get("default"))
        unit = say(row["unit"], units[row["unit"]]["zh"])
        texts = edition.pair(own.get("description") or row["en"], row["zh"])
        rows.append((code(name), type_of(edition, own), bounds_of(edition, own), default, unit, *texts))
    return table(heads, rows)


def type_of(edition: Edition, schema: Mapping[str, Any]) -> str:
    """Return the type of a field in words, from its JSON schema."""
    if "anyOf" in schema:
        return edition.say(" or ", "或").join(type_of(edition, each) for each in schema["anyOf"])
    if schema.get("pattern") == MONTH_PATTERN:
        return edition.say("month", "月份") + " `2007-01`"
    if schema.get("type") == "array":
        return edition.say("list of ", "列表：") + type_of(edition, schema.get("items", {}))
    if "enum" in schema:
        return edition.say("one of ", "其一：") + ", ".join(code(str(each)) for each in schema["enum"])
    return edition.say(*_KINDS.get(schema.get("type", ""), ("block", "键值块")))


def bounds_of(edition: Edition, schema: Mapping[str, Any]) -> str:
    """Return the bounds of a field in words; nothing where it has none."""
    parts = []
    if "minimum" in schema and "maximum" in schema:
        parts.append(f"{schema['minimum']:g} {edition.say('to', '至')} {schema['maximum']:g}")
    elif "minimum" in schema:
        parts.append(f"{edition.say('at least', '不小于')} {schema['minimum']:g}")
    elif "maximum" in schema:
        parts.append(f"{edition.say('at most', '不大于')} {schema['maximum']:g}")
    if "exclusiveMinimum" in schema:
        parts.append(f"{edition.say('above', '大于')} {schema['exclusiveMinimum']:g}")
    if schema.get("minLength") or schema.get("minItems"):
        parts.append(edition.say("not empty", "不得为空"))
    return ", ".join(parts)


def shown(edition: Edition, value: object) -> str:
    """Return a default as a scenario file would write it."""
    if value is None:
        return edition.say("none", "无")
    if isinstance(value, float):
        return f"{value:g}"
    return "[ ]" if value in ((), []) else str(value)
