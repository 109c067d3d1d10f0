"""Receiving another PC's state: erasures first, then each record through the pure join, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from appli.domain import catalogue
from appli.domain.causality import Delta, Erasure, Knowledge, RecordState, Register, join_records
from appli.domain.changes import Changes
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.store import erase as erasing
from appli.store.erase import Erased
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.private import PrivateValues
from appli.store.recovery import settle
from appli.store.registers import Registers, bindings
from appli.store.rows import SHARED


@dataclass(slots=True)
class Received:
    """What a delta did."""

    new: set[RecordId] = field(default_factory=set)
    changed: set[RecordId] = field(default_factory=set)
    erased: set[RecordId] = field(default_factory=set)
    ignored: int = 0
    """Records that were already erased here."""

    @property
    def changes(self) -> Changes:
        return Changes(frozenset(self.new | self.changed), frozenset(self.erased))


def delta_for(folder: Folder, known: Knowledge | None = None) -> Delta:
    """All that is shared here and that somebody who knows `known` may lack (None: everything).

    A field travels with all its siblings; our own commits up to now count as sent from here on.
    """
    with folder.transaction(content=False) as connection:
        registers = Registers(raw(connection))
        mine = registers.knowledge()
        known = known or Knowledge()
        records = []
        for (record_id,) in registers.connection.execute(f"SELECT id FROM {SHARED}.ver ORDER BY id").fetchall():
            state = registers.state(record_id)
            if state is not None and (lacking := _lacking(state, known)) is not None:
                records.append(lacking)
        erasures = tuple(e for e in erasing.all_erasures(registers) if not known.knows(e.stamp.dot))
        PrivateValues(registers.connection).note_sent(registers.next_counter(folder.uid) - 1)
        return Delta(mine.missing_from(known), tuple(records), erasures)


def _lacking(state: RecordState, known: Knowledge) -> RecordState | None:
    """The part of a record that somebody may lack: all of it if the creation is news, else the fields with news."""
    if state.base is not None and not known.knows(state.base.dot):
        return state
    news = {f: r for f, r in state.registers.items() if any(not known.knows(dot) for dot in r.versions)}
    return RecordState(state.id, state.kind, None, {}, news) if news else None


def receive(folder: Folder, delta: Delta) -> Received:
    """Join a delta into this folder. The same delta twice, late or out of order changes nothing more."""
    with folder.transaction(content=False) as connection:
        receiver = _Receiver(Registers(raw(connection)), folder.clock())
        settle(receiver.registers, Journal(raw(connection)), folder.uid)
        result = receiver.join(delta)
        if result.changes:
            folder.content_changed(connection)
        return result


class _Receiver:
    """One delta being joined."""

    def __init__(self, registers: Registers, at: int) -> None:
        self.registers = registers
        self._private = PrivateValues(registers.connection)
        self._erased = Erased(registers)
        self._at = at
        self._result = Received()

    def join(self, delta: Delta) -> Received:
        """Erasures first, then each record, then what is known from now on."""
        for order in delta.erasures:
            self._erase(order)
        for theirs in delta.records:
            self._record(theirs)
        for uid, intervals in delta.claim.items():
            self.registers.learn(uid, intervals)
        Journal(self.registers.connection).forget(self._result.erased)
        return self._result

    def _erase(self, order: Erasure) -> None:
        if order.id in self._erased:
            erasing.note(self.registers, order)
        else:
            self._result.erased |= erasing.erase(self.registers, self._private, order)

    def _record(self, theirs: RecordState) -> None:
        if theirs.id in self._erased:
            self._result.ignored += 1
            return
        kind = _known_kind(theirs.kind)
        ours = self.registers.state(theirs.id)
        joined = theirs if ours is None else join_records(ours, theirs)
        if self._lives_by_erased(kind, joined):
            # a part of somebody erased may not stay, nor come back in pieces
            self._erase(erasing.order_for_part(kind, joined))
            self._result.ignored += 1
        elif joined != ours:
            _save(self.registers, kind, ours, joined)
            if theirs.id in self._private.records:
                self._private.yield_to(theirs.id, kind, self.registers.values(kind, theirs.id), self._at)
            (self._result.new if ours is None else self._result.changed).add(theirs.id)

    def _lives_by_erased(self, kind: Kind, state: RecordState) -> bool:
        versions = (v for field in bindings(kind) for v in state.register(field.number).versions.values())
        return any(isinstance(v.value, str) and bytes.fromhex(v.value) in self._erased for v in versions)


def _known_kind(number: int) -> Kind:
    kind = catalogue.kinds_by_number().get(number)
    if kind is None:
        raise EnvironmentProblem(
            "newer_data",
            _("Ce fichier vient d’une version plus récente de Maillage. Votre annuaire n’a pas changé."),
            _("Installez la mise à jour pour l’ouvrir."),
        )
    return kind


def _save(registers: Registers, kind: Kind, ours: RecordState | None, joined: RecordState) -> None:
    if ours is None or (ours.base is None and joined.base is not None):
        values = {kind.by_number[f].name: v for f, v in joined.values.items() if f in kind.by_number}
        registers.place(kind, joined.id, joined.base, values)
        for number in joined.values.keys() - kind.by_number.keys():
            # a field of a newer version: carried untouched, for those who know it
            registers.save(kind, joined.id, number, joined.register(number))
    for number, register in joined.registers.items():
        if ours is None or _differs(ours, number, register):
            registers.save(kind, joined.id, number, register)


def _differs(ours: RecordState, number: int, register: Register) -> bool:
    return ours.registers.get(number) != register
