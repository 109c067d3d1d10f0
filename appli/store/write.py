"""The one write door: form, import, undo and bundle all pass here, so dots, journal and privacy work alike for all.

A unit of work is one commit: one dot for all its shared changes, one journal entry to undo it. Each change goes where
its audience says: the shared file with a version, or the private file without one. A part of a private record is
private, a link takes the narrower of its ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Stamp, Version
from appli.domain.changes import Add, Change, Changes, Create, Erase, Put, Withdraw, Work
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.store.erase import erase
from appli.store.folder import Folder, raw
from appli.store.journal import Item, Journal
from appli.store.private import PrivateValues
from appli.store.registers import NewRow, Registers


def write(folder: Folder, work: Work, *, undoes: int | None = None) -> Changes:
    """Carry out a unit of work in one transaction; all of it lands or nothing.

    Raises UserError for a change that cannot be made, EnvironmentProblem for the disk.
    """
    with folder.transaction() as connection:
        door = _Door(folder, Registers(raw(connection)), work.operator)
        for change in work.changes:
            door.carry_out(change)
        return door.finish(work.label, undoes)


class _Door:
    """One unit of work in progress."""

    def __init__(self, folder: Folder, registers: Registers, operator: str | None) -> None:
        self._registers = registers
        self._private = PrivateValues(registers.connection)
        self._journal = Journal(registers.connection)
        self._uid = folder.uid
        self._operator = operator
        self._at = folder.clock()
        self._stamp: Stamp | None = None
        self._items: list[Item] = []
        self._removed: set[RecordId] = set()
        self._created: dict[RecordId, tuple[Kind, dict[str, Any], dict[str, Audience]]] = {}

    def carry_out(self, change: Change) -> None:
        """One change, in the order asked."""
        if isinstance(change, Create):
            self._create(change)
            return
        self._flush()
        if isinstance(change, Put):
            self._put(change)
        elif isinstance(change, Add):
            self._add(change)
        elif isinstance(change, Withdraw):
            self._withdraw(change.id)
        else:
            self._erase(change)

    def finish(self, label: str, undoes: int | None) -> Changes:
        """Note the work in the journal and what it touched."""
        self._flush()
        touched = frozenset(item.id for item in self._items)
        seq = None
        if self._items or undoes is not None:
            counter = self._stamp.counter if self._stamp else None
            seq = self._journal.note(label, self._operator, self._at, counter, self._items, undoes)
        return Changes(touched - self._removed, frozenset(self._removed), seq)

    # ---- the commit

    def _commit(self) -> Stamp:
        """This work's dot; taken only when something shared changes, so private writing leaves no gap."""
        if self._stamp is None:
            self._stamp = self._next()
        return self._stamp

    def _next(self) -> Stamp:
        counter = self._registers.next_counter(self._uid)
        self._registers.learn(self._uid, [(counter, counter)])
        return Stamp(self._uid, counter, self._at, self._operator)

    # ---- creation

    def _create(self, change: Create) -> None:
        kind = catalogue.kind(change.kind)
        values = kind.validate(change.values)
        if self._registers.base(change.id)[0] is not None or change.id in self._created:
            self._merge_into(change.id, values)
            return
        private = values.get("audience") == Audience.PRIVATE or self._touches_private(kind, values)
        self._items.append(Item(change.id, kind.number, None, "create"))
        if private:
            self._private.create(change.id, kind, values, self._at)
            return
        kept = {n: v for n, v in values.items() if self._is_private(kind.fields[n], change.overrides.get(n))}
        for name, value in kept.items():
            self._private.put(change.id, kind, kind.fields[name], value, self._at)
        shared = {n: v for n, v in values.items() if n not in kept}
        self._created[change.id] = (kind, shared, {n: a for n, a in change.overrides.items() if n in shared})

    def _merge_into(self, record_id: RecordId, values: dict[str, Any]) -> None:
        # ids derived from their parts (a link, a skill, a term) may exist already: creating again is writing
        self._flush()
        for name, value in values.items():
            self._put(Put(record_id, name, value))

    def _flush(self) -> None:
        """Write the creations gathered so far, kind by kind."""
        if not self._created:
            return
        stamp = self._commit()
        pending, self._created = self._created, {}
        by_kind: dict[Kind, list[NewRow]] = {}
        for record_id, (kind, values, chosen) in pending.items():
            by_kind.setdefault(kind, []).append((record_id, values, chosen))
        for kind, rows in by_kind.items():
            self._registers.create(kind, rows, stamp)

    def _touches_private(self, kind: Kind, values: dict[str, Any]) -> bool:
        return any(
            bytes.fromhex(values[f.name]) in self._private.records
            for f in kind.fields.values()
            if f.name in values and f.declared.binding
        )

    @staticmethod
    def _is_private(field: Field, chosen: Audience | None) -> bool:
        return (field.declared.audience if chosen is None else chosen) == Audience.PRIVATE

    # ---- one field

    def _put(self, change: Put) -> None:
        kind = self._kind(change.id)
        field = kind.fields[change.field]
        value = field.validate(change.value)
        if field.name == "audience" and self._moves(change.id, value):
            self._move(kind, change.id, Audience(int(str(value)) if value is not None else kind.info.audience))
            return
        if change.id in self._private.records:
            self._put_private(kind, change.id, field, value, in_private_record=True)
            return
        audience = change.audience if change.audience is not None else self._chosen(kind, change.id, field)
        if self._is_private(field, audience):
            self._lower(kind, change.id, field, value)
            return
        self._put_shared(kind, change.id, field, value, audience)

    def _chosen(self, kind: Kind, record_id: RecordId, field: Field) -> Audience | None:
        """The audience somebody chose for this field before; None as declared."""
        if self._private.value(record_id, field) is not None:
            return Audience.PRIVATE
        register = self._registers.explicit(kind, record_id, field.number).get(field.number)
        chosen = register.shown.audience if register and register.versions else None
        return None if chosen is None else Audience(chosen)

    def _put_private(
        self, kind: Kind, record_id: RecordId, field: Field, value: Any, *, in_private_record: bool = False
    ) -> None:
        before = self._private.value(record_id, field)
        if before == value and (in_private_record or value is not None):
            return
        note = None if in_private_record else Audience.PRIVATE
        self._note(record_id, kind, field, (before, note), (value, note))
        self._private.put(record_id, kind, field, value, self._at)

    def _lower(self, kind: Kind, record_id: RecordId, field: Field, value: Any) -> None:
        """Keep a value on this PC only; a value shared until now is cleared for the others."""
        shared = self._registers.column(kind, record_id, field)
        if shared is None:
            self._put_private(kind, record_id, field, value)
            return
        audience = self._chosen(kind, record_id, field)
        self._note(record_id, kind, field, (shared, audience), (value, Audience.PRIVATE))
        self._private.put(record_id, kind, field, value, self._at)
        self._write(kind, record_id, field, None, None)

    def _put_shared(self, kind: Kind, record_id: RecordId, field: Field, value: Any, audience: Audience | None) -> None:
        register = self._registers.explicit(kind, record_id, field.number).get(field.number)
        before = self._registers.column(kind, record_id, field)
        kept = self._private.value(record_id, field)
        known = register.shown.audience if register and register.versions else None
        several = register is not None and len(register.versions) > 1
        if kept is None and before == value and known == audience and not several:
            return
        if kept is not None:
            self._note(record_id, kind, field, (kept, Audience.PRIVATE), (value, audience))
            self._private.put(record_id, kind, field, None, self._at)
        else:
            siblings = [v.value for v in register.siblings] if register and several else None
            self._note(record_id, kind, field, (before, known, siblings), (value, audience))
        self._write(kind, record_id, field, value, audience)

    def _write(self, kind: Kind, record_id: RecordId, field: Field, value: Any, audience: Audience | None) -> None:
        """Supersede what is there."""
        register = self._registers.register(kind, record_id, field)
        stamp = self._commit()
        if stamp.dot in register.versions:
            # the same field twice in one work: the second writing needs a commit of its own
            stamp = self._next()
        written = register.write(Version(stamp, value, None if audience is None else int(audience)))
        self._registers.save(kind, record_id, field.number, written)

    def _add(self, change: Add) -> None:
        kind = self._kind(change.id)
        field = kind.fields[change.field]
        value = field.validate(change.value)
        if change.id in self._private.records or self._private.value(change.id, field) is not None:
            return  # a private value has one author: nothing can be concurrent
        register = self._registers.register(kind, change.id, field)
        if any(v.value == value for v in register.versions.values()):
            return
        siblings = [v.value for v in register.siblings]
        self._note(change.id, kind, field, (siblings[0], None, siblings), (value, None))
        added = register.add(Version(self._next(), value, register.shown.audience))
        self._registers.save(kind, change.id, field.number, added)

    # ---- whole records

    def _moves(self, record_id: RecordId, audience: Any) -> bool:
        return (record_id in self._private.records) is not bool(audience == Audience.PRIVATE)

    def _move(self, kind: Kind, record_id: RecordId, audience: Audience) -> None:
        """Take a record and its parts from one file to the other, because its audience crosses « privé »."""
        before = Audience.PRIVATE if audience != Audience.PRIVATE else self._record_audience(kind, record_id)
        self._note(record_id, kind, kind.fields["audience"], (int(before), None), (int(audience), None))
        if audience == Audience.PRIVATE:
            self._refuse_if_sent(record_id)
            for part_kind, part_id in [(kind, record_id), *self._parts(record_id)]:
                values = {**self._registers.values(part_kind, part_id), **self._private.values(part_id, part_kind)}
                if part_id == record_id:
                    values["audience"] = int(Audience.PRIVATE)
                self._registers.remove(part_kind, part_id)
                self._private.create(part_id, part_kind, values, self._at)
            return
        self._publish(kind, record_id, audience)
        for part_kind, part_id in self._parts(record_id):
            values = self._private.values(part_id, part_kind)
            if values.get("audience") != Audience.PRIVATE and not self._touches_private(part_kind, values):
                self._publish(part_kind, part_id, None)
        self._flush()

    def _publish(self, kind: Kind, record_id: RecordId, audience: Audience | None) -> None:
        values = self._private.values(record_id, kind)
        if audience is not None:
            values["audience"] = int(audience)
        self._private.remove(record_id)
        shared = {}
        for name, value in values.items():
            if self._is_private(kind.fields[name], None):
                self._private.put(record_id, kind, kind.fields[name], value, self._at)
            else:
                shared[name] = value
        self._created[record_id] = (kind, shared, {})

    def _record_audience(self, kind: Kind, record_id: RecordId) -> Audience:
        value = self._registers.column(kind, record_id, kind.fields["audience"])
        return kind.info.audience if value is None else Audience(value)

    def _refuse_if_sent(self, record_id: RecordId) -> None:
        if self._registers.exists_elsewhere(record_id, self._uid, self._private.sent_counter()):
            raise UserError(
                "already_sent",
                _("Cette fiche est déjà partie vers d’autres postes, elle ne peut plus être reprise. Rien n’a changé."),
                _("Mettez-la à la corbeille, ou effacez-la partout."),
            )

    def _parts(self, record_id: RecordId) -> Iterator[tuple[Kind, RecordId]]:
        yield from list(self._registers.parts(record_id))
        yield from list(self._private.parts(record_id))

    def _withdraw(self, record_id: RecordId) -> None:
        kind = self._kind(record_id)
        if record_id in self._private.records:
            values = self._private.values(record_id, kind)
        else:
            self._refuse_if_sent(record_id)
            values = {**self._registers.values(kind, record_id), **self._private.values(record_id, kind)}
            self._registers.remove(kind, record_id)
            self._commit()
        self._private.remove(record_id)
        self._items.append(Item(record_id, kind.number, None, "withdraw", before=json.dumps(values)))
        self._removed.add(record_id)

    def _erase(self, change: Erase) -> None:
        self._kind(change.id)
        gone = erase(self._registers, self._private, self._commit(), change.id)
        self._removed |= gone
        # the journal may not keep what must be forgotten
        self._journal.forget(gone)
        self._items = [i for i in self._items if i.id not in gone]
        self._items.append(Item(change.id, 0, None, "erase"))

    def _kind(self, record_id: RecordId) -> Kind:
        kind = self._registers.base(record_id)[0] or self._private.kind(record_id)
        if kind is None:
            raise UserError(
                "no_record",
                _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
                _("Actualisez la liste, puis réessayez."),
            )
        return kind

    def _note(self, record_id: RecordId, kind: Kind, field: Field, before: Any, after: Any) -> None:
        item = Item(record_id, kind.number, field.number, "put", json.dumps(before), json.dumps(after))
        self._items.append(item)
