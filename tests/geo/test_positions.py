"""Positions are repaired when that is sure, refused when impossible, doubted when far."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import EARTH_RADIUS_KM, bounding_box, distance_km, in_france, repair_position, written_point

MENDE = (44.518, 3.5)
LATITUDES = st.floats(-89, 89)
LONGITUDES = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("lat", "lon", "kept", "problem"),
    [
        (44.518, 3.5, MENDE, None),
        ("44.518", "3.5", MENDE, None),
        ("44,518", " 3,5° ", MENDE, None),
        ("-21,1", "55,5", (-21.1, 55.5), None),
        (None, None, (None, None), None),
        ("", " ", (None, None), None),
        (0, 0, (None, None), "position_zero"),
        ("0", "0.0", (None, None), "position_zero"),
        (3.5, 44.518, MENDE, "position_swapped"),
        ("55.5", "-21.1", (-21.1, 55.5), "position_swapped"),
        (165.5, -21.5, (-21.5, 165.5), "position_swapped"),
        (91, 3.5, (None, None), "position_out_of_range"),
        (705_000, 6_380_000, (None, None), "position_out_of_range"),
        (math.nan, 3.5, (None, None), "position_unreadable"),
        ("44.5", "", (None, None), "position_unreadable"),
        ("4e1", "3", (None, None), "position_unreadable"),
        ("N 44°", "E 3°", (None, None), "position_unreadable"),
        (50.85, 4.35, (50.85, 4.35), None),
        (40.4, -3.7, (40.4, -3.7), "position_outside_france"),
    ],
)
def test_repairs(
    lat: float | str | None,
    lon: float | str | None,
    kept: tuple[float | None, float | None],
    problem: str | None,
) -> None:
    repaired = repair_position(lat, lon)
    assert (repaired.lat, repaired.lon) == kept
    assert (repaired.problem and repaired.problem.code) == problem


def test_the_commune_tells_what_is_far(gazetteer: Gazetteer) -> None:
    mende = gazetteer.by_insee("48095")
    assert repair_position(44.6, 3.4, mende).problem is None
    swapped = repair_position(3.5, 44.518, mende)
    assert (swapped.lat, swapped.lon) == MENDE
    far = repair_position(48.85, 2.35, mende)
    assert (far.lat, far.lon) == (48.85, 2.35)
    assert far.problem
    assert far.problem.code == "position_far_from_commune"
    assert far.problem.message == "position à 490\u00a0km de Mende"


@pytest.mark.parametrize(
    ("insee", "lat", "lon", "kept", "problem"),
    [
        # overseas: signs and places that a box of the métropole would refuse
        ("97411", -20.88, 55.45, (-20.88, 55.45), None),
        ("97411", 55.45, -20.88, (-20.88, 55.45), "position_swapped"),
        ("97209", 14.6, -61.07, (14.6, -61.07), None),
        ("98735", -17.54, -149.57, (-17.54, -149.57), None),
        ("97502", 46.78, -56.18, (46.78, -56.18), None),
        # in the sea, off its commune; a metropolitan point for an overseas commune, and the reverse
        ("29019", 48.0, -5.5, (48.0, -5.5), "position_far_from_commune"),
        ("97411", 48.85, 2.35, (48.85, 2.35), "position_far_from_commune"),
        ("48095", -20.88, 55.45, (-20.88, 55.45), "position_far_from_commune"),
        # the sign of a longitude lost: nobody moves the point by himself
        ("29019", 48.39, 4.486, (48.39, 4.486), "position_far_from_commune"),
        # nowhere stays nowhere, whatever the commune
        ("97411", 0, 0, (None, None), "position_zero"),
        ("97411", "0,0", "0,0", (None, None), "position_zero"),
    ],
)
def test_overseas_and_at_sea(
    gazetteer: Gazetteer,
    insee: str, lat: float | str, lon: float | str, kept: tuple[float | None, float | None], problem: str | None,
) -> None:  # fmt: skip
    repaired = repair_position(lat, lon, gazetteer.by_insee(insee))
    assert (repaired.lat, repaired.lon) == kept
    assert (repaired.problem and repaired.problem.code) == problem


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("44,32 ; 3,59", ("44,32", "3,59")),
        ("44.32,3.59", ("44.32", "3.59")),
        ("44,32 3,59", ("44,32", "3,59")),
        (" 44.32° N, 3.59° E ", ("44.32", "3.59")),
        ("48,39 N 4,486 O", ("48,39", "-4,486")),
        ("21.1 s ; 55.5 e", ("-21.1", "55.5")),
        ("-21,1 ; 55,5", ("-21,1", "55,5")),
        ("Mende 12", None),
        ("48 200", None),
        ("48000", None),
        ("44,32", None),
        ("44,32 ; 3,59 ; 12,5", None),
        ("", None),
    ],
)
def test_a_point_is_told_from_a_name(text: str, written: tuple[str, str] | None) -> None:
    assert written_point(text) == written


def test_vast_communes_are_allowed_more(gazetteer: Gazetteer) -> None:
    maripasoula, papeete = gazetteer.by_insee("97353"), gazetteer.by_insee("98735")
    assert maripasoula
    assert repair_position(maripasoula.lat - 1, maripasoula.lon, maripasoula).problem is None
    assert repair_position(44.518, 3.5, papeete).problem


@given(LATITUDES, LONGITUDES)
def test_nothing_is_ever_kept_at_zero(lat: float, lon: float) -> None:
    repaired = repair_position(lat * 1e-4, lon * 1e-5)
    assert repaired.lat is None
    assert repaired.problem


@given(LATITUDES, LONGITUDES)
def test_what_is_kept_is_on_earth(lat: float, lon: float) -> None:
    repaired = repair_position(lon, lat)
    if repaired.lat is not None and repaired.lon is not None:
        assert abs(repaired.lat) <= 90
        assert abs(repaired.lon) <= 180


def test_distances() -> None:
    assert distance_km(MENDE, MENDE) == 0
    assert abs(distance_km((48.8566, 2.3522), (45.7640, 4.8357)) - 391.5) < 1
    assert abs(distance_km((0, 179.5), (0, -179.5)) - 111.2) < 0.1
    assert abs(distance_km((0, 0), (0, 180)) - math.pi * 6371.0088) < 0.001


@given(st.floats(-80, 80), LONGITUDES, st.floats(0.1, 900), st.floats(0, 2 * math.pi))
@example(70, 3.5, 900, 1.17)
def test_the_box_holds_the_circle(lat: float, lon: float, radius: float, bearing: float) -> None:
    angle, start = radius / EARTH_RADIUS_KM, math.radians(lat)
    end = math.asin(math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(bearing))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(start),
        math.cos(angle) - math.sin(start) * math.sin(end),
    )
    point = math.degrees(end), lon + math.degrees(turn)
    assert abs(distance_km((lat, lon), point) - radius) < 0.001
    south, west, north, east = bounding_box((lat, lon), radius)
    assert south - 1e-9 <= point[0] <= north + 1e-9
    assert west - 1e-9 <= point[1] <= east + 1e-9 or abs(point[1]) > 180


def test_france_is_in_its_boxes_and_the_gulf_of_guinea_is_not() -> None:
    assert in_france(*MENDE)
    assert in_france(-21.1, 55.5)
    assert not in_france(0, 0)
    assert not in_france(3.5, 44.5)
