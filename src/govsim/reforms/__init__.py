"""The catalogue of reforms, by hand: the name in a scenario file and the class that is its schema."""

from govsim.reforms.pay_rise import PayRise
from govsim.reforms.reform import Reform

REFORMS: dict[str, type[Reform]] = {"pay_rise": PayRise}

__all__ = ["REFORMS", "PayRise", "Reform"]
