"""The detailed maps a person brings: taken in after a look, listed in the order they are drawn, shown or not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from appli.domain.map_tiles import OPEN_STREET_MAP, VECTOR, ArchiveInfo, Tiles, refusal
from appli.errors import UserError
from appli.geo import tiles as pmtiles
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.store import tile_base as mbtiles
from appli.store.map_files import KeptMap, MapFiles

PMTILES, MBTILES = "pmtiles", "mbtiles"
NEAR_ZOOM = 10
"""From here on a detailed map takes over: up to there the base map says more about a whole territory."""
FARTHEST_ZOOM = 18
_LARGER = {True: 4, False: 1}
"""How many zooms beyond its last one a map is enlarged: a drawing stays sharp, a picture does not."""
_LONGEST_TITLE = 80


def all_of(folder: Path) -> list[KeptMap]:
    """The maps of a directory folder, the one drawn above the others first."""
    return MapFiles(folder).all()


def examine(file: Path) -> ArchiveInfo:
    """What a file holds, told by its first bytes and never by its name; a refusal if it cannot be shown."""
    return pmtiles.examined(file) if _format(file) == PMTILES else mbtiles.examined(file)


def bring(folder: Path, source: Path, progress: Progress = SILENT) -> KeptMap:
    """Copy a map into the directory's folder, above the others."""
    ending = _format(source)
    examine(source)  # before a gigabyte is copied
    return MapFiles(folder).bring(source, ending, examine, progress)


def rename(folder: Path, map_id: str, title: str) -> None:
    """Call a map something else; an empty name is no answer."""
    words = " ".join(title.split())[:_LONGEST_TITLE]
    if words:
        _change(folder, map_id, title=words)


def show(folder: Path, map_id: str, shown: bool) -> None:
    """Draw a map, or leave it out."""
    _change(folder, map_id, shown=shown)


def move(folder: Path, map_id: str, by: int) -> None:
    """Draw a map above (-1) or under (+1) its neighbour."""
    files = MapFiles(folder)
    maps = files.all()
    at = next((place for place, kept in enumerate(maps) if kept.id == map_id), None)
    if at is not None and 0 <= at + by < len(maps):
        maps.insert(at + by, maps.pop(at))
        files.keep(maps)


def remove(folder: Path, map_id: str) -> None:
    """Let a map go; the file it came from, wherever it is, stays."""
    files = MapFiles(folder)
    files.keep([kept for kept in files.all() if kept.id != map_id])


def sweep(folder: Path) -> None:
    """Erase what is no longer in the list, now that nothing on screen holds it."""
    MapFiles(folder).sweep()


def open_map(folder: Path, kept: KeptMap) -> Tiles:
    """A map, to read its tiles."""
    file = MapFiles(folder).path / kept.file
    return mbtiles.TileBase(file) if kept.file.endswith(MBTILES) else pmtiles.TileArchive(file)


# --- how a map is drawn ---------------------------------------------------------------------------


def first_zoom(info: ArchiveInfo) -> int:
    """From which zoom of the screen a map is drawn; one that ends early begins early."""
    return max(info.min_zoom, min(NEAR_ZOOM, info.max_zoom - 2))


def last_zoom(info: ArchiveInfo) -> int:
    """Up to which zoom it is enlarged; beyond, the base map is honest and this one would be a blur."""
    return min(FARTHEST_ZOOM, info.max_zoom + _LARGER[info.tile_type == VECTOR])


def attribution(info: ArchiveInfo) -> str:
    """Whom to thank, on the map itself: OpenStreetMap asks for it even where a file forgot."""
    if not info.attribution and info.scheme in OPEN_STREET_MAP:
        return _("© les contributeurs d’OpenStreetMap")
    return info.attribution


# --- parts ----------------------------------------------------------------------------------------


def _format(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError as problem:
        raise refusal("map_gone", file) from problem
    if head.startswith(pmtiles.MAGIC):
        return PMTILES
    if head == mbtiles.MAGIC:
        return MBTILES
    raise _other(head, file)


def _other(head: bytes, file: Path) -> UserError:
    """Some files are often taken for maps: say what they are."""
    if head.startswith(b"PM"):  # versions 1 and 2
        return refusal("map_version", file)
    if b"OSMHeader" in head or file.name.endswith(".pbf"):
        return refusal("map_raw", file)
    return refusal("map_not_map", file)


def _change(folder: Path, map_id: str, **changes: object) -> None:
    files = MapFiles(folder)
    maps = files.all()
    if any(kept.id == map_id for kept in maps):
        files.keep([dataclasses.replace(kept, **changes) if kept.id == map_id else kept for kept in maps])  # type: ignore[arg-type]
