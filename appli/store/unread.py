"""Lines of packets that only a later version understands: kept as they came, handed on as they came.

An old PC between two new ones must lose nothing. A line that cannot be read cannot be joined either, so it stays beside
those that came before it; after an update each takes its place. Room is bounded: what no longer fits is not taken, and
neither is the claim of its packet, so that all of it comes again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from appli.domain.ids import RecordId
from appli.domain.unknown import Unknown
from appli.store.erase import erased_among
from appli.store.registers import Registers
from appli.store.rows import SHARED

LINES, BYTES = 20_000, 8 << 20
"""What is kept at most."""

_ID = re.compile(rb"[0-9a-f]{32}")


def keep(registers: Registers, lines: Iterable[Unknown]) -> bool:
    """Keep lines, but nothing of what speaks of somebody erased. Returns whether there was room; if not, none is."""
    coming = {_name(line): line for line in lines}
    mentioned = {name: ids_in(line.raw) for name, line in coming.items()}
    over = erased_among(registers, {one for ids in mentioned.values() for one in ids})
    staying = [(name, line) for name, line in coming.items() if over.isdisjoint(mentioned[name])]
    execute = registers.connection.execute
    held = dict(execute(f"SELECT id, length(raw) FROM {SHARED}.unread").fetchall()) if staying else {}
    fresh = [(name, line.about, line.raw) for name, line in staying if name not in held]
    if len(held) + len(fresh) > LINES or sum(held.values()) + sum(len(raw) for *_, raw in fresh) > BYTES:
        return False
    registers.connection.executemany(f"INSERT INTO {SHARED}.unread(id, about, raw) VALUES(?,?,?)", fresh)
    return True


def every(registers: Registers) -> list[Unknown]:
    """All of them: nobody can tell which of them somebody lacks."""
    rows = registers.connection.execute(f"SELECT raw, about FROM {SHARED}.unread ORDER BY id").fetchall()
    return [Unknown(raw, about) for raw, about in rows]


def forget(registers: Registers, lines: Iterable[Unknown]) -> None:
    """These have been read."""
    registers.connection.executemany(f"DELETE FROM {SHARED}.unread WHERE id=?", [(_name(line),) for line in lines])


def ids_in(raw: bytes) -> set[RecordId]:
    """The records that a line may speak of."""
    return {bytes.fromhex(one.decode()) for one in _ID.findall(raw)}


def _name(line: Unknown) -> bytes:
    return hashlib.sha256(line.raw).digest()[:16]
