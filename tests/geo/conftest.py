"""The gazetteer that ships, read once for all tests of this folder."""

from __future__ import annotations

import pytest

from appli import resources
from appli.geo.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(resources.path("geo/communes.json.zst"))
