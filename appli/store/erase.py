"""Forgetting a record for ever: its rows, versions, parts and links, here and in whatever arrives later.

Parts get orders of their own: an edit of a phone number that arrives late, without its owner, must not stay. Such an
order follows from the owner's, and each PC draws it for the parts it holds; so it travels under the commit that created
the part: whoever knows that commit holds the part, and drops it when the owner's order comes; whoever does not learns
the order with it, and the owners it follows from.

What arrives is only *asked*, until a signed order that counts here, or a person, lets it take effect. It is handed on
either way. What takes effect depends on what was received, never on the order it came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from appli.domain.causality import Erasure, RecordState, Stamp, display_order, earlier
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.engine import among
from appli.store.parts import parts_of, parts_of_each
from appli.store.private import PrivateValues
from appli.store.registers import Registers, bindings
from appli.store.rows import SHARED

_ID = 16


def erase(registers: Registers, private: PrivateValues, order: Erasure) -> set[RecordId]:
    """Remove a record and all that lives by it; returns every id that went."""
    gone = {order.id}
    note(registers, order)
    for kind, part in parts_of(registers, private, order.id):
        gone.add(part)
        state = registers.state(part)
        if state is not None:
            note(registers, order_for_part(kind, state, {order.id}))
    for one in gone:
        held = registers.base(one)[0]
        if held is not None:
            registers.remove(held, one)
        private.remove(one)
        private.unrefuse(one)
        _forget_strangers(registers, one)
    return gone | follow(registers, private)


def follow(registers: Registers, private: PrivateValues, authority: Collection[str] = ()) -> set[RecordId]:
    """Carry out what is asked and may now take effect: under orders that count, or after what a part lived by.

    Returns every id that went.
    """
    gone: set[RecordId] = set()
    waiting = all_asked(registers)
    while waiting:
        given = _ordered_by(registers, authority)
        over = erased_among(registers, (owner for one in waiting for owner in one.owners))
        after = {o.id for o in waiting if not over.isdisjoint(o.owners) and _is_left(registers, private, o)}
        due = [o for o in waiting if o.id in given or o.id in after]
        for one in due:
            gone |= erase(registers, private, one)
        if not due:
            break
        waiting = all_asked(registers)
    return gone


def _ordered_by(registers: Registers, authority: Collection[str]) -> set[RecordId]:
    return {i for (i,) in among(registers.connection, f"SELECT id FROM {SHARED}.ordered WHERE uid IN", authority)}


def _is_left(registers: Registers, private: PrivateValues, order: Erasure) -> bool:
    """Whether nothing is held of a part, or it lives by nothing else: an unsigned line takes no sheet along."""
    kind = registers.base(order.id)[0] or private.kind(order.id)
    if kind is None:
        return True
    owners = _owners(registers, private, kind, order.id)
    if not bindings(kind):
        return False
    return bool(erased_among(registers, owners)) or not (registers.present(owners) or owners & private.records)


def _owners(registers: Registers, private: PrivateValues, kind: Kind, record_id: RecordId) -> set[RecordId]:
    state = registers.state(record_id)
    shared = [v.value for f in bindings(kind) for v in state.register(f.number).versions.values()] if state else []
    kept = private.values(record_id, kind)
    mine = [kept.get(f.name) for f in bindings(kind)]
    return {bytes.fromhex(value) for value in (*shared, *mine) if isinstance(value, str)}


def _forget_strangers(registers: Registers, record_id: RecordId) -> None:
    """What a newer version wrote of somebody, in records and lines that this one cannot read."""
    execute, named = registers.connection.execute, record_id.hex()
    execute(f"DELETE FROM {SHARED}.stranger WHERE id=?", (record_id,))
    if execute(f"DELETE FROM {SHARED}.stranger WHERE instr(state, ?)", (f'"{named}"',)).rowcount:
        note_dropped(registers)
    execute(f"DELETE FROM {SHARED}.unread WHERE about=? OR instr(raw, ?)", (record_id, named.encode()))
    execute(f"DELETE FROM {SHARED}.statement WHERE sort='later' AND instr(body, ?)", (named.encode(),))


def note_dropped(registers: Registers) -> None:
    """Something was not kept that a PC with a newer version may rightly hold: the two need not hold the same."""
    registers.connection.execute(f"INSERT OR REPLACE INTO {SHARED}.meta(key, value) VALUES('dropped', '1')")


def order_for_part(kind: Kind, state: RecordState, owners: Collection[RecordId]) -> Erasure:
    """The order for a part of somebody erased, under the commit that made it a part."""
    return Erasure(state.id, state.base or _attached(kind, state), tuple(sorted(owners)))


def _attached(kind: Kind, state: RecordState) -> Stamp:
    versions = [v for field in bindings(kind) for v in state.register(field.number).versions.values()]
    return min(versions, key=display_order).stamp


def ask(registers: Registers, erasure: Erasure) -> None:
    """Keep what somebody wants forgotten; it has no effect yet, unless it had before."""
    if find(registers, erasure.id) is not None:
        note(registers, erasure)
    else:
        _keep(registers, "asked", erasure)


def note(registers: Registers, erasure: Erasure) -> None:
    """It has taken effect. Of two orders for one record all PCs keep the same."""
    waiting = _find(registers, "asked", erasure.id)
    if waiting is not None:
        registers.connection.execute(f"DELETE FROM {SHARED}.asked WHERE id=?", (erasure.id,))
        erasure = earlier(erasure, waiting)
    _keep(registers, "erased", erasure)


def _keep(registers: Registers, table: str, erasure: Erasure) -> None:
    known = _find(registers, table, erasure.id)
    kept = erasure if known is None else earlier(known, erasure)
    if kept != known:
        s = kept.stamp
        registers.connection.execute(
            f"INSERT OR REPLACE INTO {SHARED}.{table}(id, r, c, h, owners) VALUES(?,?,?,?,?)",
            (kept.id, registers.index(s.replica), s.counter, s.at, b"".join(kept.owners) or None),
        )


def find(registers: Registers, record_id: RecordId) -> Erasure | None:
    """The order by which a record was forgotten, if any."""
    return _find(registers, "erased", record_id)


def _find(registers: Registers, table: str, record_id: RecordId) -> Erasure | None:
    sql = f"SELECT id, r, c, h, owners FROM {SHARED}.{table} WHERE id=?"
    row = registers.connection.execute(sql, (record_id,)).fetchone()
    return None if row is None else _erasure(registers, *row)


def _erasure(registers: Registers, record_id: RecordId, r: int, c: int, h: int, owners: bytes | None) -> Erasure:
    named = owners or b""
    split = tuple(named[at : at + _ID] for at in range(0, len(named), _ID))
    return Erasure(record_id, registers.stamp(r, c, h), split)


def all_erasures(registers: Registers) -> list[Erasure]:
    """All that took effect here."""
    return _all(registers, "erased")


def all_asked(registers: Registers) -> list[Erasure]:
    """All that others want forgotten and that has no effect here."""
    return _all(registers, "asked")


def _all(registers: Registers, table: str) -> list[Erasure]:
    sql = f"SELECT id, r, c, h, owners FROM {SHARED}.{table} ORDER BY id"
    return [_erasure(registers, *row) for row in registers.connection.execute(sql).fetchall()]


def waiting(registers: Registers, private: PrivateValues) -> dict[RecordId, Erasure]:
    """What is asked of records held here, for a person to decide; parts go as what they live by goes."""
    every = {one.id: one for one in all_asked(registers)}
    held = registers.present(every) | (every.keys() & private.records)
    return {i: one for i, one in every.items() if i in held and held.isdisjoint(one.owners)}


def contested(registers: Registers, private: PrivateValues) -> set[RecordId]:
    """Records held here that others forgot, with their parts.

    Who forgot them knows their commits and hands out none of them: knowledge says nothing of what one may lack here.
    """
    held = registers.present(one.id for one in all_asked(registers))
    return held | {part for parts in parts_of_each(registers, private, held).values() for _kind, part in parts}


def forgotten(registers: Registers) -> list[RecordId]:
    """All that was erased, or is asked to be and was never here: the same on PCs that hold the same."""
    here = registers.present(one.id for one in all_asked(registers))
    return sorted({e.id for e in all_erasures(registers)} | ({e.id for e in all_asked(registers)} - here))


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
