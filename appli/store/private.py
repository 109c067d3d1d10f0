"""Values and records that never leave this PC: they live in a file the exchange never opens, without versions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from appli.domain import catalogue
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.store.engine import Connection, scalar
from appli.store.registers import binding_fields
from appli.store.rows import dump


class PrivateValues:
    """Reads and writes the private file on one connection, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def records(self) -> set[RecordId]:
        """Ids of the records kept whole on this PC."""
        return {i for (i,) in self._connection.execute("SELECT id FROM main.private_record")}

    def kind(self, record_id: RecordId) -> Kind | None:
        """The kind of a private record."""
        number = scalar(self._connection, "SELECT kind FROM main.private_record WHERE id=?", record_id)
        return catalogue.kinds_by_number().get(number)

    def create(self, record_id: RecordId, kind: Kind, values: Mapping[str, Any], at: int) -> None:
        """A record that lives here only; its private values may be there already."""
        self._connection.execute(
            "INSERT OR REPLACE INTO main.private_record(id, kind, h) VALUES(?,?,?)", (record_id, kind.number, at)
        )
        self.records.add(record_id)
        for name, value in values.items():
            self.put(record_id, kind, kind.fields[name], value, at)

    def put(self, record_id: RecordId, kind: Kind, field: Field, value: Any, at: int) -> None:
        """Keep a value; None forgets it."""
        if value is None:
            self._connection.execute("DELETE FROM main.private_value WHERE id=? AND f=?", (record_id, field.number))
            return
        self._connection.execute(
            "INSERT OR REPLACE INTO main.private_value(id, f, kind, val, h) VALUES(?,?,?,?,?)",
            (record_id, field.number, kind.number, dump(value), at),
        )

    def value(self, record_id: RecordId, field: Field) -> Any:
        """One private value, None without."""
        found = scalar(
            self._connection, "SELECT val FROM main.private_value WHERE id=? AND f=?", record_id, field.number
        )
        return None if found is None else json.loads(found)

    def values(self, record_id: RecordId, kind: Kind) -> dict[str, Any]:
        """All private values of a record."""
        rows = self._connection.execute("SELECT f, val FROM main.private_value WHERE id=?", (record_id,))
        return {kind.by_number[f].name: json.loads(val) for f, val in rows if f in kind.by_number}

    def remove(self, record_id: RecordId) -> None:
        """Forget all that is private of a record."""
        self._connection.execute("DELETE FROM main.private_record WHERE id=?", (record_id,))
        self._connection.execute("DELETE FROM main.private_value WHERE id=?", (record_id,))
        self.records.discard(record_id)

    def parts(self, record_id: RecordId) -> Iterator[tuple[Kind, RecordId]]:
        """The private rows that live by this record."""
        wanted = dump(record_id.hex())
        for kind, field in binding_fields():
            sql = "SELECT id FROM main.private_value WHERE kind=? AND f=? AND val=?"
            rows = self._connection.execute(sql, (kind.number, field.number, wanted)).fetchall()
            yield from ((kind, part) for (part,) in rows)

    def sent_counter(self) -> int:
        """The last of our commits that was ever handed to another PC."""
        return int(scalar(self._connection, "SELECT value FROM main.meta WHERE key='sent'") or 0)

    def note_sent(self, counter: int) -> None:
        """Our commits up to this one may now be anywhere."""
        latest = max(counter, self.sent_counter())
        self._connection.execute("INSERT OR REPLACE INTO main.meta(key, value) VALUES('sent', ?)", (str(latest),))
