"""A hundred thousand records pass through a bundle while little of it is held."""

from __future__ import annotations

import sys

import pytest

from tests.exchange.measures import memory


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_hundred_thousand_records_are_written_and_read_in_little_memory() -> None:
    held = memory(100_000)
    assert held["after write MB"] < 200
    assert held["after read MB"] < 200
