"""One unit of work in progress: its commit, what it did, and what the private file held before it."""

from __future__ import annotations

from typing import Any

from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.changes import Changes
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.store.engine import Connection
from appli.store.folder import Folder
from appli.store.journal import Item, Journal
from appli.store.private import PrivateValues
from appli.store.registers import Registers
from appli.store.rows import dump


class Unit:
    """What the write door shares between its changes; `finish` notes it all in the journal."""

    def __init__(self, folder: Folder, connection: Connection, operator: str | None) -> None:
        self.registers = Registers(connection)
        self.private = PrivateValues(connection, self._before_private)
        self.journal = Journal(connection)
        self.uid = folder.uid
        self.at = folder.clock()
        self.removed: set[RecordId] = set()
        self._operator = operator
        self._stamp: Stamp | None = None
        self._items: list[Item] = []
        self._made: set[RecordId] = set()
        self._before: dict[RecordId, str] = {}

    # ---- the commit

    def stamp(self) -> Stamp:
        """This work's dot; taken only when something shared changes, so private writing leaves no gap."""
        return self._stamp or self.fresh_stamp()

    def fresh_stamp(self) -> Stamp:
        """A dot of its own: one work may write a field twice, and one dot names one version of it."""
        self._stamp = self.registers.new_commit(self.uid, self.at, self._operator)
        return self._stamp

    # ---- what was done

    def created(self, record_id: RecordId, kind: Kind) -> None:
        """A record that was not here."""
        self._made.add(record_id)
        self._items.append(Item(record_id, kind.number, None, "create"))

    def wrote(self, op: str, record_id: RecordId, kind: Kind, field: Field, before: Any, after: Any) -> None:
        """A field's value and audience, before and after."""
        self._items.append(Item(record_id, kind.number, field.number, op, dump(before), dump(after)))

    def withdrew(self, record_id: RecordId, kind: Kind, before: Any) -> None:
        """A record taken back, with all it takes to create it again."""
        self._items.append(Item(record_id, kind.number, None, "withdraw", dump(before)))
        self.removed.add(record_id)

    def erased(self, record_id: RecordId, gone: set[RecordId]) -> None:
        """A record forgotten with its parts: nothing of them may stay in the journal, nor in this work."""
        self.removed |= gone
        self.journal.forget(gone)
        self._items = [i for i in self._items if i.id not in gone]
        self._before = {i: rows for i, rows in self._before.items() if i not in gone}
        self._items.append(Item(record_id, 0, None, "erase"))

    def finish(self, label: str, undoes: int | None) -> Changes:
        """Note the work in the journal; tell what it touched."""
        touched = frozenset(item.id for item in self._items if item.id not in self.removed)
        seq = None
        if self._items or undoes is not None:
            counter = self._stamp.counter if self._stamp else None
            if counter is not None:
                # two files change: if only the private one lands, this puts it back (see `recovery`)
                self._items += [Item(i, 0, None, "before", rows) for i, rows in self._before.items()]
            seq = self.journal.note(label, self._operator, self.at, counter, self._items, undoes)
        return Changes(touched, frozenset(self.removed), seq)

    def _before_private(self, record_id: RecordId) -> None:
        if record_id not in self._made and record_id not in self._before:
            self._before[record_id] = dump(self.private.rows(record_id))

    # ---- questions

    def kind(self, record_id: RecordId) -> Kind:
        """The kind of a record, whichever file holds it. Raises UserError when none does."""
        kind = self.registers.base(record_id)[0] or self.private.kind(record_id)
        if kind is None:
            raise UserError(
                "no_record",
                _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
                _("Actualisez la liste, puis réessayez."),
            )
        return kind

    def may_be_elsewhere(self, record_id: RecordId) -> bool:
        """Whether another PC may hold this record."""
        return self.registers.exists_elsewhere(record_id, self.uid, self.private.sent_counter())


def effective(field: Field, chosen: Audience | None) -> Audience:
    """Who sees a value: those the person chose, else as declared."""
    return field.declared.audience if chosen is None else chosen


def is_private(field: Field, chosen: Audience | None) -> bool:
    """Whether a value stays on this PC."""
    return effective(field, chosen) == Audience.PRIVATE
