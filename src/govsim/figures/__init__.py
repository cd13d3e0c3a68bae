"""Figures of comparisons, recordings and institutions, the same in a notebook, the view and the report.

They are plain functions that return Plotly figures. All traces are SVG; shapes and words carry what colours do.
"""

from govsim.figures.displacement import displacement
from govsim.figures.headline import headline
from govsim.figures.ledger import ledger
from govsim.figures.organisation import organisation, organisation_difference
from govsim.figures.outcomes import outcomes
from govsim.figures.overview import overview
from govsim.figures.payers import payers
from govsim.figures.series import series
from govsim.figures.threads import threads
from govsim.figures.winners import winners

__all__ = [
    "displacement",
    "headline",
    "ledger",
    "organisation",
    "organisation_difference",
    "outcomes",
    "overview",
    "payers",
    "series",
    "threads",
    "winners",
]
