"""Run districts, one a process at a time, and keep a row of each as soon as it is done."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import govsim
from country import plan as plans
from country.tallies import NAMES, Tallies, added, tallies_of
from country.worlds import base_of, scenario_of, seed_of
from govsim.errors import InvariantError
from govsim.experiments.compiling import warm_up
from govsim.experiments.tasks import RunError
from govsim.experiments.workers import IDLE_SECONDS
from govsim.experiments.writing import write_atomically
from govsim.model import GovernanceModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from country.districts import District
    from country.plan import Plan

MIB: Final = 1024
# Besides plan and scenarios, these decide the numbers of a row.
_DECIDING: Final = (
    *(f"{module}.py" for module in ("clock", "randomness", "model")),
    *(f"{folder}/**/*" for folder in ("kernels", "tables", "institution", "agents", "processes", "reforms")),
    "recording/*.py",
)
_OF_THE_STUDY: Final = ("apportioning.py", "worlds.py", "tallies.py", "running.py")
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Row:
    """What is kept of a district.

    Attributes
    ----------
    inputs
        A hash of all that decides the numbers; a row of other inputs is run again.
    digests, tallies
        Of each part, by its id.
    seconds_build, seconds_run
        Time to make the worlds of both parts, and to run them.
    peak_mib
        The most memory that the process which ran it had used until then, in MiB; None where the system does not say.
    process
        Number of that process.
    """

    id: str
    inputs: str
    digests: Mapping[str, str]
    tallies: Mapping[str, Tallies]
    seconds_build: float
    seconds_run: float
    peak_mib: int | None
    process: int

    @property
    def total(self) -> Tallies:
        """Tallies of all parts together."""
        return added(self.tallies.values())

    def to_json(self) -> str:
        """Return the row as JSON."""
        content = asdict(self) | {"tallies": {part: each.to_dict() for part, each in self.tallies.items()}}
        return json.dumps(content, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Row:
        """Return the row of a JSON text; ``ValueError``, ``KeyError`` or ``TypeError`` if it is none."""
        content: dict[str, Any] = json.loads(text)
        tallies = {part: Tallies.from_dict(each) for part, each in content["tallies"].items()}
        return cls(**content | {"tallies": tallies})


@dataclass(frozen=True)
class Rows:
    """The rows in a folder, a file each, whole or absent."""

    folder: Path

    def get(self, district: str, inputs: str) -> Row | None:
        """Return the row of a district if there is one and its inputs are these."""
        try:
            row = Row.from_json(self._path(district).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return row if row.inputs == inputs else None

    def put(self, row: Row) -> None:
        """Keep a row."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(row.id), row.to_json() + "\n")

    def _path(self, district: str) -> Path:
        return self.folder / f"{district}.json"


def inputs_of(plan: Plan, districts: Sequence[District], seed: int) -> dict[str, str]:
    """Return, by district, a hash of its sizes, the scenarios of its parts, the seed and the code that runs it."""
    code = code_fingerprint()
    parts = {part.id: (asdict(part), base_of(part).fingerprint()) for part in plan.parts}
    return {
        district.id: _hash([code, seed, asdict(district), {part: parts[part] for part in district.sizes}])
        for district in districts
    }


def code_fingerprint() -> str:
    """Return a hash of every file that decides the numbers of a row, beside scenarios and plan."""
    package = Path(govsim.__file__).parent
    files = {path for pattern in _DECIDING for path in package.glob(pattern) if path.suffix in {".py", ".csv"}}
    files |= {plans.FOLDER / name for name in _OF_THE_STUDY}
    return _hash([[path.name, hashlib.sha256(path.read_bytes()).hexdigest()] for path in sorted(files)] + [list(NAMES)])


def run_district(plan: Plan, district: District, seed: int, inputs: str = "") -> Row:
    """Run the parts of a district one after the other, each in a model whose memory is then let go.

    Raises
    ------
    RunError
        If a conservation law fails or the memory does not suffice.
    """
    digests, tallies, build, run = {}, {}, 0.0, 0.0
    for part in plan.parts:
        if part.id not in district.sizes:
            continue
        try:
            model = GovernanceModel(scenario_of(district, part), seed_of(seed, district, part))
            try:
                model.run()
                digests[part.id], tallies[part.id] = model.digest, tallies_of(model.recording)
                build, run = build + model.seconds_build, run + model.seconds_run
            finally:
                model.release()
        except (InvariantError, MemoryError) as error:
            message = f"{district.id}, {part.id} part: {str(error) or 'not enough memory'}"
            raise RunError(message) from error
    return Row(district.id, inputs, digests, tallies, build, run, peak_mib(), os.getpid())


def run_districts(
    plan: Plan,
    districts: Sequence[District],
    seed: int,
    rows: Rows,
    n_jobs: int = 1,
    progress: Callable[[District, bool], None] | None = None,
) -> list[Row]:
    """Return a row for each district, in order; what is kept already from the same inputs is not run again.

    Parameters
    ----------
    n_jobs
        Worker processes, each of which runs one district at a time; 1 runs here.
    progress
        Called with each district that is done, and whether it was run now.

    Raises
    ------
    RunError
        If a district cannot be run; the rows of those that are done stay.
    """
    inputs = inputs_of(plan, districts, seed)
    done: dict[str, Row] = {}
    for district in districts:
        kept = rows.get(district.id, inputs[district.id])
        if kept is not None:
            done[district.id] = kept
            if progress:
                progress(district, False)
    # The largest first: what is left at the end is small, so that no process waits long for another.
    missing = sorted((each for each in districts if each.id not in done), key=lambda each: (-each.residents, each.id))
    by_id = {district.id: district for district in missing}
    for row in _results(plan, missing, seed, inputs, n_jobs):
        rows.put(row)
        done[row.id] = row
        if progress:
            progress(by_id[row.id], True)
    return [done[district.id] for district in districts]


def _results(
    plan: Plan, districts: Sequence[District], seed: int, inputs: Mapping[str, str], n_jobs: int
) -> Iterator[Row]:
    if n_jobs == 1 or len(districts) <= 1:
        for district in districts:
            yield run_district(plan, district, seed, inputs[district.id])
        return
    import loky

    warm_up()  # workers that start together would all compile
    executor = loky.get_reusable_executor(max_workers=n_jobs, env=_ONE_THREAD, timeout=IDLE_SECONDS)
    try:
        futures = [executor.submit(run_district, plan, each, seed, inputs[each.id]) for each in districts]
        for future in as_completed(futures):
            yield future.result()
        executor.shutdown(wait=True)
    except BrokenExecutor as error:
        message = "a worker process ended too early, perhaps for want of memory; try fewer processes"
        raise RunError(message) from error
    except BaseException:
        executor.shutdown(wait=True, kill_workers=True)
        raise


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def peak_mib() -> int | None:
    """Return the most memory that this process has used so far, in MiB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows has no such count
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // MIB if os.uname().sysname == "Linux" else peak // MIB**2
