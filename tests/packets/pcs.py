"""PCs of the history of packets: real folders, the services as the window calls them, no index to keep up."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appli.domain.causality import Knowledge, RecordState, Version
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.store.folder import raw
from appli.store.merge import Received
from appli.store.registers import Registers
from appli.store.store import Store
from tests.fakes import FixedClock
from tests.packets.files import File
from tests.packets.model import NEWER_NUMBER, Seen, View


class Bare(Directory):
    """A directory without an index: what is tried here does not read it."""

    def follow(self, done: Changes, progress: Progress = SILENT) -> None:
        """Nothing has to follow."""


@dataclass(frozen=True, slots=True)
class Came:
    """A file received: its number in the base, what it carried and what had been seen of that before."""

    seq: int
    file: File
    events: Seen
    before: Seen


class Pc:
    """One PC and what the model thinks of it."""

    def __init__(self, home: Path, number: int, empty: Path, clock: FixedClock) -> None:
        self.number = number
        self.clock = clock
        folder = home / f"poste{number}"
        shutil.copytree(empty, folder, ignore=shutil.ignore_patterns("sauvegardes", "verrou*"))
        store = Store(folder, home / f"config{number}", clock=clock, holder=f"poste {number}")
        self.directory = Bare(store, None, None)  # type: ignore[arg-type]
        self.view = View()
        self.came: list[Came] = []
        self.heard: dict[bytes, tuple[int, Knowledge]] = {}
        """What each other PC said it has, and when, by its clock."""
        self.result: tuple[Received, int] | None = None
        self._listen(store)

    def _listen(self, store: Store) -> None:
        receive = store.receive

        def heard(*arguments: Any) -> tuple[Received, int]:
            self.result = receive(*arguments)
            return self.result

        store.receive = heard  # type: ignore[method-assign]

    @property
    def uid(self) -> bytes:
        return self.directory.store.replica

    def states(self, ids: Iterable[RecordId]) -> dict[RecordId, RecordState]:
        """All that its shared file holds of these records."""
        with self.directory.store.folder.reading() as connection:
            registers = Registers(raw(connection))
            return {i: state for i in ids if (state := registers.state(i)) is not None}

    def write_newer(self, record: RecordId, value: str) -> None:
        """What a later version would write into a field that this one does not know, and must carry."""
        folder = self.directory.store.folder
        with folder.transaction() as connection:
            registers = Registers(raw(connection))
            kind, _base = registers.base(record)
            assert kind is not None
            stamp = registers.new_commit(folder.uid, self.clock())
            before = registers.explicit(kind, record, NEWER_NUMBER).get(NEWER_NUMBER)
            state = registers.state(record)
            assert state is not None
            register = (before or state.register(NEWER_NUMBER)).write(Version(stamp, value))
            registers.save(kind, record, NEWER_NUMBER, register)

    def close(self) -> None:
        self.directory.store.close()
