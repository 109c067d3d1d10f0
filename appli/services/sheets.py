"""A sheet ready to be shown: its fields in words, its lists, links, answers, neighbours; nothing empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from appli.domain import shapes
from appli.domain.answers import is_hidden
from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.entry import Entry, Sibling
from appli.domain.ids import RecordId, short_code
from appli.domain.typography import typeset
from appli.errors import UserError
from appli.i18n import _
from appli.services import indexing, notes, photos
from appli.services.consenting import Answer, answers_of
from appli.services.directory import Directory
from appli.services.linking import LinkedSheet, links_of
from appli.services.lists import rows_of, word_of
from appli.services.wording import Names, value_text
from appli.store.index import Query, Row

NEAR_KM = 15.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several concurrent values, with all that is known of its author."""

    text: str
    value: Any
    replica: str
    operator: str
    at: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another sheet of the same group says instead, and its code."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class United:
    """One of the sheets that are shown as one."""

    id: RecordId
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a sheet. `record` is the record that holds it: the sheet, or one of its parts."""

    record: RecordId
    name: str
    label: str
    text: str
    audience: Audience
    kind: str
    """The type of the value, or of the contact: tells how it may be followed (web, email, phone)."""
    section: str
    choices: tuple[Choice, ...] = ()
    others: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """One skill, function… that can be followed to all who share it."""

    term: RecordId
    label: str
    detail: str
    facet: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the screen shows of one record."""

    id: RecordId
    kind: str
    kind_label: str
    shape: str
    code: str
    title: str
    initials: str
    subtitle: str
    audience: Audience
    trashed: bool
    demo: bool
    lines: tuple[Line, ...]
    chips: tuple[tuple[str, tuple[Chip, ...]], ...]
    """Lists of terms: (label of the list, its chips)."""
    links: tuple[LinkedSheet, ...]
    consents: tuple[Answer, ...]
    near: tuple[Row, ...]
    position: tuple[float, float, str] | None
    """Latitude, longitude, precision."""
    confirmed: dict[str, Any] | None
    written: Stamp | None
    written_by: str
    undecided: tuple[Line, ...] = field(default=())
    """The lines that have several values."""
    photos: tuple[photos.Shown, ...] = ()
    notes: tuple[notes.Shown, ...] = ()
    united: tuple[United, ...] = ()
    """The sheets judged to be one that are shown here together, this one first; empty for a sheet alone."""

    @property
    def hidden(self) -> bool:
        """Whether the person does not want to be shown, although the sheet is shared."""
        return is_hidden(self.audience, {a.purpose: a.given and not a.withdrawn_on for a in self.consents})


def sheet(directory: Directory, record_id: RecordId) -> Sheet:
    """The sheet of a record. Raises UserError when it is not (or no longer) in the directory."""
    entry = directory.reads.entry(record_id)
    if entry is None:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire."),
            _("Actualisez la liste : elle a peut-être été reprise ou effacée."),
        )
    lines = (*_contact_lines(directory, entry), *_field_lines(directory, entry), *_part_lines(directory, entry))
    lat, lon, precision = indexing.position_of(directory, entry.values)
    chips = tuple((label, some) for label, some in _chips(directory, entry) if some)
    return Sheet(
        id=entry.id,
        kind=entry.kind.code,
        kind_label=shapes.label_of(entry.kind, entry.values),
        shape=shapes.shape_of(entry.kind, entry.values),
        code=short_code(entry.id, shapes.letter_of(entry.kind, entry.values)),
        title=entry.title,
        initials=indexing.initials(entry.values.get("name")) if entry.kind.code == "person" else "",
        subtitle=_subtitle(entry, [c.label for _l, some in chips for c in some]),
        audience=entry.audience,
        trashed=entry.trashed,
        demo=bool(entry.values.get("demo")),
        lines=lines,
        chips=chips,
        links=tuple(links_of(directory, entry.id)),
        consents=tuple(answers_of(directory, entry.id)) if entry.kind.code == "person" else (),
        near=_near(directory, entry.id, lat, lon),
        position=(lat, lon, precision or "") if lat is not None and lon is not None else None,
        confirmed=entry.values.get("confirmation"),
        written=entry.stamp,
        written_by=replica_label(directory, entry.stamp.replica) if entry.stamp else "",
        undecided=tuple(line for line in lines if len(line.choices) > 1),
        photos=tuple(photos.shown_of(directory, entry)),
        notes=tuple(notes.notes_of(directory, entry)),
    )


def _subtitle(entry: Entry, terms: list[str]) -> str:
    from appli.services.second_line import second_line

    what = second_line(entry, terms)
    commune = typeset(str((entry.values.get("commune") or {}).get("name") or ""))
    if what and commune:
        return _("{what} à {commune}").format(what=what, commune=commune) if entry.values.get("occupation") else what
    return what or str(commune or "")


def _field_lines(directory: Directory, entry: Entry) -> Iterator[Line]:
    shown_apart = {entry.kind.title_field.name, "confirmation"}
    for field_ in entry.kind.fields.values():
        value = entry.values.get(field_.name)
        several = field_.name in entry.siblings
        hidden = field_.name in shown_apart and not several
        if hidden or (field_.declared.section == "none" and field_.name not in shown_apart):
            continue
        if value is None and not several:
            continue
        text = value_text(directory, field_, value)
        if not text and not several:
            continue
        yield Line(
            entry.id,
            field_.name,
            field_.label,
            text,
            entry.field_audience(field_.name),
            field_.type.code,
            field_.declared.section,
            _choices(directory, entry, field_.name),
        )


def _contact_lines(directory: Directory, entry: Entry) -> Iterator[Line]:
    for collection in entry.kind.collections.values():
        if collection.child != "contact_point":
            continue
        for row in rows_of(directory, entry.id, collection):
            label = str(row.values.get("label") or "") or _(collection.label)
            yield Line(
                row.id,
                "value",
                label,
                str(row.values.get("value", "")),
                min(row.audience, entry.audience),
                collection.name,
                "contact",
                _choices(directory, row, "value"),
            )


def _part_lines(directory: Directory, entry: Entry) -> Iterator[Line]:
    """Rates, stops, supports, capabilities…: each row as one line of its own words."""
    for collection in entry.kind.collections.values():
        if collection.child in KEPT_APART or collection.scheme:
            continue
        for row in rows_of(directory, entry.id, collection):
            text = part_text(directory, row)
            if text:
                audience = min(row.audience, entry.audience)
                label = _(collection.label)
                yield Line(row.id, collection.key, label, text, audience, "part", collection.section)


KEPT_APART = frozenset({"contact_point", "note", "photo", "attachment"})
"""Parts that have a place of their own on the sheet."""


def part_text(directory: Names, row: Entry) -> str:
    """A part with several fields, in words."""
    shown = (f for f in row.kind.fields.values() if f.declared.section != "none" and f.name in row.values)
    words = (value_text(directory, f, row.values[f.name]) for f in shown)
    return " · ".join(w for w in words if w)


def _choices(directory: Directory, entry: Entry, name: str) -> tuple[Choice, ...]:
    field_ = entry.kind.fields[name]
    return tuple(_choice(directory, field_, s) for s in entry.siblings.get(name, ()))


def _choice(directory: Directory, field_: Any, sibling: Sibling) -> Choice:
    stamp = sibling.stamp
    text = value_text(directory, field_, sibling.value) or _("(rien)")
    return Choice(text, sibling.value, replica_label(directory, stamp.replica), stamp.operator or "", stamp.at)


def replica_label(directory: Directory, uid: bytes) -> str:
    """How the network calls a PC; never more than is known."""
    entry = directory.reads.entry(uid)
    label = str(entry.values.get("label") or "") if entry else ""
    if label:
        return label
    return _("ce poste") if uid == directory.store.replica else _("un autre poste")


def _chips(directory: Directory, entry: Entry) -> Iterator[tuple[str, tuple[Chip, ...]]]:
    for collection in entry.kind.collections.values():
        if not collection.scheme:
            continue
        facet = "skill" if collection.name in ("skills", "wanted_skills") else collection.name
        chips = []
        for row in rows_of(directory, entry.id, collection):
            label = word_of(directory, collection, row)
            if label:
                term = bytes.fromhex(str(row.values[collection.key]))
                chips.append(Chip(term, label, _detail(row), facet))
        yield _(collection.label), tuple(chips)


def _detail(row: Entry) -> str:
    """What qualifies a skill: its level, and « enseigne » or « veut apprendre » when it is more than practised."""
    found: list[str] = []
    for name in ("level", "intents"):
        field_ = row.kind.fields.get(name)
        value = row.values.get(name)
        if field_ is None or field_.codes is None or value is None:
            continue
        codes = [c for c in (value if isinstance(value, list) else [value]) if c != "practises"]
        found += [field_.codes.label(c).lower() for c in codes]
    return ", ".join(found)


def _near(directory: Directory, record_id: RecordId, lat: float | None, lon: float | None) -> tuple[Row, ...]:
    if lat is None or lon is None:
        return ()
    query = Query(near=(lat, lon, NEAR_KM), order="distance")
    return tuple(r for r in directory.index.first_page(query, 8) if r.id != record_id)[:4]
