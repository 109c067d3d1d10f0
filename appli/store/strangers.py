"""Records of kinds that a newer version declared: kept whole, joined like any other, handed on untouched.

Nobody here can read them, but an old PC between two new ones must lose nothing; after an update they take their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from appli.domain import catalogue
from appli.domain.causality import Knowledge, RecordState, Register, join_records
from appli.store.erase import erased_among, note_dropped
from appli.store.registers import Registers
from appli.store.rows import SHARED
from appli.store.state_text import state_from, state_text

_ID = re.compile(r'"([0-9a-f]{32})"')


def join(registers: Registers, theirs: RecordState) -> None:
    """Keep what came, together with what was here; nothing of what speaks of somebody erased."""
    execute = registers.connection.execute
    known = execute(f"SELECT state FROM {SHARED}.stranger WHERE id=?", (theirs.id,)).fetchone()
    text = state_text(join_records(state_from(known[0]), theirs) if known else theirs)
    if erased_among(registers, (bytes.fromhex(one) for one in _ID.findall(text))):
        note_dropped(registers)
    else:
        execute(f"INSERT OR REPLACE INTO {SHARED}.stranger(id, state) VALUES(?, ?)", (theirs.id, text))


def every(registers: Registers, known: Knowledge) -> Iterator[RecordState]:
    """Those with something that somebody who knows `known` may lack."""
    for (text,) in registers.connection.execute(f"SELECT state FROM {SHARED}.stranger ORDER BY id").fetchall():
        state = state_from(text)
        bases = () if state.base is None else (state.base.dot,)
        if any(not known.knows(dot) for dot in (*bases, *(d for r in state.registers.values() for d in r.versions))):
            yield state


def settle_in(registers: Registers) -> None:
    """After an update: records and fields that this version knows take their place."""
    kinds = catalogue.kinds_by_number()
    registers.connection.execute(f"DELETE FROM {SHARED}.meta WHERE key='dropped'")
    for (text,) in registers.connection.execute(f"SELECT state FROM {SHARED}.stranger").fetchall():
        state = state_from(text)
        if state.kind in kinds:
            registers.place_all(kinds[state.kind], [state])
            registers.connection.execute(f"DELETE FROM {SHARED}.stranger WHERE id=?", (state.id,))
    sql = (
        f"SELECT fv.id, fv.f, ver.kind FROM {SHARED}.fv JOIN {SHARED}.ver ON ver.id=fv.id "
        "GROUP BY fv.id, fv.f HAVING count(*)=1 AND max(fv.val) IS NOT NULL"
    )
    for record_id, number, kind in registers.connection.execute(sql).fetchall():
        if number in kinds[kind].by_number:
            found: Register = registers.explicit(kinds[kind], record_id, number)[number]
            registers.save(kinds[kind], record_id, number, found)
