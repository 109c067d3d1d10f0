"""The sheets that nobody finds on the map: without a place, or with a position that is not to be believed.

Nothing is placed by itself: a commune that is certain, one that the sheet's name or links suggest, the point that a
slip of the hand hides, are proposals that a person accepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from appli.domain import catalogue, shapes
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.errors import Cancelled
from appli.geo.commune import Commune, Precision
from appli.geo.doubt import Doubt, doubt_of
from appli.geo.gazetteer import Gazetteer
from appli.geo.trust import Trust
from appli.i18n import _
from appli.services import indexing
from appli.services.directory import Directory
from appli.services.linking import links_of
from appli.services.locating import Place, place_of, point_place
from appli.services.spaces import home_departments
from appli.store.index import Index, Query

NOWHERE = frozenset(("page",))
"""Kinds that are at no place by nature."""
AT_ONCE = 200
"""So many sheets are looked at in one go; the others come when these are settled."""
PROPOSALS = 4
_SHORTEST_NAME = 3
_LONGEST_NAME = 6
_ASIDE = re.compile(r"\([^()]*\)")
_GLUED = re.compile(r"^[dlDL]['’]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commune for a sheet, or a point, and what speaks for it."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A sheet without a place, or with one that nobody should believe: what it says of one, and what is proposed."""

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
    doubt: str = ""
    """Why the position that it has is not to be believed, with the position; empty where it has none."""
    may_be_right: bool = False
    """Whether somebody may say that this position is right all the same: no slip of a hand explains it for sure."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first sheets to locate, those without a place before those of a doubtful one, and how many there are."""

    sheets: tuple[Unlocated, ...]
    nowhere: int
    doubtful: int = 0

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.nowhere + self.doubtful


def unlocated_ids(index: Index, cancelled: Callable[[], bool] | None = None) -> list[RecordId]:
    """The sheets that should be somewhere and have neither position nor known commune, by title."""
    return index.without_position(_somewhere(), cancelled)


def doubtful_ids(index: Index, cancelled: Callable[[], bool] | None = None) -> list[RecordId]:
    """The sheets whose position is not to be believed without a look, by title."""
    return index.doubtful(_somewhere(), cancelled)


def count_to_locate(index: Index, cancelled: Callable[[], bool] | None = None) -> int:
    """How many of both there are."""
    return len(unlocated_ids(index, cancelled)) + len(doubtful_ids(index, cancelled))


def _somewhere() -> Query:
    """The kinds that are at a place, as the filters name them."""
    kinds = [k for k in catalogue.main_kinds() if k.code not in NOWHERE]
    codes = frozenset(code for k in kinds for code in (k.code, *(s.code for s in k.info.shapes if s.letter)))
    return Query(filters=(("kind", codes),), order="title")


def unlocated(directory: Directory, cancelled: Callable[[], bool]) -> Waiting:
    """The sheets to locate, with proposals where there are some."""
    nowhere, doubtful = unlocated_ids(directory.index), doubtful_ids(directory.index)
    home = home_departments(directory)
    sheets = []
    for entry in directory.reads.entries([*nowhere, *doubtful][:AT_ONCE]):
        if cancelled():
            raise Cancelled
        sheets.append(_waiting(directory, entry, home))
    return Waiting(tuple(sheets), len(nowhere), len(doubtful))


def proposals_for(directory: Directory, entry: Entry) -> tuple[Proposal, ...]:
    """Where one sheet may be, the most likely first."""
    return _waiting(directory, entry, home_departments(directory)).proposals


def _waiting(directory: Directory, entry: Entry, home: frozenset[str]) -> Unlocated:
    name = str((entry.values.get("commune") or {}).get("name") or "")
    address = entry.values.get("address") or {}
    postcode = str(address.get("postcode") or "")
    parts = (address.get("street"), address.get("lieu_dit"), postcode, name)
    commune, doubt = _doubt(directory, entry)
    if commune is None:
        said, certain = _said(directory.gazetteer, name, postcode, home)
        proposals = said or tuple(_suggested(directory, entry, home))
    else:  # known, and belied by the position
        proposals, certain = (Proposal(place_of(commune), _("au bourg de sa commune")),), False
    if doubt is not None:
        proposals, certain = (*_instead(directory.gazetteer, doubt, commune), *proposals), False
    return Unlocated(
        entry.id,
        entry.title,
        shapes.shape_of(entry.kind, entry.values),
        indexing.initials(entry.values.get("name")) if entry.kind.code == "person" else "",
        ", ".join(str(p) for p in parts if p),
        proposals[:PROPOSALS],
        "" if doubt else fold(f"{postcode} {name}"),
        certain,
        _doubt_words(entry, doubt) if doubt else "",
        doubt is not None and doubt.may_be_right,
    )


def _doubt(directory: Directory, entry: Entry) -> tuple[Commune | None, Doubt | None]:
    """The commune that is known for sure, and what is wrong with the position."""
    insee = str((entry.values.get("commune") or {}).get("insee") or "")
    commune = directory.gazetteer.by_insee(insee) if insee else None
    position = entry.values.get("position")
    if not position or indexing.trust_of(directory.gazetteer, position, commune) is Trust.LIKELY:
        return commune, None
    return commune, doubt_of(directory.gazetteer, position["lat"], position["lon"], commune)


def _doubt_words(entry: Entry, doubt: Doubt) -> str:
    """« 3,59 ; 44,32 : latitude et longitude semblent échangées »."""
    position = entry.values["position"]
    lat, lon = (f"{position[axis]:.5f}".rstrip("0").rstrip(".").replace(".", ",") for axis in ("lat", "lon"))
    return _("{lat} ; {lon} : {why}").format(lat=lat, lon=lon, why=doubt.why)


def _instead(gazetteer: Gazetteer, doubt: Doubt, commune: Commune | None) -> Iterator[Proposal]:
    """The points that a mistake may hide, then the commune that the position lies in."""
    for meant in doubt.meant:
        near = gazetteer.nearest(meant.lat, meant.lon)
        if near is not None:
            yield Proposal(point_place(meant.lat, meant.lon, near), meant.why)
    if commune is not None and doubt.lies_in is not None and doubt.lies_in.insee != commune.insee:
        yield Proposal(place_of(doubt.lies_in), _("d’après la position"))


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
