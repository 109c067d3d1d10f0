"""What the live map shows: the points of the current search, one sheet's essentials, the tiles of the base map.

Points are read aside (`read_points`) and only handed over here: the page asks in the window's thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from appli import resources
from appli.domain.ids import RecordId
from appli.domain.opening_hours import today_sentence
from appli.geo.positions import METROPOLITAN
from appli.geo.tiles import TileArchive
from appli.services.directory import Directory
from appli.store.index import Index, Query
from appli.store.index_area import Point

ARCHIVES = ("fr", "relief")


@dataclass(frozen=True, slots=True)
class Points:
    """How many points there are, the points as the page reads them, and the rectangle to show first."""

    count: int
    page: bytes
    box: tuple[float, float, float, float] | None = None


NO_POINTS = Points(0, b'{"points": []}')


def read_points(
    index: Index, query: Query, cancelled: Callable[[], bool] | None = None, also: Point | None = None
) -> Points:
    """All that the query finds and that has a place, and `also` even if it is not found: what one came to see."""
    found = index.points(query, cancelled)
    if also is not None and all(point[2] != also[2] for point in found):
        found.append(also)
    rows = [[round(lat, 5), round(lon, 5), record_id.hex(), shape] for lat, lon, record_id, shape in found]
    return Points(len(rows), json.dumps({"points": rows}, separators=(",", ":")).encode(), _box(found))


def _box(points: Sequence[Point]) -> tuple[float, float, float, float] | None:
    """The rectangle around the points of metropolitan France, or around all when none is there.

    One record overseas would put the middle of the map in the ocean.
    """
    near = [point for point in points if METROPOLITAN.contains(point[0], point[1])] or points
    if not near:
        return None
    lats, lons = [point[0] for point in near], [point[1] for point in near]
    return min(lats), min(lons), max(lats), max(lons)


class LiveMap:
    """Answers the map's questions from one index, of the window's thread; satisfies the presenters' `MapSource`."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.held = NO_POINTS
        """What the page gets when it asks for points."""
        self.directory: Directory | None = None
        """All of the directory, as soon as it is open: until then nobody's opening hours are known."""

    def points(self) -> bytes:
        """The points held."""
        return self.held.page

    def details(self, record_id: str) -> dict[str, str] | None:
        """Name, line, commune, opening and code of one sheet, in plain text; None if it is no longer there."""
        rows = self._index.rows([bytes.fromhex(record_id)])
        if not rows:
            return None
        row = rows[0]
        return {
            "title": row.title,
            "line": row.second_line,
            "commune": row.commune,
            "opening": self._opening(row.id),
            "code": row.code,
        }

    def _opening(self, record_id: RecordId) -> str:
        if self.directory is None:
            return ""
        entry = self.directory.reads.entry(record_id)
        hours = entry.values.get("opening_hours") if entry else None
        if not hours:
            return ""
        now = datetime.fromtimestamp(self.directory.store.folder.clock() / 1000)  # noqa: DTZ006 — the hours of the place
        return today_sentence(str(hours), now) or ""

    @staticmethod
    def tile(archive: str, z: int, x: int, y: int) -> bytes | None:
        """A tile of the shipped base map."""
        return _archive(archive).tile(z, x, y) if archive in ARCHIVES else None


@cache
def _archive(name: str) -> TileArchive:
    return TileArchive(resources.path(f"carte/fonds/{name}.pmtiles"))
