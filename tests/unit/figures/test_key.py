"""The key below a figure of runs has room for each entry in a line of its own, as in a narrow window."""

from __future__ import annotations

import pytest

from govsim import figures
from tests.recorded import two_arms

LINE = 19  # pixels that Plotly gives an entry of this size, measured in Chromium
LONG = "a permit for every task that a department would hand down to communities"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [None, LONG])
def test_each_entry_has_a_line(lang, name):
    arms = two_arms()
    for figure in (
        figures.series(*arms, "workload_hours", lang, name),
        figures.winners(*arms, "workload_hours", lang, name, by="community"),
        figures.payers(*arms, lang, name),
    ):
        entries = [trace.name for trace in figure.data if trace.showlegend is not False and trace.x == (None,)]
        entries += [trace.name for trace in figure.data if trace.showlegend and trace.x != (None,)]
        lines = sum(1 + entry.count("<br>") for entry in entries)
        assert entries
        assert figure.layout.legend.y * figure.layout.height >= LINE * lines
