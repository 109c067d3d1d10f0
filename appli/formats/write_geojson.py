"""Sheets as GeoJSON, for uMap, QGIS and the rest: one feature each, WGS 84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class OutFeature:
    """One sheet: where it is (latitude, longitude), if anybody knows, and what is said of it."""

    id: str
    position: tuple[float, float] | None
    properties: Mapping[str, Any] = field(default_factory=dict)


def geojson_bytes(features: Iterable[OutFeature], about: Mapping[str, Any]) -> bytes:
    """A collection; `about` (licence, date…) stands beside its features."""
    document = {"type": "FeatureCollection", **about, "features": [_feature(f) for f in features]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _feature(feature: OutFeature) -> dict[str, Any]:
    lat_lon = feature.position
    point = None if lat_lon is None else {"type": "Point", "coordinates": [lat_lon[1], lat_lon[0]]}
    return {"type": "Feature", "id": feature.id, "geometry": point, "properties": dict(feature.properties)}
