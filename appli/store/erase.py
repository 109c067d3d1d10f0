"""Forgetting a record for ever: its rows, versions, parts and links, here and in whatever arrives later.

Parts get orders of their own: an edit of a phone number that arrives late, without its owner, must not stay. Such an
order follows from the owner's, and each PC draws it for the parts it holds; so it travels under the commit that created
the part: whoever knows that commit holds the part, and drops it when the owner's order comes; whoever does not learns
the order with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from appli.domain.causality import Erasure, RecordState, Stamp, display_order, earlier
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.engine import among
from appli.store.parts import parts_of
from appli.store.private import PrivateValues
from appli.store.registers import Registers, bindings
from appli.store.rows import SHARED


def erase(registers: Registers, private: PrivateValues, order: Erasure) -> set[RecordId]:
    """Remove a record and all that lives by it; returns every id that went."""
    gone = {order.id}
    note(registers, order)
    for kind, part in parts_of(registers, private, order.id):
        gone.add(part)
        state = registers.state(part)
        if state is not None:
            note(registers, order_for_part(kind, state))
    for one in gone:
        held = registers.base(one)[0]
        if held is not None:
            registers.remove(held, one)
        private.remove(one)
        _forget_strangers(registers, one)
    return gone


def _forget_strangers(registers: Registers, record_id: RecordId) -> None:
    """What a newer version wrote of somebody, in records that this one cannot read."""
    sql = f"DELETE FROM {SHARED}.stranger WHERE id=? OR instr(state, ?)"
    registers.connection.execute(sql, (record_id, f'"{record_id.hex()}"'))


def order_for_part(kind: Kind, state: RecordState) -> Erasure:
    """The order for a part of somebody erased, under the commit that made it a part."""
    return Erasure(state.id, state.base or _attached(kind, state))


def _attached(kind: Kind, state: RecordState) -> Stamp:
    versions = [v for field in bindings(kind) for v in state.register(field.number).versions.values()]
    return min(versions, key=display_order).stamp


def note(registers: Registers, erasure: Erasure) -> None:
    """Keep the order; of two for one record all PCs keep the same."""
    known = find(registers, erasure.id)
    kept = erasure if known is None else earlier(known, erasure)
    if kept is not known:
        s = kept.stamp
        registers.connection.execute(
            f"INSERT OR REPLACE INTO {SHARED}.erased(id, r, c, h) VALUES(?,?,?,?)",
            (kept.id, registers.index(s.replica), s.counter, s.at),
        )


def find(registers: Registers, record_id: RecordId) -> Erasure | None:
    """The order that a record be forgotten, if any."""
    row = registers.connection.execute(f"SELECT r, c, h FROM {SHARED}.erased WHERE id=?", (record_id,)).fetchone()
    return None if row is None else Erasure(record_id, registers.stamp(*row))


def all_erasures(registers: Registers) -> list[Erasure]:
    """Every order known."""
    rows = registers.connection.execute(f"SELECT id, r, c, h FROM {SHARED}.erased ORDER BY id").fetchall()
    return [Erasure(i, registers.stamp(r, c, h)) for i, r, c, h in rows]


def erased_among(registers: Registers, ids: Iterable[RecordId]) -> set[RecordId]:
    """Those of these records that were ordered to be forgotten."""
    rows = among(registers.connection, f"SELECT id FROM {SHARED}.erased WHERE id IN", ids)
    return {record_id for (record_id,) in rows}


class Erased:
    """The ids that were erased, to be asked one by one."""

    def __init__(self, registers: Registers) -> None:
        self._connection = registers.connection

    def __contains__(self, record_id: RecordId) -> bool:
        sql = f"SELECT 1 FROM {SHARED}.erased WHERE id=?"
        return self._connection.execute(sql, (record_id,)).fetchone() is not None
