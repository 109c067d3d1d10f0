"""What the live map shows: the points of the current search, one sheet's essentials, the tiles of the base map.

Points are read aside (`EveryPoint`, `read_points`) and only handed over here: the page asks in the window's thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import count
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
SHOWN = ord("1")
KIND_CODES = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Columns:
    """Points as the page reads them, and what is still asked of them here."""

    edition: int
    """Another one for other points: a page that has them is not sent them again."""
    page: bytes
    places: Sequence[tuple[float, float]]

    @classmethod
    def of(cls, points: Sequence[Point]) -> Columns:
        """Of these points."""
        return cls(next(_editions), page_points(points), [point[:2] for point in points])


@dataclass(frozen=True, slots=True)
class Points:
    """The points there are, and a figure for each, 1 where it is shown; without figures all are."""

    columns: Columns
    shown: bytes | None = None

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.columns.places) if self.shown is None else self.shown.count(b"1")

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The rectangle around those shown in metropolitan France, or around all when none is there.

        One record overseas would put the middle of the map in the ocean.
        """
        places = self.columns.places
        if self.shown is not None:
            places = [place for place, figure in zip(places, self.shown, strict=True) if figure == SHOWN]
        if not places:
            return None
        south, west, north, east = METROPOLITAN
        near = [place for place in places if south <= place[0] <= north and west <= place[1] <= east] or places
        lats, lons = zip(*near, strict=True)
        return min(lats), min(lons), max(lats), max(lons)

    def answer(self, known: int) -> bytes:
        """For a page that has the points of an edition; 0: none."""
        edition = self.columns.edition
        parts = [b'"edition":%d' % edition]
        if known != edition:
            parts.append(b'"columns":' + self.columns.page)
        if self.shown is not None:
            parts.append(b'"shown":"' + self.shown + b'"')
        return b"{" + b",".join(parts) + b"}"


_editions = count(1)


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


def point_list(found: Sequence[Point]) -> Points:
    """Points as the source holds them."""
    return Points(Columns.of(found))


NO_POINTS = point_list(())
NO_LAYERS = b'{"layers":[]}'


def read_points(index: Index, query: Query, cancelled: Callable[[], bool] | None = None) -> Points:
    """All that the query finds and that has a place."""
    return point_list(index.points(query, cancelled))


class EveryPoint:
    """The points of the whole directory, kept as long as nobody writes: a change of filter then only flags them.

    Belongs to the thread of the index it reads.
    """

    def __init__(self) -> None:
        self._version: object = None
        self._columns = NO_POINTS.columns
        self._ranks: list[int] = []
        self._rows: dict[RecordId, int] = {}

    def read(
        self, index: Index, query: Query, cancelled: Callable[[], bool] | None = None, also: Point | None = None
    ) -> Points:
        """All of them, those shown that the query finds, and `also` even if it is not found: what one came to see."""
        drawn = index.drawn(query, self._version, cancelled)
        if drawn.rows is not None:
            self._keep(drawn.version, drawn.rows)
        found = drawn.found
        shown = None if found is None else bytearray(map(found.__getitem__, self._ranks)).translate(_DIGITS)
        if also is None:
            return Points(self._columns, None if shown is None else bytes(shown))
        row = self._rows.get(also[2])
        if row is None:  # in the trash: it is no point of the directory
            return point_list([*index.points(query, cancelled), also])
        if shown is not None:
            shown[row] = SHOWN
        return Points(self._columns, None if shown is None else bytes(shown))

    def _keep(self, version: object, rows: list[tuple[Any, ...]]) -> None:
        self._columns = Columns.of([row[1:] for row in rows])
        self._ranks = [row[0] for row in rows]
        self._rows = {row[3]: place for place, row in enumerate(rows)}
        self._version = version


_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


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

    def points(self, known: int) -> bytes:
        """The points held, for a page that knows those of an edition."""
        return self.held.answer(known)

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
