"""What is shown as a fact and what is not: impossible positions, doubtful ones, those nobody can contradict."""

from __future__ import annotations

from random import Random

import pytest

from appli.geo.gazetteer import Gazetteer
from appli.geo.nearby import Nearby
from appli.geo.positions import distance_km
from appli.geo.trust import Trust, trust_in

MENDE = (44.5181, 3.5001)


@pytest.mark.parametrize(
    ("place", "trust"),
    [
        (MENDE, Trust.LIKELY),
        ((44.6, 3.6), Trust.LIKELY),
        ((45.5, 3.5), Trust.DOUBTFUL),
        ((0.0, 0.0), Trust.IMPOSSIBLE),
        (MENDE[::-1], Trust.IMPOSSIBLE),
    ],
)
def test_against_its_commune(gazetteer: Gazetteer, place: tuple[float, float], trust: Trust) -> None:
    assert trust_in(gazetteer, *place, gazetteer.by_insee("48095")) is trust


@pytest.mark.parametrize(
    ("place", "trust"),
    [
        (MENDE, Trust.LIKELY),
        ((4.0, -53.0), Trust.LIKELY),  # in the forest of Guyane
        ((-21.1, 55.5), Trust.LIKELY),
        ((42.2, 5.0), Trust.DOUBTFUL),  # in the gulf of Lion
        ((52.5, 13.4), Trust.DOUBTFUL),
        (MENDE[::-1], Trust.IMPOSSIBLE),
    ],
)
def test_where_no_commune_is_known(gazetteer: Gazetteer, place: tuple[float, float], trust: Trust) -> None:
    assert trust_in(gazetteer, *place, None) is trust


def test_the_nearest_commune(gazetteer: Gazetteer) -> None:
    nearest = gazetteer.nearest(44.52, 3.51)
    assert nearest is not None
    assert nearest.name == "Mende"
    assert gazetteer.nearest(0.0, 0.0) is None


def test_the_grid_finds_what_looking_at_all_finds() -> None:
    world = Random(48)
    rows = [(row, world.uniform(44, 45), world.uniform(3, 4)) for row in range(300)]
    grid = Nearby(rows)
    for _ in range(200):
        here = (world.uniform(43.9, 45.1), world.uniform(2.9, 4.1))
        least = min(rows, key=lambda row: distance_km(here, row[1:]))
        found = grid.nearest(*here)
        assert found is not None
        assert distance_km(here, rows[found][1:]) <= distance_km(here, least[1:]) * 1.01
