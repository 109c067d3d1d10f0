"""From rows of both files to domain entries: one statement per kind and chunk, for one sheet or a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.entry import Entry, Sibling
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store.engine import Connection
from appli.store.registers import Registers
from appli.store.rows import SHARED
from appli.store.rows import load as value_of

CHUNK = 500
Kept = dict[str, tuple[Any, int | None]]
"""What the private file holds of a record: (value, audience chosen) by field."""


def load(connection: Connection, kind: Kind, ids: Iterable[RecordId] | None) -> Iterator[Entry]:
    """Entries of one kind (all of them for None): shared values, overlaid by the private ones of this PC."""
    registers = Registers(connection)
    if ids is None:
        yield from _Batch(connection, registers, kind, None).entries()
        return
    for chunk in chunks(list(ids)):
        yield from _Batch(connection, registers, kind, chunk).entries()


def chunks(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    """Slices that one statement can take."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


class _Batch:
    """One kind, some ids: what the tables, the versions and the private file say of them."""

    def __init__(
        self, connection: Connection, registers: Registers, kind: Kind, ids: Sequence[RecordId] | None
    ) -> None:
        self._connection = connection
        self._registers = registers
        self._kind = kind
        self._ids = ids
        self._coded = {
            f.name: value_of if f.type.composite else bool
            for f in kind.fields.values()
            if f.type.composite or f.type.code == "flag"
        }
        self._stamps: dict[tuple[Any, ...], Stamp] = {}

    def entries(self) -> Iterator[Entry]:
        explicit = self._explicit()
        private = self._private()
        names = list(self._kind.fields)
        columns = ",".join(f't."{name}"' for name in names)
        select = f"SELECT t.id, v.r, v.c, v.h, v.op, {columns} FROM {SHARED}.{self._kind.code} t"
        for record_id, r, c, h, op, *row in self._rows(f"{select} LEFT JOIN {SHARED}.ver v USING(id)"):
            values = {name: stored for name, stored in zip(names, row, strict=True) if stored is not None}
            for name in self._coded.keys() & values.keys():
                values[name] = self._coded[name](values[name])
            stamp = None if r is None else self._stamp(r, c, h, op)
            if record_id in explicit or record_id in private:
                yield self._entry(record_id, values, private.pop(record_id, {}), stamp, explicit)
            else:
                yield Entry(record_id, self._kind, values, stamp=stamp)
        for record_id, kept in private.items():
            chosen = {name: Audience(aud) for name, (_value, aud) in kept.items() if aud is not None}
            yield Entry(record_id, self._kind, _filled(kept), overrides=chosen)

    def _rows(self, select: str, whole: str = "") -> Iterable[tuple[Any, ...]]:
        if self._ids is None:
            parameters = (self._kind.number,) if whole else ()
            return self._connection.execute(select + (f" WHERE {whole}" if whole else ""), parameters)
        marks = ",".join("?" * len(self._ids))
        return self._connection.execute(f"{select} WHERE id IN ({marks})", list(self._ids))

    def _stamp(self, *columns: Any) -> Stamp:
        """A version's author: a whole list has one."""
        if columns not in self._stamps:
            self._stamps[columns] = self._registers.stamp(*columns)
        return self._stamps[columns]

    def _explicit(self) -> dict[RecordId, list[tuple[Any, ...]]]:
        found: dict[RecordId, list[tuple[Any, ...]]] = {}
        of_kind = f"id IN (SELECT id FROM {SHARED}.ver WHERE kind=?)"
        for record_id, *rest in self._rows(f"SELECT id, f, r, c, h, op, aud, val FROM {SHARED}.fv", of_kind):
            found.setdefault(record_id, []).append(tuple(rest))
        return found

    def _private(self) -> dict[RecordId, Kept]:
        found: dict[RecordId, Kept] = {}
        fields = self._kind.by_number
        select = "SELECT id, f, val, aud, kind FROM main.private_value"
        for record_id, number, value, chosen, kind in self._rows(select, "kind=?"):
            if kind == self._kind.number and number in fields:
                found.setdefault(record_id, {})[fields[number].name] = (value_of(value), chosen)
        return found

    def _entry(
        self,
        record_id: RecordId,
        values: dict[str, Any],
        private: Kept,
        latest: Stamp | None,
        explicit: dict[RecordId, list[tuple[Any, ...]]],
    ) -> Entry:
        written: dict[str, list[tuple[str, Stamp]]] = {}
        levels: dict[str, list[int | None]] = {}
        chosen: set[str] = set()
        for f, r, c, h, op, aud, val in explicit.get(record_id, ()):
            stamp = self._stamp(r, c, h, op)
            if latest is None or stamp.at > latest.at:
                latest = stamp
            field = self._kind.by_number.get(f)
            if field is None:
                continue
            levels.setdefault(field.name, []).append(aud)
            if aud is not None:
                chosen.add(field.name)
            if val is not None:
                written.setdefault(field.name, []).append((val, stamp))
        overrides = dict.fromkeys(private, Audience.PRIVATE)
        for name in chosen:  # of values written at once, the most private one counts
            declared = self._kind.fields[name].declared.audience
            lowest = min(declared if level is None else level for level in levels[name])
            overrides.setdefault(name, Audience(lowest))
        several = {
            name: kept
            for name, some in written.items()
            if len(some) > 1 and name not in private and len(kept := _distinct(some)) > 1
        }
        return Entry(record_id, self._kind, values | _filled(private), several, overrides, latest)


def _filled(kept: Kept) -> dict[str, Any]:
    """The values; « private, and empty » has none."""
    return {name: value for name, (value, _chosen) in kept.items() if value is not None}


def _distinct(written: Iterable[tuple[str, Stamp]]) -> tuple[Sibling, ...]:
    """Siblings with different values, the latest first; equal ones collapse without a word."""
    siblings = [Sibling(value_of(val), stamp) for val, stamp in written]
    kept: list[Sibling] = []
    for one in sorted(siblings, key=lambda s: (s.stamp.at, s.stamp.replica, s.stamp.counter), reverse=True):
        if all(one.value != other.value for other in kept):
            kept.append(one)
    return tuple(kept)
