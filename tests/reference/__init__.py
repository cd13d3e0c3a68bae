"""The plain reference: the model of ``docs/odd.md`` as objects and lists, written from the page alone."""

from tests.reference.model import ReferenceModel
from tests.reference.worlds import (
    SMALL_WORLDS,
    Scenario,
    small_scenario,
    with_inspection_cut,
    with_pay_rise,
    with_permit,
)

__all__ = [
    "SMALL_WORLDS",
    "ReferenceModel",
    "Scenario",
    "small_scenario",
    "with_inspection_cut",
    "with_pay_rise",
    "with_permit",
]
