"""Records behave the same compiled and uncompiled."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.institution import charter
from govsim.tables import layout

LAYOUTS = {
    name: value
    for module in (layout, charter)
    for name, value in vars(module).items()
    if isinstance(value, np.dtype) and value.names
}
# NumPy looks for an attribute of its own first: uncompiled, item.size is the number of elements of a record, 1.
TAKEN = set(dir(np.record))


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, dtype in LAYOUTS.items() for column in dtype.names]
)
def test_no_column_has_the_name_of_something_that_every_record_has(table, column):
    assert column not in TAKEN
