"""Receiving another PC's state: erasures first, then each record through the pure join, in one transaction.

Records that were never here are written some hundreds at a time; the others one by one. What is done is told to a
`Witness`, which a preview reads and an undoing needs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from appli.domain import catalogue
from appli.domain.causality import Delta, Knowledge, RecordState, Register, join_records
from appli.domain.changes import Changes
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.domain.written_once import joined_whole
from appli.store import agreement, statements, strangers
from appli.store import erase as erasing
from appli.store.erase import erased_among
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.private import PrivateValues
from appli.store.recovery import settle
from appli.store.registers import Registers, bindings_of
from appli.store.states import states_of
from appli.store.twins import Watch

_BATCH = 500


@dataclass(slots=True)
class Received:
    """What a delta did."""

    new: set[RecordId] = field(default_factory=set)
    changed: set[RecordId] = field(default_factory=set)
    conflicts: set[RecordId] = field(default_factory=set)
    """Those of the changed ones where a field has several values now."""
    erased: set[RecordId] = field(default_factory=set)
    ignored: set[RecordId] = field(default_factory=set)
    """Records that were already erased here."""
    asked: set[RecordId] = field(default_factory=set)
    """Records held here that others want forgotten, and that wait for a person since this came."""
    left_out: set[RecordId] = field(default_factory=set)
    differs: bool | None = None
    """Whether this PC, which knows all its sender knew, holds something else; None if one cannot tell."""
    twin: bool = False
    """In a rehearsal: it holds commits of ours that we did not make."""
    crowded: bool = False
    """There was no room for what a later version wrote: it will have to come again."""
    mended: bool = False
    """It held something else, until all of the packet was looked at anew."""

    @property
    def changes(self) -> Changes:
        return Changes(frozenset(self.new | self.changed | self.asked), frozenset(self.erased))


class Witness(Protocol):
    """Who is told what a delta does, record by record."""

    def came(self, states: Iterable[RecordState]) -> None:
        """Records that were not here."""

    def met(self, state: RecordState) -> None:
        """A record that was private here, and that somebody shares."""

    def changed(self, before: RecordState, after: RecordState) -> None:
        """A record that holds something else now."""


class Nobody:
    """Listens to nothing."""

    def came(self, states: Iterable[RecordState]) -> None:
        """Nothing to do."""

    def met(self, state: RecordState) -> None:
        """Nothing to do."""

    def changed(self, before: RecordState, after: RecordState) -> None:
        """Nothing to do."""


class _Enough(Exception):
    """The rehearsal is over."""


def rehearse(folder: Folder, delta: Delta, witness: Witness, safe: int = 0) -> Received:
    """What receiving a delta would do: the same code, then everything as it was.

    `safe`: the highest of our own commits that others had confirmed before.
    """
    with contextlib.suppress(_Enough), folder.transaction(content=False) as connection:
        registers = Registers(raw(connection))
        settle(registers, Journal(registers.connection), folder.uid)
        differed = agreement.differs(registers, delta)
        watch = Watch(folder.uid, registers.next_counter(folder.uid) - 1, 0 if differed else safe)
        receiver = Receiver(registers, folder.clock(), witness, watch=watch, thorough=bool(differed))
        result = receiver.join(delta)
        receiver.learn(delta)
        result.differs = differed or agreement.differs(registers, delta)
        result.twin = watch.found
        raise _Enough
    return result


class Receiver:
    """One delta being joined, inside the caller's transaction."""

    def __init__(
        self,
        registers: Registers,
        at: int,
        witness: Witness,
        left_out: Collection[RecordId] = (),
        *,
        watch: Watch | None = None,
        thorough: bool = False,
    ) -> None:
        """`watch` looks out for commits of ours that we did not make; `thorough`: even what is known is looked at."""
        self.registers = registers
        self._watch = watch
        self._thorough = thorough
        self._private = PrivateValues(registers.connection)
        self._witness = witness
        self._left_out = set(left_out)
        self._at = at
        self._known = registers.knowledge()
        self._contested: Collection[RecordId] = ()
        self._result = Received()

    def join(self, delta: Delta) -> Received:
        """Erasures first, then each record."""
        waited = erasing.waiting(self.registers, self._private).keys()
        statements.keep(self.registers, delta.statements)
        for order in delta.erasures:
            erasing.ask(self.registers, order)
        self._result.erased |= erasing.follow(self.registers, self._private, delta.authority)
        self._contested = erasing.contested(self.registers, self._private)
        gathered: dict[RecordId, RecordState] = {}
        for theirs in delta.records:
            if theirs.id in gathered or len(gathered) >= _BATCH:
                self._records(gathered)
                gathered = {}
            gathered[theirs.id] = theirs
        self._records(gathered)
        self._result.asked = erasing.waiting(self.registers, self._private).keys() - waited
        Journal(self.registers.connection).forget(self._result.erased)
        return self._result

    def look_at_all(self) -> None:
        """From now on nothing is taken for known."""
        self._thorough = True
        if self._watch is not None:
            self._watch.safe = 0

    def learn(self, delta: Delta) -> None:
        """All of it came: its commits are known from now on."""
        for uid, intervals in delta.claim.items():
            self.registers.learn(uid, intervals)

    def _records(self, gathered: Mapping[RecordId, RecordState]) -> None:
        """Some hundreds of records: what is asked of the base is asked once for all of them."""
        wanted = [s for s in gathered.values() if not (self._left_out and self._is_left_out(s))]
        owners = {s.id: _owners(s) for s in wanted if bindings_of(s.kind)}
        erased = erased_among(self.registers, chain((s.id for s in wanted), *owners.values()))
        present = self.registers.present(s.id for s in wanted)
        watched = {s.id for s in wanted if self._watch is not None and self._watch.concerns(s)}
        looked_at = {i for i in present if i in watched or self._has_news(gathered[i])}
        ours = {s.id: s for s in states_of(self.registers, looked_at)}
        if self._thorough:
            present &= ours.keys()  # what lost a part of its rows comes as if it had never been here
        fresh: dict[RecordId, RecordState] = {}
        for theirs in wanted:
            if theirs.id in erased:
                self._result.ignored.add(theirs.id)
                continue
            stands = not erased or erased.isdisjoint(owners.get(theirs.id, ()))
            if self._watch is not None and stands and theirs.id in watched:
                self._watch.look(ours.get(theirs.id), theirs)
            if theirs.kind not in catalogue.kinds_by_number():
                strangers.join(self.registers, theirs)
            elif theirs.id in ours:
                erased |= self._join(ours[theirs.id], theirs, erased)
            elif theirs.id not in present:
                if stands:
                    fresh[theirs.id] = theirs
                else:
                    erased |= self._forget_part(theirs)
        self._place_standing(fresh, owners, erased)

    def _place_standing(
        self,
        fresh: dict[RecordId, RecordState],
        owners: Mapping[RecordId, Collection[RecordId]],
        erased: set[RecordId],
    ) -> None:
        """Place what is new, but for what lives by something that was forgotten after it was looked at."""
        while erased and (late := [one for one in fresh if not erased.isdisjoint(owners.get(one, ()))]):
            for one in late:
                erased |= self._forget_part(fresh.pop(one))
        by_kind: dict[int, list[RecordState]] = {}
        for state in fresh.values():
            by_kind.setdefault(state.kind, []).append(state)
        for number, states in by_kind.items():
            self._place(catalogue.kinds_by_number()[number], states)

    def _is_left_out(self, theirs: RecordState) -> bool:
        """Whether somebody wants this record, or what it lives by, to wait."""
        if theirs.id not in self._left_out and self._left_out.isdisjoint(_owners(theirs)):
            return False
        self._left_out.add(theirs.id)
        self._result.left_out.add(theirs.id)
        return True

    def _has_news(self, theirs: RecordState) -> bool:
        """Whether anything in a state may be unknown here; all that is known completely need not be looked at."""
        known = self._known
        if self._thorough or theirs.id in self._contested:
            return True
        if theirs.base is not None and not known.knows(theirs.base.dot):
            return True
        return any(_is_news(register, known) for register in theirs.registers.values())

    def _join(self, ours: RecordState, theirs: RecordState, erased: Collection[RecordId]) -> set[RecordId]:
        """Returns what had to be forgotten instead."""
        kind = catalogue.kinds_by_number()[ours.kind]
        joined = joined_whole(kind, ours, theirs, join_records(ours, theirs))
        if any(owner in erased for owner in _owners(joined)):
            return self._forget_part(joined)
        if joined != ours:
            _save(self.registers, kind, ours, joined)
            self._witness.changed(ours, joined)
            self._result.changed.add(ours.id)
            if any(len(r.versions) > max(1, len(ours.register(n).versions)) for n, r in joined.registers.items()):
                self._result.conflicts.add(ours.id)
        return set()

    def _place(self, kind: Kind, states: list[RecordState]) -> None:
        for state in states if self._thorough else ():
            self.registers.remove(kind, state.id)
        self.registers.place_all(kind, states)
        self._result.new.update(s.id for s in states)
        private = self._private.records
        beside = [s for s in states if s.id in private]
        self._witness.came([s for s in states if s.id not in private] if beside else states)
        for state in beside:
            self._witness.met(state)
            self._private.yield_to(state.id, kind, self.registers.values(kind, state.id), self._at)

    def _forget_part(self, state: RecordState) -> set[RecordId]:
        """A part of somebody erased may not stay, nor come back in pieces; returns every id that went."""
        owners = erased_among(self.registers, _owners(state))
        order = erasing.order_for_part(catalogue.kinds_by_number()[state.kind], state, owners)
        gone = erasing.erase(self.registers, self._private, order)
        self._result.erased |= gone
        self._result.ignored.add(state.id)
        return gone


def _is_news(register: Register, known: Knowledge) -> bool:
    dots = (*register.versions, *register.context.items())
    return any(counter and not known.knows((replica, counter)) for replica, counter in dots)


def _owners(state: RecordState) -> list[RecordId]:
    """All the records that any version of a state lives by."""
    fields = bindings_of(state.kind)
    if not fields:
        return []
    versions = (v for one in fields for v in state.register(one.number).versions.values())
    return [bytes.fromhex(v.value) for v in versions if isinstance(v.value, str)]


def _save(registers: Registers, kind: Kind, ours: RecordState, joined: RecordState) -> None:
    if ours.base is None and joined.base is not None:
        values = {kind.by_number[f].name: v for f, v in joined.values.items() if f in kind.by_number}
        registers.place(kind, joined.id, joined.base, values)
        for number in joined.values.keys() - kind.by_number.keys():
            # a field of a newer version: carried untouched, for those who know it
            registers.save(kind, joined.id, number, joined.register(number))
    for number, register in joined.registers.items():
        if ours.registers.get(number) != register:
            registers.save(kind, joined.id, number, register)
