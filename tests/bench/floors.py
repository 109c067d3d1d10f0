"""What cannot be beaten: the same data, seed and pragmas without Maillage around it."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "mmap_size=0")

EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            import os
            os._exit(0) if len(sys.argv) < 2 else None
        return False

app = QApplication([])
window = QMainWindow()
label = QLabel("x")
window.setCentralWidget(label)
first = First()
label.installEventFilter(first)
window.resize(1366, 698)
window.show()
app.exec()
"""


def empty_window() -> float:
    """Seconds from process start to the first paint of an empty PySide6 window."""
    begun = time.time()
    said = subprocess.run([sys.executable, "-c", EMPTY_WINDOW], capture_output=True, text=True, check=False)
    return float(said.stdout.split()[0]) - begun


def parse_and_insert(file: Path, base: Path) -> float:
    """Seconds to parse a CSV and insert its rows into one plain table."""
    begun = time.perf_counter()
    connection = _plain(base)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened, delimiter=";")
        titles = next(rows)
        connection.execute(f"CREATE TABLE row({','.join(f'c{i}' for i in range(len(titles)))})")
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO row VALUES({','.join('?' * len(titles))})", rows)
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - begun


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


def _plain(base: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(base, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
