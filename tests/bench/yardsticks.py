"""What others take for the same exchange, as ratios to the same floor. They gate nothing; Maillage needs none of them.

pycrdt (a Yjs document per record) and apsw (the session extension of SQLite) come with
`pip install --group yardsticks`, keepassxc-cli with Debian's package keepassxc. Each is timed with what brings its
content into rows that SQL can read, but KeePassXC, which has none.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec
import zstandard

from appli.domain.changes import Create
from tests.bench import floors_exchange
from tests.bench.measure import Measure

ABSENT = "non installé"
PASSWORD = "essai\n"


def yardsticks(home: Path, changes: Sequence[Create], produce: float, apply: float, size: float) -> Iterator[Measure]:
    """A whole exchange of these records by each, beside the floor's seconds and bytes."""
    rows = [(c.id, {n: floors_exchange.plain(v) for n, v in c.values.items()}) for c in changes]
    floor = (produce, apply, size)
    yield from _line("pycrdt, un document par fiche", floor, _pycrdt(home, rows) if _has("pycrdt") else None)
    yield from _line("session de SQLite (apsw), perd un conflit", floor, _session(home, rows) if _has("apsw") else None)
    if len(rows) <= 10_000:
        known = shutil.which("keepassxc-cli")
        yield from _line("keepassxc-cli merge, perd un conflit", floor, _keepass(home, rows) if known else None)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _line(what: str, floor: tuple[float, float, float], took: tuple[float, float, float] | None) -> Iterator[Measure]:
    if took is None:
        yield Measure(f"  {what}", 0.0, "", "", True, ABSENT)
        return
    made, applied, size = (mine / theirs for mine, theirs in zip(took, floor, strict=True))
    detail = f"fait {made:.1f} ×, réuni {applied:.1f} × ({took[1]:.1f} s), taille {size:.2f} ×"
    yield Measure(f"  {what}", applied, "×", "", True, detail)


def _pycrdt(home: Path, rows: Sequence[tuple[bytes, dict[str, Any]]]) -> tuple[float, float, float]:
    """Seconds to pack all documents, to read them with their values put in a table, and the bytes between."""
    from pycrdt import Doc, Map

    docs = []
    for record_id, values in rows:
        doc: Any = Doc()
        doc["record"] = Map(values)
        docs.append((record_id, doc))
    begun = time.perf_counter()
    packed = zstandard.compress(msgspec.msgpack.encode([(i, doc.get_update()) for i, doc in docs]), 3)
    made = time.perf_counter() - begun
    begun = time.perf_counter()
    names = list(rows[0][1])

    def read() -> Iterator[Sequence[Any]]:
        for record_id, update in msgspec.msgpack.decode(zstandard.decompress(packed)):
            doc: Any = Doc()
            doc.apply_update(update)
            values = doc.get("record", type=Map).to_py()
            yield record_id, *(values.get(n) for n in names)

    floors_exchange.fill(home / "pycrdt.db", names, read())
    return made, time.perf_counter() - begun, len(packed)


def _session(home: Path, rows: Sequence[tuple[bytes, dict[str, Any]]]) -> tuple[float, float, float]:
    """Seconds to pack a changeset of all inserts, to apply it elsewhere, and its bytes."""
    import apsw

    names = list(rows[0][1])
    columns = ",".join(f'"{n}"' for n in names)
    table = f"CREATE TABLE record(id BLOB PRIMARY KEY NOT NULL, {columns}) WITHOUT ROWID"
    bases = []
    for side in ("un", "deux"):
        base = apsw.Connection(str(home / f"session-{side}.db"))
        for pragma in _pragmas():
            base.pragma(*pragma)
        base.execute(table)
        bases.append(base)
    session = apsw.Session(bases[0], "main")
    session.attach()
    with bases[0]:
        marks = ",".join("?" * (len(names) + 1))
        bases[0].executemany(f"INSERT INTO record VALUES({marks})", ((i, *v.values()) for i, v in rows))
    begun = time.perf_counter()
    packed = zstandard.compress(session.changeset(), 3)
    made = time.perf_counter() - begun
    begun = time.perf_counter()
    with bases[1]:
        apsw.Changeset.apply(zstandard.decompress(packed), bases[1])
    took = time.perf_counter() - begun
    session.close()
    for base in bases:
        base.close()
    return made, took, len(packed)


def _pragmas() -> list[tuple[str, str]]:
    """The store's own, as apsw takes them."""
    return [("journal_mode", "WAL"), ("synchronous", "FULL"), ("secure_delete", "ON"), ("mmap_size", "0")]


def _keepass(home: Path, rows: Sequence[tuple[bytes, dict[str, Any]]]) -> tuple[float, float, float]:
    """Seconds to merge a database of all entries into an empty one; making it is its import, its size the file's."""
    entries = "".join(
        "<Entry><UUID>{}</UUID>{}</Entry>".format(
            _base64(record_id),
            "".join(
                f"<String><Key>{escape(n)}</Key><Value>{escape(str(v))}</Value></String>" for n, v in values.items()
            ),
        )
        for record_id, values in rows
    )
    begun = time.perf_counter()
    full = _imported(home, "plein", entries)
    made = time.perf_counter() - begun
    empty = _imported(home, "vide", "")
    begun = time.perf_counter()
    command = ["keepassxc-cli", "merge", "--same-credentials", "-q", str(empty), str(full)]
    subprocess.run(command, input=PASSWORD, text=True, capture_output=True, check=True, timeout=1800)
    return made, time.perf_counter() - begun, full.stat().st_size


def _imported(home: Path, name: str, entries: str) -> Path:
    xml, base = home / f"{name}.xml", home / f"{name}.kdbx"
    group = f"<Group><UUID>{_base64(b'groupe-de-tests!')}</UUID><Name>Essai</Name>{entries}</Group>"
    head = '<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><Generator>Essai</Generator></Meta>'
    xml.write_text(f"{head}<Root>{group}</Root></KeePassFile>", "utf-8")
    command = ["keepassxc-cli", "import", "-p", "-q", str(xml), str(base)]
    subprocess.run(command, input=PASSWORD * 2, text=True, capture_output=True, check=True, timeout=1800)
    return base


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
