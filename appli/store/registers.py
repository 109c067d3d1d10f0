"""Versions in the shared file: from rows to the domain's registers and back.

Storage is compressed where it costs nothing: a field nobody rewrote has no row (its version is the record's base), and
a register with a single version keeps its value in the record's own table only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import (
    Context,
    RecordState,
    Register,
    Stamp,
    Version,
)
from appli.domain.cells import Cells, Layout, layout_of
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.store.commits import Commits
from appli.store.engine import among, scalar
from appli.store.rows import SHARED, columns, dump, load

NewRow = tuple[RecordId, Mapping[str, Any], Mapping[str, Audience]]
"""(id, values, audiences chosen for some of its fields)."""

_FV = f"SELECT f, r, c, h, op, aud, val, ctx FROM {SHARED}.fv WHERE id=?"


class Registers(Commits):
    """Reads and writes versions on one connection, inside the caller's transaction."""

    def base(self, record_id: RecordId) -> tuple[Kind | None, Stamp | None]:
        """The kind of a shared record and its creation; (None, None) if the shared file does not hold it."""
        row = self.connection.execute(f"SELECT kind, r, c, h, op FROM {SHARED}.ver WHERE id=?", (record_id,)).fetchone()
        if row is None:
            return None, None
        number, r, c, h, op = row
        return catalogue.kinds_by_number()[number], None if r is None else self.stamp(r, c, h, op)

    def present(self, ids: Iterable[RecordId]) -> set[RecordId]:
        """Those of these records that the shared file holds."""
        return {i for (i,) in among(self.connection, f"SELECT id FROM {SHARED}.ver WHERE id IN", ids)}

    def explicit(self, kind: Kind, record_id: RecordId, number: int | None = None) -> dict[int, Register]:
        """The rewritten fields of a record (or one of them)."""
        sql, parameters = (_FV, (record_id,)) if number is None else (_FV + " AND f=?", (record_id, number))
        found: dict[int, list[tuple[Any, ...]]] = {}
        for row in self.connection.execute(sql, parameters):
            found.setdefault(row[0], []).append(row)
        base = self.base(record_id)[1]
        shown = lambda f: self.column(kind, record_id, kind.by_number[f])  # noqa: E731 — asked for single versions alone
        return {f: self.register_of(base, rows, shown) for f, rows in found.items()}

    def register(self, kind: Kind, record_id: RecordId, field: Field) -> Register:
        """The register of one field of a record, explicit or standing for the base."""
        found = self.explicit(kind, record_id, field.number).get(field.number)
        if found is not None:
            return found
        base = self.base(record_id)[1]
        return Register() if base is None else Register.of_base(base, self.column(kind, record_id, field))

    def register_of(self, base: Stamp | None, rows: Iterable[tuple[Any, ...]], shown: Callable[[int], Any]) -> Register:
        """The register in rows of `fv` (f, r, c, h, op, aud, val, ctx); `shown` gives what the record's table holds."""
        versions = {}
        context: dict[bytes, int] = {base.replica: base.counter} if base else {}
        for f, r, c, h, op, aud, val, ctx in rows:
            value = load(val) if val is not None else shown(f)
            version = Version(self.stamp(r, c, h, op), value, aud)
            versions[version.stamp.dot] = version
            for uid, counter in self._context(ctx):
                context[uid] = max(counter, context.get(uid, 0))
            context[version.stamp.replica] = max(c, context.get(version.stamp.replica, 0))
        return Register(versions, context)

    def _context(self, packed: str | None) -> Iterable[tuple[bytes, int]]:
        flat = load(packed) if packed else []
        return ((self._uid[flat[i]], flat[i + 1]) for i in range(0, len(flat), 2))

    def _packed(self, context: Context) -> str:
        pairs = sorted((self.index(uid), counter) for uid, counter in context.items())
        return json.dumps([n for pair in pairs for n in pair], separators=(",", ":"))

    def column(self, kind: Kind, record_id: RecordId, field: Field) -> Any:
        """The value a record's table shows for one field."""
        raw = scalar(self.connection, f"SELECT {columns(field)} FROM {SHARED}.{kind.code} WHERE id=?", record_id)
        return decoded(field, raw)

    def save(self, kind: Kind, record_id: RecordId, number: int, register: Register) -> None:
        """Write one register and the value it shows."""
        execute = self.connection.execute
        execute(f"DELETE FROM {SHARED}.fv WHERE id=? AND f=?", (record_id, number))
        field = kind.by_number.get(number)
        self._insert_versions(self._version_rows(kind, record_id, number, register))
        if field is not None and register.versions:
            execute(
                f"UPDATE {SHARED}.{kind.code} SET {columns(field)}=? WHERE id=?",
                (encoded(field, register.shown.value), record_id),
            )

    def give_back(self, kind: Kind, state: RecordState, number: int, register: Register) -> None:
        """Make one field what it was; a register that stands for the base needs no version."""
        implicit = Register() if state.base is None else Register.of_base(state.base, register.shown.value)
        if register != implicit:
            self.save(kind, state.id, number, register)
            return
        self.connection.execute(f"DELETE FROM {SHARED}.fv WHERE id=? AND f=?", (state.id, number))
        field = kind.by_number.get(number)
        if field is not None:
            value = None if state.base is None else register.shown.value
            sql = f"UPDATE {SHARED}.{kind.code} SET {columns(field)}=? WHERE id=?"
            self.connection.execute(sql, (encoded(field, value), state.id))

    def _version_rows(
        self, kind: Kind, record_id: RecordId, number: int, register: Register
    ) -> Iterator[tuple[Any, ...]]:
        alone = len(register.versions) == 1 and number in kind.by_number
        context = self._packed(register.context)
        for v in register.versions.values():
            s, value = v.stamp, None if alone else dump(v.value)
            yield record_id, number, self.index(s.replica), s.counter, s.at, s.operator, v.audience, value, context

    def _insert_versions(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.connection.executemany(
            f"INSERT INTO {SHARED}.fv(id, f, r, c, h, op, aud, val, ctx) VALUES(?,?,?,?,?,?,?,?,?)", rows
        )

    def place_all(self, kind: Kind, states: Sequence[RecordState]) -> None:
        """Records of one kind that came from elsewhere and are not here yet, with all their versions."""
        fields = list(kind.fields.values())
        self.connection.executemany(
            f"INSERT INTO {SHARED}.{kind.code}(id,{columns(*fields)}) VALUES({','.join('?' * (len(fields) + 1))})",
            _shown_rows(states, layout_of(kind)),
        )
        self.connection.executemany(
            f"INSERT INTO {SHARED}.ver(id, kind, r, c, h, op) VALUES(?,?,?,?,?,?)",
            ((s.id, kind.number, *self._columns_of(s.base)) for s in states),
        )
        self._insert_versions(
            row
            for s in states
            # fields of a newer version have no column: they are kept as versions of their own
            for n in (*s.registers, *_later(kind, s.values))
            for row in self._version_rows(kind, s.id, n, s.register(n))
        )

    def _columns_of(self, base: Stamp | None) -> tuple[int | str | None, ...]:
        return (self.index(base.replica), base.counter, base.at, base.operator) if base else (None,) * 4

    def create(self, kind: Kind, rows: Sequence[NewRow], stamp: Stamp, *, based: bool) -> None:
        """New records of one kind in one commit.

        Where several PCs may give the same id (they derive it, or hold copies of one private record), there is no
        base: each field is a version of its own.
        """
        filled = {name for _id, values, _chosen in rows for name in values}
        fields = [f for f in kind.fields.values() if f.name in filled]
        coded = [(f.name, f.type.composite) for f in fields]
        self.connection.executemany(
            f"INSERT INTO {SHARED}.{kind.code}({','.join(['id', *(columns(f) for f in fields)])}) "
            f"VALUES({','.join('?' * (len(fields) + 1))})",
            [(i, *(_column(values.get(name), composite) for name, composite in coded)) for i, values, _a in rows],
        )
        mine = (self.index(stamp.replica), stamp.counter, stamp.at, stamp.operator)
        # without a base, the counter alone is kept: it tells whether the record ever left this PC
        base = mine if based else (None, stamp.counter, None, None)
        self.connection.executemany(
            f"INSERT INTO {SHARED}.ver(id, kind, r, c, h, op) VALUES(?,?,?,?,?,?)",
            [(i, kind.number, *base) for i, _values, _a in rows],
        )
        context = self._packed({stamp.replica: stamp.counter})
        self.connection.executemany(
            f"INSERT INTO {SHARED}.fv(id, f, r, c, h, op, aud, val, ctx) VALUES(?,?,?,?,?,?,?,NULL,?)",
            [
                (i, kind.fields[name].number, *mine, chosen.get(name), context)
                for i, values, chosen in rows
                for name in (chosen if based else values or ("audience",))  # without a version, others would not hear
            ],
        )

    def place(self, kind: Kind, record_id: RecordId, base: Stamp | None, values: Mapping[str, Any]) -> None:
        """A record that came from elsewhere, or whose creation came after some of its later values.

        Unlike `create`, values given here stand for the base; explicit fields are saved by the caller.
        """
        names = list(kind.fields)
        known = self.values(kind, record_id)
        row = {**values, **known}
        marks = ",".join("?" * (len(names) + 1))
        self.connection.execute(
            f"INSERT OR REPLACE INTO {SHARED}.{kind.code}(id,{columns(*kind.fields.values())}) VALUES({marks})",
            (record_id, *(encoded(kind.fields[n], row.get(n)) for n in names)),
        )
        self.connection.execute(
            f"INSERT OR REPLACE INTO {SHARED}.ver(id, kind, r, c, h, op) VALUES(?,?,?,?,?,?)",
            (record_id, kind.number, *self._columns_of(base)),
        )

    def remove(self, kind: Kind, record_id: RecordId) -> None:
        """Take a record out of the shared file with all its versions."""
        for name in (kind.code, "ver", "fv"):
            self.connection.execute(f"DELETE FROM {SHARED}.{name} WHERE id=?", (record_id,))

    def parts(self, ids: Iterable[RecordId]) -> Iterator[tuple[RecordId, tuple[Kind, RecordId]]]:
        """(record, row that lives by it): their parts, their links."""
        wanted = [one.hex() for one in ids]
        for kind, field in binding_fields():
            sql = f"SELECT {columns(field)}, id FROM {SHARED}.{kind.code} WHERE {columns(field)} IN"
            for owner, part in among(self.connection, sql, wanted):
                yield bytes.fromhex(owner), (kind, part)

    def values(self, kind: Kind, record_id: RecordId) -> dict[str, Any]:
        """The values shown of a shared record, None left out."""
        names = list(kind.fields)
        row = self.connection.execute(
            f"SELECT {columns(*kind.fields.values())} FROM {SHARED}.{kind.code} WHERE id=?", (record_id,)
        ).fetchone()
        pairs = zip(names, row or (), strict=False)
        return {n: decoded(kind.fields[n], v) for n, v in pairs if v is not None}

    def state(self, record_id: RecordId) -> RecordState | None:
        """All that is shared of a record."""
        kind, base = self.base(record_id)
        if kind is None:
            return None
        registers = self.explicit(kind, record_id)
        values = {}
        if base is not None:
            shown = self.values(kind, record_id)
            values = {kind.fields[n].number: v for n, v in shown.items() if kind.fields[n].number not in registers}
        return RecordState(record_id, kind.number, base, values, registers)

    def chosen(self, kind: Kind, record_id: RecordId) -> dict[str, Audience]:
        """The audiences somebody chose for some of a record's fields."""
        found: dict[str, Audience] = {}
        for number, register in self.explicit(kind, record_id).items():
            if number in kind.by_number and register.shown.audience is not None:
                found[kind.by_number[number].name] = Audience(register.shown.audience)
        return found

    def several(self, kind: Kind, record_id: RecordId) -> dict[str, list[Any]]:
        """The siblings' values of the fields that have some, the one shown at the head."""
        registers = self.explicit(kind, record_id).items()
        several = ((n, r) for n, r in registers if len(r.versions) > 1 and n in kind.by_number)
        return {kind.by_number[n].name: [v.value for v in r.siblings] for n, r in several}

    def exists_elsewhere(self, record_id: RecordId, uid: bytes, sent: int) -> bool:
        """Whether another PC may hold this record: it wrote there, or our commits up to `sent` left with it."""
        return record_id in self.elsewhere([record_id], uid, sent)

    def elsewhere(self, ids: Collection[RecordId], uid: bytes, sent: int) -> set[RecordId]:
        """Those of these records that another PC may hold."""
        me, found = self._index.get(uid), set()
        for record_id, r, born in among(self.connection, f"SELECT id, r, c FROM {SHARED}.ver WHERE id IN", ids):
            if born is None or born <= sent or (r is not None and r != me):
                found.add(record_id)
        for record_id, r, ctx in among(self.connection, f"SELECT id, r, ctx FROM {SHARED}.fv WHERE id IN", ids):
            if r != me or any(writer != uid for writer, _counter in self._context(ctx)):
                found.add(record_id)
        return found


def _shown_rows(states: Iterable[RecordState], layout: Layout) -> Iterator[Sequence[Any]]:
    """What a record's table shows of each state, after its id."""
    for state in states:
        row = _cells(state.values, layout)
        if state.registers:
            row = list(row)
            for number, place in layout.places.items():
                if number in state.registers:
                    row[place] = _column(state.shown(number), place in layout.composites)
        yield state.id, *row


def _cells(values: Mapping[int, Any], layout: Layout) -> Sequence[Any]:
    if type(values) is Cells:
        return values.row
    row = [values.get(number) for number in layout.numbers]
    for place in layout.composites:
        row[place] = _column(row[place], True)
    return row


def _later(kind: Kind, values: Mapping[int, Any]) -> Collection[int]:
    """The fields among these that a later version declared."""
    return () if type(values) is Cells else values.keys() - kind.by_number.keys()


@cache
def bindings(kind: Kind) -> tuple[Field, ...]:
    """The references by which rows of a kind live by other records."""
    return tuple(f for f in kind.fields.values() if f.declared.binding)


@cache
def bindings_of(number: int) -> tuple[Field, ...]:
    """The same by the number of a kind; nothing is known of those of a later version."""
    kind = catalogue.kinds_by_number().get(number)
    return bindings(kind) if kind is not None else ()


@cache
def binding_fields() -> tuple[tuple[Kind, Field], ...]:
    """Every reference by which a row belongs to another record."""
    return tuple((k, f) for k in catalogue.all_kinds().values() for f in bindings(k))


def encoded(field: Field, value: Any) -> Any:
    """A value as its column holds it."""
    return _column(value, field.type.composite)


def _column(value: Any, composite: bool) -> Any:
    return dump(value) if composite and value is not None else value


def decoded(field: Field, stored: Any) -> Any:
    """A column's content as a value."""
    if stored is None:
        return None
    if field.type.composite:
        return load(stored)
    return bool(stored) if field.type.code == "flag" else stored
