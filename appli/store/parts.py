"""What lives by a record: its parts, their own parts, its links. They are as private as it is, and go when it goes."""

from __future__ import annotations

from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.private import PrivateValues
from appli.store.registers import Registers


def parts_of(registers: Registers, private: PrivateValues, record_id: RecordId) -> list[tuple[Kind, RecordId]]:
    """Every row that lives by this record, directly or not, in both files; the nearest first."""
    found: dict[RecordId, Kind] = {}
    todo = [record_id]
    for one in todo:
        for kind, part in [*registers.parts(one), *private.parts(one)]:
            if part not in found and part != record_id:
                found[part] = kind
                todo.append(part)
    return [(kind, part) for part, kind in found.items()]
