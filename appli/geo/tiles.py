"""Reads the tiles of a `.pmtiles` file, the whole map in one file, without ever loading it."""

from __future__ import annotations

import gzip
import json
import mmap
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    tileid_to_zxy,
    zxy_to_tileid,
)

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

MAGIC = b"PMTiles"
_VERSION = 3
_HEADER_BYTES = 127
_DEEPEST_DIRECTORY = 4
_LARGEST_DIRECTORY = 2 * 2**20
_LARGEST_METADATA = 4 * 2**20
_MOST_ENTRIES = 200_000
"""How many places are gone through to know where a map lies."""
_READABLE = {Compression.NONE, Compression.GZIP}
_TILES_READABLE = _READABLE | {Compression.UNKNOWN}  # their bytes say it
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError, TypeError, ValueError, zlib.error,
    MagicNumberNotFound, SpecVersionUnsupported,
)  # fmt: skip


class TileArchive(MapFile):
    """An open map file; satisfies `domain.map_tiles.Tiles`."""

    damage = _DAMAGE

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with file.open("rb") as opened:
                self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            self._header = deserialize_header(self._bytes[:_HEADER_BYTES])
            self._info = self._read_info()
        except _DAMAGE as problem:
            raise self._unreadable() from problem
        if (
            self._header["tile_compression"] not in _TILES_READABLE
            or self._header["internal_compression"] not in _READABLE
        ):
            raise self._unreadable()
        self._directory = lru_cache(maxsize=64)(self._read_directory)

    def _found(self, z: int, x: int, y: int) -> bytes | None:
        found = self._entry(zxy_to_tileid(z, x, y))
        return None if found is None else self._tile_bytes(found)

    def close(self) -> None:
        """Let the file go; Windows cannot delete it before."""
        self._bytes.close()

    # --- for who judges the file ----------------------------------------------------------------

    def reach(self) -> int:
        """How many bytes the file must have to be whole."""
        header: Any = self._header
        parts = ("root", "metadata", "leaf_directory", "tile_data")
        return max(int(header[f"{part}_offset"] + header[f"{part}_length"]) for part in parts)

    def said_bounds(self) -> Bounds:
        """Where the file says that its tiles are."""
        header = self._header
        edges = header["min_lat_e7"], header["min_lon_e7"], header["max_lat_e7"], header["max_lon_e7"]
        south, west, north, east = (edge / 1e7 for edge in edges)
        return south, west, north, east

    def places(self, deepest: int) -> Iterator[Place]:
        """The tiles there are, the coarsest first, down to a zoom."""
        try:
            end = zxy_to_tileid(deepest + 1, 0, 0)
            for entry in self._entries(self._header["root_offset"], self._header["root_length"], 0):
                if entry.tile_id >= end:
                    return
                for tile_id in range(entry.tile_id, min(entry.tile_id + entry.run_length, end)):
                    yield tileid_to_zxy(tile_id)
        except _DAMAGE as problem:
            raise self._unreadable() from problem

    def deepest(self) -> Place | None:
        """The last tile of the file."""
        try:
            offset, length = self._header["root_offset"], self._header["root_length"]
            for _depth in range(_DEEPEST_DIRECTORY):
                entries = self._directory(offset, length)
                if not entries:
                    return None
                last = entries[-1]
                if last.run_length > 0:
                    return tileid_to_zxy(last.tile_id)
                offset, length = self._header["leaf_directory_offset"] + last.offset, last.length
        except _DAMAGE as problem:
            raise self._unreadable() from problem
        return None

    # --- reading --------------------------------------------------------------------------------

    def _read_info(self) -> ArchiveInfo:
        header = self._header
        metadata = self._metadata()
        layers = metadata.get("vector_layers") or ()
        return ArchiveInfo(
            name=plain_words(metadata.get("name")) or self._file.stem,
            tile_type=TileType(header["tile_type"]).name.lower(),
            min_zoom=header["min_zoom"],
            max_zoom=header["max_zoom"],
            bounds=self.said_bounds(),
            attribution=plain_words(metadata.get("attribution")),
            vector_layers=tuple(str(layer["id"]) for layer in layers),
        )

    def _metadata(self) -> dict[str, Any]:
        content = self._slice(self._header["metadata_offset"], self._header["metadata_length"])
        if self._header["internal_compression"] is Compression.GZIP:
            content = inflated(content, _LARGEST_METADATA)
        metadata = json.loads(content or b"{}")
        return metadata if isinstance(metadata, dict) else {}

    def _entries(self, offset: int, length: int, depth: int) -> Iterator[Entry]:
        for entry in self._directory(offset, length):
            if entry.run_length > 0:
                yield entry
            elif depth < _DEEPEST_DIRECTORY:
                yield from self._entries(self._header["leaf_directory_offset"] + entry.offset, entry.length, depth + 1)

    def _entry(self, tile_id: int) -> Entry | None:
        """Where a tile is: directories lead to directories."""
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _depth in range(_DEEPEST_DIRECTORY):
            found = find_tile(self._directory(offset, length), tile_id)
            if found is None or found.run_length > 0:
                return found
            offset = self._header["leaf_directory_offset"] + found.offset
            length = found.length
        return None

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        content = self._slice(offset, length)
        # The library uncompresses whatever it is given, to the last byte: what would blow up is refused before.
        if self._header["internal_compression"] is Compression.GZIP:
            inflated(content, _LARGEST_DIRECTORY)
        else:
            content = gzip.compress(content, 1)
        return deserialize_directory(content)

    def _tile_bytes(self, entry: Entry) -> bytes:
        return inflated(self._slice(self._header["tile_data_offset"] + entry.offset, entry.length))

    def _slice(self, offset: int, length: int) -> bytes:
        content = self._bytes[offset : offset + length]
        if len(content) != length:
            raise EOFError(f"{length} bytes at {offset}")
        return content


def examined(file: Path) -> ArchiveInfo:
    """What a stranger's file holds, believing its tiles more than its words; a refusal when it cannot be shown."""
    _look_at_header(file)
    try:
        with TileArchive(file) as archive:
            if archive.reach() > file.stat().st_size:
                raise refusal("map_cut", file)
            return _judged(archive, file)
    except EnvironmentProblem as problem:
        raise refusal("map_damaged", file) from problem


def _look_at_header(file: Path) -> None:
    """What the library would not tell apart: another version, tiles or compressions we cannot show."""
    with file.open("rb") as opened:
        header = opened.read(_HEADER_BYTES)
    if header[7:8] != bytes([_VERSION]):
        raise refusal("map_version", file)
    if len(header) < _HEADER_BYTES:
        raise refusal("map_cut", file)
    if header[97] not in {c.value for c in _READABLE} or header[98] not in {c.value for c in _TILES_READABLE}:
        raise refusal("map_compression", file)
    if header[99] == TileType.MLT.value:
        raise refusal("map_mlt", file)
    if header[99] == TileType.AVIF.value:
        raise refusal("map_avif", file)


def _judged(archive: TileArchive, file: Path) -> ArchiveInfo:
    info = archive.info()
    first, last = next(archive.places(DEEPEST_ZOOM), None), archive.deepest()
    if first is None or last is None:
        raise refusal("map_empty", file)
    if last[0] > DEEPEST_ZOOM:
        raise refusal("map_damaged", file)
    samples = [tile for tile in (archive.tile(*last), archive.tile(*first)) if tile]
    tile_type = kind_of(samples, info.tile_type, file)
    zoom = coarse_zoom(first[0], last[0])
    places = (place for place in islice(archive.places(zoom), _MOST_ENTRIES) if place[0] == zoom)
    bounds, lied = believed(archive.said_bounds(), bounds_of(places))
    layers = info.vector_layers or tuple({name: None for tile in samples for name in layers_of(tile)})
    return ArchiveInfo(
        info.name, tile_type, first[0], last[0], bounds, info.attribution, layers if tile_type == VECTOR else (), lied
    )
