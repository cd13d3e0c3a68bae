"""A folder for plans and stores."""

from __future__ import annotations

import pytest

from tests.sweeps.small_plans import SMALL, place_in


@pytest.fixture
def place(tmp_path):
    return place_in(tmp_path)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Return a store in which the small plan has been run, not to be changed."""
    return place_in(tmp_path_factory.mktemp("swept")).swept(SMALL)
