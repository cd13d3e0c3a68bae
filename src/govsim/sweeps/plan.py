"""A plan that has been read and checked, as plain values: its arms, its samples, and every run it asks for, once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Sample = dict[str, bool | int | float | str]

BASELINE: Final = "baseline"
USUAL_RUNS_PER_SHARD: Final = 100
# Files a sweep has at least, where it has so many runs: so that none of many processes waits for work.
FEWEST_SHARDS: Final = 64
_REFORM: Final = "reforms."
_DIGITS: Final = 16


@dataclass(frozen=True)
class PlannedArm:
    """A scenario of a plan.

    Attributes
    ----------
    id
        ``baseline``, or the name that the plan gives it.
    file
        Of the scenario, from the folder of the plan.
    settings
        ``path=value`` each, those that the plan sets.
    reforms
        Ids of the reforms of the scenario.
    fingerprint
        SHA-256 of the scenario under these settings, without any sample.
    """

    id: str
    file: str
    settings: tuple[str, ...]
    reforms: tuple[str, ...]
    fingerprint: str

    def takes(self, factor: str) -> bool:
        """Return whether a factor changes anything here: that of a reform only where the reform is."""
        prefixes = tuple(f"{_REFORM}{reform}." for reform in self.reforms)
        return not factor.startswith(_REFORM) or factor.startswith(prefixes)

    def taken(self, sample: Sample) -> Sample:
        """Return what a sample changes here, by name in alphabetical order."""
        return {name: sample[name] for name in sorted(sample) if self.takes(name)}

    def settings_with(self, sample: Sample) -> tuple[str, ...]:
        """Return the settings under a sample."""
        return (*self.settings, *(f"{name}={as_text(value)}" for name, value in self.taken(sample).items()))


@dataclass(frozen=True)
class Kept:
    """What is kept of each run.

    Attributes
    ----------
    outcomes
        Names.
    groups
        Of ``community``, ``settlement`` and ``resident_group``: outcomes of each, too.
    series
        ``none``, ``year`` or ``month``: outcomes of each, too.
    ledger
        Whether the minutes of all jobs are kept by what became of them.
    tallies
        Whether the books of the year are kept as whole numbers that add up over worlds; see ``recording.tallies``.
    """

    outcomes: tuple[str, ...]
    groups: tuple[str, ...] = ()
    series: str = "none"
    ledger: bool = False
    tallies: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run of a plan.

    Attributes
    ----------
    key
        16 hexadecimal digits of all that decides it: model, scenario, sample, seed and replicate.
    arm, sample
        Numbers of the first that ask for it; others of equal content share it.
    replicate
        Of the plan's root seed.
    """

    key: str
    arm: int
    sample: int
    replicate: int


@dataclass(frozen=True)
class Plan:
    """What a plan file asks for.

    Attributes
    ----------
    id
        Of the plan.
    model
        Which model runs it; see ``model_version``.
    arms
        The baseline first.
    samples
        Values by setting; a single one without values where nothing is varied.
    replicates, seed
        Replicates 0 to ``replicates - 1`` of the root seed, the same for all arms and samples.
    kept
        What is kept of each run.
    runs_per_shard
        The most runs that lie in one file; None for as many as leave work for many processes.
    """

    id: str
    model: str
    arms: tuple[PlannedArm, ...]
    samples: tuple[Sample, ...]
    replicates: int
    seed: int
    kept: Kept
    runs_per_shard: int | None
    _bases: dict[tuple[int, int], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def n_cells(self) -> int:
        """Runs that would be needed if none were shared."""
        return len(self.arms) * len(self.samples) * self.replicates

    @property
    def factors(self) -> tuple[str, ...]:
        """Settings that vary."""
        return tuple(self.samples[0])

    def key_of(self, arm: int, sample: int, replicate: int) -> str:
        """Return the key of a run."""
        base = self._bases.get((arm, sample)) or self._base(arm, sample)
        return hashlib.sha256(f"{base} {replicate}".encode()).hexdigest()[:_DIGITS]

    def _base(self, arm: int, sample: int) -> str:
        planned = self.arms[arm]
        content = [self.model, planned.fingerprint, planned.taken(self.samples[sample]), asdict(self.kept), self.seed]
        base = hashlib.sha256(canonical(content).encode()).hexdigest()
        self._bases[arm, sample] = base
        return base

    def shards(self) -> Iterator[tuple[PlannedRun, ...]]:
        """Yield the runs of each file, every run once.

        The arms of one sample and replicate go together, because runs of one replicate share the days on which the
        same is in force. Which runs share a file is decided by the plan alone; in a plan that has grown, files that are
        there keep what they have.
        """
        most = self.runs_per_shard or max(len(self.arms), min(USUAL_RUNS_PER_SHARD, self.n_cells // FEWEST_SHARDS))
        seen: set[str] = set()
        shard: list[PlannedRun] = []
        for sample in range(len(self.samples)):
            for replicate in range(self.replicates):
                group = self._group(sample, replicate, seen)
                if shard and len(shard) + len(group) > most:
                    yield from _cut(shard, most)
                    shard = []
                shard += group
        yield from _cut(shard, most)

    def _group(self, sample: int, replicate: int, seen: set[str]) -> list[PlannedRun]:
        """Return the runs of all arms of a sample and replicate that were not seen before."""
        runs = []
        for arm in range(len(self.arms)):
            key = self.key_of(arm, sample, replicate)
            if key not in seen:
                seen.add(key)
                runs.append(PlannedRun(key, arm, sample, replicate))
        return runs

    def runs(self) -> dict[str, PlannedRun]:
        """Return every run by its key, in the order of the files."""
        return {run.key: run for shard in self.shards() for run in shard}

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values for JSON."""
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Plan:
        """Return the plan that ``to_dict`` gave; ``KeyError``, ``TypeError`` or ``ValueError`` if it is another's."""
        arms = tuple(PlannedArm(**{**arm, **_tuples(arm, "settings", "reforms")}) for arm in content["arms"])
        kept = Kept(**{**content["kept"], **_tuples(content["kept"], "outcomes", "groups")})
        samples = tuple(dict(sample) for sample in content["samples"])
        return cls(**{**content, "arms": arms, "kept": kept, "samples": samples})


def _cut(runs: list[PlannedRun], most: int) -> Iterator[tuple[PlannedRun, ...]]:
    """Yield runs in files; those of one replicate are cut only where they are more than a file may have."""
    for start in range(0, len(runs), most):
        yield tuple(runs[start : start + most])


def by_replicate(runs: Iterable[PlannedRun]) -> list[tuple[PlannedRun, ...]]:
    """Return runs in groups of one sample and replicate, which share days."""
    found: dict[tuple[int, int], list[PlannedRun]] = {}
    for run in runs:
        found.setdefault((run.sample, run.replicate), []).append(run)
    return [tuple(each) for each in found.values()]


def _tuples(content: Mapping[str, Any], *names: str) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(content[name]) for name in names}


def canonical(content: object) -> str:
    """Return plain values as canonical JSON."""
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def as_text(value: object) -> str:
    """Return a value as a setting writes it."""
    return value if isinstance(value, str) else json.dumps(value, allow_nan=False)
