"""Which tiles of a map to take along for some points, when all of them would weigh too much.

Around each point its own tile and the eight beside it, at every zoom: a point has at least one tile's width of map
about it, a department needs a few dozen tiles, and what lies overseas needs no case of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from appli.geo.positions import Point

Tile = tuple[int, int, int]
"""(zoom, column, row)"""

_MERCATOR = 85.05


def tile_of(point: Point, zoom: int) -> Tile:
    """The tile a point lies in."""
    side = 1 << zoom
    lat = math.radians(max(-_MERCATOR, min(_MERCATOR, point[0])))
    column = int((point[1] + 180) / 360 * side)
    row = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * side)
    return zoom, min(side - 1, max(0, column)), min(side - 1, max(0, row))


def around(points: Iterable[Point], zooms: range) -> Iterator[Tile]:
    """The tiles around points: those of far views first, at each zoom those near most points first."""
    points = list(points)
    for zoom in zooms:
        held = Counter(tile_of(point, zoom) for point in points)
        near: Counter[Tile] = Counter()
        for (_zoom, column, row), count in held.items():
            for x in (column - 1, column, column + 1):
                for y in (row - 1, row, row + 1):
                    if 0 <= x < 1 << zoom and 0 <= y < 1 << zoom:
                        near[zoom, x, y] += count
        yield from sorted(near, key=lambda tile: (-(held[tile] > 0), -near[tile], tile))


def whole(zoom: int) -> Iterator[Tile]:
    """Every tile of a zoom."""
    return ((zoom, x, y) for x in range(1 << zoom) for y in range(1 << zoom))
