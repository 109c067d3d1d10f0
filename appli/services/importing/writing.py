"""From the rows of a plan to the changes that carry them out, row after row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add, Change, Create, Put
from appli.domain.fields import Collection
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.domain.text import fold
from appli.services import lists
from appli.services.consenting import Answer, consent_change
from appli.services.directory import Directory
from appli.services.importing.comparing import FieldChange
from appli.services.importing.current import BATCH, Current
from appli.services.importing.planning import ImportPlan, PlanRow
from appli.services.importing.targets import CONSENT, EXTRA, MEMBER_OF
from appli.services.linking import link_change


class Writer:
    """Makes the changes of one plan; terms and organizations once each."""

    def __init__(self, directory: Directory, plan: ImportPlan) -> None:
        self._directory = directory
        self._plan = plan
        self._kind = catalogue.kind(plan.mapping.kind)
        self._terms: dict[tuple[str, str], RecordId] = {}
        self._made: set[RecordId] = set()
        self._organizations: set[str] = set()

    def changes(self, rows: Sequence[PlanRow]) -> Iterator[tuple[int, Change]]:
        """(how many rows are done, change), in the order of the rows; what changes nothing is passed over."""
        if self._directory.reads.kind_of(self._plan.source) is None:
            yield 0, Create(self._plan.source, "source", {"name": self._plan.mapping.source})
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            known = [_record(r) for r in batch if r.status == "changed"]
            current = Current(self._directory, self._kind, known)
            for n, row in enumerate(batch, start):
                if row.status == "created":
                    yield from ((n, change) for change in self._created(row))
                elif row.status == "changed":
                    yield from ((n, change) for change in self._changed(row, current))

    # ---- a new sheet

    def _created(self, row: PlanRow) -> Iterator[Change]:
        record, draft, source = _record(row), row.draft, self._plan.source.hex()
        values = dict(draft.values)
        if draft.audience is not None:
            values["audience"] = int(draft.audience)
        yield Create(record, self._kind.code, values)
        for name, words in draft.lists.items():
            yield from self._list(record, name, words, draft.closed)
        if draft.foreign_id:
            known_as = {"source": source, "record": record.hex(), "value": draft.foreign_id, "present": True}
            yield _make("foreign_id", known_as)
        for column in draft.extras:
            yield self._extra(record, column, row)
        for name in draft.organizations:
            yield from self._member_of(record, name)
        yield from self._consents(record, row)

    def _extra(self, record: RecordId, column: str, row: PlanRow) -> Change:
        values = {"record": record.hex(), "source": self._plan.source.hex(), "key": column}
        return _make("extra", {**values, "value": row.draft.extras[column]})

    def _consents(self, record: RecordId, row: PlanRow) -> Iterator[Change]:
        reading = row.draft.consent
        if reading is not None:
            for purpose, given in reading.given.items():
                yield consent_change(record, Answer(purpose, given, reading.on, reading.how))

    def _member_of(self, person: RecordId, name: str) -> Iterator[Change]:
        key = fold(name)
        record, title, is_new = self._plan.organizations[key]
        if is_new and key not in self._organizations:
            self._organizations.add(key)
            yield Create(record, "organization", {"title": title, "audience": int(Audience.SHARED)})
        yield link_change(person, "member_of", record)

    # ---- lists

    def _list(self, record: RecordId, name: str, words: Sequence[str], closed: Sequence[str]) -> Iterator[Change]:
        collection = self._kind.collections[name]
        fields = catalogue.kind(collection.child).fields
        for n, word in enumerate(words):
            values: dict[str, Any] = {"owner": record.hex(), **collection.match}
            if collection.scheme:
                term, made = self._term(collection.scheme, word)
                yield from made
                values[collection.key] = term.hex()
            else:
                values |= {"value": word, "normalised": self._plan.contact_key(name, word), "order": n}
            if "present" in fields:
                values["present"] = True
            if collection.scheme and "scheme" in fields:
                values["scheme"] = collection.scheme
            if (audience := _audience(collection, name, closed)) is not None:
                values["audience"] = int(audience)
            yield _make(collection.child, values)

    def _term(self, scheme: str, word: str) -> tuple[RecordId, list[Change]]:
        """The id of a term, and what creates it the first time it is met."""
        if (scheme, word) in self._terms:
            return self._terms[scheme, word], []
        term, made = lists.term_changes(self._directory, scheme, word)
        self._terms[scheme, word] = term
        if term in self._made:  # « Soudure » and « soudure »
            return term, []
        self._made.add(term)
        return term, made

    # ---- a sheet that was here

    def _changed(self, row: PlanRow, current: Current) -> Iterator[Change]:
        record = _record(row)
        for change in row.changes:
            if change.name in self._kind.fields:
                yield Add(record, change.name, change.value) if change.both else Put(record, change.name, change.value)
            elif change.name in self._kind.collections:
                yield from self._changed_list(record, change, row, current)
            elif change.name == MEMBER_OF:
                for name in change.added:
                    yield from self._member_of(record, name)
            elif change.name == CONSENT:
                yield from self._consents(record, row)
            elif change.name == EXTRA:
                yield self._extra(record, change.added[0], row)

    def _changed_list(self, record: RecordId, change: FieldChange, row: PlanRow, current: Current) -> Iterator[Change]:
        yield from self._list(record, change.name, change.added, row.draft.closed)
        for part in current.rows(record, change.name):
            if current.word(change.name, part) in change.taken_off:
                off = ("present", False) if "present" in part.kind.fields else ("trashed", True)
                yield Put(part.id, *off)


def _audience(collection: Collection, name: str, closed: Sequence[str]) -> Audience | None:
    """Who may see a row of a list: nobody else when the person wants it kept private."""
    if name in closed or (name == "mobile" and "phone" in closed):
        return Audience.PRIVATE
    return collection.audience


def _make(code: str, values: dict[str, Any]) -> Create:
    kind = catalogue.kind(code)
    return Create(id_for(kind, values) if kind.info.derived_from else new_id(), code, values)


def _record(row: PlanRow) -> RecordId:
    if row.record is None:
        raise ValueError("a row to write has a record")
    return row.record
