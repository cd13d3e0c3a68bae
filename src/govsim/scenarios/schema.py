"""The schema of a scenario file; the class of a reform is the schema of its entry."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from govsim.institution.rules import RULES

SCHEMA_NAME: Final = "govsim/scenario@1"
ID_PATTERN: Final = r"^[a-z0-9][a-z0-9_-]*$"
# Years of four digits, so that months sort as text; \d would also take the digits of other scripts.
START_PATTERN: Final = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
LEAST_RESIDENTS: Final = 100
MOST_RESIDENTS: Final = 50_000_000
MOST_DRAWN: Final = 10_000

Words = Annotated[str, Field(min_length=1, max_length=4000)]
FileName = Annotated[str, Field(min_length=1, max_length=400)]


class Block(BaseModel):
    """A block of keys: strict types, no unknown key, frozen, finite numbers."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class BilingualText(Block):
    """A text in English and Chinese."""

    en: Words
    zh: Words


class Horizon(Block):
    """When the reported part of a run begins, how long it is, and how long the warm-up before it."""

    start: Annotated[str, Field(pattern=START_PATTERN)]
    years: int = Field(ge=1, le=100)
    warm_up_years: int = Field(default=2, ge=0, le=50)


class ParameterValue(Block):
    """A value written over that of a parameter, with what supports it; a bare number is a value that nothing does."""

    value: float
    grade: Literal["SEED", "DER", "READ", "RECALLED", "GUESS"] | None = None
    source: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, given: Any) -> Any:
        return given if isinstance(given, dict | ParameterValue) else {"value": given}


class Drawn(Block):
    """Places drawn from those of the tables, instead of these: how many, and under which name."""

    name: str = Field(pattern=ID_PATTERN, max_length=100)
    communities: int = Field(ge=1, le=MOST_DRAWN)
    streets: int = Field(default=1, ge=1, le=MOST_DRAWN)
    least_posts: int = Field(default=1, ge=1, le=1000)


class World(Block):
    """The tables of places, and to how many residents they are scaled or drawn."""

    communities: FileName
    settlements: FileName
    streets: FileName | None = None
    residents: int | None = Field(default=None, ge=LEAST_RESIDENTS, le=MOST_RESIDENTS)
    drawn: Drawn | None = None


def _rules_block() -> type[Block]:
    fields: dict[str, Any] = {}
    for name, members in RULES.items():
        names = tuple(member.name.lower() for member in members)
        fields[name] = (Literal[names], names[0])
    return create_model("Rules", __base__=Block, **fields)


Rules = _rules_block()


class ScenarioFile(Block):
    """A scenario file; the entries of ``reforms`` are checked by the class that ``use`` names."""

    schema_name: Literal["govsim/scenario@1"] = Field(alias="schema")
    extends: FileName | None = None
    id: str = Field(pattern=ID_PATTERN, max_length=100)
    title: BilingualText
    description: BilingualText | None = None
    as_of: int = Field(ge=1949, le=2100)
    horizon: Horizon
    world: World
    catalogue: FileName | None = None
    rules: Rules = Rules()  # type: ignore[valid-type]  # the class is made from RULES
    parameters: dict[str, ParameterValue] = {}
    reforms: tuple[dict[str, Any], ...] = ()
