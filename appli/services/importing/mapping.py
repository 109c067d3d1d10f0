"""What the columns of a list become: a plain, remembered value that a person may change.

A target is written as on the command line: a field (`title`), a part of one (`address.postcode`, `position.lat`,
`opening_hours.mo`), a list (`phone`, `skills`), or one of the words below. Several columns may feed one target: the
first that says something wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue, value_parts
from appli.domain.fields import Collection, Kind
from appli.domain.opening_hours_french import day_of_title
from appli.domain.text import fold
from appli.errors import UserError
from appli.formats.profile import ColumnProfile
from appli.i18n import _

FOREIGN_ID = "id"
"""The id under which the source knows the row."""
CONSENT = "consent"
"""What the person agreed to, in words."""
MEMBER_OF = "member_of"
"""The organization a person belongs to, by its name: a sheet and a link."""
EXTRA = "extra"
"""Kept as it is, given back at the next export."""

PARTS = {"name": value_parts.NAME, "address": value_parts.ADDRESS, "commune": value_parts.COMMUNE}


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """The choices made for one list."""

    kind: str
    source: str
    columns: tuple[tuple[str, str | None], ...]
    """(column, target or None to leave it), in the order that decides between columns of one target."""
    key: tuple[str, ...] = ()
    """Columns that recognise a row from one time to the next, when no column is its id."""

    def as_json(self) -> dict[str, Any]:
        """The form it is remembered and exchanged in."""
        return {"kind": self.kind, "source": self.source, "key": list(self.key), "columns": dict(self.columns)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any], source: str) -> ImportMapping:
        """Raises UserError when the document is not a mapping."""
        try:
            columns = tuple((str(c), None if t is None else str(t)) for c, t in document["columns"].items())
            key = tuple(str(k) for k in document.get("key", ()))
            found = cls(str(document["kind"]), str(document.get("source") or source), columns, key)
        except (KeyError, AttributeError, TypeError) as problem:
            raise UserError(
                "bad_mapping",
                _("Ce fichier de correspondance ne se lit pas. Rien n’a changé."),
                _("Il lui faut « kind » et « columns »."),
            ) from problem
        for target in (t for _c, t in found.columns if t):
            check_target(catalogue.kind(found.kind), target)
        return found

    @property
    def foreign_id(self) -> str | None:
        """The column that holds the source's own id."""
        return next((c for c, t in self.columns if t == FOREIGN_ID), None)


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a column may become, for the menu."""

    code: str
    label: str


def targets(kind: Kind) -> list[Target]:
    """All that a column of a list of this kind may become."""
    found: list[Target] = []
    for f in kind.fields.values():
        if f.declared.section == "none" and f.name != "demo":
            continue
        if f.type.code in PARTS:
            found += [Target(f"{f.name}.{p.code}", f"{f.label} : {_(p.label)}") for p in PARTS[f.type.code]]
        elif f.type.code == "position":
            found.append(Target("position.lat", _("Position : latitude")))
            found.append(Target("position.lon", _("Position : longitude")))
        if f.type.code not in ("address", "position", "remit", "territory", "reference", "period"):
            found.append(Target(f.name, f.label))
    found += [Target(name, _(c.label)) for name, c in _simple_lists(kind)]
    if "opening_hours" in kind.fields:
        days = zip(("mo", "tu", "we", "th", "fr", "sa", "su"), _DAYS, strict=True)
        found += [Target(f"opening_hours.{code}", _("Horaires : {day}").format(day=day)) for code, day in days]
    if kind.code == "person":
        found += [Target(MEMBER_OF, _("Structure dont la personne est membre")), Target(CONSENT, _("Accord, en mots"))]
    return [*found, Target(FOREIGN_ID, _("Identifiant dans la liste")), Target(EXTRA, _("Garder tel quel"))]


_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def check_target(kind: Kind, target: str) -> None:
    """Refuse a target this kind does not have."""
    if target not in {t.code for t in targets(kind)} and target not in kind.fields:
        raise UserError(
            "unknown_target",
            _("« {target} » n’est pas un champ d’une fiche « {kind} ». Rien n’a changé.").format(
                target=target, kind=kind.label
            ),
            _("Voyez « maillage genres » pour les champs possibles."),
        )


@dataclass(slots=True)
class _Proposal:
    kind: Kind
    taken: set[str] = field(default_factory=set)

    def target(self, profile: ColumnProfile) -> str | None:
        """What this column most likely becomes; None when nothing fits."""
        title = fold(profile.column.header or profile.name)
        found = self._by_looks_that_decide(profile) or self._by_title(title) or self._by_looks(profile)
        if found in self.taken and found not in _SHARED and found != "commune.name":
            return EXTRA
        if found:
            self.taken.add(found)
        return found

    def _by_looks_that_decide(self, profile: ColumnProfile) -> str | None:
        if day := day_of_title(profile.column.header or profile.name):
            return f"opening_hours.{day}" if "opening_hours" in self.kind.fields else None
        if profile.looks_like == "consent" and self.kind.code == "person":
            return CONSENT
        return _LOOKS_FIRST.get(profile.looks_like or "")

    def _by_title(self, title: str) -> str | None:
        return _titles(self.kind).get(title)

    def _by_looks(self, profile: ColumnProfile) -> str | None:
        found = _LOOKS.get(profile.looks_like or "")
        if found == "name":
            return self.kind.title_field.name if self.kind.title_field.name not in self.taken else None
        if found == FOREIGN_ID and profile.distinct < profile.filled_share:
            return None
        return found


_LOOKS_FIRST = {"lat": "position.lat", "lon": "position.lon", "postcode": "address.postcode", "insee": "commune.insee"}
_LOOKS = {"email": "email", "phone": "phone", "web": "web", "name": "name", "id": FOREIGN_ID}
_SHARED = frozenset({"phone", "email", "web", "social", "skills"})
"""Targets that several columns may add to."""


def _titles(kind: Kind) -> dict[str, str]:
    """Folded column titles and what they become."""
    found: dict[str, str] = {}

    def learn(words: Iterable[str], target: str) -> None:
        for word in words:
            found.setdefault(fold(word), target)

    learn(("id", "identifiant", "id_fs", "id_fiche", "sourcekey", "ref"), FOREIGN_ID)
    if kind.code == "person":
        learn(("structure", "entreprise", "entreprise/asso", "association", "organisme", "société"), MEMBER_OF)
        learn(("accord", "ok annuaire ?", "accord diffusion", "consentement", "rgpd"), CONSENT)
    for name, parts in PARTS.items():
        if name in kind.fields:
            for part in parts:
                learn(part.synonyms, f"{name}.{part.code}")
    for f in kind.fields.values():
        if f.declared.section != "none" and f.type.code not in ("address", "commune", "position"):
            learn((f.name, f.label, *f.declared.synonyms), f.name)
    for name, collection in _simple_lists(kind):
        learn((name, _(collection.label), *collection.synonyms), name)
    return found


def _simple_lists(kind: Kind) -> list[tuple[str, Collection]]:
    """The lists that a cell can fill: terms and contacts; rates, stops… have several parts."""
    return [(n, c) for n, c in kind.collections.items() if c.scheme or c.child == "contact_point"]


def propose(profiles: Iterable[ColumnProfile], kind_code: str, source: str) -> ImportMapping:
    """The mapping to show first: what titles and contents say, the rest kept apart."""
    proposal = _Proposal(catalogue.kind(kind_code))
    columns = [(p.name, proposal.target(p) if p.filled_share else None) for p in profiles]
    columns = _in_order(columns)
    found = ImportMapping(kind_code, source, tuple(columns))
    if found.foreign_id is None:
        found = ImportMapping(kind_code, source, tuple(columns), _key(columns, kind_code))
    return found


def _in_order(columns: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    # a column that gives today's official name comes before the one that was first typed
    official = [c for c in columns if c[1] == "commune.name" and "init" not in fold(c[0])]
    first = [c for c in columns if c[1] == "commune.name" and "init" in fold(c[0])]
    if not (official and first):
        return columns
    rest = [c for c in columns if c[1] != "commune.name"]
    return [*rest, *official, *first]


def _key(columns: Iterable[tuple[str, str | None]], kind_code: str) -> tuple[str, ...]:
    """What will recognise a row: its e-mail and, without one, its name and postcode."""
    title = catalogue.kind(kind_code).title_field.name
    wanted = ("email", title, "name.family", "name.given", "address.postcode", "commune.name")
    found = [next((c for c, t in columns if t == w), None) for w in wanted]
    return tuple(c for c in found if c)


def guess_kind(profiles: Iterable[ColumnProfile]) -> str:
    """What each row most likely is: a person when the list speaks of people, a place when it has hours or a point."""
    looks = {p.looks_like for p in profiles}
    titles = {fold(p.name) for p in profiles}
    if "consent" in looks or titles & {"prenom", "competences", "savoir faire"}:
        return "person"
    if titles & {"date debut", "date de debut", "bf date debut evenement"}:
        return "event"
    return "place" if looks & {"lat", "lon", "hours"} else "organization" if "siret" in titles else "person"
