"""What lies under the points of a printed map: outlines and towns, read from the base map that the program carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from appli import resources
from appli.geo.tiles import TileArchive
from appli.geo.vector_tiles import Drawn, Spot, drawn

LAYERS = ("communes", "epci", "departements")
"""From the finest to the strongest outline."""
_TOWNS = "lieux"
_MOST_TILES = 12
_ZOOMS = range(9, 3, -1)
CREDITS = "IGN Admin Express, INSEE (Licence Ouverte 2.0)"


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the unit square that the world fills, shown on so many millimetres of paper."""

    west: float
    north: float
    scale: float
    """Millimetres for the whole world."""
    width: float
    height: float

    def on_paper(self, spot: Spot) -> Spot:
        """Where a spot lies, in millimetres from the left and from above."""
        return (spot[0] - self.west) * self.scale, (spot[1] - self.north) * self.scale

    def holds(self, spot: Spot, margin: float = 0.0) -> bool:
        """Whether a spot lies in it, so many millimetres from its edges."""
        x, y = self.on_paper(spot)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


@dataclass(slots=True)
class Ground:
    """Outlines by layer and towns, in millimetres."""

    outlines: dict[str, list[list[Spot]]] = field(default_factory=dict)
    towns: list[tuple[Spot, str]] = field(default_factory=list)
    """The largest first."""


def ground_of(frame: Frame) -> Ground:
    """What the base map draws in a frame."""
    found = Ground({layer: [] for layer in LAYERS})
    towns: dict[str, tuple[int, Spot]] = {}
    seen: set[tuple[str, Spot, Spot]] = set()
    with TileArchive(resources.path("carte/fonds/fr.pmtiles")) as archive:
        for zoom, column, row in _tiles(frame):
            content = archive.tile(zoom, column, row)
            shapes = drawn(content, (zoom, column, row), {*LAYERS, _TOWNS}) if content else ()
            for shape in shapes:
                if shape.layer == _TOWNS:
                    towns |= _town(shape, frame)
                else:
                    found.outlines[shape.layer] += _outlines(shape, frame, seen)
    found.towns = [(spot, name) for name, (_size, spot) in sorted(towns.items(), key=lambda t: -t[1][0])]
    return found


def _tiles(frame: Frame) -> Iterator[tuple[int, int, int]]:
    """The tiles under a frame, at the finest zoom that needs few of them."""
    east, south = frame.west + frame.width / frame.scale, frame.north + frame.height / frame.scale
    for zoom in _ZOOMS:
        side = 1 << zoom
        columns = range(int(max(frame.west, 0) * side), int(min(east, 0.999999) * side) + 1)
        rows = range(int(max(frame.north, 0) * side), int(min(south, 0.999999) * side) + 1)
        if len(columns) * len(rows) <= _MOST_TILES or zoom == _ZOOMS[-1]:
            yield from ((zoom, column, row) for row in rows for column in columns)
            return


def _town(shape: Drawn, frame: Frame) -> dict[str, tuple[int, Spot]]:
    spots = [line[0] for line in shape.lines if line and frame.holds(line[0], 2)]
    size = shape.properties.get("pop", 0)
    name = str(shape.properties.get("nom", ""))
    return {name: (size if isinstance(size, int) else 0, frame.on_paper(spots[0]))} if spots and name else {}


def _outlines(shape: Drawn, frame: Frame, seen: set[tuple[str, Spot, Spot]]) -> Iterator[list[Spot]]:
    """The lines of an area that are not its neighbour's as well, without bends that paper cannot show."""
    for line in shape.lines:
        if not _touches(line, frame):
            continue
        run: list[Spot] = []
        for start, end in pairwise(line):
            side = (shape.layer, start, end) if start < end else (shape.layer, end, start)
            if side in seen:
                if run:
                    yield _plain(run)
                run = []
                continue
            seen.add(side)
            run = run or [frame.on_paper(start)]
            run.append(frame.on_paper(end))
        if run:
            yield _plain(run)


def _touches(line: Iterable[Spot], frame: Frame) -> bool:
    xs, ys = zip(*(frame.on_paper(spot) for spot in line), strict=True)
    return bool(max(xs) >= 0 and min(xs) <= frame.width and max(ys) >= 0 and min(ys) <= frame.height)


def _plain(run: list[Spot]) -> list[Spot]:
    kept = run[:1]
    for spot in run[1:-1]:
        if abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) > 0.25:
            kept.append(spot)
    return [*kept, run[-1]]
