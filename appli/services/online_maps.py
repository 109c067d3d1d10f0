"""Maps asked of a server, tile by tile: off until a person agrees, and then only the tiles they look at.

Which services there are, and their addresses, stand in `ressources/carte/en_ligne.json`; the choice is this PC's, and
so is another address for it, should a service move before this program does.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from appli import config, resources
from appli.domain.map_tiles import Bounds

ID = "en-ligne"
"""What the page calls whichever service was chosen."""
_HOLES = ("{z}", "{x}", "{y}")
_HERE = frozenset(("127.0.0.1", "localhost"))


@dataclass(frozen=True, slots=True)
class OnlineMap:
    """One service."""

    id: str
    name: str
    address: str
    attribution: str
    max_zoom: int
    bounds: Bounds

    @property
    def host(self) -> str:
        """Who is asked."""
        return urlsplit(self.address).hostname or ""

    def tile(self, z: int, x: int, y: int) -> str:
        """The address of a tile."""
        return self.address.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))


@cache
def offered() -> tuple[OnlineMap, ...]:
    """The services one can choose, the first one first."""
    rows = json.loads(resources.path("carte/en_ligne.json").read_text("utf-8"))
    return tuple(OnlineMap(**row | {"bounds": tuple(row["bounds"])}) for row in rows)


def chosen() -> OnlineMap | None:
    """The service somebody agreed to; None: nothing is ever asked."""
    choices = config.load_settings()
    service = next((one for one in offered() if one.id == choices.online_map), None)
    if service is None or not _is_safe(choices.online_address):
        return service
    return OnlineMap(
        service.id, service.name, choices.online_address, service.attribution, service.max_zoom, service.bounds
    )


def choose(service_id: str) -> None:
    """From now on ask that service; empty: none, and what was kept of it goes: it tells where somebody looked."""
    config.save_settings(online_map=service_id)
    if not service_id:
        shutil.rmtree(cache_folder(), ignore_errors=True)


def cache_folder() -> Path:
    """Where tiles are kept as long as their service allows."""
    return config.cache_dir() / "carte-en-ligne"


def _is_safe(address: str) -> bool:
    """Whether an address is one of tiles, asked where nobody can read along; on this PC itself, anyhow."""
    if not all(hole in address for hole in _HOLES):
        return False
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))
