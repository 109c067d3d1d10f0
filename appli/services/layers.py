"""Layers of open data over the map (heritage, culture, mobility…): kept beside the directory, never a part of it.

Each layer is two files of the folder's `couches/`: what it is called and how it looks, and its points. They are no
records: nobody's data, found elsewhere as they are, so they have no versions, are not exchanged and are not in the
backups of the base; a layer that is gone is read again from where it came. A file each, so that taking one out is
deleting it, and a damaged one spoils nothing else.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appli.domain.text import fold
from appli.errors import EnvironmentProblem, UserError
from appli.exchange.safe_file import SafeFiles
from appli.i18n import N_, _
from appli.services.searching import never

if TYPE_CHECKING:
    from appli.services.layer_reading import LayerContent, LayerPoint

logger = logging.getLogger(__name__)

FOLDER = "couches"
MOST = 30
"""Layers of a directory: a map with more says nothing."""
SHAPES = {
    "disc": N_("rond"),
    "square": N_("carré"),
    "diamond": N_("losange"),
    "triangle": N_("triangle"),
    "cross": N_("croix"),
}
COLORS = {
    "teal": (N_("bleu-vert"), "#0B6670", "#7FD0DA"),
    "brown": (N_("brun"), "#7A4E00", "#F2C063"),
    "violet": (N_("violet"), "#6B3F9E", "#C3A5EE"),
    "green": (N_("vert"), "#1A6A2E", "#8CCF97"),
    "pink": (N_("rose"), "#A8275F", "#F29CBF"),
    "blue": (N_("bleu"), "#1F5FA8", "#8FBDF0"),
    "grey": (N_("gris"), "#4E5560", "#B6BDC9"),
}
"""Code: (name, colour on the light map, on the dark one)."""
LICENCES = {
    "lo_2_0": N_("Licence Ouverte 2.0"),
    "odbl_1_0": N_("ODbL 1.0"),
    "cc_by": N_("CC BY 4.0"),
    "cc_by_sa": N_("CC BY-SA 4.0"),
    "cc0": N_("CC0"),
    "": N_("Non précisée"),
}
_ID = re.compile(r"[0-9a-f]{12}")
_SHOWN = 30
"""Points of one layer listed for a search."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer, without its points."""

    id: str
    name: str
    source: str = ""
    licence: str = ""
    day: str = ""
    """The date of the data, in ISO; empty when nobody knows."""
    shape: str = "disc"
    color: str = "teal"
    hidden: bool = False
    origin: str = ""
    """`townhalls:<EPCI>` for what Maillage itself made; a file's layer has none."""
    columns: tuple[str, ...] = ()
    title: int = -1
    count: int = 0

    @property
    def about(self) -> str:
        """« Ministère de la Culture, Licence Ouverte 2.0 »."""
        licence = _(LICENCES[self.licence]) if self.licence else ""
        return ", ".join(part for part in (self.source, licence) if part)


@dataclass(frozen=True, slots=True)
class Hit:
    """A point of a layer that a search finds."""

    layer: str
    row: int
    title: str
    line: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search finds in one layer: the first points, and how many in all."""

    layer: Layer
    first: tuple[Hit, ...]
    total: int


@dataclass(slots=True)
class _Points:
    """The points of a layer in memory, and their words once somebody searched."""

    rows: list[LayerPoint]
    words: list[str] = field(default_factory=list)


class Layers:
    """The layers of one folder. Any thread may ask; what changes them is called by one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._points: dict[str, _Points] = {}

    # --- what there is ---

    def all(self) -> list[Layer]:
        """In the order of their names."""
        if not self._folder.is_dir():
            return []
        files = (file for file in self._folder.iterdir() if file.suffix == ".json" and _ID.fullmatch(file.stem))
        found = [layer for file in files if (layer := _read_layer(file)) is not None]
        return sorted(found, key=lambda layer: (fold(layer.name), layer.id))

    def points(self, layer_id: str) -> Sequence[LayerPoint]:
        """The points of a layer; none when its file cannot be read."""
        return self._held(layer_id).rows

    def details(self, layer_id: str, row: int) -> dict[str, Any] | None:
        """One point for the map: its title, its words by column, its layer and where that comes from."""
        layer = next((one for one in self.all() if one.id == layer_id), None)
        rows = self.points(layer_id)
        if layer is None or not 0 <= row < len(rows):
            return None
        cells = rows[row][2]
        facts = [[c, w] for at, (c, w) in enumerate(zip(layer.columns, cells, strict=False)) if w and at != layer.title]
        return {"title": title_of(layer, cells), "facts": facts, "layer": layer.name, "about": layer.about}

    def page(self) -> bytes:
        """JSON: the layers that are shown, their points in columns, whole hundred-thousandths of a degree."""
        shown = [layer for layer in self.all() if not layer.hidden]
        return json.dumps({"layers": [self._drawn(layer) for layer in shown]}, separators=(",", ":")).encode()

    def _drawn(self, layer: Layer) -> dict[str, Any]:
        _name, light, dark = COLORS[layer.color]
        rows = self.points(layer.id)
        return {
            "id": layer.id, "name": layer.name, "about": layer.about,
            "shape": layer.shape, "light": light, "dark": dark,
            "lat": [round(row[0] * 100_000) for row in rows],
            "lon": [round(row[1] * 100_000) for row in rows],
        }  # fmt: skip

    def find(self, text: str, stopped: Callable[[], bool] = never) -> list[Hits]:
        """The points of the shown layers that hold every word; nothing for no word."""
        asked = fold(text).split()
        found: list[Hits] = []
        for layer in self.all() if asked else ():
            if layer.hidden:
                continue
            rows = [
                row for row, words in enumerate(self._words(layer, stopped)) if all(word in words for word in asked)
            ]
            if rows:
                held = self.points(layer.id)
                called = [row for row in rows if asked[0] in fold(title_of(layer, held[row][2]))]
                first = list(dict.fromkeys([*called[:_SHOWN], *rows[:_SHOWN]]))[:_SHOWN]
                found.append(Hits(layer, tuple(_hit(layer, held, row) for row in first), len(rows)))
        return found

    # --- what changes them ---

    def add(self, content: LayerContent, **facts: Any) -> Layer:
        """Keep a new layer; `facts` are its name, source, licence, day, origin. It takes a look no other has."""
        others = self.all()
        if len(others) >= MOST:
            raise UserError(
                "too_many_layers",
                _("La carte a déjà {n} couches. Rien n’a été ajouté.").format(n=len(others)),
                _("Enlevez celles qui ne servent plus, puis réessayez."),
            )
        shape, color = _free_look(others)
        layer = Layer(id=secrets.token_hex(6), shape=shape, color=color, **facts)
        return self._keep(layer, content)

    def refresh(self, layer_id: str, content: LayerContent, day: str) -> Layer:
        """Newer points under the same name, look, source and licence."""
        return self._keep(replace(self._one(layer_id), day=day), content)

    def change(self, layer_id: str, **facts: Any) -> Layer:
        """Another name, look, source, or shown or not."""
        layer = replace(self._one(layer_id), **facts)
        self._write({self._settings(layer_id): _settings_bytes(layer)})
        return layer

    def remove(self, layer_id: str) -> None:
        """Take a layer off this PC."""
        if _ID.fullmatch(layer_id):
            self._points.pop(layer_id, None)
            for file in (self._settings(layer_id), self._data(layer_id)):
                file.unlink(missing_ok=True)

    # --- parts ---

    def _keep(self, layer: Layer, content: LayerContent) -> Layer:
        layer = replace(layer, columns=content.columns, title=content.title, count=len(content.points))
        data = json.dumps(content.points, separators=(",", ":")).encode()
        self._write({self._data(layer.id): data, self._settings(layer.id): _settings_bytes(layer)})
        self._points[layer.id] = _Points(list(content.points))
        return layer

    def _write(self, contents: Mapping[Path, bytes]) -> None:
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as problem:
            raise EnvironmentProblem(
                "not_writable",
                _("Maillage ne peut pas écrire dans le dossier de l’annuaire. Rien n’a changé."),
                _("Vérifiez que le disque n’est ni plein ni protégé."),
            ) from problem
        with SafeFiles() as files:
            for path, content in contents.items():
                files.add(path, content)
            files.commit()

    def _one(self, layer_id: str) -> Layer:
        found = next((layer for layer in self.all() if layer.id == layer_id), None)
        if found is None:
            raise UserError("no_such_layer", _("Cette couche n’est plus là. Rien n’a changé."), "")
        return found

    def _settings(self, layer_id: str) -> Path:
        return self._folder / f"{layer_id}.json"

    def _data(self, layer_id: str) -> Path:
        return self._folder / f"{layer_id}.points.json"

    def _held(self, layer_id: str) -> _Points:
        if not _ID.fullmatch(layer_id):
            return _Points([])
        if layer_id not in self._points:
            self._points[layer_id] = _Points(_read_points(self._data(layer_id)))
        return self._points[layer_id]

    def _words(self, layer: Layer, stopped: Callable[[], bool]) -> Iterator[str]:
        held = self._held(layer.id)
        if len(held.words) != len(held.rows):
            held.words = [fold(" ".join(row[2])) for row in held.rows]
        for at, words in enumerate(held.words):
            if at % 5_000 == 0 and stopped():
                return
            yield words


def title_of(layer: Layer, cells: Sequence[str]) -> str:
    """What a point is called; its layer's name when nothing names it."""
    return (cells[layer.title] if 0 <= layer.title < len(cells) else "") or layer.name


def _hit(layer: Layer, rows: Sequence[LayerPoint], row: int) -> Hit:
    lat, lon, cells = rows[row]
    others = [words for at, words in enumerate(cells) if words and at != layer.title]
    return Hit(layer.id, row, title_of(layer, cells), " · ".join(others[:2]), lat, lon)


def _free_look(others: Sequence[Layer]) -> tuple[str, str]:
    taken = {(layer.shape, layer.color) for layer in others}
    shapes, colors = list(SHAPES), list(COLORS)
    looks = [(shapes[n % len(shapes)], colors[n % len(colors)]) for n in range(len(shapes) * len(colors))]
    return next((look for look in looks if look not in taken), looks[0])


# --- files, which anybody may have touched ----------------------------------------------------------------------------


def _settings_bytes(layer: Layer) -> bytes:
    return json.dumps(asdict(layer), indent=1).encode()


def _read_layer(file: Path) -> Layer | None:
    try:
        told = json.loads(file.read_bytes())
        words = {name: str(told[name]) for name in ("name", "source", "licence", "day", "shape", "color", "origin")}
        layer = Layer(
            **words,
            id=file.stem,
            hidden=bool(told["hidden"]),
            columns=tuple(str(column) for column in told["columns"]),
            title=int(told["title"]),
            count=int(told["count"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        logger.warning("layer %s cannot be read", file.name)
        return None
    known = layer.shape in SHAPES and layer.color in COLORS and layer.licence in LICENCES
    return layer if known else replace(layer, shape="disc", color="teal", licence="")


def _read_points(file: Path) -> list[LayerPoint]:
    try:
        told = json.loads(file.read_bytes())
        return [(float(lat), float(lon), tuple(map(str, cells))) for lat, lon, cells in told]
    except (OSError, ValueError, TypeError, RecursionError):
        logger.warning("points of layer %s cannot be read", file.name)
        return []
