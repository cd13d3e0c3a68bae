"""Figures of a comparison, the same in a notebook, the view and the report: plain functions that return Plotly figures.

Every trace is drawn as SVG. Shapes and words carry what colours carry.
"""

from govsim.figures.displacement import displacement
from govsim.figures.headline import headline
from govsim.figures.outcomes import outcomes
from govsim.figures.overview import overview
from govsim.figures.payers import payers
from govsim.figures.series import series
from govsim.figures.winners import winners

__all__ = ["displacement", "headline", "outcomes", "overview", "payers", "series", "winners"]
