"""Which tiles of a map to take along for some points, when all of them would weigh too much.

Around each point its own tile and the eight beside it, at every zoom: a point has at least one tile's width of map
about it, a department needs a few dozen tiles, and what lies overseas needs no case of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from appli.domain.map_tiles import protobuf
from appli.geo.positions import Point
from appli.geo.vector_tiles import spot_of

Tile = tuple[int, int, int]
"""(zoom, column, row)"""

_LAYER = b"\x1a"
"""How a layer is announced in a vector tile: field 3, of so many bytes."""


def tile_of(point: Point, zoom: int) -> Tile:
    """The tile a point lies in."""
    side = 1 << zoom
    column, row = (int(part * side) for part in spot_of(point))
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


def only(tile: bytes, layers: Container[str]) -> bytes:
    """A vector tile with these of its layers, untouched, and no others."""
    kept = (layer for number, layer in protobuf(tile) if number == 3 and isinstance(layer, bytes))
    return b"".join(_LAYER + _length(layer) + layer for layer in kept if _name(layer) in layers)


def _name(layer: bytes) -> str:
    return next((value.decode() for number, value in protobuf(layer) if number == 1 and isinstance(value, bytes)), "")


def _length(content: bytes) -> bytes:
    left, found = len(content), bytearray()
    while left > 127:
        found.append(left & 127 | 128)
        left >>= 7
    return bytes([*found, left])


def whole(zoom: int) -> Iterator[Tile]:
    """Every tile of a zoom."""
    return ((zoom, x, y) for x in range(1 << zoom) for y in range(1 << zoom))
