"""Putting a sheet where somebody shows it on the map, or saying that it is well where it stands.

A point shown by hand is as exact as the map was near; it is believed from then on (its source is `map`), even at sea.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from appli.domain import shapes
from appli.domain.changes import Changes, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.domain.typography import typeset
from appli.geo.positions import distance_km
from appli.i18n import _, number
from appli.services import indexing
from appli.services.directory import Directory
from appli.services.locating import NEAR, Box, territory_of
from appli.services.unlocated import proposals_for

AT_HAND = 20
"""The closest zoom: what is typed or confirmed is as exact as can be."""
_PIXEL = 156_543
"""Metres across at the equator, the whole world being one tile."""
_AIM = 4
"""Pixels by which a hand misses."""
_EXACT_M, _STREET_M = 100, 500
_CLOSE_KM = 1.0


@dataclass(frozen=True, slots=True)
class Start:
    """Where a sheet's sign stands before somebody moves it; without coordinates, where the map is."""

    id: RecordId
    title: str
    shape: str
    lat: float | None = None
    lon: float | None = None
    around: Box | None = None
    """What to show of the map; None where the sign is somewhere already."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a point lies, in words, and by how much a hand misses it there; nothing when that is little."""

    words: str
    about: str


def start_of(directory: Directory, record_id: RecordId) -> Start | None:
    """Where it is, if that can be believed; else at the place proposed first; None when it is no longer there."""
    entry = directory.reads.entry(record_id)
    if entry is None or not entry.kind.is_main:
        return None
    shape = shapes.shape_of(entry.kind, entry.values)
    lat, lon, precision = indexing.position_of(directory, entry.values)
    if lat is not None and precision != "doubtful":
        return Start(entry.id, entry.title, shape, lat, lon)
    return _proposed(directory, entry, shape)


def _proposed(directory: Directory, entry: Entry, shape: str) -> Start:
    proposals = proposals_for(directory, entry)
    if not proposals:
        return Start(entry.id, entry.title, shape, around=territory_of(directory).box)
    lat, lon = proposals[0].place.lat, proposals[0].place.lon
    return Start(entry.id, entry.title, shape, lat, lon, (lat - NEAR, lon - NEAR, lat + NEAR, lon + NEAR))


def put_at(directory: Directory, record_id: RecordId, lat: float, lon: float, zoom: int = AT_HAND) -> Changes:
    """Put a sheet where somebody pointed on the map."""
    position = {
        "lat": round(lat, 6), "lon": round(lon, 6), "precision": precision_at(lat, zoom), "source": "map"
    }  # fmt: skip
    return directory.do(_("Placer une fiche sur la carte"), [Put(record_id, "position", position)])


def vouch(directory: Directory, record_id: RecordId) -> Changes:
    """Somebody says that a doubtful position is right: nobody asks again."""
    entry = directory.reads.entry(record_id)
    position = entry.values.get("position") if entry else None
    changes = [Put(record_id, "position", {**position, "source": "map"})] if position else []
    return directory.do(_("Garder une position"), changes)


def precision_at(lat: float, zoom: int) -> str:
    """How exact a point is that somebody showed on a map of this zoom."""
    missed = _missed_by(lat, zoom)
    return "exact" if missed <= _EXACT_M else "street" if missed <= _STREET_M else "commune"


def _missed_by(lat: float, zoom: int) -> float:
    """Metres."""
    return _PIXEL * cos(radians(lat)) / (1 << zoom) * _AIM


def whereabouts(directory: Directory, lat: float, lon: float, zoom: int) -> Whereabouts:
    """« Mende, à 4 km du centre », « 400 m »: what somebody is told who moves a sign."""
    nearest = directory.gazetteer.nearest(lat, lon)
    missed = _missed_by(lat, zoom)
    if missed <= _EXACT_M:
        about = ""
    elif missed < 1000:
        about = _("{n}\u00a0m").format(n=number(round(missed, -2)))
    else:
        about = _("{n}\u00a0km").format(n=number(round(missed / 1000)))
    if nearest is None:
        return Whereabouts(_("Loin de toute commune"), about)
    name = typeset(nearest.name)
    km = distance_km((lat, lon), (nearest.lat, nearest.lon))
    if km < _CLOSE_KM:
        return Whereabouts(_("{commune}, au centre").format(commune=name), about)
    far = number(km, 1 if km < 9.95 else 0)
    return Whereabouts(_("{commune}, à {km}\u00a0km du centre").format(km=far, commune=name), about)
