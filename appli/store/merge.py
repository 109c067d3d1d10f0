"""Receiving another PC's state: erasures first, then each record through the pure join, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from appli.domain import catalogue
from appli.domain.causality import Delta, Knowledge, RecordState, Register, join_records
from appli.domain.changes import Changes
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.store import erase as erasing
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.private import PrivateValues
from appli.store.registers import Registers, binding_fields
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
    with folder.transaction() as connection:
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
    with folder.transaction() as connection:
        registers = Registers(raw(connection))
        result = Received()
        _erasures(registers, delta, result)
        erased = {i for (i,) in registers.connection.execute(f"SELECT id FROM {SHARED}.erased")}
        for theirs in delta.records:
            _record(registers, theirs, erased, result)
        for uid, intervals in delta.claim.items():
            registers.learn(uid, intervals)
        Journal(registers.connection).forget(result.erased)
        return result


def _erasures(registers: Registers, delta: Delta, result: Received) -> None:
    private = PrivateValues(registers.connection)
    for erasure in delta.erasures:
        if erasing.find(registers, erasure.id) is None:
            result.erased |= erasing.erase(registers, private, erasure.stamp, erasure.id)
        erasing.note(registers, erasure)


def _record(registers: Registers, theirs: RecordState, erased: set[RecordId], result: Received) -> None:
    if theirs.id in erased:
        result.ignored += 1
        return
    kind = catalogue.kinds_by_number().get(theirs.kind)
    if kind is None:
        raise EnvironmentProblem(
            "newer_data",
            _("Ce fichier vient d’une version plus récente de Maillage. Votre annuaire n’a pas changé."),
            _("Installez la mise à jour pour l’ouvrir."),
        )
    ours = registers.state(theirs.id)
    joined = theirs if ours is None else join_records(ours, theirs)
    owner = _erased_owner(kind, joined, erased)
    if owner is not None:
        _drop_orphan(registers, kind, theirs.id, owner, erased)
        result.ignored += 1
        return
    if joined == ours:
        return
    _save(registers, kind, ours, joined)
    (result.new if ours is None else result.changed).add(theirs.id)


def _erased_owner(kind: Kind, state: RecordState, erased: set[RecordId]) -> RecordId | None:
    for owner_kind, link in binding_fields():
        if owner_kind is not kind:
            continue
        for version in state.register(link.number).versions.values():
            if isinstance(version.value, str) and bytes.fromhex(version.value) in erased:
                return bytes.fromhex(version.value)
    return None


def _drop_orphan(registers: Registers, kind: Kind, record_id: RecordId, owner: RecordId, erased: set[RecordId]) -> None:
    """A part of somebody erased may not stay, nor come back in pieces."""
    registers.remove(kind, record_id)
    order = erasing.find(registers, owner)
    if order is not None:
        erasing.note(registers, type(order)(record_id, order.stamp))
        erased.add(record_id)


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
