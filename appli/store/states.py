"""Reading the shared states of many records at a time: what a bundle carries, what a fingerprint is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from appli.domain import catalogue
from appli.domain.causality import Knowledge, RecordState, Stamp, difference
from appli.domain.cells import Cells, layout_of
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.engine import among
from appli.store.registers import Registers
from appli.store.rows import SHARED, columns

_BATCH = 500
_NO_END = (1 << 62) - 1


def every_state(registers: Registers) -> Iterator[RecordState]:
    """All that is shared, kind by kind and by id, some hundreds in memory at a time."""
    for kind in catalogue.all_kinds().values():
        cursor = registers.connection.execute(f"{_select(kind)} ORDER BY t.id")
        while rows := cursor.fetchmany(_BATCH):
            yield from _states(registers, kind, rows)


def states_of(registers: Registers, ids: Collection[RecordId]) -> Iterator[RecordState]:
    """The same for some records; those that are not here are passed over."""
    by_kind: dict[int, list[RecordId]] = {}
    for one, number in among(registers.connection, f"SELECT id, kind FROM {SHARED}.ver WHERE id IN", sorted(ids)):
        by_kind.setdefault(number, []).append(one)
    for number, some in sorted(by_kind.items()):
        kind = catalogue.kinds_by_number()[number]
        for start in range(0, len(some), _BATCH):
            asked = some[start : start + _BATCH]
            rows = among(registers.connection, f"{_select(kind)} WHERE t.id IN", asked)
            yield from _states(registers, kind, sorted(rows))


def news_for(registers: Registers, known: Knowledge) -> set[RecordId]:
    """The records that hold a commit somebody who knows `known` may lack."""
    found: set[RecordId] = set()
    theirs = known.as_dict()
    for r, uid in registers.writers():
        for low, high in difference([(0, _NO_END)], theirs.get(uid, ())):
            for table in ("ver", "fv"):
                sql = f"SELECT id FROM {SHARED}.{table} WHERE r=? AND c BETWEEN ? AND ?"
                found.update(one for (one,) in registers.connection.execute(sql, (r, low, high)))
    return found


@cache
def _select(kind: Kind) -> str:
    named = ",".join(f"t.{columns(f)}" for f in kind.fields.values())
    return f"SELECT t.id, v.r, v.c, v.h, v.op, {named} FROM {SHARED}.{kind.code} t JOIN {SHARED}.ver v ON v.id=t.id"


def _states(registers: Registers, kind: Kind, rows: Collection[tuple[Any, ...]]) -> Iterator[RecordState]:
    layout, number = layout_of(kind), kind.number
    versions = _versions(registers, [row[0] for row in rows])
    stamps: dict[tuple[Any, ...], Stamp] = {}
    for record_id, r, c, h, op, *cells in rows:
        base = stamps.get((r, c, h, op))
        if base is None and r is not None:
            base = stamps[r, c, h, op] = registers.stamp(r, c, h, op)  # a whole list has one
        for place in layout.flags:
            if cells[place] is not None:
                cells[place] = bool(cells[place])
        shown = Cells(layout, cells)
        if record_id not in versions:
            yield RecordState(record_id, number, base, shown if base is not None else {})
            continue
        some = versions[record_id]
        explicit = {n: registers.register_of(base, rows, shown.get) for n, rows in some.items()}
        left = Cells(layout, [None if n in explicit else cell for n, cell in zip(layout.numbers, cells, strict=True)])
        yield RecordState(record_id, number, base, left if base is not None else {}, explicit)


def _versions(registers: Registers, ids: Iterable[RecordId]) -> dict[RecordId, dict[int, list[tuple[Any, ...]]]]:
    found: dict[RecordId, dict[int, list[tuple[Any, ...]]]] = {}
    sql = f"SELECT id, f, r, c, h, op, aud, val, ctx FROM {SHARED}.fv WHERE id IN"
    for record_id, *row in among(registers.connection, sql, ids):
        found.setdefault(record_id, {}).setdefault(row[0], []).append(tuple(row))
    return found
