"""The results of a sweep for analysis: tidy tables, paired effects, and the shapes that other libraries take."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from govsim.errors import did_you_mean
from govsim.experiments.multiplicity import adjusted_over_arms
from govsim.experiments.pairing import paired_effect
from govsim.experiments.ratio import ratio_of_means
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tallies import NAMES
from govsim.sweeps import messages as m
from govsim.sweeps.plan import BASELINE
from govsim.sweeps.shard import connection
from govsim.sweeps.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.language import Message
    from govsim.sweeps.plan import Plan
    from govsim.sweeps.store import Sealed

COST: Final = "cost_per_resident_year"
# A run may lie in two files; a folder named like run=5 is no column.
_NUMBERS: Final = "SELECT DISTINCT * FROM read_parquet(?, hive_partitioning = false)"
_CELL: Final = ["arm", "sample", "replicate"]


def open_results(folder: str | Path, *, allow_partial: bool = False) -> Results:
    """Return the results of a sweep.

    Parameters
    ----------
    folder
        Of the store.
    allow_partial
        Whether runs may be missing or have failed; what is left is then a selection of runs.

    Raises
    ------
    StoreError
        If there is no sweep, files are damaged, or runs are missing and that is not allowed.
    """
    store = Store(Path(folder))
    plan, sealed = store.plan(), store.sealed()
    if sealed.damaged:
        name, reason = next(iter(sealed.damaged.items()))
        raise StoreError(m.DAMAGED.format(folder=folder, number=len(sealed.damaged), name=name, reason=reason))
    planned = plan.runs().keys()
    good = {run for run, digest in sealed.digests.items() if digest}
    if not allow_partial and not planned <= good:
        numbers = {"planned": len(planned), "failed": len(planned & sealed.failed), "done": len(planned & good)}
        raise StoreError(m.INCOMPLETE.format(folder=folder, **numbers))
    return Results(store, plan, sealed)


@dataclass(frozen=True)
class Results:
    """The results of a sweep.

    Attributes
    ----------
    store
        Where they lie.
    plan
        What was asked for.
    sealed
        What is there.
    """

    store: Store
    plan: Plan
    sealed: Sealed

    @cached_property
    def runs(self) -> pd.DataFrame:
        """Every run that was asked for: arm, sample, replicate, values of factors, key, digest and status.

        A run that several arms or samples have in common stands once for each of them.
        """
        failed, digests = self.sealed.failed, self.sealed.digests
        rows = []
        for s, sample in enumerate(self.plan.samples):
            for a, arm in enumerate(self.plan.arms):
                for replicate in range(self.plan.replicates):
                    key = self.plan.key_of(a, s, replicate)
                    digest = digests.get(key, "")
                    status = "ok" if digest else "failed" if key in failed else "missing"
                    rows.append((arm.id, s, replicate, *sample.values(), key, digest, status))
        return pd.DataFrame(rows, columns=[*_CELL, *self.plan.factors, "run", "digest", "status"])

    def numbers(self, table: str = "outcome") -> pd.DataFrame:
        """Return numbers in long form, with units: ``outcome``, ``series``, ``group`` or ``ledger``."""
        columns = [*_CELL, *self.plan.factors, "period", "group", "name", "unit", "value"]
        return self._joined(self.runs, columns, table, ["period", "group", "name"])

    def tallies(self) -> pd.DataFrame:
        """Return the books of the year as whole numbers, one row for each arm, sample and replicate.

        The columns are ``recording.tallies.NAMES``. Sums of many rows may pass 64 bits: add them as Python's numbers.
        """
        long = self._joined(self.runs, [*_CELL, "name", "tally"], "tally", ["name"])
        wide = long.set_index([*_CELL, "name"])["tally"].unstack("name")
        return wide.reindex(columns=list(NAMES)).reset_index()

    def to_df(self) -> pd.DataFrame:
        """Return one row for each arm, sample and replicate, with factors and outcomes as columns."""
        wide = self.numbers().set_index([*_CELL, "name"])["value"].unstack("name")
        runs = self.runs.set_index(_CELL).sort_index(kind="stable")
        return runs.join(wide.reindex(columns=list(self.plan.kept.outcomes)), how="left").reset_index()

    def failures(self) -> pd.DataFrame:
        """Return the runs that failed, with why."""
        failed = self.runs[self.runs["status"] == "failed"]
        return self._joined(failed, [*_CELL, *self.plan.factors, "run", "name", "text"], "failure", [])

    def _joined(self, runs: pd.DataFrame, columns: list[str], table: str, order: list[str]) -> pd.DataFrame:
        """Return columns of runs and of the rows of a table in the files, a row for each run that has it."""
        paths = [str(self.store.shards / name) for name in self.sealed.footers]
        if not paths:
            return pd.DataFrame(columns=columns)
        with connection() as database:
            database.register("runs", runs)
            return database.execute(
                f"SELECT {_quoted(columns)} FROM ({_NUMBERS}) JOIN runs "
                f'USING (run, replicate) WHERE "table" = ? ORDER BY {_quoted(["sample", "arm", "replicate", *order])}',
                [paths, table],
            ).df()

    def effects(self, outcomes: Sequence[str] | None = None, *, by_group: bool = False) -> pd.DataFrame:
        """Return what each arm changes beside the baseline, sample by sample, over paired replicates.

        Parameters
        ----------
        outcomes
            Names; all that were kept, if none are given.
        by_group
            Of each group that was kept instead of all: who wins and who loses.

        Returns
        -------
        DataFrame
            ``n_pairs``, ``baseline``, ``reform``, ``difference``, ``ci_low``, ``ci_high``, ``share_better``,
            ``variance_reduction``, ``interval``, ``p_value``, ``p_holm`` (over the arms of a sample) and ``verdict``;
            replicates in which an outcome is undefined are left out.

        Raises
        ------
        ValueError
            If an outcome was not kept.
        """
        names = list(outcomes) if outcomes is not None else list(self.plan.kept.outcomes)
        for outcome in names:
            _check_known(outcome, self.plan.kept.outcomes, m.NOT_KEPT)
        numbers = self.numbers("group" if by_group else "outcome")
        own = numbers[numbers["name"].isin(names)].set_index(["sample", "group", "name", "replicate", "arm"])["value"]
        wide = own.unstack("arm").reindex(columns=[arm.id for arm in self.plan.arms])
        rows = []
        for (sample, group, name), pairs in wide.groupby(level=["sample", "group", "name"], sort=True):
            better, without = OUTCOMES[str(name)].better, _defined(pairs[BASELINE])
            arms = self.plan.arms[1:]
            effects = [{str(name): paired_effect(without, _defined(pairs[arm.id]), better)} for arm in arms]
            for arm, adjusted in zip(arms, adjusted_over_arms(effects), strict=True):
                effect = adjusted[str(name)]
                words = {"sample": sample, "arm": arm.id, "group": group, "name": name, "better": better}
                rows.append({**words, **asdict(effect), "verdict": effect.verdict(better).value})
        return self._with_factors(rows)

    def costs(self, outcome: str) -> pd.DataFrame:
        """Return what a unit of improvement of an outcome costs, in yuan of public money a resident and year.

        The ratio of two mean paired differences with Fieller's interval, below 0 where money is saved; undefined where
        the outcome does not clearly get better. The unit is that of the outcome: an hour, a year, or the whole of a
        share.

        Raises
        ------
        ValueError
            If no direction of the outcome is better, or its numbers or those of the cost were not kept.
        """
        for name in (outcome, COST):
            _check_known(name, self.plan.kept.outcomes, m.NOT_KEPT)
        better = OUTCOMES[outcome].better
        if better == "none":
            raise ValueError(m.NO_BETTER.format(given=outcome))
        sign = 1.0 if better == "higher" else -1.0
        frame = self.to_df().set_index(["sample", "replicate"]).sort_index(kind="stable")
        rows = []
        for sample in range(len(self.plan.samples)):
            own = frame.loc[sample]
            without = own[own["arm"] == BASELINE]
            for arm in self.plan.arms[1:]:
                change = (own[own["arm"] == arm.id][[COST, outcome]] - without[[COST, outcome]]).dropna()
                paid, gained = change.to_numpy(dtype=float).T * np.array([[1.0], [sign]])
                ratio = ratio_of_means(paid, gained) if len(change) else None
                rows.append(
                    {
                        "sample": sample,
                        "arm": arm.id,
                        "n_pairs": len(change),
                        "cost": float(paid.mean()) if len(paid) else None,
                        "gained": float(gained.mean()) if len(gained) else None,
                        "yuan_per_unit": ratio.value if ratio else None,
                        "ci_low": ratio.low if ratio else None,
                        "ci_high": ratio.high if ratio else None,
                    }
                )
        return self._with_factors(rows)

    def _with_factors(self, rows: list[dict[str, Any]]) -> pd.DataFrame:
        frame = pd.DataFrame(rows)
        factors = pd.DataFrame(self.plan.samples, columns=list(self.plan.factors))
        return frame.join(factors, on="sample") if rows else frame

    # ------------------------------------------------- for other libraries
    def to_csv(self, path: str | Path) -> None:
        """Write ``to_df`` as CSV."""
        self.to_df().to_csv(path, index=False)

    def to_ema(self) -> tuple[pd.DataFrame, dict[str, Any]]:
        """Return experiments and outcomes as the EMA Workbench takes them: means over replicates, one row a policy."""
        means = self._means()
        experiments = means[["sample", *self.plan.factors]].rename(columns={"sample": "scenario"})
        experiments.insert(1, "policy", means["arm"])
        return experiments, {name: means[name].to_numpy() for name in self.plan.kept.outcomes}

    def to_salib(self, arm: str = BASELINE) -> tuple[dict[str, Any], Any, dict[str, Any]]:
        """Return the problem, the inputs and the outputs of an arm as SALib takes them: means over replicates.

        Rows stand in the order of the samples, those that repeat among them, which SALib's methods rely on.

        Raises
        ------
        ValueError
            If there is no such arm.
        """
        _check_known(arm, [each.id for each in self.plan.arms], m.NO_ARM)
        means = self._means()
        own = means[means["arm"] == arm].sort_values("sample", kind="stable")
        inputs = own[list(self.plan.factors)].to_numpy(dtype=float)
        bounds = [[float(column.min()), float(column.max())] for column in inputs.T]
        problem = {"num_vars": len(self.plan.factors), "names": list(self.plan.factors), "bounds": bounds}
        return problem, inputs, {name: own[name].to_numpy() for name in self.plan.kept.outcomes}

    def _means(self) -> pd.DataFrame:
        frame = self.to_df()
        keys = ["sample", "arm", *self.plan.factors]
        return frame.groupby(keys, sort=True, observed=True)[list(self.plan.kept.outcomes)].mean().reset_index()


def _check_known(given: str, known: Sequence[str], sentence: Message) -> None:
    """Raise unless a name is one of those there are."""
    if given not in known:
        raise ValueError(sentence.format(given=given, known=str(m.NEXT).join(known), hint=did_you_mean(given, known)))


def _defined(values: pd.Series[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]


def _quoted(names: list[str]) -> str:
    """Return names of columns as SQL writes them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)
