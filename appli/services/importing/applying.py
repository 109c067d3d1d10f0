"""Carrying out a plan in one work, remembering what the list said, and taking an import back."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add, Change, Changes, Create, Put
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.domain.text import fold
from appli.errors import UserError
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import lists
from appli.services.consenting import Answer, consent_change
from appli.services.directory import Directory
from appli.services.importing.planning import ImportPlan, PlanRow
from appli.services.linking import link_change
from appli.services.undoing import undo


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    seq: int
    created: int
    changed: int
    unchanged: int
    changes: Changes


def apply(directory: Directory, plan: ImportPlan, left_out: Some[int] = (), progress: Progress = SILENT) -> Imported:
    """Carry out the plan but for the lines left out: all of it or nothing, a backup first when there is anything."""
    if directory.store.reads.counts():
        directory.store.backup("avant-import")
    writer = _Writer(directory, plan)
    kept = [r for r in plan.rows if r.line not in left_out]
    changes = list(writer.changes(kept))
    progress.step(0, 1, _("Fiches gardées"))
    done = directory.do(_("Import de « {file} »").format(file=plan.file), changes, progress=progress)
    counts = {s: sum(1 for r in kept if r.status == s) for s in ("created", "changed", "unchanged", "refused")}
    stats = {**counts, "by_kind": plan.by_kind}
    said = [(r.record, r.said) for r in kept if r.record is not None and r.status != "refused"]
    seq = directory.store.note_import(plan.source, plan.file, stats, done.entry, said)
    directory.store.note("mapping", plan.mapping.source, plan.mapping.as_json())
    return Imported(seq, counts["created"], counts["changed"], counts["unchanged"], done)


class _Writer:
    """From plan rows to changes."""

    def __init__(self, directory: Directory, plan: ImportPlan) -> None:
        self._directory = directory
        self._plan = plan
        self._kind = catalogue.kind(plan.mapping.kind)
        self._terms: set[RecordId] = set()
        self._organizations: set[str] = set()

    def changes(self, rows: list[PlanRow]) -> Iterator[Change]:
        if self._directory.reads.kind_of(self._plan.source) is None:
            yield Create(self._plan.source, "source", {"name": self._plan.mapping.source})
        for row in rows:
            if row.status == "created":
                yield from self._created(row)
            elif row.status == "changed":
                yield from self._changed(row)

    def _created(self, row: PlanRow) -> Iterator[Change]:
        record = _record(row)
        values = dict(row.draft.values)
        if row.draft.audience is not None:
            values["audience"] = int(row.draft.audience)
        yield Create(record, self._kind.code, values)
        for name, words in row.draft.lists.items():
            yield from self._list(record, name, words, row)
        yield from self._beside(row, record)

    def _beside(self, row: PlanRow, record: RecordId) -> Iterator[Change]:
        draft, source = row.draft, self._plan.source.hex()
        if draft.foreign_id:
            values = {"source": source, "record": record.hex(), "value": draft.foreign_id, "present": True}
            yield _make("foreign_id", values)
        for key, value in draft.extras.items():
            yield _make("extra", {"record": record.hex(), "source": source, "key": key, "value": value})
        if draft.organization:
            yield from self._organization(draft.organization, record)
        if draft.consent is not None:
            reading = draft.consent
            for purpose, given in reading.given.items():
                yield consent_change(record, Answer(purpose, given, reading.on, reading.how))

    def _organization(self, name: str, person: RecordId) -> Iterator[Change]:
        key = fold(name)
        record, title, is_new = self._plan.organizations[key]
        if is_new and key not in self._organizations:
            self._organizations.add(key)
            yield Create(record, "organization", {"title": title, "audience": int(Audience.SHARED)})
        yield link_change(person, "member_of", record)

    def _list(self, record: RecordId, name: str, words: list[str] | tuple[str, ...], row: PlanRow) -> Iterator[Change]:
        collection = self._kind.collections[name]
        for n, word in enumerate(words):
            values: dict[str, Any] = {"owner": record.hex(), **collection.match}
            if collection.scheme:
                values[collection.key] = (term := lists.term_id(collection.scheme, word)).hex()
                yield from self._term(term, collection.scheme, word)
            else:
                values |= {"value": word, "normalised": lists.contact_key(name, word), "order": n}
            fields = catalogue.kind(collection.child).fields
            if "present" in fields:
                values["present"] = True
            if collection.scheme and "scheme" in fields:
                values["scheme"] = collection.scheme
            if collection.audience is not None:
                values["audience"] = int(collection.audience)
            if _is_closed(name, row.draft.closed):
                values["audience"] = int(Audience.PRIVATE)
            yield _make(collection.child, values)

    def _term(self, term: RecordId, scheme: str, word: str) -> Iterator[Change]:
        if term not in self._terms:
            self._terms.add(term)
            yield from lists.term_changes(self._directory, scheme, word)[1]

    def _changed(self, row: PlanRow) -> Iterator[Change]:
        record = _record(row)
        for change in row.changes:
            if change.name in self._kind.fields:
                yield Add(record, change.name, change.value) if change.both else Put(record, change.name, change.value)
                continue
            yield from self._list(record, change.name, change.added, row)
            collection = self._kind.collections[change.name]
            for part in lists.rows_of(self._directory, record, collection):
                if lists.word_of(self._directory, collection, part) in change.taken_off:
                    off = ("present", False) if "present" in part.kind.fields else ("trashed", True)
                    yield Put(part.id, *off)


def _is_closed(name: str, closed: tuple[str, ...]) -> bool:
    return name in closed or (name == "mobile" and "phone" in closed)


def _make(code: str, values: dict[str, Any]) -> Create:
    kind = catalogue.kind(code)
    return Create(id_for(kind, values) if kind.info.derived_from else new_id(), code, values)


def _record(row: PlanRow) -> RecordId:
    if row.record is None:
        raise ValueError("a row to write has a record")
    return row.record


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What taking an import back did."""

    removed: int
    kept: tuple[RecordId, ...]
    """Sheets edited since, which stay."""


def cancel_import(directory: Directory, seq: int) -> Cancelled:
    """Take an import back: what nobody edited since leaves, the rest stays and is named."""
    found = next((i for i in directory.store.imports() if i["seq"] == seq), None)
    if found is None or found["undone"] is not None or found["journal"] is None:
        raise UserError(
            "no_import",
            _("Cet import n’existe pas ou a déjà été annulé. Rien n’a changé."),
            _("Voyez la liste des imports."),
        )
    undone = undo(directory, found["journal"])
    kept = undone.kept
    forgotten = [i for i in directory.store.imported(found["source"]) if i not in kept]
    directory.store.note_import_undone(seq, undone.changes.entry, forgotten)
    return Cancelled(len(forgotten), tuple(sorted(kept)))
