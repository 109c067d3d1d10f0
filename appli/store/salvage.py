"""What can still be read of a damaged base, around the pages that are lost.

The files are copied first and the copies opened: what SQLite refuses at once (a header overwritten, an end that is
missing) is put right there, with the first page of the latest backup if need be, since a backup copies page by page.
Then each table is read from its beginning and from its end up to what cannot be read, and again on either side of the
middle of what is lost: a damaged page costs its own rows and no others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from appli.domain.audience import Audience
from appli.errors import EnvironmentProblem
from appli.store import engine as sqlite
from appli.store.engine import Connection
from appli.store.rows import SHARED, JsonText, load

Key = tuple[Any, ...]

HEADER = 100
_INTERIOR = 5
"""What the page of a table that leads to other pages begins with."""
_BARREN = 4
"""How often a stretch that gives nothing is cut in two before it is given up."""
_IDS = 1 << 128
_JSON = frozenset("val before after claim brought facts stats state".split())


@dataclass(slots=True)
class Rows:
    """What was read of one table: rows in the order of `names`, and between which keys something is lost."""

    names: list[str]
    found: dict[Key, tuple[Any, ...]] = field(default_factory=dict)
    gaps: list[tuple[Key | None, Key | None]] = field(default_factory=list)
    spoilt: set[Key] = field(default_factory=set)
    """Keys of rows of which a value is no longer one."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the table is lost."""
        return not self.gaps and not self.spoilt


def open_copy(source: Path, work: Path, wanted: Collection[str], others: Sequence[Path] = ()) -> Connection | None:
    """A copy of a base, opened as far as that goes; None when nothing of it can be read.

    `wanted`: the tables it should have. `others`: the same base in backups, the latest first, then whatever has a
    header like its own.
    """
    best: tuple[int, Path] | None = None
    for number, first in enumerate((None, *others)):
        copy = work / f"{number}-{source.name}"
        if not source.is_file():
            return None
        for rest in ("", "-wal"):
            if source.with_name(source.name + rest).is_file():
                shutil.copyfile(source.with_name(source.name + rest), copy.with_name(copy.name + rest))
        if first is None or _graft(copy, first, whole=first.name == source.name):
            there = _tables(copy, wanted)
            if there and (best is None or there > best[0]):
                best = there, copy
            if there == len(wanted):
                break
    return sqlite.connect_damaged(best[1]) if best else None


def _tables(copy: Path, wanted: Collection[str]) -> int:
    """How many of the tables the schema of a copy still names."""
    found: set[str] = set()
    with suppress(sqlite.Error, EnvironmentProblem), closing(sqlite.connect_damaged(copy)) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type='table'"):
            found.add(name)
        base.execute("SELECT 1 FROM sqlite_schema LIMIT 0")
    return len(found.intersection(wanted))


def _graft(copy: Path, first: Path, *, whole: bool) -> bool:
    """Give a file the schema's pages of its own backup, or only the header of a base beside it; whether it can be."""
    try:
        length = copy.stat().st_size
        with first.open("rb") as other:
            header = bytearray(other.read(HEADER))
            size = _page_size(header)
            if not size or length < size:
                return False
            pages = _schema_pages(other, size) if whole else {}
        top = pages.setdefault(1, header)
        top[18:20] = b"\1\1"  # no log is believed under a header that is not its own
        top[28:32] = (length // size).to_bytes(4, "big")
        top[32:40] = bytes(8)
        top[92:96] = top[24:28]
        with copy.open("rb+") as file:
            for number, page in pages.items():
                if number * size <= length:
                    file.seek((number - 1) * size)
                    file.write(page)
        copy.with_name(copy.name + "-wal").unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _schema_pages(file: BinaryIO, size: int) -> dict[int, bytearray]:
    """The first page, and those that it leads to when it does not hold the whole schema."""
    file.seek(0)
    top = bytearray(file.read(size))
    numbers = []
    if top[HEADER] == _INTERIOR:
        count = int.from_bytes(top[HEADER + 3 : HEADER + 5], "big")
        starts = [int.from_bytes(top[at : at + 2], "big") for at in range(HEADER + 12, HEADER + 12 + 2 * count, 2)]
        numbers = [int.from_bytes(top[at : at + 4], "big") for at in (HEADER + 8, *starts)]
    pages = {1: top}
    for number in numbers:
        file.seek((number - 1) * size)
        pages[number] = bytearray(file.read(size))
    return pages


def _page_size(header: bytearray) -> int:
    if len(header) < HEADER or not header.startswith(b"SQLite format 3\0"):
        return 0
    size = int.from_bytes(header[16:18], "big")
    return 65_536 if size == 1 else size


def read(base: Connection, table: sa.Table, only: Sequence[str] = ()) -> Rows:
    """The rows of a table that can be read; `only` these columns, keys apart."""
    try:
        there = {row[1] for row in base.execute(f'PRAGMA table_info("{table.name}")')}
    except sqlite.Error:
        there = set()
    keys = [c.name for c in table.primary_key.columns]
    names = [*keys, *(c.name for c in table.columns if c.name not in keys and (not only or c.name in only))]
    rows = Rows([name for name in names if name in there])
    if there.issuperset(keys):
        _Reader(base, table.name, len(keys), rows).scan(None, None, 0)
        _sift(table, len(keys), rows)
    else:
        rows.gaps.append((None, None))
    return rows


@dataclass(slots=True)
class _Reader:
    base: Connection
    table: str
    keys: int
    """The first columns are the key."""
    rows: Rows

    def scan(self, low: Key | None, high: Key | None, barren: int) -> None:
        """Read what lies between two keys, both left out."""
        before = len(self.rows.found)
        complete, last = self._run(low, high, "ASC")
        if complete:
            return
        _, first = self._run(last, high, "DESC")
        middle = _middle(last, first)
        nothing = 0 if len(self.rows.found) > before else barren + 1
        if middle is None or nothing > _BARREN:
            self.rows.gaps.append((last, first))
            return
        self.scan(last, middle, nothing)
        self.scan(middle, first, nothing)

    def _run(self, low: Key | None, high: Key | None, way: str) -> tuple[bool, Key | None]:
        """(whether nothing stood in the way, the last key that was read, else the bound it began at)."""
        with suppress(sqlite.Error):
            for row in self.base.execute(*self._query(low, high, way)):
                low, high = self._keep(row, low, high, way)
            return True, low
        with suppress(sqlite.Error):  # the driver looks one row ahead, and loses that row when the next one fails
            while rows := self.base.execute(*self._query(low, high, way, 1)).fetchall():
                low, high = self._keep(rows[0], low, high, way)
        return False, low if way == "ASC" else high

    def _keep(self, row: Key, low: Key | None, high: Key | None, way: str) -> tuple[Key | None, Key | None]:
        key = row[: self.keys]
        self.rows.found[key] = row
        return (key, high) if way == "ASC" else (low, key)

    def _query(self, low: Key | None, high: Key | None, way: str, limit: int = -1) -> tuple[str, Key]:
        bounds = list(_conditions(self.rows.names, low, high))
        where = " AND ".join(words for words, _values in bounds) or "1"
        order = ",".join(f'"{name}" {way}' for name in self.rows.names[: self.keys])
        named = ",".join(f'"{name}"' for name in self.rows.names)
        sql = f'SELECT {named} FROM "{self.table}" WHERE {where} ORDER BY {order} LIMIT {limit}'
        return sql, tuple(value for _words, values in bounds for value in values)


def _sift(table: sa.Table, keys: int, rows: Rows) -> None:
    """Leave out what no longer is a value: a damaged page may still hold rows of the right shape."""
    checks = [_check(table.columns[name]) for name in rows.names]
    for key, row in list(rows.found.items()):
        good = [value is None or check(value) for check, value in zip(checks, row, strict=True)]
        if all(good):
            continue
        rows.spoilt.add(key)
        if table.schema == SHARED and "kind" not in rows.names and "r" not in rows.names and all(good[:keys]):
            rows.found[key] = tuple(value if fine else None for value, fine in zip(row, good, strict=True))
        else:
            del rows.found[key]


def _check(column: sa.Column[Any]) -> Callable[[Any], bool]:
    if column.name in ("audience", "aud"):
        return _is_audience
    if isinstance(column.type, JsonText) or column.name in _JSON:
        return _is_json
    if column.name == "ctx":
        return _is_context
    if isinstance(column.type, sa.LargeBinary):
        return _is_id if column.name in ("id", "source") else lambda value: isinstance(value, bytes | str)
    if isinstance(column.type, sa.Text):
        return lambda value: isinstance(value, str) and "\0" not in value and "\ufffd" not in value
    return lambda value: isinstance(value, int | float)


def _is_id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == 16


def _is_audience(value: Any) -> bool:
    return value in set(Audience)


def _is_context(value: Any) -> bool:
    try:
        found = load(value)
    except (ValueError, TypeError):
        return False
    return isinstance(found, list) and len(found) % 2 == 0 and all(isinstance(one, int) for one in found)


def _is_json(value: Any) -> bool:
    try:
        load(value)
    except (ValueError, TypeError):
        return False
    return "\ufffd" not in value


def _conditions(names: Sequence[str], low: Key | None, high: Key | None) -> Iterator[tuple[str, Key]]:
    for sign, key in ((">", low), ("<", high)):
        if key is not None:
            columns = ",".join(f'"{name}"' for name in names[: len(key)])
            yield f"({columns}) {sign} ({','.join('?' * len(key))})", key


def _middle(low: Key | None, high: Key | None) -> Key | None:
    """A key half way that no row has; None when there is none between."""
    one, other = low[0] if low else None, high[0] if high else None
    if isinstance(one, str) or isinstance(other, str):
        return None
    if isinstance(one, bytes) or isinstance(other, bytes) or (one is None and other is None):
        a = _number(one) if isinstance(one, bytes) else 0
        b = _number(other) if isinstance(other, bytes) else _IDS - 1
        return (((a + b) // 2).to_bytes(16, "big") + b"\0",) if b - a > 1 else None
    a, b = one or 0, other or 1 << 40
    return ((a + b) // 2 + 0.5,) if b - a > 1 else None


def _number(key: bytes) -> int:
    return int.from_bytes(key[:16].ljust(16, b"\0"), "big")
