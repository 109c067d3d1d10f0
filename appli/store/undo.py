"""The inverse of a work: what to ask of the write door to take it back, and what was edited since and stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add, Change, Create, Put, Withdraw
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.erase import Erased
from appli.store.folder import Folder, raw
from appli.store.journal import Item, Journal
from appli.store.parts import Part, parts_of_each
from appli.store.private import PrivateValues
from appli.store.registers import Registers, bindings
from appli.store.rows import dump


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
        self._owned: dict[RecordId, list[Part]] = {}
        """All that lives by the records this work created."""
        self._present: dict[tuple[RecordId, int], list[Any]] = {}
        """Values that fields will hold once the changes gathered so far are made."""

    def run(self, seq: int) -> Inverse:
        result = Inverse()
        items = list(self._journal.items(seq))
        made = [i.id for i in items if i.op == "create"]
        created = {i for i in made if i in self._private.records} | self._registers.present(made)
        self._owned = parts_of_each(self._registers, self._private, created)
        kept = self._edited_since(seq, created)
        result.kept = {self._head(i) for i in kept}
        leaving = created - kept
        leaving -= {part for i in leaving for _kind, part in self._owned[i]}
        sent = self._registers.elsewhere(leaving, self._uid, self._private.sent_counter()) - self._private.records
        for item in reversed(items):
            if item.op in ("put", "add") and item.id not in created:
                changes = list(self._unput(item))
                result.changes += changes
                if not changes:
                    result.kept.add(self._head(item.id))
            elif item.op == "create" and item.id in leaving:
                result.changes.append(Put(item.id, "trashed", True) if item.id in sent else Withdraw(item.id))
            elif item.op == "withdraw":
                result.changes += self._unwithdraw(item)
        return result

    # ---- creations

    def _edited_since(self, seq: int, created: set[RecordId]) -> set[RecordId]:
        """Of the records a work created, those that a later work or another PC touched, with all that goes with them.

        Adding a telephone to a sheet, or a link, is editing it: taking the sheet back would take them along.
        """
        touched = self._edited_later(seq) | self._registers.elsewhere(created, self._uid, 0)
        edited = {
            i
            for i in created
            if i in touched or any(part not in created or part in touched for _kind, part in self._owned[i])
        }
        return edited | {part for i in edited for _kind, part in self._owned[i] if part in created}

    def _edited_later(self, seq: int) -> set[RecordId]:
        """Records that a later work changed, and that no undoing put back since."""
        rows = self._registers.connection.execute(
            "SELECT seq, undoes FROM main.journal WHERE seq>? AND undone_by IS NULL", (seq,)
        ).fetchall()
        found: set[RecordId] = set()
        for later, undoes in rows:
            if self._depth(undoes) % 2 == 0:
                found |= {i.id for i in self._journal.items(later) if i.op != "before"}
        return found

    def _depth(self, undoes: int | None) -> int:
        """How many undoings deep: none for a plain work, two for one done again."""
        depth = 0
        while undoes is not None and (target := self._journal.entry(undoes)) is not None:
            undoes, depth = target.undoes, depth + 1
        return depth

    def _unwithdraw(self, item: Item) -> Iterator[Change]:
        values, chosen, siblings = json.loads(item.before or "[{},{},{}]")
        kind = catalogue.kinds_by_number()[item.kind]
        erased = Erased(self._registers)
        owners = [bytes.fromhex(values[f.name]) for f in bindings(kind) if f.name in values]
        if self._kind(item.id) is None and not any(one in erased for one in (item.id, *owners)):
            values |= {name: some[-1] for name, some in siblings.items()}
            yield Create(item.id, kind.code, values, {name: Audience(a) for name, a in chosen.items()})
            for name, some in siblings.items():
                for value in reversed(some[:-1]):
                    yield Add(item.id, name, value)

    # ---- fields

    def _unput(self, item: Item) -> Iterator[Change]:
        """Put back what was there, if what the work left is still there, alone."""
        kind, key = self._kind(item.id), (item.id, item.field or 0)
        if kind is None or key[1] not in kind.by_number:
            return
        (was, chosen, *several), (value, now) = json.loads(item.before or ""), json.loads(item.after or "")
        before = several[0] if several and several[0] else [was]
        left = [*before, value] if item.op == "add" else [value]
        if sorted(map(dump, self._values(kind, key))) != sorted(map(dump, left)):
            return
        self._present[key] = before
        name, declared = kind.by_number[key[1]].name, kind.by_number[key[1]].declared.audience
        audience = None if chosen == now else declared if chosen is None else Audience(chosen)
        yield Put(item.id, name, before[-1], audience)
        for other in reversed(before[:-1]):
            yield Add(item.id, name, other)

    def _values(self, kind: Kind, key: tuple[RecordId, int]) -> list[Any]:
        if key not in self._present:
            wanted = kind.by_number[key[1]]
            kept = self._private.kept(key[0], wanted)
            shared = [v.value for v in self._registers.register(kind, key[0], wanted).siblings]
            if kept is not None:
                # what another PC shared since lies below our private value
                shared = [kept[0], *(value for value in shared if value is not None)]
            self._present[key] = shared or [None]
        return self._present[key]

    # ---- records

    def _kind(self, record_id: RecordId) -> Kind | None:
        return self._registers.base(record_id)[0] or self._private.kind(record_id)

    def _head(self, record_id: RecordId) -> RecordId:
        """The sheet a part belongs to."""
        kind = self._kind(record_id)
        belongs = next((f for f in kind.fields.values() if f.declared.binding), None) if kind else None
        if kind is None or belongs is None:
            return record_id
        kept = self._private.kept(record_id, belongs)
        owner = kept[0] if kept else self._registers.column(kind, record_id, belongs)
        return bytes.fromhex(owner) if owner else record_id
