"""The inverse of a work: what to ask of the write door to take it back, and what was edited since and stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add, Change, Create, Put, Withdraw
from appli.domain.ids import RecordId
from appli.store.folder import Folder, raw
from appli.store.journal import Item, Journal
from appli.store.private import PrivateValues
from appli.store.registers import Registers


@dataclass(slots=True)
class Inverse:
    """What takes a work back."""

    changes: list[Change] = field(default_factory=list)
    kept: set[RecordId] = field(default_factory=set)
    """Records somebody edited since: they stay as they are."""


def inverse(folder: Folder, seq: int) -> Inverse:
    """How to take back the work number `seq`, given what has happened since."""
    with folder.reading() as connection:
        return _Inverter(Registers(raw(connection)), folder.uid).run(seq)


class _Inverter:
    def __init__(self, registers: Registers, uid: bytes) -> None:
        self._registers = registers
        self._private = PrivateValues(registers.connection)
        self._journal = Journal(registers.connection)
        self._uid = uid

    def run(self, seq: int) -> Inverse:
        result = Inverse()
        items = list(self._journal.items(seq))
        edited = self._edited_since(seq, {i.id for i in items if i.op == "create"})
        result.kept = {self._head(i) for i in edited}
        for item in reversed(items):
            if item.op == "put":
                changes = list(self._unput(item))
                result.changes += changes
                if not changes:
                    result.kept.add(item.id)
            elif item.op == "create" and self._head(item.id) not in result.kept:
                result.changes.append(self._uncreate(item))
            elif item.op == "withdraw":
                kind = catalogue.kinds_by_number()[item.kind]
                result.changes.append(Create(item.id, kind.code, json.loads(item.before or "{}")))
        return result

    def _edited_since(self, seq: int, created: set[RecordId]) -> set[RecordId]:
        """Of these records, those that a later work or another PC touched."""
        sql = (
            "SELECT DISTINCT id FROM main.journal_item JOIN main.journal j USING(seq) "
            "WHERE seq>? AND j.undone_by IS NULL AND j.undoes IS NULL"
        )
        later = {i for (i,) in self._registers.connection.execute(sql, (seq,))}
        return {i for i in created if i in later or self._registers.exists_elsewhere(i, self._uid, 0)}

    def _head(self, record_id: RecordId) -> RecordId:
        """The record a part belongs to: editing somebody's phone is editing her sheet."""
        kind = self._registers.base(record_id)[0] or self._private.kind(record_id)
        if kind is None or "owner" not in kind.fields:
            return record_id
        owner = self._registers.column(kind, record_id, kind.fields["owner"])
        owner = owner or self._private.value(record_id, kind.fields["owner"])
        return bytes.fromhex(owner) if owner else record_id

    def _unput(self, item: Item) -> Iterator[Change]:
        kind = catalogue.kinds_by_number()[item.kind]
        changed = kind.by_number[item.field or 0]
        before, after = json.loads(item.before or "null"), json.loads(item.after or "null")
        if self._current(item) != after[0]:
            return
        audience = None if len(before) < 2 or before[1] is None else Audience(before[1])
        siblings = before[2] if len(before) > 2 else None
        if siblings:
            yield Put(item.id, changed.name, siblings[-1], audience)
            for value in reversed(siblings[:-1]):
                yield Add(item.id, changed.name, value)
            return
        yield Put(item.id, changed.name, before[0], audience if audience is not None else changed.declared.audience)

    def _current(self, item: Item) -> Any:
        kind = catalogue.kinds_by_number()[item.kind]
        wanted = kind.by_number[item.field or 0]
        kept = self._private.value(item.id, wanted)
        return kept if kept is not None else self._registers.column(kind, item.id, wanted)

    def _uncreate(self, item: Item) -> Change:
        if item.id in self._private.records:
            return Withdraw(item.id)
        if self._registers.exists_elsewhere(item.id, self._uid, self._private.sent_counter()):
            return Put(item.id, "trashed", True)
        return Withdraw(item.id)
