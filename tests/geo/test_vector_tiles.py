"""Vector tiles decoded: what the base map draws lies where the gazetteer says, and nothing along the edges of tiles."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appli import resources
from appli.geo.tiles import TileArchive
from appli.geo.vector_tiles import Drawn, drawn, spot_of

PLACE = (9, 260, 185)
"""Around Marvejols."""


@pytest.fixture(scope="module")
def content() -> bytes:
    with TileArchive(resources.path("carte/fonds/fr.pmtiles")) as archive:
        found = archive.tile(*PLACE)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shapes(content: bytes) -> list[Drawn]:
    return list(drawn(content, PLACE, {"communes", "epci", "lieux"}))


def test_only_the_layers_asked_for(content: bytes, shapes: list[Drawn]) -> None:
    assert {shape.layer for shape in shapes} == {"communes", "epci", "lieux"}
    assert not list(drawn(content, PLACE, ()))


def test_a_town_lies_where_it_is(shapes: list[Drawn]) -> None:
    town = next(s for s in shapes if s.layer == "lieux" and s.properties.get("nom") == "Marvejols")
    (spot,) = town.lines[0]
    assert spot == pytest.approx(spot_of((44.554, 3.291)), abs=2e-5)
    assert isinstance(town.properties["pop"], int)


def test_lines_stay_in_their_tile_and_off_its_edges(shapes: list[Drawn]) -> None:
    side = 1 << PLACE[0]
    for shape in shapes:
        for line in shape.lines:
            steps = [(x * side - PLACE[1], y * side - PLACE[2]) for x, y in line]
            assert all(-1e-9 <= c <= 1 + 1e-9 for step in steps for c in step)
            for (x1, y1), (x2, y2) in pairwise(steps):
                assert not (x1 == x2 and x1 in (0, 1)), "along the edge"
                assert not (y1 == y2 and y1 in (0, 1)), "along the edge"


def test_a_commune_is_a_closed_ring(shapes: list[Drawn]) -> None:
    commune = next(s for s in shapes if s.layer == "communes" and s.properties.get("nom") == "Marvejols")
    assert commune.properties["code"] == "48092"
    (ring,) = commune.lines
    assert ring[0] == ring[-1]
    assert len(ring) > 20


@settings(max_examples=30)
@given(st.data())
def test_a_damaged_tile_is_refused_or_read_never_worse(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=4)) + content[at + 2 : at + 3000]
    with suppress(ValueError, IndexError):
        list(drawn(damaged, PLACE, {"communes", "lieux"}))
