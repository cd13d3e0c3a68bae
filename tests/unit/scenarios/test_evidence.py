"""Parameters of a scenario with what supports them."""

from __future__ import annotations

from typing import get_args

import pytest

from govsim.errors import ScenarioError
from govsim.institution.parameters import Grade
from govsim.scenarios import load_scenario
from govsim.scenarios.schema import ParameterValue
from tests.unit.scenarios.test_loader import TINY_TEXT, write  # noqa: F401 the fixture

PATH = "patience.mean_days"


def entry(path, settings=()):
    return load_scenario(path, settings).institution.parameters.entries[PATH]


@pytest.fixture
def under(write):  # noqa: F811
    return lambda lines: write(TINY_TEXT.replace("\nparameters:\n", f"\nparameters:\n{lines}\n"))


def test_a_value_may_come_with_a_grade_and_a_source(under):
    found = entry(under(f'  {PATH}: {{value: 25, grade: READ, source: "E6"}}'))
    assert (found.value, found.grade, found.source) == (25.0, Grade.READ, "E6")


def test_another_value_without_evidence_is_a_guess_that_names_where_it_stands(under):
    path = under(f"  {PATH}: 25")
    found = entry(path)
    assert (found.value, found.grade) == (25.0, Grade.GUESS)
    assert found.source.startswith(str(path))
    assert entry(path, [f"{PATH}=30"]).source == f"--set {PATH}=30"


def test_the_usual_value_keeps_its_evidence(under):
    usual = entry(under(""))
    assert entry(under(f"  {PATH}: {usual.value:g}")) == usual


def test_evidence_decides_no_number_of_a_run(under):
    with_evidence = load_scenario(under(f"  {PATH}: {{value: 25, grade: READ, source: E6}}"))
    assert with_evidence.fingerprint() == load_scenario(under(f"  {PATH}: 25")).fingerprint()
    assert with_evidence.fingerprint() != load_scenario(under(f"  {PATH}: 26")).fingerprint()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (f"  {PATH}: {{value: 25, grade: SURE}}", f"parameters.{PATH}.grade: must be one of"),
        (f"  {PATH}: {{value: 25, grad: READ}}", "Did you mean 'grade'?"),
        (f"  {PATH}: {{grade: READ}}", f"parameters.{PATH}: the key 'value' is missing."),
        (f"  {PATH}: {{value: 2500}}", f"parameters.{PATH}: must lie between"),
        (f"  {PATH}: 2500", f"parameters.{PATH}: must lie between"),
        (f"  {PATH}: many", f"parameters.{PATH}: must be a number, but is 'many'."),
        (f"  {PATH}: {{value: many}}", f"parameters.{PATH}.value: must be a number, but is 'many'."),
        (f"  {PATH}: [1]", f"parameters.{PATH}: must be a number, but is a list."),
    ],
    ids=str,
)
def test_wrong_evidence_is_refused_in_one_sentence(under, lines, words):
    with pytest.raises(ScenarioError) as refused:
        load_scenario(under(lines))
    assert words in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_the_grades_of_a_scenario_are_those_of_parameters():
    assert set(get_args(get_args(ParameterValue.model_fields["grade"].annotation)[0])) == {each.value for each in Grade}
