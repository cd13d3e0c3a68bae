"""One file of a sweep: numbers of runs in long form as Parquet, with what makes them verifiable in the footer."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numba
import numpy as np
import pandas as pd

from govsim.sweeps.keeping import Number
from govsim.sweeps.plan import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

SHARD_SCHEMA: Final = "govsim/shard@1"
_DISK_ERRORS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
COLUMNS: Final = ("table", "run", "replicate", "period", "group", "name", "unit", "value", "tally", "text")


@dataclass(frozen=True)
class RunRecord:
    """A run as it lies in a file.

    Attributes
    ----------
    key, replicate
        Of the run.
    digest
        Of its state and numbers; empty where it failed.
    numbers
        Those kept of it.
    failure
        Why it has none: the error and where it came from; empty where it has.
    """

    key: str
    replicate: int
    digest: str
    numbers: tuple[Number, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class Footer:
    """What a file says of itself.

    Attributes
    ----------
    plan, model
        The id of its plan, and what made it.
    seed
        Root seed of its runs.
    digests
        By run; empty for a run that failed.
    versions
        Of what it was made with.
    """

    plan: str
    model: str
    seed: int
    digests: dict[str, str]
    versions: dict[str, str]

    @property
    def failed(self) -> tuple[str, ...]:
        """Runs that failed."""
        return tuple(run for run, digest in self.digests.items() if not digest)


def connection() -> DuckDBPyConnection:
    """Return a database in memory that uses one thread."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


def write_shard(path: Path, records: Sequence[RunRecord], plan: str, model: str, seed: int) -> None:
    """Write a file of runs; the same runs give the same bytes, with the same libraries.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    import duckdb

    rows = [
        (number.table, record.key, record.replicate, *number[1:], "") for record in records for number in record.numbers
    ]
    rows += [
        ("failure", record.key, record.replicate, "", "", record.failure.split(":")[0], "", None, None, record.failure)
        for record in records
        if record.failure
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float, "tally": "Int64", "replicate": "int32"})
    footer = {
        "schema": SHARD_SCHEMA,
        "plan": plan,
        "model": model,
        "seed": seed,
        "digests": [[record.key, record.digest] for record in records],  # in their order, which names the file
        "versions": {
            "python": ".".join(map(str, sys.version_info[:3])),
            "numpy": np.__version__,
            "numba": numba.__version__,
            "duckdb": duckdb.__version__,
        },
    }
    with connection() as database, _as_system_error():
        database.register("rows", frame)
        database.execute(
            f"COPY (SELECT * FROM rows) TO {_quoted(str(path))} "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{govsim: {_quoted(canonical(footer))}}})"
        )


@contextmanager
def _as_system_error() -> Iterator[None]:
    """Turn what DuckDB says of a disk into the error of the system that it stands for."""
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        words = str(error)
        number = next((each for each in _DISK_ERRORS if os.strerror(each) in words), errno.EIO)
        raise OSError(number, os.strerror(number)) from error


def read_footer(path: Path, database: DuckDBPyConnection) -> Footer:
    """Return the footer of a file; ``ValueError`` if it is none of ours."""
    import duckdb

    try:
        found = database.execute(
            "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'govsim'", [str(path)]
        ).fetchone()
        content: dict[str, Any] = json.loads(found[0]) if found else {}
        if content.pop("schema", None) != SHARD_SCHEMA:
            raise ValueError
        return Footer(**{**content, "digests": dict(content["digests"])})
    except (duckdb.Error, KeyError, TypeError, ValueError) as error:
        message = "not a shard of this version"
        raise ValueError(message) from error


def _quoted(text: str) -> str:
    """Return a text as SQL writes it; COPY takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
