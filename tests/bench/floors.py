"""What cannot be beaten: the same data, seed, pragmas and library without Maillage around it."""

from __future__ import annotations

import csv
import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from appli.store.engine import sqlite

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "mmap_size=0")


def parse_and_insert(file: Path, base: Path, library: ModuleType = sqlite) -> float:
    """Seconds to parse a CSV and insert its rows into one plain table."""
    begun = time.perf_counter()
    connection = _plain(base, library)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened, delimiter=";")
        titles = next(rows)
        connection.execute(f"CREATE TABLE row({','.join(f'c{i}' for i in range(len(titles)))})")
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO row VALUES({','.join('?' * len(titles))})", rows)
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - begun


def insert_again(written: Path, base: Path) -> float:
    """Seconds to insert the very rows that a file of the store holds, table by table, into tables like its own."""
    source, connection = _plain(written), _plain(base)
    took = 0.0
    made = source.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type='index'").fetchall()
    connection.execute("BEGIN")
    for _name, sql in made:
        connection.execute(sql)
    for name, sql in made:
        rows = source.execute(f'SELECT * FROM "{name}"').fetchall() if sql.startswith("CREATE TABLE") else []
        if rows:
            begun = time.perf_counter()
            connection.executemany(f'INSERT INTO "{name}" VALUES({",".join("?" * len(rows[0]))})', rows)
            took += time.perf_counter() - begun
    begun = time.perf_counter()
    connection.execute("COMMIT")
    source.close()
    connection.close()
    return took + time.perf_counter() - begun


def plain_rows(base: Path, rows: Iterable[tuple[bytes, dict[str, object]]], names: Sequence[str]) -> int:
    """Bytes of a table that holds the same values, one row a record."""
    connection = _plain(base)
    quoted = [f'"{n}"' for n in names]
    connection.execute(f"CREATE TABLE record(id BLOB PRIMARY KEY, {','.join(quoted)}) WITHOUT ROWID")
    connection.execute("BEGIN")
    marks = ",".join("?" * (len(names) + 1))
    connection.executemany(f"INSERT INTO record VALUES({marks})", (_row(i, v, names) for i, v in rows))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return base.stat().st_size


def _row(record_id: bytes, values: dict[str, object], names: Sequence[str]) -> tuple[object, ...]:
    found = (values.get(n) for n in names)
    return (record_id, *(json.dumps(v) if isinstance(v, dict | list) else v for v in found))


def _plain(base: Path, library: ModuleType = sqlite) -> sqlite3.Connection:
    connection: sqlite3.Connection = library.connect(base, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
