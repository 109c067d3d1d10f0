"""What the live map asks of the program, and the page's own files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from appli import resources

FOLDERS = {"": "carte/page", "vendor": "carte/vendor", "polices": "polices"}
_NAME = re.compile(r"(?:(?P<area>vendor|polices)/)?(?P<file>[A-Za-z0-9-]+(?:[./][A-Za-z0-9-]+)*)")


class BaseMapSource(Protocol):
    """Where the map finds the maps under the records."""

    def page(self) -> bytes:
        """JSON: {"maps": […]}, what is drawn over the base map, the map above the others first.

        A map has an `id`, a `type` (vector or raster), the `scheme` and `layers` of a drawing, the zooms `from` and
        `to` between which it is drawn, its own `maxZoom`, its `bounds` and its `attribution` in plain text.
        """

    def tile_type(self, archive: str) -> str | None:
        """What the tiles of `fr`, `relief` or a brought map are: mvt, png, jpeg, webp; None if there is no such map."""

    def tile(self, archive: str, z: int, x: int, y: int) -> bytes | None:
        """A tile, uncompressed; None where there is none."""

    def online_address(self, z: int, x: int, y: int) -> str | None:
        """Where to ask for a tile of the online map; None while nobody agreed to one."""


class MapSource(Protocol):
    """Where the map finds what it shows. Each call is made in the window's thread and must answer at once."""

    @property
    def base(self) -> BaseMapSource:
        """The maps under the records."""

    def points(self, known: int) -> bytes:
        """JSON, what `appli.services.live_map.Points.answer` writes, for a page that has the points of an edition.

        A kind is a key of `kind` in the design tokens, where a listing is `offer` or `need`.
        """

    def details(self, record_id: str) -> Mapping[str, str] | None:
        """The record's `title`, `line`, `commune`, `opening` and `code` in plain text; what is unknown is empty.

        `photo` is the address of its first photo, when the screen may show it, `photoWords` what it shows. None if the
        record is no longer there.
        """

    def layers_page(self) -> bytes:
        """JSON: the layers of open data that are shown, as `appli.services.layers.Layers.page` writes them."""

    def layer_point(self, layer: str, row: int) -> Mapping[str, object] | None:
        """One point of a layer, in plain text: `title`, `facts` as pairs, `layer` and `about`."""

    def photo(self, record_id: str) -> bytes | None:
        """The small first photo of a record, as JPEG."""


def page_file(name: str) -> bytes | None:
    """A file of the page, its scripts and its fonts; None for any other name, `..` included."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    file = resources.path(f"{FOLDERS[match['area'] or '']}/{match['file']}")
    return file.read_bytes() if file.is_file() else None
