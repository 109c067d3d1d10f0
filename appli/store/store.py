"""The store as the services see it: one object for one open directory folder."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, Self

from appli.domain.causality import Delta, Knowledge
from appli.domain.changes import Changes, Work
from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.ports import Clock, wall_clock
from appli.store import backup as backups
from appli.store import ledger, merge, packets, strangers, undo, verify
from appli.store import restore as restoring
from appli.store.concord import Concord
from appli.store.folder import Folder, raw
from appli.store.folder_files import forget_aside
from appli.store.journal import Entry as Done
from appli.store.journal import Journal
from appli.store.outgoing import handing_over
from appli.store.photos import Photos
from appli.store.private import PrivateValues
from appli.store.reads import Reads
from appli.store.recovery import recover
from appli.store.registers import Registers
from appli.store.rows import dump
from appli.store.signed_orders import SignedOrders
from appli.store.states import news_for
from appli.store.write import write

_KEYS = {
    "mapping": "source",
    "draft": "key",
    "peer": "uid",
    "given": "key",
    "aside": "uid",
    "shared_folder": "key",
    "handed": "path",
    "edition": "key",
    "sheet_out": "key",
}
"""Tables of small private values, and what each is found by."""


class Store:
    """Open it, ask, write through the one door, close it."""

    def __init__(
        self, path: Path, config: Path, *, clock: Clock = wall_clock, read_only: bool = False, holder: str = ""
    ) -> None:
        made = partial(Folder, path, config, clock=clock, read_only=read_only, holder=holder)
        self._opening = partial(made, before_upgrade=backups.back_up_before_upgrade)
        self.folder = self._opening()
        self.reads = Reads(self.folder)
        self.photos = Photos(self.folder)
        if not read_only:
            recover(self.folder)
            self.photos.sweep_after()
            self.photos.bring_back()
            if self.folder.was_older:
                with self.folder.transaction() as connection:
                    strangers.settle_in(Registers(raw(connection)))

    def close(self) -> None:
        """Let go of files and lock."""
        self.folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self.folder.path

    @property
    def replica(self) -> bytes:
        """The name this PC writes under in this folder."""
        return self.folder.uid

    # ---- writing

    def write(self, work: Work, *, undoes: int | None = None) -> Changes:
        """Carry out a unit of work: all of it or nothing."""
        if work.erases:
            self.photos.about_to_erase()
        try:
            done = write(self.folder, work, undoes=undoes)
        except EnvironmentProblem:
            with contextlib.suppress(EnvironmentProblem):
                recover(self.folder)  # the disk may have taken the private half and refused the shared one
            raise
        if work.erases:
            self._forget_bytes()
        return done

    def handing_over(self, known: Knowledge | None = None) -> AbstractContextManager[Delta]:
        """What somebody who knows `known` may lack (None: everything), read record by record."""
        return handing_over(self.folder, known)

    def news_for(self, known: Knowledge) -> set[RecordId]:
        """The records shared here that hold something which somebody who knows `known` may lack."""
        with self.folder.reading() as connection:
            return news_for(Registers(raw(connection)), known)

    def receive(
        self, delta: Delta, packet: packets.Arrival, left_out: Collection[RecordId] = ()
    ) -> tuple[merge.Received, int]:
        """Join what a packet brings; its claim counts unless something is left out. Returns the packet's number too."""
        self.photos.about_to_erase()
        received, seq = packets.receive(self.folder, delta, packet, left_out)
        if received.erased:
            self._forget_bytes()
        self.photos.sweep_after()
        return received, seq

    def rehearse(self, delta: Delta, witness: merge.Witness, safe: int = 0) -> merge.Received:
        """What receiving would do, told to a witness: the same code, then everything as it was."""
        return merge.rehearse(self.folder, delta, witness, safe)

    @property
    def concord(self) -> Concord:
        """Whether this PC and the others can agree."""
        return Concord(self.folder)

    @property
    def orders(self) -> SignedOrders:
        """What people signed, and what waits for a person."""
        return SignedOrders(self.folder)

    def knowledge(self) -> Knowledge:
        """Which commits were received completely."""
        with self.folder.reading() as connection:
            return Registers(raw(connection)).knowledge()

    def packets_received(self) -> list[packets.Packet]:
        """The packets received, the latest first."""
        with self.folder.reading() as connection:
            return packets.packets(Registers(raw(connection)))

    def note_packet(self, seq: int, facts: Mapping[str, Any]) -> None:
        """Remember more of a packet received."""
        with self.folder.transaction(content=False) as connection:
            sql = "UPDATE main.packet SET facts=json_patch(facts, ?) WHERE seq=?"
            raw(connection).execute(sql, (json.dumps(dict(facts)), seq))

    def take_back(self, seq: int) -> packets.TakenBack:
        """Take a packet back as if it had never come; what was written since stays."""
        taken = packets.take_back(self.folder, seq)
        self.photos.sweep()
        return taken

    def would_take_back(self, seqs: Sequence[int]) -> packets.TakenBack:
        """What taking these packets back would do: the same code, then everything as it was."""
        return packets.rehearse_taking_back(self.folder, seqs)

    def _forget_bytes(self) -> None:
        """What was erased leaves the write-ahead logs and the photos too; the order is kept beside the base."""
        self.folder.checkpoint()
        self.photos.sweep()
        forget_aside(self.path)
        with self.folder.reading() as connection:
            ledger.save(self.path, ledger.orders(raw(connection)))

    # ---- the journal

    def done(self, limit: int = 200) -> list[Done]:
        """The latest works, the newest first."""
        with self.folder.reading() as connection:
            return Journal(raw(connection)).latest(limit)

    def taken_back(self) -> set[int]:
        """The numbers of works that were taken back, and not done again since."""
        with self.folder.reading() as connection:
            return Journal(raw(connection)).taken_back()

    def inverse(self, seq: int) -> undo.Inverse:
        """How to take a work back."""
        return undo.inverse(self.folder, seq)

    # ---- what this PC keeps for itself

    def note(self, table: str, key: str, value: Any) -> None:
        """Keep a small private value by the key of its table (see `_KEYS`); None forgets it."""
        self.note_all(table, {key: value})

    def note_all(self, table: str, values: Mapping[str, Any]) -> None:
        """Keep or forget several at once."""
        column = _KEYS[table]
        with self.folder.transaction(content=False) as connection:
            base = raw(connection)
            for key, value in values.items():
                if value is None:
                    base.execute(f"DELETE FROM main.{table} WHERE {column}=?", (key,))
                else:
                    sql = f"INSERT OR REPLACE INTO main.{table}({column}, val) VALUES(?, ?)"
                    base.execute(sql, (key, json.dumps(value, ensure_ascii=False)))

    def noted(self, table: str) -> dict[str, Any]:
        """All that was kept in that table."""
        column = _KEYS[table]
        with self.folder.reading() as connection:
            rows = raw(connection).execute(f"SELECT {column}, val FROM main.{table}")
            return {key: json.loads(value) for key, value in rows}

    def imported(self, source: RecordId) -> dict[RecordId, dict[str, Any]]:
        """The values that a list gave last time, by record."""
        with self.folder.reading() as connection:
            rows = raw(connection).execute("SELECT id, val FROM main.import_value WHERE source=?", (source,))
            return {record_id: json.loads(value) for record_id, value in rows}

    def note_import(
        self,
        source: RecordId,
        file: str,
        stats: Mapping[str, Any],
        journal: int | None,
        values: Iterable[tuple[RecordId, Mapping[str, Any]]],
    ) -> int:
        """Remember an import and what it gave; returns its number."""
        with self.folder.transaction(content=False) as connection:
            base = raw(connection)
            base.executemany(
                "INSERT OR REPLACE INTO main.import_value(source, id, val) VALUES(?,?,?)",
                ((source, i, dump(v)) for i, v in values),
            )
            cursor = base.execute(
                "INSERT INTO main.import_log(h, file, source, stats, journal) VALUES(?,?,?,?,?)",
                (self.folder.clock(), file, source, json.dumps(stats), journal),
            )
            return int(cursor.lastrowid or 0)

    def imports(self) -> list[dict[str, Any]]:
        """The imports made here, the latest first: seq, at, file, source, stats, journal, undone."""
        with self.folder.reading() as connection:
            rows = raw(connection).execute(
                "SELECT seq, h, file, source, stats, journal, undone FROM main.import_log ORDER BY seq DESC"
            )
            names = ("seq", "at", "file", "source", "stats", "journal", "undone")
            return [dict(zip(names, (*r[:4], json.loads(r[4]), *r[5:]), strict=True)) for r in rows]

    def note_import_undone(self, seq: int, undone: int | None, forgotten: Iterable[RecordId]) -> None:
        """Remember that an import was taken back, and forget what it gave."""
        with self.folder.transaction(content=False) as connection:
            base = raw(connection)
            source = base.execute("SELECT source FROM main.import_log WHERE seq=?", (seq,)).fetchone()[0]
            base.execute("UPDATE main.import_log SET undone=? WHERE seq=?", (undone, seq))
            base.executemany("DELETE FROM main.import_value WHERE source=? AND id=?", [(source, i) for i in forgotten])

    # ---- safety

    def backup(self, reason: str, spared: str = "") -> backups.Backup:
        """Make a checked backup; `spared` is not thinned out for it."""
        made = backups.backup(self.folder, reason, self.reads.sheets(), spared)
        self.photos.back_up()
        return made

    def backups(self) -> list[backups.Backup]:
        """The checked backups, the latest first."""
        return backups.backups(self.path)

    def restore(self, name: str) -> None:
        """Back up the present, then come back to a backup; erasures given since stay given."""
        _come_back(self, name)

    def open_anew(self) -> None:
        """Close, and open what lies in the folder now."""
        self.folder.close()
        self.folder = self._opening()
        self.reads, self.photos = Reads(self.folder), Photos(self.folder)
        self.photos.bring_back()

    def problems(self) -> list[str]:
        """What is wrong with the base, in French sentences."""
        return [*verify.problems(self.folder), *self.photos.problems()]

    def digest(self) -> str:
        """A fingerprint equal on PCs that hold the same content."""
        return verify.digest(self.folder)

    def may_be_elsewhere(self, record_id: RecordId) -> bool:
        """Whether another PC may hold a record, so that it cannot be taken back without a trace."""
        with self.folder.reading() as connection:
            base = raw(connection)
            sent = PrivateValues(base).sent_counter()
            return Registers(base).exists_elsewhere(record_id, self.folder.uid, sent)


def _come_back(store: Store, name: str) -> None:
    """Back up the present, or keep it aside if it is too damaged for that, then put the backup in its place."""
    chosen = backups.find(store.path, name)
    try:
        store.backup("avant-restauration", chosen.name)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        with _packets_remembered(store):
            store.folder.close()
            try:
                restoring.rescue(store.path, name, store.folder.clock)
            finally:
                store.open_anew()
        return
    with _packets_remembered(store):
        try:
            taken_back = restoring.restore(store.folder, chosen)
        finally:
            store.open_anew()
        restoring.create_anew(store.folder, taken_back)


@contextlib.contextmanager
def _packets_remembered(store: Store) -> Iterator[None]:
    """The packet files written here stay known: an erasure must find those made since a backup too."""
    given: dict[str, Any] = {}
    with contextlib.suppress(EnvironmentProblem):
        given = store.noted("handed")
    yield
    for path, said in given.items():
        store.note("handed", path, said)
