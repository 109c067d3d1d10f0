"""Registers and states as JSON text, where the store keeps them whole: for an undoing, or of an unknown kind."""

from __future__ import annotations

import json
from typing import Any

from appli.domain.causality import RecordState, Register, Stamp, Version
from appli.store.rows import dump


def stamp_parts(stamp: Stamp) -> list[Any]:
    """[replica, counter, wall time, initials]."""
    return [stamp.replica.hex(), stamp.counter, stamp.at, stamp.operator]


def register_parts(register: Register) -> list[Any]:
    """[[[stamp…, audience, value], …], {replica: counter}], the same for equal registers."""
    versions = [register.versions[dot] for dot in sorted(register.versions)]
    context = {replica.hex(): counter for replica, counter in sorted(register.context.items())}
    return [[[*stamp_parts(v.stamp), v.audience, v.value] for v in versions], context]


def register_from(parts: list[Any]) -> Register:
    """What `register_parts` said."""
    found, context = parts
    versions = (Version(_stamp(*said[:4]), said[5], said[4]) for said in found)
    return Register({v.stamp.dot: v for v in versions}, {bytes.fromhex(r): c for r, c in context.items()})


def state_text(state: RecordState) -> str:
    """A whole state, the same for equal states."""
    fields = {str(number): register_parts(r) for number, r in state.registers.items()}
    values = {str(number): v for number, v in state.values.items() if v is not None}
    return dump([state.id.hex(), state.kind, stamp_parts(state.base) if state.base else None, values, fields])


def state_from(text: str) -> RecordState:
    """What `state_text` said."""
    record_id, kind, base, values, fields = json.loads(text)
    return RecordState(
        bytes.fromhex(record_id),
        kind,
        _stamp(*base) if base else None,
        {int(number): v for number, v in values.items()},
        {int(number): register_from(parts) for number, parts in fields.items()},
    )


def _stamp(replica: str, counter: int, at: int, operator: str | None) -> Stamp:
    return Stamp(bytes.fromhex(replica), counter, at, operator)
