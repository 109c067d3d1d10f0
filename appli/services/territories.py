"""The pieces a territory is made of, found by what people type: departments, groupings of communes, communes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from appli.domain.text import fold
from appli.domain.typography import typeset
from appli.i18n import _

if TYPE_CHECKING:
    from appli.geo.commune import Commune, Department, Epci
    from appli.geo.gazetteer import Gazetteer

SHORTEST = 2
MOST_DEPARTMENTS, MOST_COMMUNES, MOST_GROUPINGS = 3, 4, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a territory, with its name and what tells it from others of that name."""

    level: str
    code: str
    name: str
    detail: str

    @property
    def part(self) -> dict[str, str]:
        """What the space keeps of it."""
        return {"level": self.level, "code": self.code}


def pieces_named(gazetteer: Gazetteer, text: str) -> list[Piece]:
    """What is offered while somebody types: « lozère », « 48 », « cévennes », « florac » with its grouping."""
    words = fold(text).split()
    if len("".join(words)) < SHORTEST:
        return []
    departments = islice(_departments(gazetteer, words), MOST_DEPARTMENTS)
    matches = [m.commune for m in gazetteer.complete(text) if not m.commune.is_former][:MOST_COMMUNES]
    groupings = islice(_groupings(gazetteer, words, matches), MOST_GROUPINGS)
    return [*map(_department, departments), *map(_commune, matches), *map(_grouping, groupings)]


def piece_of(gazetteer: Gazetteer, part: Mapping[str, str]) -> Piece:
    """The piece that the space keeps; a code that is no longer known stays as it is."""
    level, code = part["level"], part["code"]
    if level == "commune":
        commune = gazetteer.by_insee(code)
        return _commune(commune) if commune else Piece(level, code, code, "")
    if level == "department":
        found = next((_department(d) for d in gazetteer.departments() if d.code == code), None)
    else:
        found = next((_grouping(e) for e in gazetteer.epcis() if e.code == code), None)
    return found or Piece(level, code, code, "")


def _departments(gazetteer: Gazetteer, words: list[str]) -> Iterator[Department]:
    for department in gazetteer.departments():
        if [department.code.lower()] == words or _begin(words, fold(department.name)):
            yield department


def _groupings(gazetteer: Gazetteer, words: list[str], communes: list[Commune]) -> Iterator[Epci]:
    """Those that bear these words, then that of the commune meant."""
    named = [e for e in gazetteer.epcis() if _begin(words, fold(e.name))]
    own = {c.epci for c in communes[:1]}
    yield from named
    yield from (e for e in gazetteer.epcis() if e.code in own and e not in named)


def _begin(words: list[str], name: str) -> bool:
    """Whether each word typed begins a word of the name."""
    parts = name.split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _department(department: Department) -> Piece:
    return Piece("department", department.code, typeset(department.name), _("département"))


def _grouping(epci: Epci) -> Piece:
    return Piece("epci", epci.code, typeset(epci.name), _("intercommunalité"))


def _commune(commune: Commune) -> Piece:
    detail = _("commune, {department}").format(department=commune.department_name)
    return Piece("commune", commune.insee, typeset(commune.name), typeset(detail))
