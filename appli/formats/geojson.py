"""GeoJSON as a table: one row per feature, one column per property, and the position in columns of its own."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from appli.formats import refusals
from appli.formats.encodings import decoding
from appli.formats.geometry import representative_point
from appli.formats.headers import Body
from appli.formats.table import MAX_CELLS, MAX_COLUMNS, MAX_LINES, CellCleaner, Problem, make_columns
from appli.i18n import _, number
from appli.ports import Progress

LATITUDE = "geometry.lat"
LONGITUDE = "geometry.lon"
IDENTIFIER = "feature.id"
_DEPTH = 3
_STEP = 1_000

Feature = dict[str, Any]


def read_geojson(data: bytes, progress: Progress) -> Body:
    """The features in their order; « line » is their rank."""
    features = _features(data)
    if not features:
        raise refusals.empty_file()
    if len(features) > MAX_LINES:
        raise refusals.too_many_cells(MAX_CELLS)
    cleaner = CellCleaner()
    body = Body()
    flat: list[dict[str, str | None]] = []
    names: dict[str, None] = {}
    for rank, feature in enumerate(features, 1):
        if rank % _STEP == 1:
            progress.step(rank - 1, len(features), _("Lecture de la carte"))
        row = {cleaner(name) or "": cleaner(value) for name, value in properties_of(feature)}
        row.update(_position(body, rank, feature))
        names.update(dict.fromkeys(row))
        flat.append(row)
        if len(names) > MAX_COLUMNS:
            raise refusals.too_many_columns(MAX_COLUMNS)
        if rank * len(names) > MAX_CELLS:
            raise refusals.too_many_cells(MAX_CELLS)
    last = [name for name in (IDENTIFIER, LATITUDE, LONGITUDE) if name in names]
    ordered = [name for name in names if name not in last] + last
    body.columns = make_columns(ordered, len(ordered))
    body.rows = [tuple(row.get(name) for name in ordered) for row in flat]
    body.line_numbers = list(range(1, len(flat) + 1))
    return body


def _features(data: bytes) -> list[Feature]:
    try:
        with decoding(data).open(data) as stream:
            decoded = json.load(stream, parse_constant=lambda _nan: None)
    except (ValueError, RecursionError):
        raise refusals.bad_geojson() from None
    if not isinstance(decoded, dict):
        raise refusals.bad_geojson()
    features = [decoded] if decoded.get("type") == "Feature" else decoded.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise refusals.bad_geojson()
    return features


def properties_of(feature: Feature) -> Iterator[tuple[str, str]]:
    """Its properties as text, parts of parts under names like « adresse.rue »."""
    if feature.get("id") is not None:
        yield IDENTIFIER, _text(feature["id"])
    properties = feature.get("properties")
    if isinstance(properties, dict):
        yield from _flatten(properties, "", _DEPTH)


def _flatten(values: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict) and value and depth > 1:
            yield from _flatten(value, f"{prefix}{name}.", depth - 1)
        else:
            yield prefix + name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return " ; ".join(filter(None, map(_text, value)))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _position(body: Body, rank: int, feature: Feature) -> dict[str, str | None]:
    geometry = feature.get("geometry")
    point = representative_point(geometry)
    if point is None:
        if geometry is not None:
            message = _("Fiche {rank} : la position est illisible, elle est laissée de côté.")
            body.problems.append(Problem("bad_geometry", message.format(rank=number(rank)), rank))
        return {LATITUDE: None, LONGITUDE: None}
    return {LATITUDE: _degrees(point[1]), LONGITUDE: _degrees(point[0])}


def _degrees(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")
