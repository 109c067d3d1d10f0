"""Positions as lists hold them: (0, 0), latitude and longitude swapped, decimal commas, a point in another region.

(0, 0) is in the Gulf of Guinea and means that nobody knew; nothing is ever kept there.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from appli.geo.codes import Remark
from appli.geo.commune import Commune
from appli.i18n import _, number

EARTH_RADIUS_KM = 6371.0088
FAR_KM = 25.0
FAR_KM_WIDE = 150.0
_WIDE = frozenset({"973", "984", "987", "988"})  # communes as large as a department, or of scattered islands
_NOWHERE_DEGREES = 0.01
_DEGREES = r"([+-]?\d{1,3}[.,]\d+)\s*°?\s*"
_WRITTEN = re.compile(rf"\s*{_DEGREES}([NS])?\s*[;,\s]\s*{_DEGREES}([EOW])?\s*", re.IGNORECASE)
_BACKWARDS = frozenset("SsOoWw")
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d*)?|[+-]?\.\d+")

Point = tuple[float, float]
"""(latitude, longitude)"""


class Box(NamedTuple):
    """A rectangle of the map, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def contains(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


METROPOLITAN = Box(41.2, -5.6, 51.3, 9.9)
TERRITORIES = {
    "metropole": METROPOLITAN,
    "971": Box(15.7, -62.0, 16.7, -60.9),
    "972": Box(14.3, -61.4, 15.0, -60.7),
    "973": Box(2.0, -54.8, 6.0, -51.4),
    "974": Box(-21.5, 55.1, -20.7, 56.0),
    "975": Box(46.6, -56.6, 47.3, -56.0),
    "976": Box(-13.2, 44.8, -12.4, 45.5),
    "977": Box(17.8, -63.0, 18.0, -62.7),
    "978": Box(18.0, -63.2, 18.2, -62.9),
    "984": Box(-67.0, 39.0, -11.0, 145.0),
    "986": Box(-14.5, -178.3, -13.1, -176.0),
    "987": Box(-28.0, -155.0, -7.5, -134.0),
    "988": Box(-23.0, 163.0, -19.0, 172.0),
    "989": Box(10.2, -109.4, 10.4, -109.1),
}


class Repaired(NamedTuple):
    """A position one may keep, or none; what to tell, if anything."""

    lat: float | None
    lon: float | None
    problem: Remark | None = None


def repair_position(lat: float | str | None, lon: float | str | None, commune: Commune | None = None) -> Repaired:
    """Read a position, put a swapped one right, refuse an impossible one, doubt one far from its commune."""
    if _blank(lat) and _blank(lon):
        return Repaired(None, None)
    y, x = _degrees(lat), _degrees(lon)
    if y is None or x is None:
        written = f"{'' if lat is None else lat} ; {'' if lon is None else lon}"
        message = _("«\u00a0{written}\u00a0» ne se lit pas comme une position")
        return _refused("position_unreadable", message, written)
    written = f"{y:g} ; {x:g}"
    if abs(y) < _NOWHERE_DEGREES and abs(x) < _NOWHERE_DEGREES:
        return _refused("position_zero", _("position {written}\u00a0: absente"), written)
    if _swapped(y, x, commune):
        message = _("latitude et longitude étaient inversées")
        return _checked(x, y, commune, Remark("position_swapped", message))
    if not _on_earth(y, x):
        return _refused("position_out_of_range", _("position {written}\u00a0: hors du globe"), written)
    return _checked(y, x, commune, None)


def written_point(text: str) -> tuple[str, str] | None:
    """« 44,32 ; 3,59 », « 44.32 N, 3.59 E »: latitude and longitude with decimals; None for other words."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    lat, north, lon, east = found.groups()
    return ("-" if north in _BACKWARDS else "") + lat, ("-" if east in _BACKWARDS else "") + lon


def distance_km(a: Point, b: Point) -> float:
    """The great-circle distance."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(math.radians, point) for point in (a, b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def bounding_box(center: Point, radius_km: float) -> Box:
    """The smallest box that holds everything within the radius; it does not go round the antimeridian."""
    lat, lon = center
    angle = radius_km / EARTH_RADIUS_KM
    height = math.degrees(angle)
    widest = math.sin(angle) / math.cos(math.radians(lat))
    width = math.degrees(math.asin(widest)) if abs(lat) + height < 90 else 360.0
    return Box(
        max(-90.0, lat - height), max(-180.0, lon - width),
        min(90.0, lat + height), min(180.0, lon + width),
    )  # fmt: skip


def in_france(lat: float, lon: float) -> bool:
    """In the box of some French territory."""
    for south, west, north, east in TERRITORIES.values():  # noqa: SIM110 — asked for each row of a list
        if south <= lat <= north and west <= lon <= east:
            return True
    return False


def _blank(value: float | str | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _degrees(value: float | str | None) -> float | None:
    """A number of degrees, perhaps with a decimal comma or a degree sign."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip().replace(",", ".").replace("\u2212", "-").rstrip("° ")
        return float(text) if _NUMBER.fullmatch(text) else None
    return float(value) if math.isfinite(value) else None


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180


def _swapped(lat: float, lon: float, commune: Commune | None) -> bool:
    """Only the other way round it lies in France — near its commune, if that is known."""
    if not _on_earth(lon, lat) or not in_france(lon, lat):
        return False
    if commune is None:
        return not (_on_earth(lat, lon) and in_france(lat, lon))
    home = (commune.lat, commune.lon)
    near = distance_km((lon, lat), home) <= far_km(commune)
    return near and (not _on_earth(lat, lon) or distance_km((lat, lon), home) > far_km(commune))


def far_km(commune: Commune) -> float:
    """How far from its commune's point a position may be without being doubted."""
    return FAR_KM_WIDE if commune.department in _WIDE else FAR_KM


def _checked(lat: float, lon: float, commune: Commune | None, problem: Remark | None) -> Repaired:
    """A position on earth: kept, and doubted when far from where it should be."""
    if commune is not None:
        away = distance_km((lat, lon), (commune.lat, commune.lon))
        if away > far_km(commune):
            message = _("position à {km}\u00a0km de {commune}").format(km=number(round(away)), commune=commune.name)
            return Repaired(lat, lon, Remark("position_far_from_commune", message))
    elif problem is None and not in_france(lat, lon):
        message = _("position hors de France")
        return Repaired(lat, lon, Remark("position_outside_france", message))
    return Repaired(lat, lon, problem)


def _refused(code: str, message: str, written: str) -> Repaired:
    return Repaired(None, None, Remark(code, message.format(written=written)))
