"""Reads the tiles of a `.pmtiles` file, the whole map in one file, without ever loading it."""

from __future__ import annotations

import json
import mmap
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from appli.errors import EnvironmentProblem
from appli.geo.positions import Box
from appli.i18n import _

_HEADER_BYTES = 127
_DEEPEST_DIRECTORY = 4
_LARGEST_TILE = 16 * 2**20
_LARGEST_METADATA = 4 * 2**20
_READABLE = {Compression.NONE, Compression.GZIP}
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, OSError, TypeError, ValueError, zlib.error,
    MagicNumberNotFound, SpecVersionUnsupported,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What a map file says of itself."""

    name: str
    tile_type: str
    """"mvt", "png", "jpeg", "webp"…"""
    min_zoom: int
    max_zoom: int
    bounds: Box
    attribution: str
    vector_layers: tuple[str, ...]


class TileArchive:
    """An open map file; any thread may ask for tiles."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with file.open("rb") as opened:
                self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            self._header = deserialize_header(self._bytes[:_HEADER_BYTES])
            self._info = self._read_info()
        except _DAMAGE as problem:
            raise self._unreadable() from problem
        if not {self._header["tile_compression"], self._header["internal_compression"]} <= _READABLE:
            raise self._unreadable()
        self._directory = lru_cache(maxsize=64)(self._read_directory)

    def info(self) -> ArchiveInfo:
        return self._info

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The content of a tile, uncompressed; None where the map has none."""
        if not (0 <= z <= self._info.max_zoom and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        try:
            found = self._entry(zxy_to_tileid(z, x, y))
            return None if found is None else self._tile_bytes(found)
        except _DAMAGE as problem:
            raise self._unreadable() from problem

    def close(self) -> None:
        """Let the file go; Windows cannot delete it before."""
        self._bytes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # --- reading --------------------------------------------------------------------------------

    def _read_info(self) -> ArchiveInfo:
        header = self._header
        content = self._slice(header["metadata_offset"], header["metadata_length"])
        if header["internal_compression"] is Compression.GZIP:
            content = _gunzip(content, _LARGEST_METADATA)
        metadata = json.loads(content or b"{}")
        edges = header["min_lat_e7"], header["min_lon_e7"], header["max_lat_e7"], header["max_lon_e7"]
        return ArchiveInfo(
            name=str(metadata.get("name", "")) or self._file.stem,
            tile_type=TileType(header["tile_type"]).name.lower(),
            min_zoom=header["min_zoom"],
            max_zoom=header["max_zoom"],
            bounds=Box(*(edge / 1e7 for edge in edges)),
            attribution=str(metadata.get("attribution", "")),
            vector_layers=tuple(layer["id"] for layer in metadata.get("vector_layers", ())),
        )

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
        return deserialize_directory(self._slice(offset, length))

    def _tile_bytes(self, entry: Entry) -> bytes:
        content = self._slice(self._header["tile_data_offset"] + entry.offset, entry.length)
        if self._header["tile_compression"] is Compression.GZIP:
            return _gunzip(content, _LARGEST_TILE)
        return content

    def _slice(self, offset: int, length: int) -> bytes:
        content = self._bytes[offset : offset + length]
        if len(content) != length:
            raise EOFError(f"{length} bytes at {offset}")
        return content

    def _unreadable(self) -> EnvironmentProblem:
        return EnvironmentProblem(
            "map_unreadable",
            _(
                "Le fond de carte «\u00a0{name}\u00a0» est illisible ou incomplet. Votre annuaire n’est pas touché."
            ).format(name=self._file.name),
            _("Remettez ce fichier en place depuis sa source, ou réinstallez Maillage."),
        )


def _gunzip(content: bytes, largest: int) -> bytes:
    """Uncompress, refusing what a few bytes would blow up into."""
    stream = zlib.decompressobj(wbits=31)
    plain = stream.decompress(content, largest)
    if not stream.eof:
        raise EOFError("truncated or too large")
    return plain
