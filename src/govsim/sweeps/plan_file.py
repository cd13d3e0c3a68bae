"""The schema of a plan file: what is varied, how often, and what is kept of it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from govsim.scenarios.schema import ID_PATTERN, BilingualText, Block, FileName

PLAN_SCHEMA: Final = "govsim/plan@1"
MOST_REPLICATES: Final = 100_000
MOST_SAMPLES: Final = 1_000_000
MOST_VALUES: Final = 10_000

Name = Annotated[str, Field(min_length=1, max_length=200)]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=100)]
Value = bool | int | float | Annotated[str, Field(min_length=1, max_length=200)]
Settings = dict[Name, Value]


class Factor(Block):
    """What one setting takes: a list of values, or a span that samples are drawn from."""

    values: Annotated[tuple[Value, ...], Field(min_length=1, max_length=MOST_VALUES)] | None = None
    low: float | None = Field(default=None, alias="from")
    high: float | None = Field(default=None, alias="to")
    whole: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, given: Any) -> Any:
        return {"values": given} if isinstance(given, tuple | list) else given


class ArmEntry(Block):
    """A scenario beside the baseline, under the name it has in results."""

    id: Id
    scenario: FileName
    settings: Settings = Field(default={}, alias="set")


class Design(Block):
    """How factors become samples.

    A ``grid`` takes every combination of lists, a ``list`` the samples it is given, a ``table`` the rows of a CSV file,
    and the other two draw ``samples`` points from the spans.
    """

    kind: Literal["grid", "list", "table", "latin_hypercube", "sobol"] = "grid"
    samples: int | None = Field(default=None, ge=1, le=MOST_SAMPLES)
    seed: int = Field(default=1, ge=0)
    points: Annotated[tuple[Settings, ...], Field(min_length=1, max_length=MOST_VALUES)] | None = None
    file: FileName | None = None


class Keep(Block):
    """What is kept of each run."""

    outcomes: Literal["headline", "all"] | Annotated[tuple[Name, ...], Field(min_length=1)] = "headline"
    groups: tuple[Literal["community", "settlement", "resident_group"], ...] = ()
    series: Literal["none", "year", "month"] = "none"
    ledger: bool = False
    tallies: bool = False


class PlanFile(Block):
    """A plan file."""

    schema_name: Literal["govsim/plan@1"] = Field(alias="schema")
    id: Id
    title: BilingualText | None = None
    baseline: FileName
    settings: Settings = Field(default={}, alias="set")
    arms: tuple[ArmEntry, ...] = ()
    factors: dict[Name, Factor] = Field(default={})
    design: Design = Design()
    replicates: int = Field(default=30, ge=1, le=MOST_REPLICATES)
    seed: int = Field(default=1, ge=0)
    keep: Keep = Keep()
    runs_per_shard: int | None = Field(default=None, ge=1, le=10_000)
