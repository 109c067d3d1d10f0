"""Values and records that never leave this PC: they live in a file the exchange never opens, without versions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.store.engine import Connection, among, scalar
from appli.store.registers import binding_fields
from appli.store.rows import dump
from appli.store.schema import REFERENCE

Before = Callable[[RecordId], None]


class PrivateValues:
    """Reads and writes the private file on one connection, inside the caller's transaction.

    `before` is told of a record whose private rows are about to change. An audience kept with a value is the person's
    choice; without one, the field is as declared. « Private, and empty » is a choice too, and is kept.
    """

    def __init__(self, connection: Connection, before: Before = lambda _: None) -> None:
        self._connection = connection
        self._before = before

    @cached_property
    def records(self) -> set[RecordId]:
        """Ids of the records kept whole on this PC."""
        return {i for (i,) in self._connection.execute("SELECT id FROM main.private_record")}

    def kind(self, record_id: RecordId) -> Kind | None:
        """The kind of a private record."""
        number = scalar(self._connection, "SELECT kind FROM main.private_record WHERE id=?", record_id)
        return catalogue.kinds_by_number().get(number)

    def create(
        self,
        record_id: RecordId,
        kind: Kind,
        values: Mapping[str, Any],
        at: int,
        chosen: Mapping[str, Audience] | None = None,
    ) -> None:
        """A record that lives here only; its private values may be there already."""
        self._before(record_id)
        self._connection.execute(
            "INSERT OR REPLACE INTO main.private_record(id, kind, h) VALUES(?,?,?)", (record_id, kind.number, at)
        )
        self.records.add(record_id)
        chosen = chosen or {}
        for name in values.keys() | chosen.keys():
            self.put(record_id, kind, kind.fields[name], values.get(name), at, chosen.get(name))

    def put(
        self, record_id: RecordId, kind: Kind, field: Field, value: Any, at: int, chosen: Audience | None = None
    ) -> None:
        """Keep a value; None forgets it, and keeps the choice that was made."""
        self._before(record_id)
        if value is None and chosen is None:
            self.forget(record_id, field)
            return
        self._connection.execute(
            "INSERT OR REPLACE INTO main.private_value(id, f, kind, val, aud, h) VALUES(?,?,?,?,?,?)",
            (record_id, field.number, kind.number, dump(value), None if chosen is None else int(chosen), at),
        )

    def forget(self, record_id: RecordId, field: Field) -> None:
        """Keep nothing more of one field."""
        self._before(record_id)
        self._connection.execute("DELETE FROM main.private_value WHERE id=? AND f=?", (record_id, field.number))

    def kept(self, record_id: RecordId, field: Field) -> tuple[Any, Audience | None] | None:
        """(value, audience chosen) of one field, None when nothing is kept of it."""
        row = self._connection.execute(
            "SELECT val, aud FROM main.private_value WHERE id=? AND f=?", (record_id, field.number)
        ).fetchone()
        return None if row is None else (json.loads(row[0]), None if row[1] is None else Audience(row[1]))

    def values(self, record_id: RecordId, kind: Kind) -> dict[str, Any]:
        """All private values of a record."""
        rows = self._connection.execute("SELECT f, val FROM main.private_value WHERE id=?", (record_id,))
        found = {kind.by_number[f].name: json.loads(val) for f, val in rows if f in kind.by_number}
        return {name: value for name, value in found.items() if value is not None}

    def chosen(self, record_id: RecordId, kind: Kind) -> dict[str, Audience]:
        """The audiences somebody chose for the fields kept here."""
        rows = self._connection.execute("SELECT f, aud FROM main.private_value WHERE id=?", (record_id,))
        return {kind.by_number[f].name: Audience(aud) for f, aud in rows if aud is not None and f in kind.by_number}

    def remove(self, record_id: RecordId) -> None:
        """Forget all that is private of a record."""
        self._before(record_id)
        self._connection.execute("DELETE FROM main.private_record WHERE id=?", (record_id,))
        self._connection.execute("DELETE FROM main.private_value WHERE id=?", (record_id,))
        self.records.discard(record_id)

    def yield_to(self, record_id: RecordId, kind: Kind, shown: Mapping[str, Any], at: int) -> None:
        """Another PC shared the record that was kept whole here: what differs stays private beside it."""
        mine = self.values(record_id, kind)
        self.remove(record_id)
        for name, value in mine.items():
            if name != "audience" and shown.get(name) != value:
                self.put(record_id, kind, kind.fields[name], value, at, Audience.PRIVATE)

    def refused(self) -> list[RecordId]:
        """The records that somebody here does not want to forget, whatever others ask."""
        return [i for (i,) in self._connection.execute("SELECT id FROM main.refused ORDER BY id")]

    def refuse(self, record_id: RecordId, at: int) -> None:
        """Note that somebody here does not want to forget a record."""
        self._connection.execute("INSERT OR IGNORE INTO main.refused(id, h) VALUES(?,?)", (record_id, at))

    def unrefuse(self, record_id: RecordId) -> None:
        """Think it over again."""
        self._connection.execute("DELETE FROM main.refused WHERE id=?", (record_id,))

    def parts(self, ids: Iterable[RecordId]) -> Iterator[tuple[RecordId, tuple[Kind, RecordId]]]:
        """(record, private row that lives by it)."""
        kinds = {(kind.number, field.number): kind for kind, field in binding_fields()}
        # the length lets the order of references serve
        sql = f"SELECT val, kind, f, id FROM main.private_value WHERE length(val)={REFERENCE} AND val IN"
        for owner, number, f, part in among(self._connection, sql, (dump(one.hex()) for one in ids)):
            if (number, f) in kinds:
                yield bytes.fromhex(json.loads(owner)), (kinds[number, f], part)

    # ---- putting back what a work that did not land had changed

    def rows(self, record_id: RecordId) -> list[Any]:
        """Everything kept of a record, as plain values for `put_back`."""
        record = self._connection.execute("SELECT kind, h FROM main.private_record WHERE id=?", (record_id,)).fetchone()
        values = self._connection.execute(
            "SELECT f, kind, val, aud, h FROM main.private_value WHERE id=?", (record_id,)
        ).fetchall()
        return [record, values]

    def put_back(self, record_id: RecordId, rows: list[Any]) -> None:
        """Make it as `rows` said."""
        record, values = rows
        self.remove(record_id)
        if record is not None:
            self._connection.execute("INSERT INTO main.private_record(id, kind, h) VALUES(?,?,?)", (record_id, *record))
            self.records.add(record_id)
        self._connection.executemany(
            "INSERT INTO main.private_value(id, f, kind, val, aud, h) VALUES(?,?,?,?,?,?)",
            [(record_id, *row) for row in values],
        )

    # ---- what was handed out, and what never was

    def note_taken_back(self, record_id: RecordId, uid: bytes, counter: int) -> None:
        """A record that was shared here up to that commit never left: others know the commits, and nothing of it."""
        self._connection.execute(
            "INSERT INTO main.taken_back(id, uid, c) VALUES(?,?,?) "
            "ON CONFLICT(id, uid) DO UPDATE SET c=max(c, excluded.c)",
            (record_id, uid, counter),
        )

    def taken_back(self) -> dict[tuple[RecordId, bytes], int]:
        """{(record, name of this PC): last commit that was taken back}."""
        return {(i, uid): c for i, uid, c in self._connection.execute("SELECT id, uid, c FROM main.taken_back")}

    def sent_counter(self) -> int:
        """The last of our commits that was ever handed to another PC."""
        return int(scalar(self._connection, "SELECT value FROM main.meta WHERE key='sent'") or 0)

    def note_sent(self, counter: int) -> None:
        """Our commits up to this one may now be anywhere."""
        latest = max(counter, self.sent_counter())
        self._connection.execute("INSERT OR REPLACE INTO main.meta(key, value) VALUES('sent', ?)", (str(latest),))
