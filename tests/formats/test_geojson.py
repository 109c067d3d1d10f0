"""GeoJSON as a table: properties are columns, shapes become one point."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.formats.geometry import representative_point
from appli.formats.tables import open_table

Write = Callable[..., Path]

POINT = {"type": "Point", "coordinates": [3, 44]}
SQUARE = [[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]
HORSESHOE = [[0, 0], [10, 0], [10, 10], [7, 10], [7, 2], [3, 2], [3, 10], [0, 10], [0, 0]]


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def feature(properties: Any = None, geometry: Any = None, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def test_properties_positions_and_ids_become_columns(write: Write) -> None:
    path = write(
        "carte.geojson",
        "\ufeff"
        + collection(
            feature({"nom": "Four", "n": 3.0, "ok": True}, {"type": "Point", "coordinates": [3.5, 44.5, 900]}, id=7),
            feature({"nom": "Lavoir", "adresse": {"rue": "du Lac", "cp": "48000"}, "mots": ["bois", "fer"]}),
        ),
    )
    table = open_table(path)
    assert [c.name for c in table.columns] == [
        "nom", "n", "ok", "adresse.rue", "adresse.cp", "mots", "feature.id", "geometry.lat", "geometry.lon"
    ]  # fmt: skip
    assert table.rows == [
        ("Four", "3", "oui", None, None, None, "7", "44.5", "3.5"),
        ("Lavoir", None, None, "du Lac", "48000", "bois ; fer", None, None, None),
    ]
    assert table.line_numbers == [1, 2]
    assert table.problems == ()


def test_an_unreadable_position_is_told_and_the_row_kept(write: Write) -> None:
    bad = [{"type": "Point", "coordinates": ["3,5", "44,5"]}, {"type": "Point"}, {"type": "Cercle"}, [], "x"]
    table = open_table(write("c.geojson", collection(*(feature({"n": str(i)}, g) for i, g in enumerate(bad)))))
    assert len(table.rows) == 5
    assert [(p.code, p.line) for p in table.problems] == [("bad_geometry", n) for n in range(1, 6)]


def test_odd_numbers_do_not_enter(write: Write) -> None:
    text = '{"type":"FeatureCollection","features":[{"properties":{"a":NaN,"b":1e999,"c":1.50,"d":12345678901}}]}'
    table = open_table(write("c.geojson", text))
    assert dict(zip([c.name for c in table.columns], table.rows[0], strict=True)) == {
        "a": None, "b": None, "c": "1.5", "d": "12345678901", "geometry.lat": None, "geometry.lon": None,
    }  # fmt: skip


def test_a_map_in_an_older_encoding(write: Write) -> None:
    table = open_table(write("c.geojson", collection(feature({"nom": "x"})).replace('"x"', '"Forêt"'), "cp1252"))
    assert table.rows[0][0] == "Forêt"


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        ({"type": "Point", "coordinates": [3, 44]}, (3, 44)),
        ({"type": "MultiPoint", "coordinates": [[3, 44], [5, 46]]}, (3, 44)),
        ({"type": "LineString", "coordinates": [[0, 0], [4, 0], [4, 2]]}, (3, 0)),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, (1, 1)),
        ({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 0]], [[0, 5], [8, 5]]]}, (4, 5)),
        ({"type": "Polygon", "coordinates": [SQUARE]}, (2, 1)),
        ({"type": "MultiPolygon", "coordinates": [[[[9, 9], [9.1, 9], [9, 9.1]]], [SQUARE]]}, (2, 1)),
        ({"type": "GeometryCollection", "geometries": [{"type": "?"}, POINT]}, (3, 44)),
        ({"type": "Polygon", "coordinates": []}, None),
        ({"type": "Point", "coordinates": [True, 1]}, None),
        ({"type": "Point", "coordinates": [10**400, 1]}, None),
        (None, None),
    ],
)  # fmt: skip
def test_one_point_for_every_shape(geometry: Any, point: tuple[float, float] | None) -> None:
    found = representative_point(geometry)
    assert found == (pytest.approx(point) if point else None)


def test_the_point_of_a_horseshoe_is_inside_it() -> None:
    found = representative_point({"type": "Polygon", "coordinates": [HORSESHOE]})
    assert found is not None
    lon, lat = found
    assert 0 < lat < 10
    assert lat < 2 or lon < 3 or lon > 7


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda s: st.lists(s) | st.dictionaries(st.sampled_from(["type", "coordinates", "geometries"]), s),
    )
)
def test_any_shape_gives_a_point_or_nothing(geometry: Any) -> None:
    found = representative_point(geometry)
    assert found is None or len(found) == 2


@given(
    st.sampled_from(["LineString", "MultiPoint", "Polygon"]),
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1),
)
def test_the_point_lies_within_the_shapes_bounds(kind: str, points: list[tuple[float, float]]) -> None:
    found = representative_point({"type": kind, "coordinates": [points] if kind == "Polygon" else points})
    if found is not None and kind != "Polygon":
        assert min(p[0] for p in points) - 1e-9 <= found[0] <= max(p[0] for p in points) + 1e-9
        assert min(p[1] for p in points) - 1e-9 <= found[1] <= max(p[1] for p in points) + 1e-9
