"""The mapping to show first: what titles and contents say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from appli.domain import catalogue
from appli.domain.fields import Kind
from appli.domain.kinds.consent import HEADINGS
from appli.domain.opening_hours_french import day_of_title
from appli.domain.text import fold
from appli.formats.profile import ColumnProfile
from appli.i18n import _
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.targets import (
    CONSENT,
    EXTRA,
    FOREIGN_ID,
    MEMBER_OF,
    PARTS,
    RECORD,
    RECORD_TITLE,
    SEVERAL,
    simple_lists,
)


@dataclass(slots=True)
class _Proposal:
    kind: Kind
    taken: set[str] = field(default_factory=set)

    def target(self, profile: ColumnProfile) -> str | None:
        """What this column most likely becomes; None when nothing fits."""
        title = fold(profile.column.header or profile.name)
        by_title = _titles(self.kind).get(title)
        if by_title == RECORD:
            return RECORD
        if by_title == FOREIGN_ID and profile.looks_like != "id":
            by_title = None  # an id that several rows share recognises nothing
        found = self._by_looks_that_decide(profile) or by_title or self._by_looks(profile)
        if found in self.taken and found not in SEVERAL and found != "commune.name":
            return EXTRA if found == by_title else None
        if found:
            self.taken.add(found)
        return found

    def _by_looks_that_decide(self, profile: ColumnProfile) -> str | None:
        if day := day_of_title(profile.column.header or profile.name):
            return f"opening_hours.{day}" if "opening_hours" in self.kind.fields else None
        if profile.looks_like == "consent" and self.kind.code == "person":
            return CONSENT
        return _LOOKS_FIRST.get(profile.looks_like or "")

    def _by_looks(self, profile: ColumnProfile) -> str | None:
        found = _LOOKS.get(profile.looks_like or "")
        if found == "name":
            return self.kind.title_field.name if self.kind.title_field.name not in self.taken else None
        return found


_LOOKS_FIRST = {"lat": "position.lat", "lon": "position.lon", "postcode": "address.postcode", "insee": "commune.insee"}
_LOOKS = {"email": "email", "phone": "phone", "web": "web", "name": "name", "id": FOREIGN_ID}


@cache
def _titles(kind: Kind) -> dict[str, str]:
    """Folded column titles and what they become."""
    found: dict[str, str] = {}

    def learn(words: Iterable[str], target: str) -> None:
        for word in words:
            found.setdefault(fold(word), target)

    learn(("id", "identifiant", "id_fs", "id_fiche", "sourcekey", "ref"), FOREIGN_ID)
    learn((_(RECORD_TITLE),), RECORD)
    if kind.code == "person":
        learn(("structure", "entreprise", "entreprise/asso", "association", "organisme", "société"), MEMBER_OF)
        learn(HEADINGS, CONSENT)
    for name, parts in PARTS.items():
        if name in kind.fields:
            for part in parts:
                learn((*part.synonyms, _(part.label)), f"{name}.{part.code}")
    for f in kind.fields.values():
        if f.declared.section != "none" and f.type.code not in ("address", "commune", "position"):
            learn((f.name, f.label, *f.declared.synonyms), f.name)
    for name, collection in simple_lists(kind):
        learn((name, _(collection.label), *collection.synonyms), name)
    return found


def is_told_by_title(profile: ColumnProfile, kind: Kind) -> bool:
    """Whether the title alone says what the column holds, so that nobody need look."""
    title = profile.column.header or profile.name
    return fold(title) in _titles(kind) or day_of_title(title) is not None


def propose(profiles: Iterable[ColumnProfile], kind_code: str, source: str) -> ImportMapping:
    """What titles and contents say, the rest left."""
    proposal = _Proposal(catalogue.kind(kind_code))
    proposed = [(p.name, proposal.target(p) if p.filled_share else None) for p in profiles]
    columns = tuple(_in_order(_with_family(proposed)))
    found = ImportMapping(kind_code, source, columns)
    return found if found.foreign_id else ImportMapping(kind_code, source, columns, _key(columns, kind_code))


def _with_family(columns: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    # beside a « Prénom », a « Nom » is the family's
    targets = {t for _c, t in columns}
    if "name.given" not in targets or "name.family" in targets:
        return columns
    return [(c, "name.family" if t == "name" else t) for c, t in columns]


def _in_order(columns: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    # a column that gives today's official name comes before the one that was first typed
    official = [c for c in columns if c[1] == "commune.name" and "init" not in fold(c[0])]
    first = [c for c in columns if c[1] == "commune.name" and "init" in fold(c[0])]
    if not (official and first):
        return columns
    rest = [c for c in columns if c[1] != "commune.name"]
    return [*rest, *official, *first]


def _key(columns: Iterable[tuple[str, str | None]], kind_code: str) -> tuple[str, ...]:
    """What will recognise a row: its e-mail and, without one, its name and place."""
    title = catalogue.kind(kind_code).title_field.name
    wanted = ("email", title, "name.family", "name.given", "address.postcode", "commune.name")
    found = [next((c for c, t in columns if t == w), None) for w in wanted]
    return tuple(c for c in found if c)


def guess_kind(profiles: Iterable[ColumnProfile]) -> str:
    """What each row most likely is: a person when the list speaks of people, a place when it has hours or a point."""
    profiles = list(profiles)
    looks = {p.looks_like for p in profiles}
    titles = {fold(p.name) for p in profiles}
    if "consent" in looks or titles & {"prenom", "competences", "savoir faire"}:
        return "person"
    if titles & {"date debut", "date de debut", "bf date debut evenement"}:
        return "event"
    return "place" if looks & {"lat", "lon", "hours"} else "organization" if "siret" in titles else "person"
