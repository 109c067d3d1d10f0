"""Saving a form: what was filled in becomes changes of the sheet, its rows, links and answers, in one work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.i18n import _
from appli.services import drafts
from appli.services.consenting import Answer, answers_of, consent_changes, forget_change, text_version
from appli.services.directory import Directory
from appli.services.editing import label_for, refuse_restricted
from appli.services.form_checking import check
from appli.services.form_model import SHEET, Filled, FilledForm, ListForm, RowForm, SheetForm
from appli.services.indexing import is_live
from appli.services.linking import link_change, role_named
from appli.services.lists import contact_values, row_changes, term_changes


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the record, or what must be mended first, by path."""

    record: RecordId | None
    changes: Changes
    errors: Mapping[str, str]
    title: str = ""


def save(directory: Directory, form: SheetForm, filled: Filled) -> Saved:
    """Write what changed in one work; nothing is written while a field cannot stand. Forgets the draft."""
    asked = FilledForm(form, filled)
    found = check(directory, asked, {form.title_path, *_paths(asked)})
    if found.errors:
        return Saved(form.record, Changes(), found.errors)
    saver = _Saver(directory, asked, found.values)
    changes = list(saver.changes())
    done = directory.do(saver.label(), changes) if changes else Changes()
    drafts.forget(directory, drafts.key_of(form))
    return Saved(saver.record, done, {}, directory.title_of(saver.record))


def _paths(asked: FilledForm) -> Iterator[str]:
    """The fields to write: those touched, the value of a contact whose type is, and all of a row that is new."""
    yield from asked.filled.contents
    yield from (
        f"{path.removesuffix('/type')}/value"
        for path in asked.filled.contents
        if path.startswith("contacts/") and path.endswith("/type")
    )
    for some in asked.form.lists:
        for row in asked.rows(some.name):
            if row.is_new and not asked.row_is_blank(row):
                yield from (q.path for q in row.questions)


class _Saver:
    """The changes that one form asks for, and the name of the work."""

    def __init__(self, directory: Directory, asked: FilledForm, values: Mapping[str, Any]) -> None:
        self._directory = directory
        self._asked = asked
        self._values = values
        self._kind = catalogue.kind(asked.form.kind)
        self._names: list[str] = []
        self._made: set[RecordId] = set()
        self.record = asked.form.record or new_id(directory.store.folder.clock())

    def changes(self) -> Iterator[Change]:
        """Everything, in the order it is written."""
        yield from self._sheet()
        for some in self._asked.form.lists:
            yield from self._rows(some)
        yield from self._links()
        yield from self._consents()

    def label(self) -> str:
        """The name of the work; called when its changes are known."""
        form, filled = self._asked.form, self._asked.filled
        if form.record is None:
            return _("Nouvelle fiche")
        if not self._names and filled.links and not (filled.unlinked or filled.notes or self._answered()):
            return _("Ajouter un lien")
        if not self._names and filled.unlinked and not (filled.links or filled.notes or self._answered()):
            return _("Enlever un lien")
        if not self._names and self._answered() and not (filled.links or filled.unlinked or filled.notes):
            return _("Noter l’accord")
        return label_for(self._kind, self._names)

    # --- the sheet ---

    def _sheet(self) -> Iterator[Change]:
        form, filled = self._asked.form, self._asked.filled
        audiences = {p: Audience[a.upper()] for p, a in filled.audiences.items() if "/" not in p and p != SHEET}
        values = {p: v for p, v in self._values.items() if "/" not in p and p in filled.contents}
        chosen = filled.audiences.get(SHEET)
        if form.record is None:
            values = {**form.presets, **{n: v for n, v in values.items() if v is not None}}
            if chosen:
                values["audience"] = int(Audience[chosen.upper()])
            yield Create(self.record, form.kind, values, audiences)
            return
        entry = self._entry(form.record)
        refuse_restricted(entry)
        if chosen:
            values["audience"] = int(Audience[chosen.upper()])
        for path in filled.settled:
            if "/" not in path:
                values.setdefault(path, entry.values.get(path))
        for name in dict.fromkeys((*values, *audiences)):
            self._names.append(name)
            yield Put(form.record, name, values.get(name, entry.values.get(name)), audiences.get(name))

    def _entry(self, record: RecordId) -> Entry:
        entry = self._directory.reads.entry(record)
        if entry is None:
            self._directory.reads.require(record)
            raise LookupError(record.hex())
        return entry

    # --- rows ---

    def _rows(self, some: ListForm) -> Iterator[Change]:
        for path in self._asked.filled.removed:
            name, _slash, key = path.partition("/")
            if name == some.name and not key.startswith("+"):
                self._name(some, path)
                yield self._off(bytes.fromhex(key), some)
        rows = self._asked.rows(some.name)
        moved = some.name in self._asked.filled.moved
        last = -1 if moved else max((self._order(r) for r in rows if not r.is_new), default=-1)
        for n, row in enumerate(rows, 1):
            if row.is_new:
                if not self._asked.row_is_blank(row):
                    yield from self._new_row(some, row, last + n)
                continue
            yield from self._changed_row(some, row)
            if moved and self._order(row) != last + n:
                self._name(some, f"{some.name}/{row.key}")
                yield Put(bytes.fromhex(row.key), "order", last + n)

    def _name(self, some: ListForm, path: str) -> None:
        """Remember which list changes: of the contacts, the telephone or the e-mail."""
        if some.style != "contacts":
            self._names.append(some.within or some.name)
            return
        question = self._asked.form.by_path.get(f"{path}/type")
        type_ = str(question.content) if question is not None else str(self._asked.content(f"{path}/type"))
        self._names.append(type_ if type_ in self._kind.collections else next(iter(self._kind.collections)))

    def _order(self, row: RowForm) -> int:
        entry = self._directory.reads.entry(bytes.fromhex(row.key))
        return int(entry.values.get("order") or 0) if entry else 0

    def _off(self, row: RecordId, some: ListForm) -> Put:
        child = catalogue.kind(some.child)
        return Put(row, "present", False) if "present" in child.fields else Put(row, "trashed", True)

    def _changed_row(self, some: ListForm, row: RowForm) -> Iterator[Change]:
        path, filled = f"{some.name}/{row.key}", self._asked.filled
        record = bytes.fromhex(row.key)
        touched = {q.name: self._values.get(q.path) for q in row.questions if q.path in filled.contents}
        settled = [q.name for q in row.questions if q.path in filled.settled]
        audience = filled.audiences.get(path)
        if not (touched or settled or audience):
            return
        if touched and self._asked.row_is_blank(row):
            self._name(some, path)
            yield self._off(record, some)
            return
        self._name(some, path)
        entry = self._entry(record)
        if not is_live(entry):  # taken off elsewhere while somebody was writing in it here
            yield Put(record, "present", True) if "present" in entry.kind.fields else Put(record, "trashed", None)
        for name in settled:
            touched.setdefault(name, entry.values.get(name))
        if some.style == "contacts" and {"value", "type"} & touched.keys():
            touched |= self._contact(path)
        if audience:
            allowed = self._asked.photo_ceiling(path) if some.style == "photos" else Audience.PUBLIC
            touched["audience"] = int(min(Audience[audience.upper()], allowed))
        yield from (Put(record, name, value) for name, value in touched.items())

    def _contact(self, row: str) -> dict[str, Any]:
        return contact_values(str(self._asked.content(f"{row}/type")), str(self._asked.content(f"{row}/value")))

    def _new_row(self, some: ListForm, row: RowForm, order: int) -> Iterator[Change]:
        path, child = f"{some.name}/{row.key}", catalogue.kind(some.child)
        self._name(some, path)
        values: dict[str, Any] = {q.name: self._values.get(q.path) for q in row.questions}
        if some.style == "photos" and not values["sha256"]:
            return  # its bytes are gone with the row that was written in
        if some.style == "contacts":
            values |= {"type": self._asked.content(f"{path}/type"), **self._contact(path)}
        elif not some.owner:
            values |= self._kind.collections[some.name].match
        if some.scheme:
            term, made = term_changes(self._directory, some.scheme, str(values[some.key]))
            yield from (c for c in made if c.id not in self._made)
            self._made.add(term)
            values[some.key] = term.hex()
            if "scheme" in child.fields:
                values["scheme"] = some.scheme
        else:
            values["order"] = order
        audience = self._asked.chosen_audience(path)
        if some.style == "photos":
            audience = min(audience, self._asked.photo_ceiling(path))
        if audience != child.info.audience or some.name in self._kind.collections:
            values["audience"] = int(audience)
        yield from row_changes(self._directory, child, some.owner or self.record, values)

    # --- links and answers ---

    def _links(self) -> Iterator[Change]:
        filled = self._asked.filled
        for one in filled.unlinked:
            yield Put(bytes.fromhex(one), "present", False)
        for one, note in filled.notes.items():
            if one not in filled.unlinked:
                yield Put(bytes.fromhex(one), "note", note.strip() or None)
        for link in filled.links:
            role, inverse = role_named(link.role)
            other = bytes.fromhex(link.other)
            self._directory.reads.require(other)
            ends = (other, role, self.record) if inverse else (self.record, role, other)
            yield link_change(*ends, link.note.strip())

    def _answered(self) -> bool:
        filled = self._asked.filled
        return bool(filled.answers) or filled.answered_how is not None or filled.answered_on is not None

    def _consents(self) -> Iterator[Change]:
        form, filled = self._asked.form, self._asked.filled
        if form.consents is None or not self._answered():
            return
        former = {a.purpose: a for a in answers_of(self._directory, self.record)}
        for purpose, said in filled.answers.items():
            if not said and purpose in former:
                yield forget_change(self.record, purpose)
        wanted = {p: s for p, s in filled.answers.items() if s}
        if not filled.answers:  # how and when of what was answered before are mended
            wanted = {p: "yes" if a.given else "no" for p, a in former.items()}
        how = filled.answered_how if filled.answered_how is not None else form.consents.how
        on = filled.answered_on if filled.answered_on is not None else form.consents.on
        version, operator = text_version(self._directory), self._directory.operator or None
        answers = [
            Answer(purpose, said == "yes", on or None, how or None, version, operator)
            for purpose, said in wanted.items()
        ]
        yield from consent_changes(self._directory, self.record, answers)
