"""A file of open data as the points of a layer: where each is, what it is called, a few words more.

Of a national file only the points nearest to the territory are kept; what is left aside is counted and told.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from appli.domain.text import clean, fold
from appli.errors import UserError
from appli.formats.features import features
from appli.formats.geojson import properties_of
from appli.formats.geometry import representative_point
from appli.formats.profile import profile
from appli.formats.source import Form, Source, read_source
from appli.formats.table import MAX_FILE, Table
from appli.formats.tables import read_table
from appli.geo.positions import Point, distance_km, repair_position
from appli.i18n import _, _n, number
from appli.ports import SILENT, Progress

MAX_POINTS = 50_000
"""Of a layer; the nearest to the territory are kept."""
MAX_COLUMNS = 10
_LONGEST = 300
_SAMPLE = 400
_STEP = 2_000
_NAMES = (
    "nom", "name", "titre", "title", "libelle", "denomination", "intitule", "appellation", "toponyme", "label",
)  # fmt: skip
_TECHNICAL = re.compile(r"(id|fid|gid|objectid|ogc fid|geo ?point.*|geo ?shape|geom.*|wkt|the geom|x|y|lat.*|lon.*)")
_AXES = {
    "lat": frozenset(("lat", "latitude", "y", "geo lat", "coord y", "ylat", "latitude wgs84")),
    "lon": frozenset(("lon", "lng", "long", "longitude", "x", "geo lon", "coord x", "xlong", "longitude wgs84")),
}
_PAIR = re.compile(r"\s*(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*")

Cells = tuple[str, ...]
LayerPoint = tuple[float, float, Cells]
"""Latitude, longitude, what each column says."""
Row = tuple[Mapping[str, str | None], Point | None]


@dataclass(frozen=True, slots=True)
class LayerContent:
    """What a file gives."""

    name: str
    columns: tuple[str, ...]
    title: int
    """The column that names a point; -1 when none does."""
    points: Sequence[LayerPoint]
    nowhere: int = 0
    """Rows without a position that can be read."""
    too_many: int = 0
    """Points left aside because they are more than a layer holds."""
    nearest: bool = True
    """Whether those kept are the nearest to the territory; else the first of the file."""

    def told(self) -> str:
        """What was read and what was left aside, in sentences."""
        count = len(self.points)
        said = [_n("{n} point.", "{n} points.", count).format(n=number(count))]
        if self.nowhere:
            words = _n("{n} ligne sans position lisible.", "{n} lignes sans position lisible.", self.nowhere)
            said.append(words.format(n=number(self.nowhere)))
        if self.too_many:
            said.append(self._left_aside().format(n=number(self.too_many), most=number(count)))
        return " ".join(said)

    def _left_aside(self) -> str:
        if self.nearest:
            return _n(
                "{n} point laissé de côté, loin du territoire.",
                "{n} points laissés de côté, loin du territoire.",
                self.too_many,
            )
        return _n(
            "{n} point laissé de côté : sans territoire choisi, une couche garde les {most} premiers.",
            "{n} points laissés de côté : sans territoire choisi, une couche garde les {most} premiers.",
            self.too_many,
        )


def read_layer(path: Path, home: Point | None = None, progress: Progress = SILENT) -> LayerContent:
    """The points of a GeoJSON, a CSV or a workbook. Raises UserError, EnvironmentProblem, Cancelled."""
    source = read_source(path, MAX_FILE)
    rows = _Rows(source, progress)
    columns, title = _columns(rows)
    names = [name for name, _words in columns]
    counted: Counter[str] = Counter()
    placed = _placed(rows, names, counted)
    if home is None:
        points = list(islice(placed, MAX_POINTS))
    else:
        at = home
        points = heapq.nsmallest(MAX_POINTS, placed, key=lambda point: distance_km((point[0], point[1]), at))
    for _rest in placed:  # beyond the most: counted, not kept
        continue
    too_many = counted["read"] - len(points)
    if not points:
        raise _no_points(counted["nowhere"])
    said = tuple(words for _name, words in columns)
    return LayerContent(source.name, said, title, points, counted["nowhere"], too_many, home is not None)


def _no_points(rows: int) -> UserError:
    return UserError(
        "no_points",
        _n(
            "Aucun point dans ce fichier : {n} ligne, sans position lisible. Rien n’a changé.",
            "Aucun point dans ce fichier : {n} lignes, sans position lisible. Rien n’a changé.",
            rows,
        ).format(n=number(rows)),
        _("Il faut un fichier GeoJSON, ou un tableau avec une colonne « latitude » et une colonne « longitude »."),
    )


@dataclass
class _Rows:
    """The rows of a file, as often as they are asked for: the bytes stay, what is made of them does not."""

    source: Source
    progress: Progress
    _table: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        if self.source.form is Form.GEOJSON:
            return self._features()
        if not self._table:
            self._table = list(_table_rows(self.source, self.progress))
        return iter(self._table)

    def _features(self) -> Iterator[Row]:
        for rank, feature in enumerate(features(self.source.data)):
            if rank % _STEP == 0:
                self.progress.step(rank, 0, _("Lecture de la carte"))
            point = representative_point(feature.get("geometry"))
            yield dict(properties_of(feature)), (point[1], point[0]) if point else None


def _table_rows(source: Source, progress: Progress) -> Iterator[Row]:
    table = read_table(source, progress=progress)
    lat, lon = _axis(table, "lat"), _axis(table, "lon")
    pair = None if lat is not None and lon is not None else _pair_column(table.rows)
    names = [column.name for column in table.columns]
    for cells in table.rows:
        position: tuple[str | None, str | None] = (None, None)
        if lat is not None and lon is not None:
            position = cells[lat], cells[lon]
        elif pair is not None and (match := _PAIR.fullmatch(cells[pair] or "")):
            position = match[1], match[2]
        repaired = repair_position(*position)
        there = repaired.lat is not None and repaired.lon is not None
        yield dict(zip(names, cells, strict=False)), (repaired.lat, repaired.lon) if there else None  # type: ignore[misc]


def _axis(table: Table, axis: str) -> int | None:
    """The column of latitudes or of longitudes: by its title, else by what it holds."""
    named = (column.index for column in table.columns if _plain(column.name) in _AXES[axis])
    held = (found.column.index for found in profile(table) if found.looks_like == axis)
    return next(named, next(held, None))


def _pair_column(rows: Sequence[Sequence[str | None]]) -> int | None:
    """A column such as « 44.32, 3.59 »."""
    for index in range(len(rows[0]) if rows else 0):
        filled = [value for row in rows[:_SAMPLE] if (value := row[index])]
        if sum(1 for value in filled if _PAIR.fullmatch(value)) * 2 > len(filled):
            return index
    return None


# --- columns ----------------------------------------------------------------------------------------------------------


def _columns(rows: Iterable[Row]) -> tuple[list[tuple[str, str]], int]:
    """The columns worth showing, (as the file calls it, as it is shown), and which of them names a point."""
    filled: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    order: dict[str, None] = {}
    count = 0
    for values, _point in islice(rows, _SAMPLE):
        count += 1
        for name, value in values.items():
            order[name] = None
            if value and value[:1] not in "{[":
                filled[name] += 1
                letters[name] += any(map(str.isalpha, value))
    worth = [n for n in order if n and filled[n] * 20 >= count and not _TECHNICAL.fullmatch(_plain(n))]
    called = _called(worth, filled) or next((n for n in worth if letters[n] * 2 > count), "")
    kept = list(dict.fromkeys([*([called] if called else []), *worth]))[:MAX_COLUMNS]
    return [(name, _shown(name)) for name in kept], 0 if called else -1


def _called(names: Sequence[str], filled: Mapping[str, int]) -> str:
    """The column that holds names: by its title, the fullest of the best word."""
    for word in _NAMES:
        found = [name for name in names if word in _plain(name).split()]
        if found:
            return max(found, key=lambda name: filled[name])
    return ""


def _plain(name: str) -> str:
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]", " ", name))


def _shown(name: str) -> str:
    words = clean(re.sub(r"[_.]+", " ", name), 60).strip()
    return words[:1].upper() + words[1:]


def _placed(rows: Iterable[Row], names: Sequence[str], counted: Counter[str]) -> Iterator[LayerPoint]:
    for values, point in rows:
        repaired = repair_position(*point) if point else None
        if repaired is None or repaired.lat is None or repaired.lon is None:
            counted["nowhere"] += 1
            continue
        counted["read"] += 1
        yield round(repaired.lat, 5), round(repaired.lon, 5), tuple(_cell(values.get(name)) for name in names)


def _cell(value: str | None) -> str:
    return " ".join(clean(value, _LONGEST, lines=True).split()) if value else ""
