"""Choosing between the values that several PCs gave a field at the same time: all listed, each choice one work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appli.domain import catalogue, shapes
from appli.domain.audience import LABELS, Audience
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.fields import Field
from appli.domain.ids import RecordId, new_id
from appli.domain.kinds.base import CONTACT_TYPES
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.editing import refuse_restricted
from appli.services.finding import code_of
from appli.services.form_contents import content_of, parts_of, value_of
from appli.services.form_model import Content, Option, Part
from appli.services.grouping import KIND as JUDGED
from appli.services.indexing import initials, is_live
from appli.services.lists import contact_values
from appli.services.parsing import parse_value
from appli.services.sheets import Choice, replica_label
from appli.services.wording import value_text

CHOOSE, KEEP_ALL, WRITE = N_("Choisir une valeur"), N_("Garder plusieurs valeurs"), N_("Écrire une autre valeur")
"""What « Annuler » calls each choice; the journal counts them by these names."""

_SUBJECT = ("owner", "from_id", "one", "record", "about")
"""Fields by which a record says which sheet it is a part of, or speaks of."""
_SIGNED = frozenset(("replica", "role_grant"))
"""Kinds whose values count by who signed them: nobody chooses among those."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field that waits for a person."""

    record: RecordId
    """The record that holds the field: the sheet, or one of its parts."""
    name: str
    label: str
    kind: str
    """The kind of the record that holds the field."""
    type: str
    """The type of the field; of a contact, what sort of contact it is."""
    sheet: RecordId
    title: str
    code: str
    shape: str
    initials: str
    is_person: bool
    commune: str
    choices: tuple[Choice, ...]
    """The oldest first: A, B, C…"""
    can_keep_all: bool

    @property
    def key(self) -> tuple[RecordId, str]:
        """What tells it from the others."""
        return self.record, self.name

    @property
    def at(self) -> int:
        """Since when there are several values."""
        return max(c.at for c in self.choices)


@dataclass(frozen=True, slots=True)
class Blank:
    """What another value is written in: an editor's sort, what it starts with, its options or parts."""

    editor: str
    content: Content
    options: tuple[Option, ...]
    parts: tuple[Part, ...]


# --- what waits ----------------------------------------------------------------------------------


def questions(directory: Directory) -> list[Question]:
    """Every field with several values, the latest first; nothing of what is frozen or lies in the trash."""
    holders = [e for e in directory.reads.entries(directory.reads.several()) if e.undecided]
    subjects = {e.id: _subject_of(e) for e in holders}
    others = (bytes.fromhex(str(e.values["other"])) for e in holders if e.values.get("other") and e.kind.code == JUDGED)
    named = directory.reads.entries(list(dict.fromkeys(i for i in (*subjects.values(), *others) if i)))
    sheets = {e.id: e for e in named} | {e.id: e for e in holders if e.kind.is_main}
    replicas: dict[bytes, str] = {}
    found = [
        _question(directory, holder, name, sheets.get(subjects[holder.id] or holder.id, holder), sheets, replicas)
        for holder in holders
        if _is_asked(holder, sheets.get(subjects[holder.id] or holder.id))
        for name in holder.undecided
        if not (holder.trashed and name != "trashed")
    ]
    return sorted(found, key=lambda q: (-q.at, q.record, q.name))


def _subject_of(holder: Entry) -> RecordId | None:
    name = next((n for n in _SUBJECT if holder.values.get(n) and n in holder.kind.fields), None)
    return None if name is None or holder.kind.is_main else bytes.fromhex(str(holder.values[name]))


def _is_asked(holder: Entry, sheet: Entry | None) -> bool:
    if holder.kind.code in _SIGNED or any(one.values.get("restricted") for one in (holder, sheet) if one is not None):
        return False
    if holder.kind.is_main:
        return not holder.trashed or "trashed" in holder.undecided
    return is_live(holder) and not (sheet is not None and sheet.trashed)


def _question(
    directory: Directory,
    holder: Entry,
    name: str,
    sheet: Entry,
    sheets: Mapping[RecordId, Entry],
    replicas: dict[bytes, str],
) -> Question:
    field = holder.kind.fields[name]
    contact = holder.kind.code == "contact_point" and name == "value"
    type_ = str(holder.values.get("type") or "") if contact else field.type.code
    shown = [_choice(directory, field, s.value, s.stamp, replicas) for s in reversed(holder.siblings[name])]
    return Question(
        record=holder.id,
        name=name,
        label=CONTACT_TYPES.label(type_) if contact else field.label,
        kind=holder.kind.code,
        type=type_,
        sheet=sheet.id,
        title=_title(holder, sheet, sheets),
        code=code_of(sheet) if sheet.kind.is_main else "",
        shape=shapes.shape_of(sheet.kind, sheet.values),
        initials=initials(sheet.values.get("name")) if sheet.kind.code == "person" else "",
        is_person=sheet.kind.code == "person",
        commune=str((sheet.values.get("commune") or {}).get("name") or "") if sheet.kind.is_main else "",
        choices=tuple(shown),
        can_keep_all=contact or field.type.many,
    )


def _title(holder: Entry, sheet: Entry, sheets: Mapping[RecordId, Entry]) -> str:
    if holder.kind.code != JUDGED:
        return sheet.title or holder.kind.label
    other = sheets.get(bytes.fromhex(str(holder.values.get("other") or "")))
    return _("{one} et {other}").format(one=sheet.title, other=other.title if other else _("une autre fiche"))


def _choice(directory: Directory, field: Field, value: Any, stamp: Any, replicas: dict[bytes, str]) -> Choice:
    if stamp.replica not in replicas:
        replicas[stamp.replica] = replica_label(directory, stamp.replica)
    words = _words(directory, field, value)
    return Choice(words, value, replicas[stamp.replica], stamp.operator or "", stamp.at)


def _words(directory: Directory, field: Field, value: Any) -> str:
    if field.name == "trashed":
        return _("À la corbeille") if value else _("Dans l’annuaire")
    if field.name == "audience":
        return _(LABELS[Audience(value)]) if value is not None else _("comme les autres de son genre")
    return value_text(directory, field, value) or _("(rien)")


def way_to_ask(directory: Directory, question: Question) -> tuple[str, str]:
    """(type, value) of another way to reach the person, who knows best; empty when there is none."""
    if not question.is_person:
        return "", ""
    rows = directory.reads.parts("contact_point", [question.sheet]).get(question.sheet, [])
    sure = [r for r in rows if is_live(r) and r.id != question.record and not r.undecided and r.values.get("value")]
    order = ("mobile", "phone", "email")
    found = [r for r in sure if r.values.get("type") in order]
    if not found:
        return "", ""
    best = min(found, key=lambda r: order.index(r.values["type"]))
    return str(best.values["type"]), str(best.values["value"])


def made_since(directory: Directory, at: int) -> int:
    """How many choices were made on this PC since then, and stand."""
    names = {_(CHOOSE), _(KEEP_ALL), _(WRITE)}
    done = directory.store.done(1_000_000)
    return sum(d.at >= at and d.label in names and d.undoes is None and d.undone_by is None for d in done)


# --- choosing ------------------------------------------------------------------------------------


def choose(directory: Directory, record_id: RecordId, name: str, value: Any) -> Changes:
    """Settle a field that has several values: this one supersedes them all."""
    entry = _open(directory, record_id)
    return directory.do(_(CHOOSE), _settled(entry, name, value))


def keep_all(directory: Directory, record_id: RecordId, name: str) -> Changes:
    """Keep every value of a list: the further telephones become rows of their own, the words are put together."""
    entry = _open(directory, record_id)
    values = [s.value for s in reversed(entry.siblings.get(name, ()))]
    if entry.kind.code == "contact_point" and name == "value":
        kept = [v for v in values if v]
        return directory.do(_(KEEP_ALL), [*_settled(entry, name, kept[0]), *_further(directory, entry, kept[1:])])
    if not entry.kind.fields[name].type.many:
        raise UserError(
            "one_value",
            _("« {label} » n’a qu’une valeur. Rien n’a changé.").format(label=entry.kind.fields[name].label),
            _("Gardez l’une des deux, ou écrivez-en une autre."),
        )
    together: list[Any] = []
    for one in (v for some in values for v in some or ()):
        if one not in together:
            together.append(one)
    return directory.do(_(KEEP_ALL), [Put(record_id, name, together)])


def write(directory: Directory, record_id: RecordId, name: str, content: Content) -> Changes:
    """Write yet another value in the place of them all; refused like in the form when it cannot stand there."""
    entry = _open(directory, record_id)
    if entry.kind.code == "contact_point" and name == "value":
        values: Mapping[str, Any] = contact_values(str(entry.values.get("type") or ""), str(content))
        changes = [Put(record_id, n, v) for n, v in values.items()]
    else:
        field = entry.kind.fields[name]
        if isinstance(content, str):
            value = parse_value(directory, field, content)
        else:
            value = value_of(directory, field, content, None)
        changes = [Put(record_id, name, value)]
    return directory.do(_(WRITE), changes)


def blank(question: Question, choice: int) -> Blank:
    """The editor of the field, filled with one of its values."""
    kind = catalogue.kind(question.kind)
    field, value = kind.fields[question.name], question.choices[choice].value
    options = tuple(Option(c, field.codes.label(c)) for c in field.codes.codes) if field.codes else ()
    if field.type.code == "commune":  # by its name alone: a code left from another value would win over it
        return Blank("line", str((value or {}).get("name", "")), (), ())
    return Blank(field.type.editor, content_of(field, value), options, parts_of(field, value))


def _open(directory: Directory, record_id: RecordId) -> Entry:
    """The record as it is now. Raises UserError when it is gone, or when its sheet may not be changed."""
    directory.reads.require(record_id)
    entry = directory.reads.entries([record_id])[0]
    owner = _subject_of(entry)
    for one in (entry, directory.reads.entry(owner) if owner else None):
        if one is not None:
            refuse_restricted(one)
    return entry


def _settled(entry: Entry, name: str, value: Any) -> list[Change]:
    """The value, and with a contact's the form it is compared by."""
    changes: list[Change] = [Put(entry.id, name, value)]
    if entry.kind.code == "contact_point" and name == "value":
        changes.append(Put(entry.id, "normalised", _compared(entry, value)))
    return changes


def _compared(entry: Entry, value: Any) -> str | None:
    return str(contact_values(str(entry.values.get("type") or ""), str(value))["normalised"]) if value else None


def _further(directory: Directory, entry: Entry, values: Sequence[Any]) -> Iterable[Change]:
    order = int(entry.values.get("order") or 0)
    shared = {n: v for n, v in entry.values.items() if n in ("owner", "type", "label", "audience")}
    for n, value in enumerate(values, 1):
        row = {**shared, "value": value, "normalised": _compared(entry, value), "order": order + n}
        yield Create(new_id(directory.store.folder.clock()), "contact_point", row, entry.overrides)
