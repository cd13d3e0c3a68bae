"""The store of a sweep: a folder of sealed files that are whole or absent, and whatever is missing is still to be done.

``record.json`` says what the plan is; ``shards/`` holds the files, named by the runs in them and by the hash of their
bytes. A file is written in ``tmp/``, made sure of on the disk, and published by a link, which is atomic and replaces
nothing. There is no state beside the files: what is planned and not sealed is to be run. Damaged files are set aside,
never deleted.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from govsim.errors import GovsimError, ScenarioError, reason_of
from govsim.experiments.writing import prepare_folder, write_atomically
from govsim.recording.outcomes import OUTCOMES
from govsim.sweeps import messages as m
from govsim.sweeps.plan import Plan, canonical
from govsim.sweeps.shard import Footer, connection, read_footer, write_shard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from govsim.sweeps.plan import PlannedRun
    from govsim.sweeps.shard import RunRecord

STORE_SCHEMA: Final = "govsim/store@1"
RECORD: Final = "record.json"
SHARDS: Final = "shards"
TEMPORARY: Final = "tmp"
SET_ASIDE: Final = "set-aside"
_NAME: Final = re.compile(r"(?P<key>[0-9a-f]{16})\.(?P<seal>[0-9a-f]{32})\.parquet")
_KEY_DIGITS: Final = 16
_SEAL_DIGITS: Final = 32
_STALE_SECONDS: Final = 3600.0
# Where a link fails of these, links would work if the disk did.
_DISK_ERRORS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class StoreError(ScenarioError):
    """A store that cannot be used for what is asked."""


class DisagreementError(GovsimError):
    """A run that was made twice and came out differently: nothing of its store can be trusted."""


@dataclass(frozen=True)
class Sealed:
    """What lies whole in a store.

    Attributes
    ----------
    footers
        By file name.
    damaged
        Names of files that are not what they say, with the reason.
    """

    footers: dict[str, Footer] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each run; empty for one that failed wherever it was made."""
        pairs = [pair for footer in self.footers.values() for pair in footer.digests.items()]
        return dict(sorted(pairs, key=lambda pair: bool(pair[1])))  # of several, one that did not fail stands last

    @property
    def failed(self) -> frozenset[str]:
        """Runs that failed wherever they were made."""
        return frozenset(run for run, digest in self.digests.items() if not digest)


class Store:
    """A folder in which the runs of one plan are kept.

    Parameters
    ----------
    folder
        Made when the first plan is put into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def shards(self) -> Path:
        """Where the sealed files lie."""
        return self.folder / SHARDS

    # ------------------------------------------------------------- the plan
    def put_plan(self, plan: Plan) -> None:
        """Make the folder one of this plan, or find that it is.

        A plan with more replicates, samples or arms than before takes the place of that; what was run stays.

        Raises
        ------
        StoreError
            If another plan, or another model, has the folder.
        OSError
            If it cannot be written.
        """
        prepare_folder(self.folder)
        for name in (SHARDS, TEMPORARY):
            (self.folder / name).mkdir(exist_ok=True)
        self._probe()
        units = {name: OUTCOMES[name].unit for name in plan.kept.outcomes}
        record = {"schema": STORE_SCHEMA, "plan": plan.to_dict(), "units": units}
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"  # in order: rows of samples have columns
        if self._publish_first(text):
            return
        before = self.plan()
        self._check_same(before, plan)
        if canonical(before.to_dict()) != canonical(plan.to_dict()):
            write_atomically(self.folder / RECORD, text)

    def _publish_first(self, text: str) -> bool:
        """Write the record unless there is one, and return whether there was none; of two writers one is the first."""
        if (self.folder / RECORD).exists():
            return False
        beside = self.folder / TEMPORARY / f"record-{secrets.token_hex(8)}"
        write_atomically(beside, text)
        try:
            os.link(beside, self.folder / RECORD)
        except FileExistsError:
            return False
        finally:
            beside.unlink(missing_ok=True)
        _sync(self.folder)
        return True

    def plan(self) -> Plan:
        """Return the plan of the folder; ``StoreError`` if there is none that can be read."""
        path = self.folder / RECORD
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["schema"] != STORE_SCHEMA:
                raise StoreError(m.OTHER_SCHEMA.format(path=path, given=content["schema"], wanted=STORE_SCHEMA))
            return Plan.from_dict(content["plan"])
        except FileNotFoundError as error:
            raise StoreError(m.NO_STORE.format(folder=self.folder)) from error
        except OSError as error:
            raise StoreError(m.UNREADABLE.format(path=path, reason=reason_of(error))) from error
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(m.BROKEN_RECORD.format(path=path)) from error

    def check_is_of(self, plan: Plan) -> None:
        """Raise ``StoreError`` unless the folder is of this plan, or of what it was before it grew."""
        self._check_same(self.plan(), plan)

    def _check_same(self, before: Plan, plan: Plan) -> None:
        if before.id != plan.id:
            raise StoreError(m.OTHER_PLAN.format(folder=self.folder, before=before.id, given=plan.id))
        if before.model != plan.model:
            raise StoreError(m.OTHER_MODEL.format(folder=self.folder, before=before.model, given=plan.model))
        different = [
            name for name in ("kept", "seed", "runs_per_shard") if getattr(before, name) != getattr(plan, name)
        ]
        arms = {arm.id: arm for arm in plan.arms}
        different += [f"arm {arm.id}" for arm in before.arms if arms.get(arm.id) != arm]
        if not set(map(canonical, before.samples)) <= set(map(canonical, plan.samples)):
            different.append("samples")
        if before.replicates > plan.replicates:
            different.append("replicates")
        if different:
            raise StoreError(m.CHANGED_PLAN.format(folder=self.folder, id=plan.id, keys=", ".join(different)))

    def _probe(self) -> None:
        """Find out whether links work here, without which a file cannot be published safely."""
        token = secrets.token_hex(8)
        one, other = (self.folder / TEMPORARY / f"probe-{token}-{end}" for end in "ab")
        one.touch()
        try:
            os.link(one, other)
            try:
                os.link(one, other)
            except FileExistsError:
                return
            raise StoreError(m.NO_LINKS.format(folder=self.folder))
        except OSError as error:
            if error.errno in _DISK_ERRORS:
                raise
            raise StoreError(m.NO_LINKS.format(folder=self.folder)) from error
        finally:
            other.unlink(missing_ok=True)
            one.unlink(missing_ok=True)

    # ------------------------------------------------------------ the files
    def publish(self, records: Sequence[RunRecord], plan: Plan) -> Path:
        """Write a file of runs and seal it; a file that is there already stays.

        Raises
        ------
        OSError
            If it cannot be written; nothing is left half-written.
        """
        key = shard_key([record.key for record in records])
        beside = self.folder / TEMPORARY / f"{key}.{secrets.token_hex(8)}"
        try:
            write_shard(beside, records, plan.id, plan.model, plan.seed)
            data = beside.read_bytes()
            _sync(beside)
            path = self.shards / f"{key}.{_seal_of(data)}.parquet"
            with suppress(FileExistsError):  # whoever published it may not have come to make sure of it
                os.link(beside, path)
            _sync(self.shards)
            return path
        finally:
            beside.unlink(missing_ok=True)

    def sealed(self) -> Sealed:
        """Return what lies whole in the store: names, bytes and footers agree.

        Raises
        ------
        DisagreementError
            If two files have other digests for one run.
        """
        found = Sealed()
        with connection() as database:
            for path in self._files():
                try:
                    footer = self._checked(path, database)
                except ValueError as error:
                    found.damaged[path.name] = str(error)
                else:
                    found.footers[path.name] = footer
        _check_agreement(found)
        return found

    def _files(self) -> list[Path]:
        folder = self.shards
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _checked(self, path: Path, database: object) -> Footer:
        """Return the footer of a file; ``ValueError`` if the file is not what its name says."""
        name = _NAME.fullmatch(path.name)
        if name is None:
            raise ValueError(str(m.FOREIGN_FILE))
        if path.is_symlink() or not path.is_file():
            raise ValueError(str(m.NO_ORDINARY_FILE))
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ValueError(reason_of(error)) from error
        if _seal_of(data) != name["seal"]:
            raise ValueError(str(m.OTHER_BYTES))
        footer = read_footer(path, database)  # type: ignore[arg-type]
        if shard_key(list(footer.digests)) != name["key"]:
            raise ValueError(str(m.OTHER_RUNS))
        return footer

    def set_aside(self, names: Iterable[str]) -> None:
        """Move files out of the way, so that their runs are made again; nothing is deleted."""
        folder = self.folder / SET_ASIDE
        for name in names:
            folder.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):  # another coordinator was faster
                (self.shards / name).rename(folder / f"{name}.{secrets.token_hex(4)}")

    def file_keys(self) -> frozenset[str]:
        """Return the keys of the files that are there, without a look into them."""
        names = (_NAME.fullmatch(path.name) for path in self._files())
        return frozenset(name["key"] for name in names if name)

    def clear_temporary(self) -> None:
        """Remove what writers that were killed have left; one that is alive needs seconds."""
        for path in sorted((self.folder / TEMPORARY).iterdir()):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                    path.unlink()


def shard_key(runs: Sequence[str]) -> str:
    """Return the name of a file of these runs, in their order."""
    return hashlib.sha256("\n".join(runs).encode()).hexdigest()[:_KEY_DIGITS]


def missing(shards: Iterable[tuple[PlannedRun, ...]], done: Iterable[str]) -> list[tuple[PlannedRun, ...]]:
    """Return what is planned and not done, in the files in which it is planned."""
    known = frozenset(done)
    left = (tuple(run for run in shard if run.key not in known) for shard in shards)
    return [shard for shard in left if shard]


def _seal_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_SEAL_DIGITS]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_agreement(found: Sealed) -> None:
    """Raise if a run that was made twice came out differently: then nothing here can be trusted."""
    seen: dict[str, tuple[str, str]] = {}
    for name, footer in found.footers.items():
        for run, digest in footer.digests.items():
            before, other = seen.setdefault(run, (digest, name))
            if digest and before and digest != before:
                raise DisagreementError(m.NOT_DETERMINISTIC.format(run=run, first=other, second=name))
            if digest and not before:
                seen[run] = digest, name
