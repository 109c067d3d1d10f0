"""Do two PCs that know the same hold the same? A fingerprint small enough to travel with every packet.

It is made of what cannot differ between them: the commits that stand in each field of each shared record, and what was
forgotten. Values are left out (a commit gives one value to a field), so it costs a tenth of reading all records. A PC
that holds something whose packet it did not receive completely, or that did not keep all that a newer version wrote,
has no fingerprint: it would differ rightly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from appli.domain import catalogue
from appli.domain.causality import Delta, Knowledge, RecordState, difference
from appli.domain.ids import RecordId
from appli.store import erase as erasing
from appli.store.engine import scalar
from appli.store.registers import Registers
from appli.store.rows import SHARED
from appli.store.state_text import state_from

_FORM = "1"
"""Of the fingerprint: one of another form is not compared."""

_CREATIONS = (
    f"SELECT group_concat(line, ';') FROM (SELECT hex(v.id)||'.'||hex(w.uid)||'.'||v.c AS line "
    f"FROM {SHARED}.ver v JOIN {SHARED}.writer w ON w.i=v.r ORDER BY v.id)"
)
# a field with the creation for its only version is one that nobody rewrote, however it is kept
_VERSIONS = (
    f"SELECT hex(f.id)||'.'||f.f||'.'||hex(w.uid)||'.'||f.c FROM {SHARED}.fv f JOIN {SHARED}.writer w ON w.i=f.r "
    f"JOIN {SHARED}.ver v ON v.id=f.id WHERE NOT (v.r IS f.r AND v.c IS f.c AND "
    f"(SELECT count(*) FROM {SHARED}.fv o WHERE o.id=f.id AND o.f=f.f)=1)"
)


def fingerprint(registers: Registers) -> str:
    """The same on PCs that hold the same; empty where it would say nothing."""
    if not _is_whole(registers):
        return ""
    connection = registers.connection
    # made by SQLite in one piece, since there may be a hundred thousand of them
    creations = scalar(connection, _CREATIONS) or ""
    versions = [line for (line,) in connection.execute(_VERSIONS).fetchall()]
    strangers = [state_from(text) for (text,) in connection.execute(f"SELECT state FROM {SHARED}.stranger").fetchall()]
    if strangers:
        more = [_line(state.id, *state.base.dot) for state in strangers if state.base is not None]
        creations = ";".join(sorted(filter(None, [*creations.split(";"), *more])))
        versions += [line for state in strangers for line in _versions(state)]
    total = hashlib.sha256(creations.encode())
    for lines in (sorted(versions), [one.hex() for one in erasing.forgotten(registers)], _lost_rows(registers)):
        total.update(("|" + ";".join(lines)).encode())
    return f"{_FORM}-{total.hexdigest()[:32]}"


def differs(registers: Registers, delta: Delta) -> bool | None:
    """Whether this PC, which now knows exactly what the giver knew, holds something else; None if one cannot tell."""
    theirs, form = delta.digest, f"{_FORM}-"
    if not theirs.startswith(form) or _known(registers.knowledge()) != _known(Knowledge(delta.know)):
        return None
    mine = fingerprint(registers)
    return mine != theirs if mine else None


def _known(knowledge: Knowledge) -> dict[bytes, object]:
    return {uid: intervals for uid, intervals in knowledge.as_dict().items() if intervals}


def _is_whole(registers: Registers) -> bool:
    """Whether all that is held came completely, and all that came is held."""
    execute = registers.connection.execute
    if scalar(registers.connection, f"SELECT value FROM {SHARED}.meta WHERE key='dropped'"):
        return False
    asked = [one.id for one in erasing.all_asked(registers)]
    if registers.present(asked) or any(registers.parts(asked)):
        return False  # others may have followed what is only asked here
    known = registers.knowledge().as_dict()
    uids = dict(registers.writers())
    for table in ("ver", "fv", "erased", "asked"):
        for r, last in execute(f"SELECT r, max(c) FROM {SHARED}.{table} WHERE r IS NOT NULL GROUP BY r").fetchall():
            for low, high in difference([(1, last)], known.get(uids[r], ())):
                sql = f"SELECT 1 FROM {SHARED}.{table} WHERE r=? AND c BETWEEN ? AND ? LIMIT 1"
                if execute(sql, (r, low, high)).fetchone():
                    return False
    return True


def _lost_rows(registers: Registers) -> Iterator[str]:
    """Kinds of which rows are missing, or too many: a sound base has none."""
    execute = registers.connection.execute
    told = dict(execute(f"SELECT kind, count(*) FROM {SHARED}.ver GROUP BY kind").fetchall())
    for kind in catalogue.all_kinds().values():
        rows = scalar(registers.connection, f"SELECT count(*) FROM {SHARED}.{kind.code}")
        if rows != told.get(kind.number, 0):
            yield f"{kind.number} {rows}"


def _versions(state: RecordState) -> Iterator[str]:
    base = None if state.base is None else state.base.dot
    for number, register in state.registers.items():
        if base is None or set(register.versions) != {base}:
            for replica, counter in register.versions:
                yield _line(state.id, replica, counter, f"{number}.")


def _line(record_id: RecordId, replica: bytes, counter: int, field: str = "") -> str:
    """As SQLite makes it."""
    return f"{record_id.hex().upper()}.{field}{replica.hex().upper()}.{counter}"
