"""Reading records: from rows of both files to domain entries. Short sessions, one thread, no row goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.entry import Entry, Sibling
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.store import schema
from appli.store.folder import Folder, raw
from appli.store.registers import Registers
from appli.store.rows import row_class, table

_CHUNK = 500


class Reads:
    """Questions about records, each in a read transaction of its own."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def entry(self, record_id: RecordId) -> Entry | None:
        """One record, whichever file holds it."""
        found = self.entries([record_id])
        return found[0] if found else None

    def entries(self, ids: Sequence[RecordId]) -> list[Entry]:
        """The records that exist among these, in the order asked."""
        with self._folder.reading() as connection:
            kinds = self._kinds(connection, ids)
            by_kind: dict[Kind, list[RecordId]] = {}
            for record_id, kind in kinds.items():
                by_kind.setdefault(kind, []).append(record_id)
            found = {e.id: e for kind, some in by_kind.items() for e in _load(connection, kind, some)}
        return [found[i] for i in ids if i in found]

    def of_kind(self, code: str) -> Iterator[Entry]:
        """Every record of a kind, in no order."""
        kind = catalogue.kind(code)
        with self._folder.reading() as connection:
            yield from _load(connection, kind, None)

    def where(self, code: str, **values: Any) -> list[Entry]:
        """Records of a kind whose fields hold exactly these values."""
        kind = catalogue.kind(code)
        columns = table(kind).c
        plain = {n: v.hex() if isinstance(v, bytes) else v for n, v in values.items()}
        with self._folder.reading() as connection:
            query = sa.select(columns.id).where(*(columns[n] == v for n, v in plain.items()))
            ids = list(connection.execute(query).scalars())
            ids += _private_matches(connection, kind, plain)
            return list(_load(connection, kind, ids))

    def parts(self, code: str, owners: Sequence[RecordId]) -> dict[RecordId, list[Entry]]:
        """The parts of one kind of several sheets at once, by sheet, in their order."""
        kind = catalogue.kind(code)
        c = table(kind).c
        ids: list[RecordId] = []
        with self._folder.reading() as connection:
            for chunk in _chunks(owners):
                wanted = [o.hex() for o in chunk]
                ids += connection.execute(sa.select(c.id).where(c.owner.in_(wanted))).scalars()
                p = schema.private_value.c
                private = sa.select(p.id).where(p.kind == kind.number, p.f == kind.fields["owner"].number)
                ids += connection.execute(private.where(p.val.in_([json.dumps(w) for w in wanted]))).scalars()
            found: dict[RecordId, list[Entry]] = {}
            for entry in _load(connection, kind, list(dict.fromkeys(ids))):
                found.setdefault(bytes.fromhex(entry.values["owner"]), []).append(entry)
        for some in found.values():
            some.sort(key=lambda e: (e.values.get("order") or 0, e.id))
        return found

    def kind_of(self, record_id: RecordId) -> Kind | None:
        """The kind of a record; None if the directory does not hold it."""
        with self._folder.reading() as connection:
            return self._kinds(connection, [record_id]).get(record_id)

    def counts(self) -> dict[str, int]:
        """How many records of each kind, the trash included."""
        with self._folder.reading() as connection:
            found: dict[int, int] = dict(
                connection.execute(sa.select(schema.ver.c.kind, sa.func.count()).group_by(schema.ver.c.kind)).all()
            )
            private = sa.select(schema.private_record.c.kind, sa.func.count()).group_by(schema.private_record.c.kind)
            for number, count in connection.execute(private):
                found[number] = found.get(number, 0) + count
        return {catalogue.kinds_by_number()[n].code: c for n, c in found.items()}

    def is_erased(self, record_id: RecordId) -> bool:
        """Whether the record was ordered to be forgotten."""
        with self._folder.reading() as connection:
            query = sa.select(schema.erased.c.id).where(schema.erased.c.id == record_id)
            return connection.execute(query).first() is not None

    @staticmethod
    def _kinds(connection: sa.Connection, ids: Sequence[RecordId]) -> dict[RecordId, Kind]:
        found: dict[RecordId, Kind] = {}
        for chunk in _chunks(ids):
            for source in (schema.ver, schema.private_record):
                query = sa.select(source.c.id, source.c.kind).where(source.c.id.in_(chunk))
                for record_id, number in connection.execute(query):
                    found[record_id] = catalogue.kinds_by_number()[number]
        return found


def _load(connection: sa.Connection, kind: Kind, ids: Iterable[RecordId] | None) -> Iterator[Entry]:
    """Entries of one kind: shared values, overlaid by the private ones of this PC."""
    wanted = None if ids is None else list(ids)
    row = row_class(kind)
    versions = _versions(connection, kind, wanted)
    private = _private(connection, kind, wanted)
    with Session(bind=connection) as session:
        for chunk in [None] if wanted is None else _chunks(wanted):
            query = select(row)
            if chunk is not None:
                query = query.where(table(kind).c.id.in_(chunk))
            for found in session.exec(query):
                values = {n: v for n in kind.fields if (v := getattr(found, n)) is not None}
                yield versions.entry(found.id, values, private.pop(found.id, {}))  # type: ignore[attr-defined]
    for record_id, values in private.items():
        yield Entry(record_id, kind, values)


class _Versions:
    """What the versions say beyond the values shown: siblings, audiences chosen, the latest author."""

    def __init__(self, kind: Kind, registers: Registers) -> None:
        self.kind = kind
        self.registers = registers
        self.bases: dict[RecordId, tuple[int, int, int, str | None]] = {}
        self.explicit: dict[RecordId, list[tuple[Any, ...]]] = {}

    def entry(self, record_id: RecordId, values: dict[str, Any], private: dict[str, Any]) -> Entry:
        siblings: dict[str, list[Sibling]] = {}
        overrides = dict.fromkeys(private, Audience.PRIVATE)
        base = self.bases.get(record_id)
        latest = self.registers.stamp(*base) if base else None
        for f, r, c, h, op, aud, val in self.explicit.get(record_id, ()):
            stamp = self.registers.stamp(r, c, h, op)
            if latest is None or stamp.at > latest.at:
                latest = stamp
            field = self.kind.by_number.get(f)
            if field is None:
                continue
            if aud is not None:
                overrides.setdefault(field.name, Audience(aud))
            if val is not None:
                siblings.setdefault(field.name, []).append(Sibling(json.loads(val), stamp))
        several = {n: kept for n, s in siblings.items() if n not in private and len(kept := _distinct(s)) > 1}
        return Entry(record_id, self.kind, values | private, several, overrides, latest)


def _distinct(siblings: list[Sibling]) -> tuple[Sibling, ...]:
    """Siblings with different values, the latest first; equal ones collapse without a word."""
    kept: list[Sibling] = []
    for one in sorted(siblings, key=lambda s: (s.stamp.at, s.stamp.replica, s.stamp.counter), reverse=True):
        if all(one.value != other.value for other in kept):
            kept.append(one)
    return tuple(kept)


def _versions(connection: sa.Connection, kind: Kind, ids: list[RecordId] | None) -> _Versions:
    found = _Versions(kind, Registers(raw(connection)))
    v, f = schema.ver.c, schema.fv.c
    for chunk in [None] if ids is None else _chunks(ids):
        only = v.kind == kind.number if chunk is None else v.id.in_(chunk)
        for record_id, *base in connection.execute(sa.select(v.id, v.r, v.c, v.h, v.op).where(only, v.r.is_not(None))):
            found.bases[record_id] = (base[0], base[1], base[2], base[3])
        explicit = sa.select(f.id, f.f, f.r, f.c, f.h, f.op, f.aud, f.val)
        of_kind = sa.select(v.id).where(v.kind == kind.number)
        explicit = explicit.where(f.id.in_(of_kind) if chunk is None else f.id.in_(chunk))
        for record_id, *rest in connection.execute(explicit):
            found.explicit.setdefault(record_id, []).append(tuple(rest))
    return found


def _private(connection: sa.Connection, kind: Kind, ids: list[RecordId] | None) -> dict[RecordId, dict[str, Any]]:
    c = schema.private_value.c
    found: dict[RecordId, dict[str, Any]] = {}
    for chunk in [None] if ids is None else _chunks(ids):
        query = sa.select(c.id, c.f, c.val).where(c.kind == kind.number)
        if chunk is not None:
            query = query.where(c.id.in_(chunk))
        for record_id, number, value in connection.execute(query):
            if number in kind.by_number:
                found.setdefault(record_id, {})[kind.by_number[number].name] = json.loads(value)
    return found


def _private_matches(connection: sa.Connection, kind: Kind, values: dict[str, Any]) -> list[RecordId]:
    ids: set[RecordId] | None = None
    for name, value in values.items():
        c = schema.private_value.c
        query = sa.select(c.id).where(
            c.kind == kind.number, c.f == kind.fields[name].number, c.val == json.dumps(value)
        )
        found = set(connection.execute(query).scalars())
        ids = found if ids is None else ids & found
    return list(ids or ())


def _chunks(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
