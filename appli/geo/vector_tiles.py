"""What a vector tile draws: the one decoder of Mapbox Vector Tiles (2.1) of this program.

Coordinates come in the unit square that the whole world fills (x eastwards, y southwards), so that lines of two tiles
meet at their edge and a page needs one multiplication to place them.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise

from appli.domain.map_tiles import Place, protobuf, varint
from appli.geo.positions import Point

Spot = tuple[float, float]
"""A place of the unit square."""

_NORTHERNMOST = 85.05
_EXTENT = 4096
_MOVE, _LINE, _CLOSE = 1, 2, 7


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing that a tile draws."""

    layer: str
    properties: dict[str, str | int]
    """Only those that are words or whole numbers."""
    lines: tuple[tuple[Spot, ...], ...]
    """Lines, or rings that end where they begin, or one spot each; cut at the edges of the tile."""


def spot_of(point: Point) -> Spot:
    """Where a position lies in the unit square."""
    lat = math.radians(max(-_NORTHERNMOST, min(_NORTHERNMOST, point[0])))
    return (point[1] + 180) / 360, (1 - math.asinh(math.tan(lat)) / math.pi) / 2


def drawn(tile: bytes, place: Place, layers: Container[str]) -> Iterator[Drawn]:
    """What some layers of an uncompressed tile draw. Raises ValueError or IndexError when it is damaged."""
    for number, layer in protobuf(tile):
        if number == 3 and isinstance(layer, bytes):
            yield from _layer(layer, place, layers)


def _layer(layer: bytes, place: Place, layers: Container[str]) -> Iterator[Drawn]:
    name, extent = "", _EXTENT
    keys: list[str] = []
    values: list[str | int | None] = []
    features: list[bytes] = []
    for number, value in protobuf(layer):
        if isinstance(value, int):
            extent = value if number == 5 and value > 0 else extent
        elif number == 1:
            name = value.decode()
            if name not in layers:
                return
        elif number == 2:
            features.append(value)
        elif number == 3:
            keys.append(value.decode())
        elif number == 4:
            values.append(_property(value))
    for feature in features:
        yield _feature(feature, _Tile(place, extent), name, keys, values)


def _property(value: bytes) -> str | int | None:
    for number, content in protobuf(value):
        if number == 1 and isinstance(content, bytes):
            return content.decode()
        if isinstance(content, int) and number in (4, 5, 6):
            return _signed(content) if number == 6 else content
    return None


def _feature(feature: bytes, tile: _Tile, name: str, keys: list[str], values: list[str | int | None]) -> Drawn:
    properties: dict[str, str | int] = {}
    lines: list[tuple[Spot, ...]] = []
    for number, value in protobuf(feature):
        if not isinstance(value, bytes):
            continue
        if number == 2:
            tags = list(_numbers(value))
            pairs = ((keys[k], values[v]) for k, v in zip(tags[::2], tags[1::2], strict=True))
            properties = {key: held for key, held in pairs if held is not None}
        elif number == 4:
            lines = [tile.placed(line) for part in _parts(value) for line in tile.inside(part)]
    return Drawn(name, properties, tuple(lines))


def _numbers(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        number, at = varint(packed, at)
        yield number


Step = tuple[int, int]


def _parts(geometry: bytes) -> Iterator[list[Step]]:
    """The lines, rings or single spots of a geometry, in the units of its tile."""
    x = y = 0
    part: list[Step] = []
    numbers = _numbers(geometry)
    for command in numbers:
        what, times = command & 7, command >> 3
        if what == _CLOSE:
            part.append(part[0])
            continue
        if what not in (_MOVE, _LINE):
            raise ValueError("no such command")
        for _time in range(times):
            x, y = x + _signed(next(numbers, 0)), y + _signed(next(numbers, 0))
            if what == _MOVE and part:
                yield part
                part = []
            part.append((x, y))
    if part:
        yield part


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


@dataclass(frozen=True, slots=True)
class _Tile:
    """A tile's place and the number of steps across it."""

    place: Place
    extent: int

    def placed(self, line: list[tuple[float, float]]) -> tuple[Spot, ...]:
        zoom, column, row = self.place
        side = 1 << zoom
        return tuple(((column + x / self.extent) / side, (row + y / self.extent) / side) for x, y in line)

    def inside(self, part: list[Step]) -> Iterator[list[tuple[float, float]]]:
        """What of a line lies in the tile: tiles overlap, and areas are closed along edges that are none of theirs."""
        if len(part) == 1:
            if 0 <= part[0][0] < self.extent and 0 <= part[0][1] < self.extent:
                yield [part[0]]
            return
        line: list[tuple[float, float]] = []
        for start, end in pairwise(part):
            cut = self._cut(start, end)
            if cut is None:
                if line:
                    yield line
                line = []
                continue
            if not line or line[-1] != cut[0]:
                if line:
                    yield line
                line = [cut[0]]
            line.append(cut[1])
        if line:
            yield line

    def _cut(self, start: Step, end: Step) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """What of a segment lies in the tile and not along its edge."""
        low, high = 0.0, 1.0
        for at, there in zip(start, end, strict=True):
            step = there - at
            if step == 0:
                if not 0 < at < self.extent:
                    return None
                continue
            first, last = sorted((-at / step, (self.extent - at) / step))
            low, high = max(low, first), min(high, last)
        if low >= high:
            return None
        return _along(start, end, low), _along(start, end, high)


def _along(start: Step, end: Step, share: float) -> tuple[float, float]:
    if share in (0, 1):
        return end if share else start
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
