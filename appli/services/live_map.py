"""What the live map shows: the points of the current search, one sheet's essentials, the tiles of the base map.

Points are read aside (`read_points`) and only handed over here: the page asks in the window's thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appli.domain.ids import RecordId
from appli.domain.opening_hours import today_sentence
from appli.geo.positions import METROPOLITAN
from appli.services.base_maps import BaseMaps
from appli.services.directory import Directory
from appli.services.locating import Spot
from appli.store.index import Index, Query
from appli.store.index_area import Point, vagueness

if TYPE_CHECKING:
    from appli.services.layers import Layers
    from appli.services.photos import Shown

PER_DEGREE = 100_000
KIND_CODES = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Points:
    """How many points there are, the points as the page reads them, and the rectangle to show first."""

    count: int
    page: bytes
    box: tuple[float, float, float, float] | None = None


def page_points(points: Sequence[Point]) -> bytes:
    """Points as the page reads them: a column for each question, so that 50,000 of them are parsed in no time.

    Latitudes and longitudes are whole hundred-thousandths of a degree, a metre; `kind` and `vague` hold a character for
    each point: its place in `kinds`, and how vague it is (`appli.store.index_area`).
    """
    lats, lons, ids, shapes, vague = zip(*points, strict=True) if points else ((), (), (), (), ())
    kinds = sorted(set(shapes))
    code = dict(zip(kinds, KIND_CODES, strict=False))
    columns = {
        "kinds": kinds,
        "lat": [int(lat * PER_DEGREE + 0.5) for lat in lats],  # three times quicker than round
        "lon": [int(lon * PER_DEGREE + 0.5) for lon in lons],
        "id": b"".join(ids).hex(),
        "kind": "".join(map(code.__getitem__, shapes)),
        "vague": "".join(map("012".__getitem__, vague)),
    }
    return json.dumps(columns, separators=(",", ":")).encode()


NO_POINTS = Points(0, page_points(()))
NO_LAYERS = b'{"layers":[]}'


def read_points(
    index: Index, query: Query, cancelled: Callable[[], bool] | None = None, also: Point | None = None
) -> Points:
    """All that the query finds and that has a place, and `also` even if it is not found: what one came to see."""
    found = index.points(query, cancelled)
    if also is not None and all(point[2] != also[2] for point in found):
        found.append(also)
    return point_list(found)


def point_list(found: Sequence[Point]) -> Points:
    """Points as the source holds them."""
    return Points(len(found), page_points(found), _box(found))


def _box(points: Sequence[Point]) -> tuple[float, float, float, float] | None:
    """The rectangle around the points of metropolitan France, or around all when none is there.

    One record overseas would put the middle of the map in the ocean.
    """
    if not points:
        return None
    south, west, north, east = METROPOLITAN
    near = [p for p in points if south <= p[0] <= north and west <= p[1] <= east] or points
    lats, lons, *_rest = zip(*near, strict=True)
    return min(lats), min(lons), max(lats), max(lons)


def point_of(spot: Spot) -> Point | None:
    """A sheet that is somewhere, as a point."""
    if spot.lat is None or spot.lon is None:
        return None
    return spot.lat, spot.lon, spot.id, spot.shape, vagueness(spot.precision)


class LiveMap:
    """Answers the map's questions from one index, of the window's thread; satisfies the presenters' `MapSource`."""

    def __init__(self, index: Index, folder: Path | None = None, *, online: bool = False) -> None:
        self._index = index
        self.base = BaseMaps(folder, online=online)
        """The maps under the records."""
        self.layers: Layers | None = None
        """The layers of open data; the sheet's little map has none."""
        self.held_layers = NO_LAYERS
        self.held = NO_POINTS
        """What the page gets when it asks for points."""
        self.directory: Directory | None = None
        """All of the directory, as soon as it is open: until then nobody's opening hours are known."""

    def showing(self, points: Points) -> LiveMap:
        """The same map with other points on it."""
        other = copy(self)
        other.held = points
        return other

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
            "code": row.code,
            **self._of_entry(row.id),
        }

    def layers_page(self) -> bytes:
        """The layers held, with their points."""
        return self.held_layers

    def layer_point(self, layer: str, row: int) -> dict[str, Any] | None:
        """One point of a layer; None if it is no longer there."""
        return self.layers.details(layer, row) if self.layers else None

    def photo(self, record_id: str) -> bytes | None:
        """The thumbnail of the first photo that the screen may show."""
        found = self._photo(bytes.fromhex(record_id))
        return found.small if found else None

    def _of_entry(self, record_id: RecordId) -> dict[str, str]:
        """What the index does not hold: today's hours, a photo."""
        entry = self.directory.reads.entry(record_id) if self.directory else None
        if self.directory is None or entry is None:
            return {"opening": ""}
        found = {"opening": self._today(str(entry.values.get("opening_hours") or ""))}
        photo = self._photo(record_id)
        if photo is not None:
            found |= {"photo": f"/donnees/photo/{record_id.hex()}", "photoWords": photo.alt}
        return found

    def _photo(self, record_id: RecordId) -> Shown | None:
        entry = self.directory.reads.entry(record_id) if self.directory else None
        if self.directory is None or entry is None or entry.values.get("restricted"):
            return None
        from appli.services.photos import shown_of

        return next((photo for photo in shown_of(self.directory, entry) if photo.small), None)

    def _today(self, hours: str) -> str:
        if not hours or self.directory is None:
            return ""
        now = datetime.fromtimestamp(self.directory.store.folder.clock() / 1000)  # noqa: DTZ006 — the hours of the place
        return today_sentence(hours, now) or ""
