"""Peers of the field on the nearest equal work, run in turn with govsim at the same size."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measuring import Row, at_least, in_turn, ratios, say
from benchmarks.peers.desk import Desk, DeskYear
from benchmarks.peers.yardstick import disagreements
from benchmarks.worlds import ROOT, run_of, seconds_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEATS: Final = 3
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
PYTHON: Final = ROOT / "build" / "peers" / "bin" / "python"
# Module, name, distribution, and the sizes that it does in seconds rather than minutes.
PEERS: Final = (
    ("starsim_states", "Starsim", "starsim", (1_000, 10_000, 100_000, 1_000_000)),
    ("mesa_steps", "Mesa, residents that step", "mesa", (1_000, 10_000)),
    ("mesa_events", "Mesa, residents that are woken", "mesa", (1_000, 10_000, 100_000)),
    ("agentpy_lists", "AgentPy", "agentpy", (1_000, 10_000)),
)
# Workers are busy nine tenths of the time that they have for requests.
UTILISATION: Final = 0.9
MINUTES_CV: Final = 1.0


class Peer:
    """A peer in a process of its own that answers tasks."""

    def __init__(self, module: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **dict.fromkeys(THREADS, "1")}
        self.log = PYTHON.parents[2] / f"{module}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [str(PYTHON), "-m", f"benchmarks.peers.{module}"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def year(self, desk: Desk) -> DeskYear:
        """Have a year run and return what came out; what a peer prints of itself while it is imported is no answer."""
        with contextlib.suppress(BrokenPipeError):
            print(desk.to_json(), file=self.process.stdin, flush=True)
        for line in self.process.stdout:
            if line.startswith("{"):
                return DeskYear(**json.loads(line))
        raise RuntimeError(self.log.read_text().strip().splitlines()[-1])

    def close(self) -> None:
        """Let the process end, and wait for it."""
        self.process.communicate()


def desk_of(model: Any) -> Desk:
    """Return the task that has the numbers of a year of govsim."""
    from govsim.institution.catalogue import WorkClass

    places, book = model.scenario.institution.places, model.recording
    latent, raised = (int(book.settlements[name].sum()) for name in ("latent", "raised"))
    residents, workers = places.n_residents, sum(place.posts for place in places.communities)
    created = int(book.communities["created"][..., WorkClass.SERVICE].sum())
    minutes = int(book.communities["arrived_minutes"][..., WorkClass.SERVICE].sum()) / created
    answered = int(book.settlements["closed"].sum())
    return Desk(
        residents=tuple(places.residents_by_community.values()),
        workers=tuple(place.posts for place in places.communities),
        days=model.day,
        need_chance=latent / residents / model.day,
        voiced_chance=raised / latent,
        minutes_mean=minutes,
        minutes_cv=MINUTES_CV,
        worker_minutes=raised * minutes / UTILISATION / workers / model.day,
        met_chance=int(book.settlements["met"].sum()) / answered,
        first_satisfaction=float(model.scenario.institution.parameters["opinion.s0"]),
        contact_weight=float(model.scenario.institution.parameters["contact.weight"]),
    )


def rows() -> Iterator[Row]:
    """Measure each peer at each of its sizes."""
    for module, name, distribution, sizes in PEERS:
        if not installed(distribution):
            yield Row(f"peer-{module}", name, "ratio", (), at_least(1), "could not be installed here")
            continue
        peer = Peer(module)
        try:
            for residents in sizes:
                yield from measured(peer, module, name, residents)
        except RuntimeError as error:
            yield Row(f"peer-{module}", name, "ratio", (), at_least(1), f"did not run: {error}")
        finally:
            peer.close()


def installed(distribution: str) -> bool:
    """Return whether the environment of the peers has this one."""
    found = PYTHON.parents[1].glob(f"lib/python*/site-packages/{distribution}*")
    return PYTHON.exists() and any(found)


def measured(peer: Peer, module: str, name: str, residents: int) -> Iterator[Row]:
    """Run a peer and govsim in turn; the first run of each is not counted, it loads and warms up."""
    say(f"  {name} and govsim in turn, {residents:,} residents, {REPEATS} times")
    scenario = year_of(residents)
    desk = desk_of(run_of(scenario))
    wrong = disagreements(desk, peer.year(desk))
    per_day = 1e9 / residents / desk.days
    theirs, ours = in_turn(
        REPEATS,
        lambda: peer.year(desk).seconds_run * per_day,
        lambda: seconds_of(scenario) * per_day,
    )
    note = "; ".join(wrong)
    label, key = f"{name}, {residents:,} residents", f"{module}-{residents}"
    yield Row(f"peer-{key}", f"{label}, over govsim", "ratio", ratios(theirs, ours), at_least(1), note)
    yield Row(f"peer-{key}-theirs", "the same, for a resident and a day", "ns", tuple(theirs), note=note)
    yield Row(f"peer-{key}-ours", "govsim beside it", "ns", tuple(ours))
