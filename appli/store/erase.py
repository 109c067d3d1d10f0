"""Forgetting a record for ever: its rows, versions, parts and links, here and in whatever arrives later."""

from __future__ import annotations

from collections.abc import Iterable

from appli.domain.causality import Erasure, Stamp, earlier
from appli.domain.ids import RecordId
from appli.store.private import PrivateValues
from appli.store.registers import Registers, binding_fields
from appli.store.rows import SHARED, columns


def erase(registers: Registers, private: PrivateValues, stamp: Stamp, record_id: RecordId) -> set[RecordId]:
    """Remove a record and all that lives by it; returns every id that went.

    Parts get an order of their own: an edit of a phone number that arrives late, without its owner, must not stay.
    """
    gone = {record_id}
    for _kind, part in [*registers.parts(record_id), *private.parts(record_id)]:
        gone.add(part)
    for one in gone:
        kind = registers.base(one)[0]
        if kind is not None:
            registers.remove(kind, one)
        private.remove(one)
        note(registers, Erasure(one, stamp))
    return gone


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


def orphans_of(registers: Registers, erased: Iterable[RecordId]) -> dict[RecordId, RecordId]:
    """Rows present here that live by an erased record: {row: erased record}."""
    found: dict[RecordId, RecordId] = {}
    for owner in erased:
        for kind, field in binding_fields():
            sql = f"SELECT id FROM {SHARED}.{kind.code} WHERE {columns(field)}=?"
            for (part,) in registers.connection.execute(sql, (owner.hex(),)):
                found[part] = owner
    return found
