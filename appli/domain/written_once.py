"""What is written once (a note) is never superseded, whoever says so: the join keeps every version it ever met.

The write door refuses to write over such a field. A PC that does it all the same, of an older version or by hand,
adds a second version for whoever had the first; the first to be written stays the one shown.
"""

from __future__ import annotations

from dataclasses import replace

from appli.domain.causality import RecordState, Register
from appli.domain.fields import Kind


def joined_whole(kind: Kind, ours: RecordState, theirs: RecordState, joined: RecordState) -> RecordState:
    """`joined` with nothing lost of what is written once. Commutative, associative and idempotent, as the join is."""
    if not kind.info.append_only:
        return joined
    kept = {
        number: Register({**ours.register(number).versions, **theirs.register(number).versions}, register.context)
        for number, register in joined.registers.items()
        if kind.is_written_once(number)
    }
    return replace(joined, registers={**joined.registers, **kept}) if kept else joined
