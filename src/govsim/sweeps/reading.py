"""Read a plan: schema, scenarios, factors and samples, with everything that is wrong said at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from govsim.errors import ScenarioError, did_you_mean
from govsim.experiments.arms import Arm, check_comparable
from govsim.recording.outcomes import OUTCOMES
from govsim.scenarios import load_scenario
from govsim.scenarios.complaints import Complaints, shown
from govsim.scenarios.document import read_document
from govsim.scenarios.extending import linked_path
from govsim.scenarios.findings import complain_all
from govsim.sweeps import messages as m
from govsim.sweeps.model_version import model_version
from govsim.sweeps.plan import BASELINE, Kept, Plan, PlannedArm, as_text
from govsim.sweeps.plan_file import PlanFile
from govsim.sweeps.samples import BY_SAMPLE, samples_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govsim.scenarios import Scenario
    from govsim.scenarios.document import Document, Route
    from govsim.sweeps.plan import Sample

MOST_TRIED: Final = 40


def read_plan(path: str | Path, settings: Sequence[str] = ()) -> Plan:
    """Return the plan of a file of the schema ``govsim/plan@1``.

    Every value that a factor takes is tried in the scenarios that have what it sets, in a list or a table together with
    the others of its sample; of more than ``MOST_TRIED`` values the least and the greatest.

    Parameters
    ----------
    settings
        ``path=value`` each, written over what the plan sets.

    Raises
    ------
    ScenarioError
        With a line for each thing that is wrong, its place and what would be right.
    """
    complaints = Complaints()
    document = read_document(Path(path), complaints)
    try:
        content = PlanFile.model_validate(document.tree)
    except ValidationError as error:
        complain_all(document, (), error, PlanFile, complaints)
        complaints.raise_any()
        raise  # what failed has complained
    _check_names(document, content, complaints)
    _check_settings(document, content, complaints)
    samples = samples_of(document, content, complaints)
    complaints.raise_any()
    arms = _arms(document, content, dict(_pair(setting) for setting in settings))
    _check_tallies(document, content, arms, complaints)
    check_comparable([Arm(arm.id, scenario) for arm, scenario in arms.items()])
    plan = Plan(
        id=content.id,
        model=model_version(),
        arms=tuple(arms),
        samples=samples,
        replicates=content.replicates,
        seed=content.seed,
        kept=_kept(content),
        runs_per_shard=content.runs_per_shard,
    )
    _try_samples(document, plan, content.design.kind in BY_SAMPLE, complaints)
    complaints.raise_any()
    return plan


def scenario_of(arm: PlannedArm, folder: Path, sample: Sample) -> Scenario:
    """Return the scenario of an arm under a sample; ``folder`` is that of the plan."""
    return load_scenario(folder / arm.file, arm.settings_with(sample))


def _check_names(document: Document, content: PlanFile, complaints: Complaints) -> None:
    seen: set[str] = set()
    for number, arm in enumerate(content.arms):
        place = document.place(("arms", number, "id"))
        if arm.id == BASELINE:
            complaints.add(place, str(m.BASELINE_ID))
        elif arm.id in seen:
            complaints.add(place, m.SAME_ARM.format(given=shown(arm.id)))
        seen.add(arm.id)
    if isinstance(content.keep.outcomes, tuple):
        for number, name in enumerate(content.keep.outcomes):
            if name not in OUTCOMES:
                sentence = m.UNKNOWN_OUTCOME.format(given=shown(name), hint=did_you_mean(name, OUTCOMES))
                complaints.add(document.place(("keep", "outcomes", number)), sentence)


def _check_settings(document: Document, content: PlanFile, complaints: Complaints) -> None:
    for name in content.settings:
        if name.startswith("reforms."):
            complaints.add(document.key_place(("set", name)), m.REFORM_FOR_ALL.format(path=name))
    varied = set(content.factors).union(*(content.design.points or ()))
    blocks: list[tuple[Route, Mapping[str, object]]] = [(("set",), content.settings)]
    blocks += [(("arms", number, "set"), arm.settings) for number, arm in enumerate(content.arms)]
    for route, settings in blocks:
        for name in varied.intersection(settings):
            complaints.add(document.key_place((*route, name)), m.SET_AND_FACTOR.format(path=name))


def _pair(setting: str) -> tuple[str, str]:
    path, _, value = setting.partition("=")
    return path.strip(), value.strip()


def _check_tallies(
    document: Document, content: PlanFile, arms: Mapping[PlannedArm, Scenario], complaints: Complaints
) -> None:
    for arm, scenario in arms.items() if content.keep.tallies else ():
        years = scenario.calendar.years
        if years != 1:
            complaints.add(document.place(("keep", "tallies")), m.TALLIES_OF_A_YEAR.format(arm=arm.id, years=years))


def _arms(document: Document, content: PlanFile, settings_of_all: Mapping[str, object]) -> dict[PlannedArm, Scenario]:
    """Return the arms, each with its scenario under the settings of the plan."""
    entries: list[tuple[str, Route, str, Mapping[str, object]]] = [(BASELINE, ("baseline",), content.baseline, {})]
    for number, arm in enumerate(content.arms):
        entries.append((arm.id, ("arms", number, "scenario"), arm.scenario, arm.settings))
    found = {}
    for name, route, file, own in entries:
        settings = tuple(
            f"{path}={as_text(value)}" for path, value in sorted({**content.settings, **own, **settings_of_all}.items())
        )
        scenario = load_scenario(linked_path(document, route), settings)
        reforms = tuple(reform.id for reform in scenario.reforms)
        found[PlannedArm(name, file, settings, reforms, scenario.fingerprint())] = scenario
    return found


def _kept(content: PlanFile) -> Kept:
    headline = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
    keep = content.keep
    named = {"headline": headline, "all": tuple(OUTCOMES)}
    outcomes = tuple(dict.fromkeys(keep.outcomes)) if isinstance(keep.outcomes, tuple) else named[keep.outcomes]
    return Kept(outcomes, tuple(sorted(set(keep.groups))), keep.series, keep.ledger, keep.tallies)


def _try_samples(document: Document, plan: Plan, are_whole: bool, complaints: Complaints) -> None:
    """Load scenarios under what samples set, so that a sweep does not fail in its middle."""
    folder, said = Path(document.file).parent, set()
    for factor in plan.factors:
        takers = [arm for arm in plan.arms if arm.takes(factor)]
        place = document.key_place(("factors", factor))
        if not takers:
            complaints.add(place, m.NO_ARM_TAKES.format(path=factor))
        for sample in _telling(factor, plan.samples):
            for arm in takers:
                try:
                    scenario_of(arm, folder, sample if are_whole else {factor: sample[factor]})
                except ScenarioError as error:
                    for _, sentence in error.findings:
                        if (place, sentence) not in said:
                            complaints.add(place, sentence)
                        said.add((place, sentence))


def _telling(factor: str, samples: Iterable[Sample]) -> list[Sample]:
    """Return the first sample with each value of a factor; where there are very many values, those with the ends.

    Ranges have no holes, and what is no number has no more than a few values unless it is a name.
    """
    first: dict[tuple[str, bool | int | float | str], Sample] = {}
    for sample in samples:
        first.setdefault((type(sample[factor]).__name__, sample[factor]), sample)
    if len(first) <= MOST_TRIED:
        return list(first.values())
    return [first[min(first)], first[max(first)]]
