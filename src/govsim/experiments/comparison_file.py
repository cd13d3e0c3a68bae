"""A comparison read back from its JSON: it is taken only if it would be written again word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govsim.clock import Calendar
from govsim.errors import ScenarioError, reason_of
from govsim.experiments.comparison import ComparedArm, Comparison
from govsim.experiments.displacement import Displacement
from govsim.experiments.intervals import IntervalKind
from govsim.experiments.pairing import PairedEffect
from govsim.experiments.reach import Reach
from govsim.language import Message
from govsim.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE: Final = "comparison.json"
MOST_BYTES: Final = 64 * 1024**2
_UNREADABLE: Final = Message("{path}: cannot be read: {reason}.")
_NONE_HERE: Final = Message(
    "{path}: there is no such file; 'govsim compare ... --out DIR' writes a comparison, 'govsim sweep run' a sweep."
)
_TOO_LARGE: Final = Message("{path}: is larger than {most} MiB, and no comparison is.")
_NO_JSON: Final = Message("{path}: is no JSON; 'govsim compare ... --out DIR' writes what belongs here.")
_NO_COMPARISON: Final = Message("{path}: '{place}' is missing, or is not what govsim {version} writes there.{hint}")
_OTHER_VERSION: Final = Message(" The file is by govsim {theirs}: read it with that.")
_MADE_ANEW: Final = Message(" 'govsim compare ... --out DIR' writes it anew.")


_Month = Annotated[str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]


class _Part(BaseModel):
    """A part of the file; what it has beside its fields is compared at the end."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class _Effect(_Part):
    baseline: float | None
    reform: float | None
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    share_better: float | None
    variance_reduction: float | None
    n_pairs: Annotated[int, Field(ge=0)]
    interval: IntervalKind | None
    p_value: float | None
    p_holm: float | None

    def effect(self) -> PairedEffect:
        return PairedEffect(**dict(self))


class _Hours(_Part):
    hours: float | None
    ci_low: float | None
    ci_high: float | None
    interval: IntervalKind | None

    def effect(self, n_pairs: int) -> PairedEffect:
        ends = {"ci_low": self.ci_low, "ci_high": self.ci_high}
        return PairedEffect(n_pairs, difference=self.hours, interval=self.interval, **ends)


class _Displacement(_Part):
    hours_per_community_year: dict[str, _Hours]
    displacement_ratio: float | None
    displacement_ratio_ci_low: float | None
    displacement_ratio_ci_high: float | None

    def displacement(self, n_pairs: int) -> Displacement:
        hours = {name: each.effect(n_pairs) for name, each in self.hours_per_community_year.items()}
        ends = self.displacement_ratio_ci_low, self.displacement_ratio_ci_high
        return Displacement(hours, self.displacement_ratio, *ends)


class _Reach(_Part):
    id: str
    use: str
    title_en: str
    title_zh: str
    starts_on: _Month
    ends_on: _Month | None
    phase_in_months: int
    strength: float
    doses: dict[_Month, float]
    dose_at_end: float
    holds_in_communities: int
    of_communities: int

    def reach(self) -> Reach:
        own = dict(self)
        return Reach(holds_in=own.pop("holds_in_communities"), communities=own.pop("of_communities"), **own)


class _Arm(_Part):
    scenario: str
    title_en: str
    title_zh: str
    outcomes: dict[str, _Effect]
    displacement: _Displacement
    reforms: list[_Reach]
    settings: list[str]
    fingerprint: str | None
    digests: list[str]

    def arm(self) -> ComparedArm:
        return ComparedArm(
            scenario=self.scenario,
            title_en=self.title_en,
            title_zh=self.title_zh,
            outcomes={name: each.effect() for name, each in self.outcomes.items()},
            displacement=self.displacement.displacement(len(self.digests)),
            reforms=tuple(each.reach() for each in self.reforms),
            digests=tuple(self.digests),
            settings=tuple(self.settings),
            fingerprint=self.fingerprint,
        )


class _Calendar(_Part):
    start_year: int
    start_month: Annotated[int, Field(ge=1, le=12)]
    years: Annotated[int, Field(ge=0, le=1000)]
    warm_up_years: Annotated[int, Field(ge=0, le=1000)]


class _File(_Part):
    baseline: str
    seeds: Annotated[int, Field(ge=1)]
    arms: Annotated[list[_Arm], Field(min_length=1)]
    seed: int
    settings: list[str]
    version: str
    calendar: _Calendar | None
    n_guesses: int
    n_parameters: int
    baseline_reforms: list[_Reach]
    baseline_settings: list[str]
    baseline_fingerprint: str | None
    baseline_digests: list[str]

    def comparison(self) -> Comparison:
        arms = tuple(each.arm() for each in self.arms)
        return Comparison(
            baseline=self.baseline,
            seeds=self.seeds,
            seed=self.seed,
            arms=arms,
            digests=(tuple(self.baseline_digests), *(arm.digests for arm in arms)),
            settings=tuple(self.settings),
            n_guesses=self.n_guesses,
            n_parameters=self.n_parameters,
            baseline_reforms=tuple(each.reach() for each in self.baseline_reforms),
            baseline_settings=tuple(self.baseline_settings),
            baseline_fingerprint=self.baseline_fingerprint,
            version=self.version,
            calendar=None if self.calendar is None else Calendar(**dict(self.calendar)),
        )


def read_comparison(path: str | Path) -> Comparison:
    """Return the comparison that ``to_json`` wrote, without scenarios and recordings.

    Parameters
    ----------
    path
        The file, or a folder that has it as ``comparison.json``.

    Raises
    ------
    ScenarioError
        If it cannot be read, or anything in it is not as this version would write it.
    """
    file = Path(path)
    file = file / FILE if file.is_dir() else file
    content = _content(file)
    try:
        found = _File.model_validate(content).comparison()
    except ValidationError as error:
        raise _no_comparison(file, ".".join(map(str, error.errors()[0]["loc"])), content) from error
    if any(len(digests) != found.seeds for digests in found.digests):
        raise _no_comparison(file, "digests", content)
    try:
        again = found.to_dict()
    except KeyError as error:  # an outcome of another version
        raise _no_comparison(file, "arms.outcomes", content) from error
    different = next(_differences(content, again, ()), None)
    if different is not None:
        raise _no_comparison(file, ".".join(different), content)
    return found


def _content(file: Path) -> Any:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ScenarioError(_TOO_LARGE.format(path=file, most=MOST_BYTES // 1024**2))
        text = file.read_bytes().decode()
    except FileNotFoundError as error:
        raise ScenarioError(_NONE_HERE.format(path=file)) from error
    except OSError as error:
        raise ScenarioError(_UNREADABLE.format(path=file, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(_NO_JSON.format(path=file)) from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(_NO_JSON.format(path=file)) from error


def _no_comparison(file: Path, place: str, content: Any) -> ScenarioError:
    theirs = content.get("version") if isinstance(content, dict) else None
    is_other = isinstance(theirs, str) and theirs != version()
    hint = _OTHER_VERSION.format(theirs=theirs) if is_other else str(_MADE_ANEW)
    return ScenarioError(_NO_COMPARISON.format(path=file, place=place, version=version(), hint=hint))


def _differences(one: Any, other: Any, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the places in which two contents of JSON differ, in the order of the first."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            if key not in one or key not in other:
                yield (*place, key)
            else:
                yield from _differences(one[key], other[key], (*place, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences(*pair, (*place, str(number)))
    elif one != other:
        yield place
