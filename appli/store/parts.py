"""What lives by a record: its parts, their own parts, its links. They are as private as it is, and go when it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.private import PrivateValues
from appli.store.registers import Registers

Part = tuple[Kind, RecordId]


def parts_of(registers: Registers, private: PrivateValues, record_id: RecordId) -> list[Part]:
    """Every row that lives by this record, directly or not, in both files; the nearest first."""
    return parts_of_each(registers, private, [record_id])[record_id]


def parts_of_each(
    registers: Registers, private: PrivateValues, ids: Collection[RecordId]
) -> dict[RecordId, list[Part]]:
    """The same of several records at once."""
    nearest: dict[RecordId, list[Part]] = {}
    todo = set(ids)
    while todo:
        found: dict[RecordId, list[Part]] = {one: [] for one in todo}
        for owner, part in [*registers.parts(todo), *private.parts(todo)]:
            found[owner].append(part)
        nearest |= found
        todo = {part for some in found.values() for _kind, part in some} - nearest.keys()
    return {one: _all(nearest, one) for one in ids}


def _all(nearest: Mapping[RecordId, list[Part]], record_id: RecordId) -> list[Part]:
    found: dict[RecordId, Kind] = {}
    todo = [record_id]
    for one in todo:
        for kind, part in nearest[one]:
            if part not in found and part != record_id:
                found[part] = kind
                todo.append(part)
    return [(kind, part) for part, kind in found.items()]
