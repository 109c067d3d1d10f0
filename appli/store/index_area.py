"""Where documents are: those around a place, those of a rectangle, those to draw."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin
from operator import itemgetter
from typing import Any, NamedTuple

from appli.domain.ids import RecordId
from appli.store import engine
from appli.store.index_facets import numbers

EARTH_KM = 6371.0088

Point = tuple[float, float, RecordId, str, int]
"""Latitude, longitude, id, shape, how vague it is."""

THERE, ABOUT, DOUBTFUL = range(3)
"""How vague a point is: the record is there; somewhere in its commune; nobody should believe it without a look."""


class Drawn(NamedTuple):
    """What a map needs to draw a result."""

    version: object
    """Another one for each state of the index."""
    rows: list[tuple[Any, ...]] | None
    """Every point there is, each after its rank, in the order of the list; None: those of a version known already."""
    found: bytearray | None
    """A byte for each rank, 1 where it is found; None: all are."""


Near = tuple[float, float, float]
Bounds = tuple[float, float, float, float]

_KM = f"""2 * {EARTH_KM} * asin(min(1.0, sqrt(
    pow(sin(radians(lat - ?1) / 2), 2)
    + cos(radians(?1)) * cos(radians(lat)) * pow(sin(radians(lon - ?2) / 2), 2))))"""

_AROUND = f"""
SELECT rank, km FROM (
    SELECT rank, {_KM} AS km FROM docs
    WHERE lat BETWEEN ?4 AND ?6 AND lon BETWEEN ?5 AND ?7 AND trashed = ?8)
WHERE km <= ?3"""

_WITHIN = "SELECT rank AS n FROM docs WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND trashed = ?"


def around(connection: engine.Connection, near: Near, *, trashed: bool) -> dict[int, float]:
    """Kilometres to each rank of a circle."""
    rows = connection.execute(_AROUND, (*near, *_box(*near), trashed))
    return dict(rows.fetchall())


def within(connection: engine.Connection, bounds: Bounds, *, trashed: bool) -> set[int]:
    """The ranks of a rectangle."""
    south, west, north, east = bounds
    return set(numbers(connection, _WITHIN, south, north, west, east, trashed))


def distance_km(near: Near, lat: float, lon: float) -> float:
    """The same distance for one document."""
    from_lat, to_lat = radians(near[0]), radians(lat)
    half = sin((to_lat - from_lat) / 2) ** 2
    half += cos(from_lat) * cos(to_lat) * sin(radians(lon - near[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, half**0.5))


def vagueness(precision: str | None) -> int:
    """What the precision of a position makes of its point."""
    if precision == "doubtful":
        return DOUBTFUL
    return THERE if precision in ("exact", "street") else ABOUT


def every_point(connection: engine.Connection) -> list[Point]:
    """All a map can draw, in the order of the list."""
    return [row[1:] for row in ranked_points(connection)]


def ranked_points(connection: engine.Connection) -> list[tuple[Any, ...]]:
    """The same, each after its rank."""
    every = "SELECT rank, lat, lon, id, shape, vague FROM docs WHERE lat IS NOT NULL AND trashed = 0"
    return _in_order(connection.execute(every).fetchall())


def points(connection: engine.Connection, kept: bytearray) -> list[Point]:
    """What a map draws of the ranks that `kept` flags, in the order of the list."""
    rows = connection.execute("SELECT rank, lat, lon, id, shape, vague FROM docs WHERE lat IS NOT NULL").fetchall()
    return [row[1:] for row in _in_order([row for row in rows if kept[row[0]]])]


def _in_order(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """By rank, which follows titles: SQLite would take three times as long."""
    rows.sort(key=itemgetter(0))
    return rows


def _box(lat: float, lon: float, km: float) -> tuple[float, float, float, float]:
    """South, west, north, east of a circle; the whole turn where the circle meets a pole or the date line."""
    angle = km / EARTH_KM
    south, north = lat - degrees(angle), lat + degrees(angle)
    west, east = -180.0, 180.0
    if south > -90 and north < 90:
        across = degrees(asin(min(1.0, sin(min(angle, 1.5)) / cos(radians(lat)))))
        if lon - across >= west and lon + across <= east:
            west, east = lon - across, lon + across
    return south, west, north, east
