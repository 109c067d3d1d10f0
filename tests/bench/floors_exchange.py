"""What the exchange cannot beat: the same rows selected and packed, unpacked and inserted, by the same libraries.

No stamp, no version, no signature, no check: one table, msgpack under zstd, one transaction, the store's own pragmas.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from appli.store.engine import connect

Row = Sequence[Any]

_PART = 5_000
"""Rows packed at a time, as chunks of a packet are."""


def fill(base: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """The table the floor works on."""
    connection = connect(base)
    columns = ",".join(f'"{n}"' for n in names)
    connection.execute(f"CREATE TABLE record(id BLOB PRIMARY KEY, {columns}) WITHOUT ROWID")
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO record VALUES({','.join('?' * (len(names) + 1))})", rows)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def plain(value: Any) -> Any:
    """A value as one column holds it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def pack(file: Path, rows: Iterable[Row]) -> None:
    """Rows as msgpack under zstd, part by part, on the disk."""
    encode, compress = msgspec.msgpack.Encoder().encode, zstandard.ZstdCompressor(level=3).compress
    iterator = iter(rows)
    with file.open("wb") as target:
        while part := list(islice(iterator, _PART)):
            packed = compress(encode(part))
            target.write(len(packed).to_bytes(4, "big") + packed)


def unpacked(file: Path) -> Iterator[Row]:
    """What `pack` wrote."""
    decode, expand = msgspec.msgpack.Decoder().decode, zstandard.ZstdDecompressor().decompress
    with file.open("rb") as source:
        while size := source.read(4):
            yield from decode(expand(source.read(int.from_bytes(size, "big"))))


def measured(folder: Path, edits: Path) -> list[float]:
    """Seconds, by the wall and of the processor, to produce and to apply all of `plat.db`, then to apply `edits`.

    The best of three. Then the bytes of both files.
    """
    full, best = folder / "plat.pack", [float("inf")] * 6
    for turn in range(3):
        copy = folder / f"plat{turn}.db"
        works: list[Callable[[], None]] = [
            lambda: _select(folder, full),
            lambda copy=copy: _insert(full, copy),  # type: ignore[misc]
            lambda copy=copy: _update(edits, copy),  # type: ignore[misc]
        ]
        took = [t for work in works for t in _timed(work)]
        best = [min(pair) for pair in zip(best, took, strict=True)]
    return [*best, full.stat().st_size, edits.stat().st_size]


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    begun, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - spent


def _select(folder: Path, full: Path) -> None:
    connection = connect(folder / "plat.db")
    pack(full, connection.execute("SELECT * FROM record"))
    connection.close()


def _insert(full: Path, copy: Path) -> None:
    connection = connect(copy)
    rows = unpacked(full)
    first = next(iter(rows))
    names = [f"c{n}" for n in range(1, len(first))]
    connection.execute(f"CREATE TABLE record(id BLOB PRIMARY KEY, {','.join(names)}) WITHOUT ROWID")
    insert = f"INSERT INTO record VALUES({','.join('?' * len(first))})"
    connection.execute("BEGIN")
    connection.execute(insert, first)
    connection.executemany(insert, rows)
    connection.execute("COMMIT")
    connection.close()


def _update(edits: Path, copy: Path) -> None:
    connection = connect(copy)
    connection.execute("BEGIN")
    by_column: dict[int, list[tuple[Any, bytes]]] = {}
    for record_id, column, value in unpacked(edits):
        by_column.setdefault(column, []).append((value, record_id))
    for column, some in by_column.items():
        connection.executemany(f"UPDATE record SET c{column}=? WHERE id=?", some)
    connection.execute("COMMIT")
    connection.close()


def sampled(ids: Sequence[bytes], seed: str, columns: Sequence[int]) -> dict[bytes, list[int]]:
    """One record in twenty with two of its columns: what a side of the exchange rewrites."""
    rng = random.Random(seed)
    return {one: rng.sample(list(columns), 2) for one in rng.sample(list(ids), max(1, len(ids) // 20))}
