"""The maps under the records: those shipped, those a person brought, and the one asked online if they agreed.

One for each map on screen, asked in the window's thread. A brought map that turns out damaged shows nothing, and the
base map stays: what somebody copied here must not stop anybody's work.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

from appli import resources
from appli.domain.map_tiles import VECTOR, Tiles
from appli.errors import EnvironmentProblem
from appli.geo.tiles import TileArchive
from appli.services import detailed_maps, online_maps
from appli.store.map_files import KeptMap

logger = logging.getLogger(__name__)

SHIPPED = {"fr": VECTOR, "relief": "webp"}


class BaseMaps:
    """The maps of one directory folder; `online`: whether this map on screen may ask for tiles at all."""

    def __init__(self, folder: Path | None = None, *, online: bool = False) -> None:
        self._folder = folder
        self._may_ask = online
        self._kept: dict[str, KeptMap] | None = None
        self._open: dict[str, Tiles] = {}
        self._unreadable: set[str] = set()
        self._online: online_maps.OnlineMap | None = None

    def refresh(self) -> None:
        """The list changed: let go of every file, so that it can be removed, and read the list when asked."""
        for tiles in self._open.values():
            tiles.close()
        self._open.clear()
        self._unreadable.clear()
        self._kept = None

    def page(self) -> bytes:
        """What the page draws over the base map, the map above the others first."""
        rows = [_row(kept) for kept in self._shown().values()]
        if self._online is not None:
            rows.append(_online_row(self._online))
        return json.dumps({"maps": rows}, separators=(",", ":")).encode()

    def tile_type(self, archive: str) -> str | None:
        """What the tiles of a map are; None if there is no such map."""
        if archive in SHIPPED:
            return SHIPPED[archive]
        kept = self._shown().get(archive)
        return kept.info.tile_type if kept else None

    def tile(self, archive: str, z: int, x: int, y: int) -> bytes | None:
        """A tile, None where there is none."""
        if archive in SHIPPED:
            return _shipped(archive).tile(z, x, y)
        kept = self._shown().get(archive)
        if kept is None or self._folder is None or archive in self._unreadable:
            return None
        try:
            if archive not in self._open:
                self._open[archive] = detailed_maps.open_map(self._folder, kept)
            return self._open[archive].tile(z, x, y)
        except EnvironmentProblem:
            logger.warning("detailed map %s: tile %d/%d/%d is unreadable", archive, z, x, y)
            if archive not in self._open:
                self._unreadable.add(archive)
            return None

    def online_address(self, z: int, x: int, y: int) -> str | None:
        """Where to ask for a tile of the online map; None while nobody agreed to one."""
        self._shown()
        service = self._online
        return service.tile(z, x, y) if service and 0 <= z <= service.max_zoom else None

    # --- parts ---

    def _shown(self) -> dict[str, KeptMap]:
        if self._kept is None:
            every = detailed_maps.all_of(self._folder) if self._folder else []
            self._kept = {kept.id: kept for kept in every if kept.shown}
            self._online = online_maps.chosen() if self._may_ask else None
        return self._kept


def _row(kept: KeptMap) -> dict[str, Any]:
    info = kept.info
    return {
        "id": kept.id,
        "type": "vector" if info.tile_type == VECTOR else "raster",
        "scheme": info.scheme,
        "layers": info.vector_layers,
        "from": detailed_maps.first_zoom(info),
        "to": detailed_maps.last_zoom(info),
        "maxZoom": info.max_zoom,
        "bounds": info.bounds,
        "attribution": detailed_maps.attribution(info),
    }


def _online_row(service: online_maps.OnlineMap) -> dict[str, Any]:
    return {
        "id": online_maps.ID,
        "type": "raster",
        "scheme": "",
        "layers": (),
        "from": detailed_maps.NEAR_ZOOM,
        "to": service.max_zoom,
        "maxZoom": service.max_zoom,
        "bounds": service.bounds,
        "attribution": service.attribution,
    }


@cache
def _shipped(name: str) -> TileArchive:
    return TileArchive(resources.path(f"carte/fonds/{name}.pmtiles"))
