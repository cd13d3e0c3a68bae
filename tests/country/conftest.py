"""The tiny country in a folder of its own."""

from __future__ import annotations

import pytest

from tests.country.tiny_country import settle


@pytest.fixture(scope="package")
def tiny(tmp_path_factory):
    """Return the folder of the plan of the tiny country."""
    return settle(tmp_path_factory.mktemp("tiny"))
