"""One point for a shape: where a label would stand. GeoJSON order: longitude, latitude."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = Sequence[Point]


def representative_point(geometry: Any) -> Point | None:
    """The point itself, the middle of a line, a point inside an area; None for what has no sense."""
    if not isinstance(geometry, dict):
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        found = (representative_point(part) for part in parts) if isinstance(parts, list) else iter(())
        return next((point for point in found if point), None)
    try:
        return _point(kind, coordinates)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _point(kind: Any, coordinates: Any) -> Point | None:
    if kind == "Point":
        return _pair(coordinates)
    if kind == "MultiPoint":
        return _pair(coordinates[0])
    if kind == "LineString":
        return _middle(_ring(coordinates))
    if kind == "MultiLineString":
        return _middle(max((_ring(line) for line in coordinates), key=_length))
    if kind == "Polygon":
        return _inside(_ring(coordinates[0]))
    if kind == "MultiPolygon":
        return _inside(max((_ring(area[0]) for area in coordinates), key=lambda ring: abs(_area(ring))))
    return None


def _pair(value: Any) -> Point:
    lon, lat = value[0], value[1]
    if isinstance(lon, bool | str) or isinstance(lat, bool | str):
        raise TypeError("coordinates")
    point = float(lon), float(lat)
    if not all(map(math.isfinite, point)):
        raise ValueError("coordinates")
    return point


def _ring(values: Any) -> list[Point]:
    return [_pair(value) for value in values]


def _length(line: Ring) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(line))


def _middle(line: Ring) -> Point:
    left = _length(line) / 2
    for a, b in pairwise(line):
        step = math.dist(a, b)
        if step >= left > 0:
            share = left / step
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= step
    return line[0]


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def _inside(ring: Ring) -> Point:
    """The centre of gravity, or for a horseshoe the middle of its widest part at that height."""
    area = _area(ring)
    if area == 0:
        return _middle(ring)
    origin = ring[0]
    x = y = 0.0
    for a, b in pairwise([*ring, ring[0]]):
        # from the first corner, since a small area far from (0, 0) would lose its digits
        cross = (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
        x += (a[0] + b[0] - 2 * origin[0]) * cross
        y += (a[1] + b[1] - 2 * origin[1]) * cross
    centre = origin[0] + x / (6 * area), origin[1] + y / (6 * area)
    crossings = _crossings(ring, centre[1])
    spans = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not spans or any(left <= centre[0] <= right for left, right in spans):
        return centre
    left, right = max(spans, key=lambda span: span[1] - span[0])
    return (left + right) / 2, centre[1]


def _crossings(ring: Ring, height: float) -> list[float]:
    return sorted(
        a[0] + (height - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] > height) != (b[1] > height)
    )
