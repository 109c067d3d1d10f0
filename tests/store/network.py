"""PCs of a test: real folders, files and openings, with clocks that move when told and a disk that does not wait."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest import mock

from appli.domain.causality import Delta, Knowledge, RecordState
from appli.domain.ids import RecordId
from appli.domain.statements import Kept, Statement
from appli.store import engine, identity
from appli.store.erase import all_asked
from appli.store.folder import raw
from appli.store.packets import Arrival
from appli.store.registers import Registers
from appli.store.store import Store
from tests.fakes import FixedClock

CLOCKS = (5_000, 1_795_163_400_000, 3_790_000_000_000)
"""1970, 2026, 2090."""


@contextlib.contextmanager
def hasty_disk() -> Iterator[None]:
    """Nothing waits for the disk: what these tests show does not depend on it."""
    pragmas = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engine._PRAGMAS)
    genuine = engine.attach

    def attach(connection: engine.Connection, path: Path, name: str, *, read_only: bool = False) -> None:
        genuine(connection, path, name, read_only=read_only)
        connection.execute(f"PRAGMA {name}.synchronous=OFF")

    with (
        mock.patch.object(engine, "_PRAGMAS", pragmas),
        mock.patch.object(engine, "attach", attach),
        mock.patch.object(os, "fsync", return_value=None),
    ):
        yield


@contextlib.contextmanager
def seeded_names(rng: Random) -> Iterator[None]:
    """Names of PCs that depend on the seed alone, so that a failure comes again."""
    with mock.patch.object(identity, "new_id", side_effect=lambda: rng.randbytes(16)):
        yield


def handed_over(store: Store, known: Knowledge | None = None) -> Delta:
    """What a store hands to somebody who knows that, all of it in memory; what was erased there is signed first."""
    sign(store, store.orders.unsigned())
    with store.handing_over(known) as delta:
        return replace(delta, records=tuple(delta.records))


def sign(store: Store, ids: Iterable[RecordId]) -> Kept | None:
    """Sign an order for what was just erased, as far as a store can tell: nobody checks a signature there."""
    named = tuple(ids)
    if not named:
        return None
    every = (*named, *store.orders.parts_of(named))
    written = b" ".join(one.hex().encode() for one in every)
    return store.orders.declare(
        lambda s: unchecked(Statement(b"%d %s" % (s.counter, written), s.replica * 2, bytes(64)))
    )


def unchecked(said: Statement) -> Kept:
    """Such an order as it is kept."""
    counter, *ids = said.body.decode().split()
    return Kept(said, "erasure", tuple(bytes.fromhex(one) for one in ids), (said.key[:16], int(counter)))


def believed(delta: Delta) -> Delta:
    """The same, where every order in it counts."""
    return replace(delta, authority=frozenset(one.uid for one in delta.statements))


def received(store: Store, delta: Delta) -> int:
    """A packet without a name arrives; returns its number."""
    return store.receive(believed(delta), Arrival("", b"?" * 16))[1]


class Pc:
    """One PC: its folder, its configuration, its clock, its open store."""

    def __init__(self, home: Path, number: int, empty: Path | None = None, clock: FixedClock | None = None) -> None:
        self.number = number
        self.folder = home / f"poste{number}"
        self.config = home / f"config{number}"
        self.clock = clock or FixedClock()
        if empty is not None:
            shutil.copytree(empty, self.folder, ignore=shutil.ignore_patterns("sauvegardes", "verrou*"))
        self.store = self.opened()

    def opened(self) -> Store:
        """The program, started on this folder."""
        return Store(self.folder, self.config, clock=self.clock, holder=f"poste {self.number}")

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.store.close()
        self.store = self.opened()

    @property
    def knowledge(self) -> Knowledge:
        """What it has received completely."""
        with self.store.folder.reading() as connection:
            return Registers(raw(connection)).knowledge()

    def states(self, ids: Iterable[RecordId]) -> dict[RecordId, RecordState]:
        """All that its shared file holds of these records."""
        with self.store.folder.reading() as connection:
            registers = Registers(raw(connection))
            return {i: state for i in ids if (state := registers.state(i)) is not None}

    def shared_ids(self) -> set[RecordId]:
        """The records of its shared file."""
        with self.store.folder.reading() as connection:
            return {i for (i,) in raw(connection).execute("SELECT id FROM partage.ver")}

    def erased_ids(self) -> set[RecordId]:
        """The records it was ordered to forget."""
        return self.forgotten()[0]

    def forgotten(self) -> tuple[set[RecordId], dict[RecordId, frozenset[RecordId]]]:
        """The same, and what others want forgotten without effect here, with what the parts of it lived by."""
        with self.store.folder.reading() as connection:
            erased = {i for (i,) in raw(connection).execute("SELECT id FROM partage.erased")}
            return erased, {e.id: frozenset(e.owners) for e in all_asked(Registers(raw(connection)))}

    def close(self) -> None:
        self.store.close()

    def bytes_of(self, name: str) -> bytes:
        """All bytes that a base of this closed PC left on the disk."""
        return b"".join(p.read_bytes() for p in sorted(self.folder.glob(name + "*")))


def empty_folder(home: Path) -> Path:
    """A new directory without content nor identity, to copy from: making one takes longer than a history."""
    path = home / "vide"
    Store(path, home / "vide-config").close()
    base = engine.connect(path / "partage.db")
    base.execute("DELETE FROM meta WHERE key='nonce'")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    return path
