"""What making and reading a bundle costs, beside the same values as plain JSON rows under zstd and plain inserts.

`measured` serves the bench and `installer/eprouver_paquets.py --mesures`; nothing here gates a test but the memory.
"""

from __future__ import annotations

import gc
import json
import sqlite3  # noqa: TID251 — the floor is SQLite without Maillage around it
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import zstandard

from appli.domain.causality import RecordState, Register, Stamp, Version
from appli.domain.ids import RecordId
from appli.exchange.gathering import Contents
from appli.exchange.reading import open_bundle
from tests.exchange.bundles import ALICE, FIRST, NOW, written

ROOT = Path(__file__).resolve().parent.parent.parent
_WORDS = (
    "projet terrain équipe matériel disponible week-end formation permis langue soudure vélo atelier camion stock "
    "réunion contact relais école mairie jardin eau énergie solaire radio chantier bois pierre marché ferme fournil"
).split()
_TOWNS = (("48095", "Mende"), ("48061", "Florac Trois Rivières"), ("48092", "Marvejols"), ("48080", "Langogne"))


def persons(count: int, seed: int = 1) -> Iterator[RecordState]:
    """Invented persons of fifteen fields, in one commit."""
    rng = Random(seed)
    for rank in range(count):
        yield RecordState(_id(rng, rank), 1, FIRST, _person(rng, rank), {})


def _id(rng: Random, rank: int) -> RecordId:
    return (NOW + rank // 10).to_bytes(6, "big") + rng.randbytes(10)


def _person(rng: Random, rank: int) -> dict[int, Any]:
    def words(low: int, high: int) -> str:
        return " ".join(rng.choice(_WORDS) for _ in range(rng.randrange(low, high)))

    given, family = rng.choice(_WORDS).title(), rng.choice(_WORDS).title() + rng.choice(_WORDS)
    insee, town = rng.choice(_TOWNS)
    return {
        1: {"display": f"{given} {family}", "given": given, "family": family},
        4: words(3, 9),
        5: words(5, 25),
        6: {"insee": insee, "name": town},
        7: {"street": f"{rng.randrange(200)} rue {words(1, 3)}", "postcode": f"48{rng.randrange(1000):03d}"},
        8: {"lat": round(44 + rng.random(), 5), "lon": round(3 + rng.random(), 5), "precision": "exact"},
        9: "cc_by_sa",
        11: f"20{rng.randrange(27, 33)}-{rng.randrange(1, 13):02d}",
        12: f"20{rng.randrange(27, 33)}",
        40: words(1, 3),
        41: [rng.choice(("independent", "employee", "agent", "elected"))],
        42: ["fr"],
        43: rng.choice(("phone", "mail", "post")),
        44: words(2, 5),
        45: False,
    }  # fmt: skip


def edits(states: list[RecordState], seed: int = 2) -> Iterator[RecordState]:
    """Two fields of one record in twenty, rewritten one commit at a time."""
    rng = Random(seed)
    for counter, state in enumerate(rng.sample(states, len(states) // 20), 2):
        fields = {}
        for number in rng.sample([4, 5, 40, 44], 2):
            version = Version(Stamp(ALICE, counter, NOW + counter * 1_000), f"{rng.choice(_WORDS)} {counter}")
            fields[number] = Register.of_base(FIRST, None).write(version)
        yield RecordState(state.id, state.kind, None, {}, fields)


def measured(folder: Path, count: int) -> dict[str, float]:
    """Seconds, bytes and ratios to the floor, best of three."""
    states = list(persons(count))
    changes = list(edits(states))
    gc.collect()
    gc.freeze()  # the collector would walk through what only this measure keeps
    floor = _Floor(folder, states)
    target, small = folder / "full.maille", folder / "incremental.maille"
    produce = _best(lambda: written(target, Contents(states)))
    read = _best(lambda: _read_all(target))
    _best(lambda: written(small, Contents(changes)), 1)
    found = {
        "records": float(count),
        "floor produce s": floor.produce,
        "floor apply s": floor.apply,
        "full write s": produce,
        "full write / floor produce": produce / floor.produce,
        "full read s": read,
        "full read / floor apply": read / floor.apply,
        "full size MB": target.stat().st_size / 1e6,
        "full size / floor": target.stat().st_size / floor.size,
        "incremental size kB": small.stat().st_size / 1e3,
        "incremental size / floor": small.stat().st_size / _packed(_edit_rows(changes)),
        "incremental read s": _best(lambda: _read_all(small)),
    }
    gc.unfreeze()
    return {**found, **memory(count)}


def memory(count: int) -> dict[str, float]:
    """The most memory that a process of its own held while writing a bundle from a stream, then while reading it."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.exchange.measures", str(count)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return {
        f"{name} MB": float(value) for name, value in zip(("start", "after write", "after read"), said, strict=True)
    }


def _read_all(path: Path) -> int:
    with open_bundle(path) as bundle:
        lines = sum(len(chunk.records) for chunk in bundle.chunks())
        assert bundle.complete
    return lines


class _Floor:
    """The same rows without stamps, signature or checks."""

    def __init__(self, folder: Path, states: list[RecordState]) -> None:
        rows = [_row(s) for s in states]
        numbers = sorted(states[0].values)
        base = folder / "floor.db"
        columns = ",".join(f"f{n}" for n in numbers)
        insert = f"INSERT INTO record VALUES({','.join('?' * (len(numbers) + 1))})"
        packed = b""

        def fill(content: list[list[Any]]) -> None:
            base.unlink(missing_ok=True)
            connection = sqlite3.connect(base, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"CREATE TABLE record(id PRIMARY KEY,{columns}) WITHOUT ROWID")
            connection.execute("BEGIN")
            connection.executemany(insert, content)
            connection.execute("COMMIT")
            connection.close()

        def produce() -> None:
            nonlocal packed
            connection = sqlite3.connect(base)
            found = connection.execute("SELECT * FROM record").fetchall()
            packed = _compressed(found)
            connection.close()

        def apply() -> None:
            fill(msgspec.json.Decoder().decode_lines(zstandard.ZstdDecompressor().decompress(packed)))

        fill(rows)
        self.produce = _best(produce)
        self.apply = _best(apply)
        self.size = len(packed)


def _row(state: RecordState) -> list[Any]:
    values = (state.values[n] for n in sorted(state.values))
    return [state.id.hex(), *(json.dumps(v) if isinstance(v, dict | list) else v for v in values)]


def _edit_rows(changes: list[RecordState]) -> list[list[Any]]:
    return [
        [s.id.hex(), number, v.stamp.counter, v.stamp.at, v.value]
        for s in changes
        for number, register in s.registers.items()
        for v in register.versions.values()
    ]


def _packed(rows: list[list[Any]]) -> int:
    return len(_compressed(rows))


def _compressed(rows: list[Any]) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(msgspec.json.Encoder().encode_lines(rows))


def _best(work: Callable[[], Any], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def _held() -> float:
    # not getrusage: a child inherits its parent's maximum there
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """In a process of its own: how much memory one bundle takes."""
    import tempfile

    figures = [_held()]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "a.maille"
        written(target, Contents(persons(int(sys.argv[1]))))
        figures.append(_held())
        _read_all(target)
        figures.append(_held())
    sys.stdout.write(" ".join(f"{f:.1f}" for f in figures) + "\n")


if __name__ == "__main__":
    main()
