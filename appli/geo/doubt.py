"""Why nobody should believe a position without a look, and what was perhaps meant by it.

A list wrote longitude before latitude, lost a minus on its way, or gave the town hall of a namesake: the points that
such a mistake hides are offered when they lie where they should, and never taken by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.typography import typeset
from appli.geo.commune import Commune
from appli.geo.positions import Point, distance_km, in_france, repair_position
from appli.geo.trust import Trust, trust_in
from appli.i18n import _, number

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Meant:
    """A point that a mistake may hide, and which mistake."""

    lat: float
    lon: float
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a position, in words; what may have been meant; the commune that it lies in after all."""

    why: str
    meant: tuple[Meant, ...]
    lies_in: Commune | None
    may_be_right: bool
    """Whether it can be right all the same: far from there, but not the wrong way round."""


def doubt_of(gazetteer: Gazetteer, lat: float, lon: float, commune: Commune | None) -> Doubt | None:
    """What to say of a position that is not to be believed; None of one that is."""
    trust = trust_in(gazetteer, lat, lon, commune)
    if trust is Trust.LIKELY:
        return None
    meant = tuple(_meant(gazetteer, lat, lon, commune))
    if trust is Trust.IMPOSSIBLE:
        swapped = bool(meant) and repair_position(lat, lon, commune).lat == lon
        why = _("latitude et longitude semblent échangées") if swapped else _("personne ne peut être là")
        return Doubt(why, meant, None, may_be_right=False)
    on_land = trust_in(gazetteer, lat, lon, None) is Trust.LIKELY
    there = gazetteer.nearest(lat, lon) if on_land else None
    return Doubt(_why(lat, lon, commune, there), meant, there, may_be_right=True)


def _meant(gazetteer: Gazetteer, lat: float, lon: float, commune: Commune | None) -> Iterator[Meant]:
    seen: set[Point] = {(lat, lon)}
    for y, x, why in (
        (lon, lat, _("latitude et longitude échangées")),
        (lat, -lon, _("à l’ouest au lieu de l’est") if lon > 0 else _("à l’est au lieu de l’ouest")),
        (-lat, lon, _("au sud au lieu du nord") if lat > 0 else _("au nord au lieu du sud")),
    ):
        if (y, x) not in seen and abs(y) <= 90 and trust_in(gazetteer, y, x, commune) is Trust.LIKELY:
            seen.add((y, x))
            yield Meant(y, x, why)


def _why(lat: float, lon: float, commune: Commune | None, there: Commune | None) -> str:
    """« à 312 km de sa commune, vers Moulins (Allier) »."""
    if there is not None:
        where = _("vers {commune} ({department})").format(commune=typeset(there.name), department=there.department_name)
    else:
        where = _("loin de toute commune, peut-être en mer") if in_france(lat, lon) else _("hors de France")
    if commune is None:
        return where
    km = number(round(distance_km((lat, lon), (commune.lat, commune.lon))))
    return _("à {km}\u00a0km de sa commune, {where}").format(km=km, where=where)
