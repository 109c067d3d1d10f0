"""Reads the tiles of an `.mbtiles` file: a SQLite base made by anybody, so one in which nothing is trusted.

It lies here, and not beside the other reader in `geo`, because SQLite has one door, `store.engine`. The file is opened
read-only and as one that nobody writes; its views may be of any shape, so every question has a bound to its work.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from appli.domain.map_tiles import (
    DEEPEST_ZOOM,
    VECTOR,
    ArchiveInfo,
    Bounds,
    MapFile,
    Place,
    believed,
    bounds_of,
    coarse_zoom,
    inflated,
    kind_of,
    layers_of,
    plain_words,
    refusal,
)
from appli.errors import EnvironmentProblem
from appli.store import engine

MAGIC = b"SQLite format 3\x00"
_TYPES = {"pbf": "mvt", "jpg": "jpeg"}
_LARGEST_VALUE = 4 * 2**20
_MOST_PLACES = 200_000
TILE_WORK, LOOK_WORK = 20_000, 20_000_000
"""Steps of SQLite's machine: what finding one tile takes at most (two dozen with an index), and what judging does."""
_TILE = "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?"
_DAMAGE = (engine.Error, EOFError, OSError, OverflowError, TypeError, ValueError)


class TileBase(MapFile):
    """An open map file; satisfies `domain.map_tiles.Tiles`."""

    damage = _DAMAGE

    def __init__(self, file: Path) -> None:
        self._file = file
        self._one_at_a_time = threading.Lock()
        try:
            self._base = engine.connect_stranger(file)
        except engine.Error as problem:
            raise self._unreadable() from problem
        try:
            self._said = self._metadata()
            self._info = self._read_info()
        except _DAMAGE as problem:
            self.close()
            raise self._unreadable() from problem

    def _found(self, z: int, x: int, y: int) -> bytes | None:
        found = self._ask(TILE_WORK, _TILE, z, x, (1 << z) - 1 - y)  # rows are counted from the south there
        return inflated(bytes(found[0][0])) if found and found[0][0] else None

    def close(self) -> None:
        """Let the file go; Windows cannot delete it before."""
        self._base.close()

    # --- for who judges the file ----------------------------------------------------------------

    def zooms(self) -> tuple[int, int] | None:
        """The coarsest and the finest zoom of its tiles."""
        ends = [
            self._ask(LOOK_WORK, f"SELECT zoom_level FROM tiles ORDER BY zoom_level {way} LIMIT 1")
            for way in ("ASC", "DESC")
        ]
        if not all(ends):
            return None
        return int(ends[0][0][0]), int(ends[1][0][0])

    def places(self, zoom: int) -> Iterator[Place]:
        """The tiles of a zoom, the first of them if there are very many."""
        sql = f"SELECT tile_column, tile_row FROM tiles WHERE zoom_level=? LIMIT {_MOST_PLACES}"
        for column, row in self._ask(LOOK_WORK, sql, zoom):
            if 0 <= column < 1 << zoom and 0 <= row < 1 << zoom:
                yield zoom, column, (1 << zoom) - 1 - row

    def said_bounds(self) -> Bounds | None:
        """Where the file says that its tiles are."""
        try:
            west, south, east, north = map(float, self._said.get("bounds", "").split(","))
        except ValueError:
            return None
        return south, west, north, east

    # --- reading --------------------------------------------------------------------------------

    def _ask(self, work: int, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a question, unless finding them takes more than `work` steps."""
        with self._one_at_a_time:
            self._base.set_progress_handler(lambda: 1, work)
            try:
                return self._base.execute(sql, values).fetchall()
            finally:
                self._base.set_progress_handler(None, 0)

    def _metadata(self) -> dict[str, str]:
        sql = f"SELECT name, value FROM metadata WHERE length(value) <= {_LARGEST_VALUE} LIMIT 200"
        return {str(name).lower(): str(value) for name, value in self._ask(LOOK_WORK, sql)}

    def _read_info(self) -> ArchiveInfo:
        said, zooms = self._said, self.zooms() or (0, 0)
        kind = said.get("format", "").lower()
        return ArchiveInfo(
            name=plain_words(said.get("name")) or self._file.stem,
            tile_type=_TYPES.get(kind, kind),
            min_zoom=zooms[0],
            max_zoom=zooms[1],
            bounds=believed(self.said_bounds(), None)[0],
            attribution=plain_words(said.get("attribution")),
            vector_layers=tuple(_layers(said.get("json", ""))),
        )


def _layers(text: str) -> Iterator[str]:
    try:
        layers = json.loads(text or "{}").get("vector_layers") or ()
        yield from (str(layer["id"]) for layer in layers)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return


def examined(file: Path) -> ArchiveInfo:
    """What a stranger's file holds, believing its tiles more than its words; a refusal when it cannot be shown."""
    _look_at_header(file)
    try:
        with TileBase(file) as base:
            return _judged(base, file)
    except EnvironmentProblem as problem:
        raise refusal(_why(problem.__cause__), file) from problem
    except engine.Error as problem:
        raise refusal(_why(problem), file) from problem


def _why(problem: BaseException | None) -> str:
    """What SQLite stumbled over."""
    text = str(problem).lower()
    if "no such table" in text or "no such column" in text:
        return "map_not_map"
    return "map_slow" if "interrupt" in text else "map_damaged"


def _look_at_header(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(100)
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if len(header) < 100 or int.from_bytes(header[28:32], "big") * page > file.stat().st_size:
        raise refusal("map_cut", file)
    beside = file.with_name(file.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise refusal("map_unfinished", file)


def _judged(base: TileBase, file: Path) -> ArchiveInfo:
    info, zooms = base.info(), base.zooms()
    if zooms is None:
        raise refusal("map_empty", file)
    if not 0 <= zooms[0] <= zooms[1] <= DEEPEST_ZOOM:
        raise refusal("map_damaged", file)
    samples = [tile for zoom in dict.fromkeys(reversed(zooms)) if (tile := _first_tile(base, zoom))]
    tile_type = kind_of(samples, "", file)
    bounds, lied = believed(base.said_bounds(), bounds_of(base.places(coarse_zoom(*zooms))))
    layers = info.vector_layers or tuple({name: None for tile in samples for name in layers_of(tile)})
    return ArchiveInfo(
        info.name, tile_type, *zooms, bounds, info.attribution, layers if tile_type == VECTOR else (), lied
    )


def _first_tile(base: TileBase, zoom: int) -> bytes | None:
    """One of a zoom's tiles, found the way each will be."""
    place = next(base.places(zoom), None)
    return base.tile(*place) if place else None
