"""What the live map shows: the points of the current search, one sheet's essentials, the tiles of the base map."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache

from appli import resources
from appli.domain.opening_hours import today_sentence
from appli.geo.tiles import TileArchive
from appli.services.directory import Directory
from appli.store.index import Query

ARCHIVES = ("fr", "relief")


class LiveMap:
    """Answers the map's questions for one directory and one query; satisfies the presenters' `MapSource`."""

    def __init__(self, directory: Directory, query: Query | None = None) -> None:
        self._directory = directory
        self.query = query or Query()

    def points(self) -> bytes:
        """JSON {"points": [[lat, lon, id, shape], …]} of all that the query finds and that has a place."""
        found = self._directory.index.points(self.query)
        rows = [[round(lat, 5), round(lon, 5), record_id.hex(), shape] for lat, lon, record_id, shape in found]
        return json.dumps({"points": rows}, separators=(",", ":")).encode()

    def details(self, record_id: str) -> dict[str, str] | None:
        """Name, line, commune, opening and code of one sheet, in plain text; None if it is no longer there."""
        rows = self._directory.index.rows([bytes.fromhex(record_id)])
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

    def _opening(self, record_id: bytes) -> str:
        entry = self._directory.reads.entry(record_id)
        hours = entry.values.get("opening_hours") if entry else None
        if not hours:
            return ""
        now = datetime.fromtimestamp(self._directory.store.folder.clock() / 1000)  # noqa: DTZ006 — the hours of the place
        return today_sentence(str(hours), now) or ""

    @staticmethod
    def tile(archive: str, z: int, x: int, y: int) -> bytes | None:
        """A tile of the shipped base map."""
        return _archive(archive).tile(z, x, y) if archive in ARCHIVES else None


@cache
def _archive(name: str) -> TileArchive:
    return TileArchive(resources.path(f"carte/fonds/{name}.pmtiles"))
