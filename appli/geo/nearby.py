"""The commune nearest to a point: a grid of a fifth of a degree over all of them, made when first asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import cos, floor, radians

CELL = 0.2
RINGS = 4
"""So many cells are looked at on each side before the point is near nothing: some 60 km."""


class Nearby:
    """`rows` are (row, latitude, longitude)."""

    def __init__(self, rows: Iterable[tuple[int, float, float]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
        for row, lat, lon in rows:
            self._cells.setdefault(_cell(lat, lon), []).append((row, lat, lon))

    def nearest(self, lat: float, lon: float) -> int | None:
        """The row of the nearest point; None when there is none around."""
        narrow = cos(radians(lat))
        best, least = None, float("inf")
        for ring in range(RINGS + 1):
            for row, other_lat, other_lon in self._ring(_cell(lat, lon), ring):
                away = (other_lat - lat) ** 2 + ((other_lon - lon) * narrow) ** 2
                if away < least:
                    best, least = row, away
            if least <= (ring * CELL * narrow) ** 2:
                break  # whatever lies in a farther ring is farther away
        return best

    def _ring(self, middle: tuple[int, int], ring: int) -> Iterator[tuple[int, float, float]]:
        steps = range(-ring, ring + 1)
        for down, right in product(steps, steps):
            if max(abs(down), abs(right)) == ring:
                yield from self._cells.get((middle[0] + down, middle[1] + right), ())


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / CELL), floor(lon / CELL)
