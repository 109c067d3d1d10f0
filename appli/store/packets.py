"""The packets received here: what each one brought, so that it can be taken back as if it had never come.

Taking a packet back un-claims it. Records it brought leave, fields get back the registers they had, and knowledge
shrinks, so that the same packet can be received again. What was written here since, or came again by another packet,
stays and is named; what was erased stays erased.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.causality import Context, Delta, Interval, Knowledge, RecordState, difference, union
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.domain.unknown import Unknown
from appli.store import agreement, unread
from appli.store.engine import among
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.merge import Received, Receiver, Witness
from appli.store.recovery import settle
from appli.store.registers import Registers, binding_fields
from appli.store.rows import SHARED, columns, dump
from appli.store.state_text import register_from, register_parts, state_from, state_text
from appli.store.states import states_of
from appli.store.twins import Watch

Claim = Mapping[bytes, tuple[Interval, ...]]

ABOUT = frozenset(("judgement",))
"""Kinds that say something of sheets and hold none here: what they say of one that leaves waits for its return."""
NEW, STAYS, WHOLE = -1, -2, -3
"""In the place of a field's number: the record came with the packet; it cannot be taken back; all of it was told."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet received. `undone` is the wall time of its taking back, in ms."""

    seq: int
    uid: str
    sender: bytes
    at: int
    facts: Mapping[str, Any]
    undone: int | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A packet about to be received: its own name, who sends it, and what is worth remembering of it."""

    uid: str
    sender: bytes
    facts: Mapping[str, Any] = field(default_factory=dict)
    complete: Callable[[], bool] = lambda: True
    """Asked once all was read: whether its claim may be taken (no part is damaged, no volume is missing)."""
    safe: int = 0
    """The highest of our own commits that others had confirmed before."""
    thorough: bool = False
    """Whether even what is known is looked at: its sender and this PC did not hold the same."""
    again: Callable[[], Delta] | None = None
    """Of a packet with everything: the same content once more, to mend what differs."""


@dataclass(slots=True)
class TakenBack:
    """What taking a packet back did."""

    removed: set[RecordId] = field(default_factory=set)
    restored: set[RecordId] = field(default_factory=set)
    kept: set[RecordId] = field(default_factory=set)
    """Records written here since, or that came again: they stay as they are."""
    private: set[RecordId] = field(default_factory=set)
    """Those of them that stay because this PC keeps something of its own beside them."""

    def add(self, other: TakenBack) -> None:
        """What taking one more packet back did."""
        self.removed |= other.removed
        self.restored = (self.restored | other.restored) - self.removed
        self.kept |= other.kept
        self.private |= other.private


def receive(folder: Folder, delta: Delta, packet: Arrival, left_out: Collection[RecordId] = ()) -> tuple[Received, int]:
    """Join a packet's content and remember what it did; its claim counts unless something is left out.

    The same packet twice, late or out of order changes nothing more. Raises Twin when it holds commits of ours that we
    did not make: nothing has changed then.
    """
    with folder.transaction(content=False) as connection:
        registers = Registers(raw(connection))
        settle(registers, Journal(registers.connection), folder.uid)
        brought = Knowledge(delta.claim).missing_from(registers.knowledge())
        log = _Log(registers, packet, folder.clock())
        differed = agreement.differs(registers, delta)
        thorough = packet.thorough or bool(differed and packet.again)
        watch = Watch(folder.uid, registers.next_counter(folder.uid) - 1, 0 if thorough else packet.safe)
        receiver = Receiver(registers, folder.clock(), log, left_out, watch=watch, thorough=thorough)
        result = receiver.join(delta)
        watch.end()
        result.crowded = not unread.keep(registers, _about_others(delta, result.left_out))
        whole = packet.complete() and not result.crowded and not result.left_out
        if whole:
            receiver.learn(delta)
            result.differs = agreement.differs(registers, delta)
            if result.differs and packet.again is not None and not thorough:
                differed = True
                receiver.look_at_all()
                receiver.join(packet.again())
                watch.end()
                result.differs = agreement.differs(registers, delta)
            result.mended = bool(differed or packet.thorough) and result.differs is False
        log.finish(delta.claim if whole else {}, brought)
        if result.changes:
            folder.content_changed(connection)
        return result, log.seq


def _about_others(delta: Delta, left_out: Collection[RecordId]) -> list[Unknown]:
    """The lines of a later version that speak of nothing that is to wait."""
    return [line for line in delta.unknown if unread.ids_in(line.raw).isdisjoint(left_out)]


def packets(registers: Registers) -> list[Packet]:
    """All packets received, the latest first."""
    sql = "SELECT seq, uid, sender, h, facts, undone FROM main.packet ORDER BY seq DESC"
    rows = registers.connection.execute(sql).fetchall()
    return [Packet(seq, uid, sender, at, json.loads(facts), undone) for seq, uid, sender, at, facts, undone in rows]


class _Log(Witness):
    """Writes down what a packet does."""

    def __init__(self, registers: Registers, packet: Arrival, at: int) -> None:
        self._execute = registers.connection.execute
        self._many = registers.connection.executemany
        cursor = self._execute(
            "INSERT INTO main.packet(uid, sender, h, claim, brought, facts) VALUES(?,?,?,'','',?)",
            (packet.uid, packet.sender, at, dump(dict(packet.facts))),
        )
        self.seq = int(cursor.lastrowid or 0)

    def came(self, states: Iterable[RecordState]) -> None:
        self._note((s.id, NEW, None) for s in states)

    def met(self, state: RecordState) -> None:
        self._note([(state.id, STAYS, None)])

    def changed(self, before: RecordState, after: RecordState) -> None:
        if before.base != after.base:
            self._note([(after.id, WHOLE, state_text(before))])
            return
        self._note(
            (after.id, number, dump(register_parts(before.register(number))))
            for number, register in after.registers.items()
            if before.registers.get(number) != register
        )

    def _note(self, items: Iterable[tuple[RecordId, int, str | None]]) -> None:
        # a record told in several lines keeps what it was before the first of them
        self._many(
            "INSERT OR IGNORE INTO main.packet_item(seq, id, f, before) VALUES(?,?,?,?)",
            ((self.seq, *item) for item in items),
        )

    def finish(self, claim: Claim, brought: Claim) -> None:
        self._execute(
            "UPDATE main.packet SET claim=?, brought=? WHERE seq=?",
            (_claim_text(claim), _claim_text(brought), self.seq),
        )


def take_back(folder: Folder, seq: int) -> TakenBack:
    """Take a packet back."""
    with folder.transaction(content=False) as connection:
        result = _take_back(Registers(raw(connection)), folder, seq)
        if result.removed or result.restored:
            folder.content_changed(connection)
        return result


class _Enough(Exception):
    """The rehearsal is over."""


def rehearse_taking_back(folder: Folder, seqs: Sequence[int]) -> TakenBack:
    """What taking packets back one after the other would do: the same code, then everything as it was."""
    total = TakenBack()
    with contextlib.suppress(_Enough), folder.transaction(content=False) as connection:
        for seq in seqs:
            total.add(_take_back(Registers(raw(connection)), folder, seq))
        raise _Enough
    return total


def _take_back(registers: Registers, folder: Folder, seq: int) -> TakenBack:
    result = _TakingBack(registers, folder.uid, seq).run()
    registers.connection.execute("UPDATE main.packet SET undone=? WHERE seq=?", (folder.clock(), seq))
    registers.connection.execute("DELETE FROM main.packet_item WHERE seq=?", (seq,))
    Journal(registers.connection).forget(result.removed)
    return result


class _TakingBack:
    def __init__(self, registers: Registers, uid: bytes, seq: int) -> None:
        self._registers = registers
        self._uid = uid
        self._seq = seq
        self._result = TakenBack()
        self._brought = Knowledge(self._claims("brought", "seq=?"))
        self._again = Knowledge(self._claims("claim", "seq>? AND undone IS NULL"))

    def _claims(self, column: str, condition: str) -> dict[bytes, tuple[Interval, ...]]:
        found: dict[bytes, tuple[Interval, ...]] = {}
        sql = f"SELECT {column} FROM main.packet WHERE {condition}"
        for (text,) in self._registers.connection.execute(sql, (self._seq,)).fetchall():
            for uid, intervals in claim_from(text).items():
                found[uid] = union(found.get(uid, ()), intervals)
        return found

    def run(self) -> TakenBack:
        sql = "SELECT id, f, before FROM main.packet_item WHERE seq=?"
        items: dict[RecordId, dict[int, str]] = {}
        for record_id, number, before in self._registers.connection.execute(sql, (self._seq,)).fetchall():
            items.setdefault(record_id, {})[number] = before
        states = {s.id: s for s in states_of(self._registers, items.keys())}
        here = {i: told for i, told in items.items() if i in states}
        self._result.kept = {i for i, told in here.items() if STAYS in told}
        came = {i for i, told in here.items() if NEW in told} - self._result.kept
        self._result.private = self._result.kept | self._privately_used(came)
        self._result.kept |= self._result.private
        came -= self._result.kept
        leaving = self._leaving(came, {i for i in came if self._is_untouched(states[i], None)})
        self._result.kept |= came - leaving
        for one in leaving:
            self._registers.remove(_kind(states[one]), one)
        self._result.removed = leaving
        for one in here.keys() - came - self._result.kept:
            self._restore(states[one], here[one])
        self._unlearn()
        return self._result

    # ---- records that came with the packet

    def _leaving(self, came: set[RecordId], leaving: set[RecordId]) -> set[RecordId]:
        """Those that may leave: a sheet stays with all that lives by it as soon as something of it must stay."""
        lives_by = self._lives_by(came)
        while True:
            staying = {owner for part, owners in lives_by.items() if part not in leaving for owner in owners}
            staying |= {part for part, owners in lives_by.items() if owners - leaving}
            if not staying & leaving:
                return leaving
            leaving = leaving - staying

    def _privately_used(self, ids: Iterable[RecordId]) -> set[RecordId]:
        """Those beside which this PC keeps something of its own."""
        return {i for (i,) in among(self._registers.connection, "SELECT id FROM main.private_value WHERE id IN", ids)}

    def _lives_by(self, owners: set[RecordId]) -> dict[RecordId, set[RecordId]]:
        found: dict[RecordId, set[RecordId]] = {}
        named = {one.hex(): one for one in owners}
        for kind, bound in binding_fields():
            if kind.code in ABOUT:
                continue
            rows = self._registers.connection.execute(
                f"SELECT id, {columns(bound)} FROM {SHARED}.{kind.code} UNION ALL "
                "SELECT id, json_extract(val, '$') FROM main.private_value WHERE kind=? AND f=?",
                (kind.number, bound.number),
            )
            for part, owner in rows.fetchall():
                if owner in named:
                    found.setdefault(part, set()).add(named[owner])
        return found

    # ---- fields of records that were here

    def _restore(self, state: RecordState, told: dict[int, str]) -> None:
        if WHOLE in told:
            before = state_from(told[WHOLE])
            if self._is_untouched(state, before):
                self._registers.remove(_kind(state), state.id)
                self._registers.place_all(_kind(state), [before])
                self._result.restored.add(state.id)
            else:
                self._result.kept.add(state.id)
            return
        for number, text in told.items():
            register = register_from(json.loads(text))
            if self._came_with_it(state.register(number).context, register.context):
                self._registers.give_back(_kind(state), state, number, register)
                self._result.restored.add(state.id)
            else:
                self._result.kept.add(state.id)

    def _is_untouched(self, state: RecordState, before: RecordState | None) -> bool:
        """Whether all that a record holds beyond `before` came with this packet and with no later one."""
        was = before or RecordState(state.id, state.kind)
        numbers = state.registers.keys() | was.registers.keys() | state.values.keys()
        base = {} if state.base is None or was.base is not None else {state.base.replica: state.base.counter}
        return self._came_with_it(base, {}) and all(
            self._came_with_it(state.register(n).context, was.register(n).context) for n in numbers
        )

    def _came_with_it(self, context: Context, before: Context) -> bool:
        for replica, counter in context.items():
            low = before.get(replica, 0) + 1
            if counter < low:
                continue
            if not self._brought.knows((replica, counter)):
                return False
            again = self._again.as_dict().get(replica, ())
            fresh = self._brought.as_dict()[replica]
            inside = difference([(low, counter)], difference([(low, counter)], fresh))
            if inside != difference(inside, again):
                return False
        return True

    # ---- what is known

    def _unlearn(self) -> None:
        for uid, intervals in self._brought.missing_from(self._again).items():
            if uid != self._uid:
                self._registers.unlearn(uid, intervals)


def _kind(state: RecordState) -> Kind:
    return catalogue.kinds_by_number()[state.kind]


def _claim_text(claim: Claim) -> str:
    return dump({uid.hex(): list(intervals) for uid, intervals in claim.items()})


def claim_from(text: str) -> dict[bytes, tuple[Interval, ...]]:
    found = json.loads(text).items()
    return {bytes.fromhex(uid): tuple((low, high) for low, high in intervals) for uid, intervals in found}
