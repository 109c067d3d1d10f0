"""What people signed, kept to be handed on as it is: orders to erase, and who holds which role."""

from __future__ import annotations

from collections.abc import Iterable

from appli.domain.causality import Knowledge
from appli.domain.ids import RecordId
from appli.domain.statements import Kept, Statement
from appli.store.engine import among, scalar
from appli.store.erase import erased_among
from appli.store.registers import Registers
from appli.store.rows import SHARED
from appli.store.unread import ids_in

LATER = "later"
"""The sort of statements that only a later version reads."""
ROOM = 2_000
"""So many of them are kept at most: they come again with every packet of who has them."""


def keep(registers: Registers, some: Iterable[Kept]) -> None:
    """Keep statements; one that is known stays as it was kept first, unless it could not be read then."""
    for one in some:
        registers.connection.execute(f"DELETE FROM {SHARED}.statement WHERE uid=? AND sort=?", (one.uid, LATER))
        if one.sort == LATER and not _may_stay(registers, one):
            continue
        said, (replica, counter) = one.statement, one.dot or (None, None)
        registers.connection.execute(
            f"INSERT OR IGNORE INTO {SHARED}.statement(uid, sort, r, c, body, key, signature) VALUES(?,?,?,?,?,?,?)",
            (
                one.uid,
                one.sort,
                None if replica is None else registers.index(replica),
                counter,
                said.body,
                said.key,
                said.signature,
            ),
        )
        registers.connection.executemany(
            f"INSERT OR IGNORE INTO {SHARED}.ordered(id, uid) VALUES(?,?)", [(i, one.uid) for i in one.ids]
        )


def _may_stay(registers: Registers, one: Kept) -> bool:
    """Whether there is room for what cannot be read, and it speaks of nobody who was erased."""
    held = scalar(registers.connection, f"SELECT count(*) FROM {SHARED}.statement WHERE sort=?", LATER)
    return held < ROOM and not erased_among(registers, ids_in(one.statement.body))


def every(registers: Registers) -> list[Kept]:
    """All that is kept."""
    execute = registers.connection.execute
    ids: dict[str, list[RecordId]] = {}
    for record_id, uid in execute(f"SELECT id, uid FROM {SHARED}.ordered ORDER BY id"):
        ids.setdefault(uid, []).append(record_id)
    rows = execute(f"SELECT uid, sort, r, c, body, key, signature FROM {SHARED}.statement ORDER BY uid").fetchall()
    return [
        Kept(Statement(*said), sort, tuple(ids.get(uid, ())), None if r is None else registers.stamp(r, c, 0).dot)
        for uid, sort, r, c, *said in rows
    ]


def lacking(registers: Registers, known: Knowledge) -> tuple[Kept, ...]:
    """Those that somebody who knows `known` may lack: all roles, and the orders signed in commits unknown there."""
    return tuple(one for one in every(registers) if one.dot is None or not known.knows(one.dot))


def unsigned(registers: Registers, uid: bytes) -> list[RecordId]:
    """What was erased here by this PC, and no order tells of: an older version did it, or the power went."""
    sql = (
        f"SELECT id FROM {SHARED}.erased WHERE r=? AND owners IS NULL "
        f"AND id NOT IN (SELECT id FROM {SHARED}.ordered) ORDER BY id"
    )
    return [i for (i,) in registers.connection.execute(sql, (registers.index(uid),))]


def orders_of(registers: Registers, ids: Iterable[RecordId]) -> dict[RecordId, list[str]]:
    """The orders, by uid, that name each of these records."""
    found: dict[RecordId, list[str]] = {}
    for record_id, uid in among(registers.connection, f"SELECT id, uid FROM {SHARED}.ordered WHERE id IN", ids):
        found.setdefault(record_id, []).append(uid)
    return found
