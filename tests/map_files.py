"""Small files of map tiles, whole or wrong in one way, for every test that brings one."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from appli.domain.map_tiles import Bounds, Place, bounds_of
from appli.store.engine import sqlite

LOZERE: Bounds = (44.11, 2.98, 44.98, 4.0)
MENDE: Place = (9, 260, 185)
"""A tile that holds Mende."""


def picture(red: int = 200, side: int = 256) -> bytes:
    """A PNG of one colour."""
    rows = (b"\x00" + bytes([red, 120, 80]) * side) * side
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
    )


def drawing(*layers: str) -> bytes:
    """A vector tile whose layers have a name and nothing in them."""
    return b"".join(_field(3, _field(1, name.encode()) + b"\x78\x02") for name in layers)


def _field(number: int, body: bytes) -> bytes:
    return bytes([number << 3 | 2, len(body)]) + body


def pmtiles(
    file: Path,
    tiles: Mapping[Place, bytes],
    *,
    tile_type: TileType = TileType.PNG,
    compression: Compression = Compression.NONE,
    said: Bounds | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Path:
    """A `.pmtiles` of those tiles; `said` are the bounds it claims."""
    south, west, north, east = said or bounds_of([p for p in tiles if p[0] == max(t[0] for t in tiles)]) or LOZERE
    pack = gzip.compress if compression is Compression.GZIP else bytes
    with file.open("wb") as opened:
        writer = Writer(opened)
        for place in sorted(tiles, key=lambda place: zxy_to_tileid(*place)):
            writer.write_tile(zxy_to_tileid(*place), pack(tiles[place]))
        edges = {"min_lat_e7": south, "min_lon_e7": west, "max_lat_e7": north, "max_lon_e7": east}
        header = {name: round(edge * 1e7) for name, edge in edges.items()}
        header |= {"tile_type": tile_type, "tile_compression": compression}
        header |= {"center_lon_e7": 0, "center_lat_e7": 0, "center_zoom": 0}
        writer.finalize(header, dict(metadata or {}))
    return file


def mbtiles(
    file: Path, tiles: Mapping[Place, bytes], *, metadata: Mapping[str, str] | None = None, views: bool = False
) -> Path:
    """A `.mbtiles` of those tiles; `views`: as the programs do that keep a picture once and name it many times."""
    base = sqlite.connect(str(file), isolation_level=None)
    base.execute("PRAGMA synchronous=OFF")
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("CREATE TABLE said (name TEXT, value TEXT)")
    base.executemany("INSERT INTO said VALUES (?, ?)", list((metadata or {}).items()))
    base.execute("CREATE TABLE images (id INTEGER PRIMARY KEY, tile_data BLOB)")
    base.execute(
        "CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, image INTEGER,"
        " PRIMARY KEY (zoom_level, tile_column, tile_row))"
    )
    for number, ((z, x, y), content) in enumerate(tiles.items()):
        base.execute("INSERT INTO images VALUES (?, ?)", (number, content))
        base.execute("INSERT INTO map VALUES (?, ?, ?, ?)", (z, x, (1 << z) - 1 - y, number))
    columns = "zoom_level, tile_column, tile_row, tile_data FROM map JOIN images ON images.id=map.image"
    base.execute(f"CREATE {'VIEW' if views else 'TABLE'} tiles AS SELECT {columns}")
    base.execute(f"CREATE {'VIEW' if views else 'TABLE'} metadata AS SELECT name, value FROM said")
    if not views:
        base.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
    base.close()
    return file


def layers_in_json(*layers: str) -> str:
    """How a `.mbtiles` tells its layers."""
    return json.dumps({"vector_layers": [{"id": name, "fields": {}} for name in layers]})
