"""Figures of comparisons, recordings and institutions, the same in a notebook, the view and the report.

They are plain functions that return Plotly figures. All traces are SVG; shapes and words carry what colours do.
"""

from govsim.figures.chain import chain
from govsim.figures.displacement import displacement
from govsim.figures.headline import headline
from govsim.figures.ledger import ledger
from govsim.figures.life import life
from govsim.figures.months import months
from govsim.figures.organisation import organisation, organisation_difference
from govsim.figures.outcomes import outcomes
from govsim.figures.overview import overview
from govsim.figures.payers import payers
from govsim.figures.schedule import schedule
from govsim.figures.series import series
from govsim.figures.threads import threads
from govsim.figures.winners import winners
from govsim.figures.worker_months import worker_months

__all__ = [
    "chain",
    "displacement",
    "headline",
    "ledger",
    "life",
    "months",
    "organisation",
    "organisation_difference",
    "outcomes",
    "overview",
    "payers",
    "schedule",
    "series",
    "threads",
    "winners",
    "worker_months",
]
