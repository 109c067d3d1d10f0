"""What was done on this PC, to undo it by name. Local: it never leaves, and erasing somebody empties it of her."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from appli.domain.ids import RecordId
from appli.store.engine import Connection, slices


class Item(NamedTuple):
    """One thing a work did. `op`: create, put, add, withdraw, erase; values as JSON text.

    An item `before` is no doing: it holds what the private file held of a record (see `appli.store.recovery`).
    """

    id: RecordId
    kind: int
    field: int | None
    op: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of work done."""

    seq: int
    at: int
    operator: str | None
    label: str
    counter: int | None
    undoes: int | None
    undone_by: int | None


_COLUMNS = "seq, h, op, label, counter, undoes, undone_by"


class Journal:
    """Reads and writes the journal on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(
        self,
        label: str,
        operator: str | None,
        at: int,
        counter: int | None,
        items: Sequence[Item],
        undoes: int | None = None,
    ) -> int:
        """Keep a work; returns its number."""
        cursor = self._connection.execute(
            "INSERT INTO main.journal(h, op, label, counter, undoes) VALUES(?,?,?,?,?)",
            (at, operator, label, counter, undoes),
        )
        seq = int(cursor.lastrowid or 0)
        self._connection.executemany(
            "INSERT INTO main.journal_item(seq, n, id, kind, f, op, before, after) VALUES(?,?,?,?,?,?,?,?)",
            ((seq, n, *item) for n, item in enumerate(items)),
        )
        if undoes is not None:
            self._connection.execute("UPDATE main.journal SET undone_by=? WHERE seq=?", (seq, undoes))
        return seq

    def entry(self, seq: int) -> Entry | None:
        """One work by its number."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM main.journal WHERE seq=?", (seq,)).fetchone()
        return None if row is None else Entry(*row)

    def items(self, seq: int) -> Iterator[Item]:
        """What a work did, in order."""
        sql = "SELECT id, kind, f, op, before, after FROM main.journal_item WHERE seq=? ORDER BY n"
        return (Item(*row) for row in self._connection.execute(sql, (seq,)))

    def latest(self, limit: int) -> list[Entry]:
        """The latest works, the newest first."""
        sql = f"SELECT {_COLUMNS} FROM main.journal ORDER BY seq DESC LIMIT ?"
        return [Entry(*row) for row in self._connection.execute(sql, (limit,))]

    def taken_back(self) -> set[int]:
        """The numbers of works that were taken back, and not done again since."""
        sql = "SELECT seq, undone_by FROM main.journal WHERE undone_by IS NOT NULL ORDER BY seq DESC"
        found: set[int] = set()
        for seq, undone_by in self._connection.execute(sql):
            if undone_by not in found:
                found.add(seq)
        return found

    def latest_commit(self) -> Entry | None:
        """The latest work that changed the shared file."""
        sql = f"SELECT {_COLUMNS} FROM main.journal WHERE counter IS NOT NULL ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(sql).fetchone()
        return None if row is None else Entry(*row)

    def remove(self, seq: int) -> None:
        """Forget a work that never landed."""
        self._connection.execute("UPDATE main.journal SET undone_by=NULL WHERE undone_by=?", (seq,))
        self._connection.execute("DELETE FROM main.journal_item WHERE seq=?", (seq,))
        self._connection.execute("DELETE FROM main.journal WHERE seq=?", (seq,))

    def forget(self, ids: Iterable[RecordId]) -> None:
        """Empty the journal, the imports' memory, drafts and papers handed out of erased records and of their parts."""
        gone = set(ids)
        if not gone:
            return
        names = [one.hex() for one in gone]
        withdrawn = self._connection.execute("SELECT id, before FROM main.journal_item WHERE op='withdraw'")
        parts = {part for part, before in withdrawn if any(name in before for name in names)}
        for table in ("journal_item", "import_value", "packet_item"):
            for chunk, marks in slices(gone | parts):
                self._connection.execute(f"DELETE FROM main.{table} WHERE id IN ({marks})", chunk)
        for table in ("draft", "sheet_out"):
            self._connection.executemany(f"DELETE FROM main.{table} WHERE key=?", [(name,) for name in names])
