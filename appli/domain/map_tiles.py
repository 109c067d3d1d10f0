"""What a file of map tiles says of itself, whatever its format, and how much of it is believed.

Two formats are read, each by one package: `.pmtiles` by `geo.tiles`, `.mbtiles` (a SQLite base) by `store.tile_base`.
Both answer this one protocol; here lies what they share: knowing a tile by its bytes, the layers of a vector tile,
words of a stranger made plain text, and the sentences of a refusal.
"""

from __future__ import annotations

import math
import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar, Protocol, Self

from appli.errors import EnvironmentProblem, UserError
from appli.i18n import N_, _

Bounds = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""
Place = tuple[int, int, int]
"""Zoom, column, row; rows are counted from the north."""

WORLD: Bounds = (-85.0511, -180.0, 85.0511, 180.0)
DEEPEST_ZOOM = 24
LARGEST_TILE = 16 * 2**20
COARSE_ZOOM = 8
"""How deep tiles are gone through to know where a map lies."""
PICTURES = ("png", "jpeg", "webp")
VECTOR = "mvt"
SHOWN_TYPES = (*PICTURES, VECTOR)
_LONGEST_WORDS = 300
_SAMPLE_LAYERS = 64


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What a map file says of itself."""

    name: str
    tile_type: str
    """"mvt", "png", "jpeg", "webp"…"""
    min_zoom: int
    max_zoom: int
    bounds: Bounds
    attribution: str
    vector_layers: tuple[str, ...]
    lied: bool = False
    """Whether it lied about where its tiles are: what stands here is then what its tiles say."""

    @property
    def scheme(self) -> str:
        """Whose names its layers have: how it is drawn."""
        return scheme_of(self.vector_layers) if self.tile_type == VECTOR else ""


class Tiles(Protocol):
    """An open map file; any thread may ask it for tiles."""

    def info(self) -> ArchiveInfo:
        """What it says of itself."""

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The content of a tile, uncompressed; None where the map has none."""

    def close(self) -> None:
        """Let the file go; Windows cannot delete it before."""


class MapFile(ABC):
    """What the readers of both formats do alike."""

    damage: ClassVar[tuple[type[Exception], ...]]
    """What reading a damaged file raises."""
    _file: Path
    _info: ArchiveInfo

    def info(self) -> ArchiveInfo:
        """What it says of itself."""
        return self._info

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The content of a tile, uncompressed; None where the map has none."""
        if not (0 <= z <= self._info.max_zoom and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        try:
            return self._found(z, x, y)
        except self.damage as problem:
            raise self._unreadable() from problem

    @abstractmethod
    def _found(self, z: int, x: int, y: int) -> bytes | None:
        """The tile of a place of the world."""

    @abstractmethod
    def close(self) -> None:
        """Let the file go; Windows cannot delete it before."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _unreadable(self) -> EnvironmentProblem:
        return EnvironmentProblem(
            "map_unreadable",
            _("La carte « {name} » est illisible ou incomplète. Votre annuaire n’est pas touché.").format(
                name=self._file.name
            ),
            _("Remettez ce fichier en place depuis sa source ; si c’est le fond de carte livré, réinstallez Maillage."),
        )


# --- whose names the layers have ------------------------------------------------------------------

_SCHEMES: tuple[tuple[str, frozenset[str]], ...] = (
    ("openmaptiles", frozenset({"transportation", "place"})),
    ("openmaptiles", frozenset({"transportation", "landcover"})),
    ("protomaps", frozenset({"earth", "roads"})),
    ("protomaps", frozenset({"earth", "places"})),
    ("shortbread", frozenset({"streets", "place_labels"})),
    ("shortbread", frozenset({"streets", "ocean"})),
)
GENERIC = "generic"
OPEN_STREET_MAP = frozenset(("openmaptiles", "protomaps", "shortbread"))
"""Schemes made from OpenStreetMap, which asks to be named."""


def scheme_of(layers: Iterable[str]) -> str:
    """The scheme of a vector map, told by the layers only it has."""
    here = set(layers)
    return next((scheme for scheme, telling in _SCHEMES if telling <= here), GENERIC)


# --- knowing a tile by its bytes ------------------------------------------------------------------


def tile_type_of(content: bytes) -> str:
    """What an uncompressed tile is, by its bytes; empty when it is nothing known."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in {b"avif", b"avis"}:
        return "avif"
    return VECTOR if layers_of(content) else ""


def layers_of(content: bytes) -> tuple[str, ...]:
    """The names of a vector tile's layers; nothing if this is no vector tile."""
    try:
        names = [_layer_name(layer) for layer in _fields(content, 3)]
    except (IndexError, ValueError):
        return ()
    return tuple(name for name in names[:_SAMPLE_LAYERS] if name)


def _layer_name(layer: bytes) -> str:
    return next((name.decode() for name in _fields(layer, 1)), "")


def _fields(message: bytes, wanted: int) -> Iterator[bytes]:
    """The byte strings of one field of a protobuf message."""
    return (value for number, value in protobuf(message) if number == wanted and isinstance(value, bytes))


def protobuf(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The numbered fields of a protobuf message: whole numbers, and byte strings; others are passed over."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = varint(message, at)
            yield number, value
            continue
        length, at = varint(message, at) if wire == 2 else ({1: 8, 5: 4}[wire], at) if wire in {1, 5} else (-1, at)
        if number == 0 or length < 0 or at + length > len(message):
            raise ValueError("no protobuf message")
        if wire == 2:
            yield number, message[at : at + length]
        at += length


def varint(message: bytes, at: int) -> tuple[int, int]:
    """The number at a place of a message, and the place after it."""
    value = shift = 0
    while shift < 64:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("no varint")


def inflated(content: bytes, largest: int = LARGEST_TILE) -> bytes:
    """Uncompressed, if it is compressed the usual ways; what a few bytes would blow up into is refused."""
    if not content.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
        return content
    stream = zlib.decompressobj(wbits=47)  # gzip or zlib, as its head says
    try:
        plain = stream.decompress(content, largest)
    except zlib.error as problem:
        raise ValueError("not compressed as its head says") from problem
    if not stream.eof:
        raise EOFError("truncated or too large")
    return plain


# --- where the tiles are --------------------------------------------------------------------------


def bounds_of(places: Iterable[Place]) -> Bounds | None:
    """The rectangle that tiles cover."""
    boxes = [tile_bounds(*place) for place in places]
    if not boxes:
        return None
    souths, wests, norths, easts = zip(*boxes, strict=True)
    return min(souths), min(wests), max(norths), max(easts)


def tile_bounds(z: int, x: int, y: int) -> Bounds:
    """The rectangle of one tile."""
    side = 1 << z
    return _latitude(y + 1, side), x / side * 360 - 180, _latitude(y, side), (x + 1) / side * 360 - 180


def _latitude(row: int, side: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / side))))


def believed(said: Bounds | None, seen: Bounds | None) -> tuple[Bounds, bool]:
    """The bounds to go by, and whether those said were a lie: tiles count for more than words."""
    seen = seen or WORLD
    if said is None:
        return seen, False
    if not _is_rectangle(said):
        return seen, True
    south, west = max(said[0], seen[0]), max(said[1], seen[1])
    north, east = min(said[2], seen[2]), min(said[3], seen[3])
    if south >= north or west >= east:
        return seen, True
    return (south, west, north, east), False


def _is_rectangle(bounds: Bounds) -> bool:
    south, west, north, east = bounds
    return all(map(math.isfinite, bounds)) and -90 <= south < north <= 90 and -180.01 <= west < east <= 180.01


def coarse_zoom(min_zoom: int, max_zoom: int) -> int:
    """The zoom whose tiles are gone through to know where a map lies: fine enough to tell, few enough to read."""
    return max(min_zoom, min(COARSE_ZOOM, max_zoom))


# --- a stranger's words ---------------------------------------------------------------------------

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")
_SILENT = frozenset(("script", "style", "template", "noscript", "title"))


class _Words(HTMLParser):
    """The text of a snippet of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 — HTMLParser's
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain_words(said: object) -> str:
    """Words of a stranger, who may have written HTML, as one line of plain text."""
    parser = _Words()
    parser.feed(str(said or "")[: 20 * _LONGEST_WORDS])
    parser.close()
    text = " ".join(_CONTROLS.sub(" ", "".join(parser.parts)).split())
    return text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1].rstrip() + "…"


# --- refusals -------------------------------------------------------------------------------------

_WHY = {
    "map_not_map": N_("« {file} » n’est pas une carte que Maillage sait lire."),
    "map_version": N_("« {file} » est une carte d’une ancienne sorte, que Maillage ne sait pas lire."),
    "map_mlt": N_("Les tuiles de « {file} » sont au format MLT, que Maillage ne sait pas encore lire."),
    "map_avif": N_("Les tuiles de « {file} » sont des images AVIF, que Maillage ne sait pas lire."),
    "map_tiles": N_("Les tuiles de « {file} » ne sont ni des images ni un tracé que Maillage sait lire."),
    "map_compression": N_("Les tuiles de « {file} » sont compressées d’une façon que Maillage ne sait pas lire."),
    "map_cut": N_("« {file} » est incomplet : il a sans doute été mal copié."),
    "map_damaged": N_("« {file} » est abîmé : Maillage n’a pas pu le lire."),
    "map_empty": N_("« {file} » ne contient aucune tuile."),
    "map_slow": N_("« {file} » est trop lent à lire : il lui manque l’index de ses tuiles."),
    "map_raw": N_("« {file} » contient des données brutes d’OpenStreetMap, pas une carte déjà dessinée."),
    "map_gone": N_("« {file} » ne peut plus être lu : la clé ou le disque ne répond pas."),
    "map_unfinished": N_("« {file} » est encore en cours d’écriture par un autre programme."),
}
_SAME_AGAIN = frozenset(("map_cut", "map_damaged"))


def refusal(code: str, file: Path) -> UserError:
    """Why a file is not taken as a map."""
    hint = _("Demandez une carte .pmtiles (version 3) ou .mbtiles, en images PNG, JPEG ou WebP, ou en tracé MVT.")
    if code in _SAME_AGAIN:
        hint = _("Copiez-le à nouveau depuis sa source, puis réessayez.")
    elif code == "map_gone":
        hint = _("Remettez la clé ou le disque en place, puis réessayez.")
    elif code == "map_unfinished":
        hint = _("Fermez cet autre programme, puis réessayez.")
    message = _("{why} Vos cartes n’ont pas changé.").format(why=_(_WHY[code]).format(file=file.name))
    return UserError(code, message, hint)


def kind_of(samples: list[bytes], said: str, file: Path) -> str:
    """What the tiles are, by their bytes; a refusal if they cannot be shown."""
    kinds = {tile_type_of(sample) for sample in samples}
    if not samples:
        if said in SHOWN_TYPES:
            return said
        raise refusal("map_empty", file)
    if "avif" in kinds:
        raise refusal("map_avif", file)
    if len(kinds) != 1 or not kinds <= set(SHOWN_TYPES):
        raise refusal("map_tiles", file)
    return kinds.pop()
