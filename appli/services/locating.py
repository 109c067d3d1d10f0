"""Where sheets and communes are, and finding a place for the sheets that have none.

Nothing is placed by itself: a commune that is certain, one that the sheet's name or links suggest, are proposals
that a person accepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from appli.domain import catalogue, shapes
from appli.domain.changes import Changes, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.domain.typography import typeset
from appli.errors import Cancelled, UserError
from appli.geo.commune import Commune, Match, Precision
from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import repair_position, written_point
from appli.geo.trust import Trust, trust_in
from appli.i18n import _, _n, number
from appli.services import indexing
from appli.services.directory import Directory
from appli.services.linking import links_of
from appli.services.spaces import home_departments, space_of
from appli.store.index import Index, Query

NOWHERE = frozenset(("page",))
"""Kinds that are at no place by nature."""
AT_ONCE = 200
"""So many sheets are looked at in one go; the others come when these are settled."""
PROPOSALS = 4
NEAR = 0.06
"""Degrees on each side of a commune's point: about its size."""
_SHORTEST_NAME = 3
_LONGEST_NAME = 6
_ASIDE = re.compile(r"\([^()]*\)")
_GLUED = re.compile(r"^[dlDL]['’]")

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
    around: Box | None = None
    """Where to look for a place on the map: around the commune proposed, else all of the territory."""


@dataclass(frozen=True, slots=True)
class Territory:
    """What the directory is about: its department if it is in one alone, the codes to outline, the rectangle around."""

    department: str = ""
    epcis: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commune for a sheet, and what speaks for it."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A sheet without a place, what it says of one, and what is proposed."""

    id: RecordId
    title: str
    shape: str
    initials: str
    written: str
    proposals: tuple[Proposal, ...]
    said: str
    """The commune and postcode written, to be compared with those of others."""
    certain: bool
    """Whether the first proposal follows from what is written, and could be no other."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first sheets without a place, and how many there are in all."""

    sheets: tuple[Unlocated, ...]
    total: int


# --- where things are ---------------------------------------------------------------------------


def spot_of(directory: Directory, record_id: RecordId) -> Spot | None:
    """Where a sheet is; None when it is no longer there."""
    entry = directory.reads.entry(record_id)
    if entry is None or not entry.kind.is_main:
        return None
    lat, lon, precision = indexing.position_of(directory, entry.values)
    around = None if lat is not None else _around(directory, entry)
    return Spot(entry.id, entry.title, shapes.shape_of(entry.kind, entry.values), lat, lon, precision or "", around)


def _around(directory: Directory, entry: Entry) -> Box | None:
    proposals = _waiting(directory, entry, home_departments(directory)).proposals
    if not proposals:
        return territory_of(directory).box
    place = proposals[0].place
    return (place.lat - NEAR, place.lon - NEAR, place.lat + NEAR, place.lon + NEAR)


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


# --- sheets without a place ---------------------------------------------------------------------


def unlocated_ids(index: Index, cancelled: Callable[[], bool] | None = None) -> list[RecordId]:
    """The sheets that should be somewhere and have neither position nor known commune, by title."""
    return index.without_position(Query(filters=(("kind", _somewhere()),), order="title"), cancelled)


def _somewhere() -> frozenset[str]:
    """The kinds that are at a place, as the filters name them."""
    kinds = [k for k in catalogue.main_kinds() if k.code not in NOWHERE]
    return frozenset(code for k in kinds for code in (k.code, *(s.code for s in k.info.shapes if s.letter)))


def unlocated(directory: Directory, cancelled: Callable[[], bool]) -> Waiting:
    """The sheets without a place, with a proposal where there is one."""
    ids = unlocated_ids(directory.index, cancelled)
    home = home_departments(directory)
    sheets = []
    for entry in directory.reads.entries(ids[:AT_ONCE]):
        if cancelled():
            raise Cancelled
        sheets.append(_waiting(directory, entry, home))
    return Waiting(tuple(sheets), len(ids))


def _waiting(directory: Directory, entry: Entry, home: frozenset[str]) -> Unlocated:
    name = str((entry.values.get("commune") or {}).get("name") or "")
    address = entry.values.get("address") or {}
    postcode = str(address.get("postcode") or "")
    said = _said(directory.gazetteer, name, postcode, home)
    proposals = said[0] or tuple(_suggested(directory, entry, home))
    parts = (address.get("street"), address.get("lieu_dit"), postcode, name)
    return Unlocated(
        entry.id,
        entry.title,
        shapes.shape_of(entry.kind, entry.values),
        indexing.initials(entry.values.get("name")) if entry.kind.code == "person" else "",
        ", ".join(str(p) for p in parts if p),
        proposals[:PROPOSALS],
        fold(f"{postcode} {name}"),
        said[1],
    )


def _said(gazetteer: Gazetteer, name: str, postcode: str, home: frozenset[str]) -> tuple[tuple[Proposal, ...], bool]:
    """What the written name and postcode mean, and whether they leave no doubt; of namesakes, the one at home."""
    if not name and not postcode:
        return (), False
    found = gazetteer.resolve(name, postcode)
    written = _("d’après ce qui est écrit")
    bearers = {m.commune.insee for m in gazetteer.bearers(name)} if name else set()
    elsewhere = {m.commune.insee for m in gazetteer.find(name) if m.precision is Precision.ELSEWHERE}

    def proposal(commune: Commune) -> Proposal:
        if commune.insee in bearers:
            return Proposal(place_of(commune), written)
        if found.postcode in commune.postcodes:
            return Proposal(place_of(commune), _("d’après le code postal"))
        return Proposal(place_of(commune), _("ailleurs") if commune.insee in elsewhere else _("nom voisin"))

    if found.commune is not None:
        return (Proposal(place_of(found.commune), written),), True
    # all that bear the name at home: the candidates are only the largest of the country
    at_home = [c for code in sorted(home) for c in gazetteer.exact(name, department=code)] if name else []
    others = [c for c in found.candidates if c not in at_home]
    certain = not postcode and len({c.today for c in at_home}) == 1
    return tuple(map(proposal, (*at_home, *others))), certain


def _suggested(directory: Directory, entry: Entry, home: frozenset[str]) -> Iterator[Proposal]:
    """Communes of linked sheets, then communes that the sheet's own name ends in; where something says which part of
    the country it is about, only those of that part.
    """
    seen: set[str] = set()
    around = set(home)
    for link in links_of(directory, entry.id):
        other = directory.reads.entry(link.other)
        insee = str(((other.values.get("commune") if other else None) or {}).get("insee") or "")
        commune = directory.gazetteer.by_insee(insee) if insee else None
        if commune is not None and commune.insee not in seen:
            seen.add(commune.insee)
            around.add(commune.department)
            title = other.title if other else ""
            yield Proposal(place_of(commune), _("comme {title}").format(title=title))
    if entry.kind.code == "person":
        return
    for commune in _named_in(directory.gazetteer, entry.title):
        if commune.insee not in seen and (not around or commune.department in around):
            seen.add(commune.insee)
            yield Proposal(place_of(commune), _("d’après son nom"))


def _named_in(gazetteer: Gazetteer, title: str) -> list[Commune]:
    """« Antenne de Moyenmoutier » names Moyenmoutier: the longest end of the title that is a commune's name."""
    words = _ASIDE.sub(" ", title).split()[-_LONGEST_NAME:]
    for start in range(len(words)):
        tail = _GLUED.sub("", " ".join(words[start:]))
        if len(tail) < _SHORTEST_NAME or not tail[0].isupper():
            continue
        found = [m.commune for m in gazetteer.bearers(tail)]
        if found:
            return found
    return []


# --- placing them -------------------------------------------------------------------------------


def locate(directory: Directory, chosen: Mapping[RecordId, str]) -> Changes:
    """Give sheets their communes, by INSEE code, in one work."""
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
    label = _n("Localiser une fiche", "Localiser {n} fiches", len(changes)).format(n=number(len(changes)))
    return directory.do(label, changes)


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
    words = _("{lat} ; {lon}, près de {commune}").format(
        lat=f"{point.lat:.5f}".replace(".", ","),
        lon=f"{point.lon:.5f}".replace(".", ","),
        commune=typeset(nearest.name),
    )
    return Place("", words, nearest.department, nearest.department_name, "", point.lat, point.lon)


def put_at(directory: Directory, record_id: RecordId, lat: float, lon: float) -> Changes:
    """Put a sheet where somebody pointed on the map."""
    position = {"lat": round(lat, 6), "lon": round(lon, 6), "precision": "exact", "source": "hand"}
    return directory.do(_("Placer une fiche sur la carte"), [Put(record_id, "position", position)])
