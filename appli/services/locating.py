"""Where sheets and communes are, and giving sheets their communes: by their names, by coordinates, in one work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appli.domain import shapes
from appli.domain.changes import Changes, Put
from appli.domain.ids import RecordId
from appli.domain.typography import typeset
from appli.errors import UserError
from appli.geo.commune import Commune, Match
from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import repair_position, written_point
from appli.geo.trust import Trust, trust_in
from appli.i18n import _, _n, number
from appli.services import indexing
from appli.services.directory import Directory
from appli.services.spaces import home_departments, space_of

NEAR = 0.06
"""Degrees on each side of a commune's point: about its size."""
_SHORTEST_NAME = 3

Box = tuple[float, float, float, float]
"""South, west, north, east."""


@dataclass(frozen=True, slots=True)
class Place:
    """A commune one may choose."""

    insee: str
    name: str
    department: str
    department_name: str
    postcode: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sheet is; its commune's point when nobody knows better."""

    id: RecordId
    title: str
    shape: str
    lat: float | None
    lon: float | None
    precision: str


@dataclass(frozen=True, slots=True)
class Territory:
    """What the directory is about: its department if it is in one alone, the codes to outline, the rectangle around."""

    department: str = ""
    epcis: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    box: Box | None = None


# --- where things are ---------------------------------------------------------------------------


def spot_of(directory: Directory, record_id: RecordId) -> Spot | None:
    """Where a sheet is; None when it is no longer there."""
    entry = directory.reads.entry(record_id)
    if entry is None or not entry.kind.is_main:
        return None
    lat, lon, precision = indexing.position_of(directory, entry.values)
    return Spot(entry.id, entry.title, shapes.shape_of(entry.kind, entry.values), lat, lon, precision or "")


def territory_of(directory: Directory) -> Territory:
    """The territory of the space."""
    space = space_of(directory)
    parts = space.values.get("territory", ()) if space else ()
    communes = [c for part in parts for c in _communes_of(directory.gazetteer, part["level"], part["code"])]
    if not communes:
        return Territory()
    home = home_departments(directory)
    lats, lons = [c.lat for c in communes], [c.lon for c in communes]
    margin = 0 if all(part["level"] == "department" for part in parts) else NEAR  # towns lie within their communes
    box = (min(lats) - margin, min(lons) - margin, max(lats) + margin, max(lons) + margin)
    codes = {level: tuple(p["code"] for p in parts if p["level"] == level) for level in ("epci", "commune")}
    return Territory(next(iter(home)) if len(home) == 1 else "", codes["epci"], codes["commune"], box)


def _communes_of(gazetteer: Gazetteer, level: str, code: str) -> list[Commune]:
    if level == "department":
        return gazetteer.communes_of(department=code)
    if level == "epci":
        return gazetteer.communes_of(epci=code)
    found = gazetteer.by_insee(code)
    return [found] if found else []


# --- communes by their names --------------------------------------------------------------------


def places_offered(directory: Directory, text: str) -> list[Place]:
    """What is offered while somebody types a commune, those at home first; what a mistake may mean too."""
    return [place_of(m.commune) for m in _matches(directory, text)]


def places_named(directory: Directory, text: str) -> list[Place]:
    """What a text names or begins to name: the first may be taken at its word."""
    return [place_of(m.commune) for m in _matches(directory, text) if not m.is_guess]


def _matches(directory: Directory, text: str) -> list[Match]:
    home = sorted(home_departments(directory))
    return directory.gazetteer.complete(text, home[0] if home else None)


def place_meant(directory: Directory, text: str) -> Place | None:
    """For a name that no commune bears: one that differs by a few letters, or begins almost so."""
    if offered := places_offered(directory, text):
        return offered[0]
    for length in range(len(text) - 1, _SHORTEST_NAME - 1, -1):
        found = places_named(directory, text[:length])
        if found:
            return found[0]
    return None


def place_near(directory: Directory, lat: float, lon: float) -> Place | None:
    """The commune whose point is nearest; None far from all of them."""
    nearest = directory.gazetteer.nearest(lat, lon)
    return None if nearest is None else place_of(nearest)


def place_of(commune: Commune) -> Place:
    """A commune as one chooses it."""
    postcode = commune.postcodes[0] if commune.postcodes else ""
    return Place(
        commune.insee, commune.name, commune.department, commune.department_name, postcode, commune.lat, commune.lon
    )


# --- placing them -------------------------------------------------------------------------------


def locate(directory: Directory, chosen: Mapping[RecordId, str]) -> Changes:
    """Give sheets their communes, by INSEE code, in one work; a position that belies the new commune goes."""
    changes = []
    for record_id, insee in chosen.items():
        commune = directory.gazetteer.by_insee(insee)
        if commune is None:
            raise UserError(
                "unknown_commune",
                _("Aucune commune n’a le code « {insee} ». Rien n’a changé.").format(insee=insee),
                _("Choisissez la commune par son nom."),
            )
        changes.append(Put(record_id, "commune", {"insee": commune.insee, "name": commune.name}))
        if _is_belied(directory, record_id, commune):
            changes.append(Put(record_id, "position", None))
    label = _n("Localiser une fiche", "Localiser {n} fiches", len(chosen)).format(n=number(len(chosen)))
    return directory.do(label, changes)


def _is_belied(directory: Directory, record_id: RecordId, commune: Commune) -> bool:
    entry = directory.reads.entry(record_id)
    position = entry.values.get("position") if entry else None
    if not position:
        return False
    return trust_in(directory.gazetteer, position["lat"], position["lon"], commune) is not Trust.LIKELY


def point_offered(directory: Directory, text: str) -> Place | None:
    """Coordinates typed in the place of a name, with the commune they are near; None for other words.

    Raises UserError where nothing can be: (0, 0), the sea, abroad.
    """
    written = written_point(text)
    if written is None:
        return None
    point = repair_position(*written)
    nearest = None
    if point.lat is not None and point.lon is not None:
        trusted = trust_in(directory.gazetteer, point.lat, point.lon, None) is Trust.LIKELY
        nearest = directory.gazetteer.nearest(point.lat, point.lon) if trusted else None
    if nearest is None or point.lat is None or point.lon is None:
        raise UserError(
            "position_nowhere",
            _("Aucune commune n’est près de « {text} ». Rien n’a changé.").format(text=text.strip()),
            _("Écrivez la latitude puis la longitude, par exemple 44,32 ; 3,59."),
        )
    return point_place(point.lat, point.lon, nearest)


def point_place(lat: float, lon: float, near: Commune) -> Place:
    """A point as one chooses it, named after the commune it is in or near."""
    words = _("{lat} ; {lon}, près de {commune}").format(
        lat=f"{lat:.5f}".replace(".", ","), lon=f"{lon:.5f}".replace(".", ","), commune=typeset(near.name)
    )
    return Place("", words, near.department, near.department_name, "", lat, lon)
