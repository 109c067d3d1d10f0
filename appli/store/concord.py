"""Whether this PC and the others can agree: fingerprints, a twin under our name, the times they wrote at."""

from __future__ import annotations

from collections.abc import Collection

from appli.domain.causality import Delta
from appli.domain.changes import Changes
from appli.domain.unknown import Unknown
from appli.store import agreement, merge, statements, twins, unread, verify
from appli.store.engine import scalar
from appli.store.folder import Folder, raw
from appli.store.registers import Registers
from appli.store.rows import SHARED


class Concord:
    """What is asked of one open folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def fingerprint(self) -> str:
        """What a packet says of all that is held here, to be compared by who knows the same; empty if that is vain."""
        with self._folder.reading() as connection:
            return agreement.fingerprint(Registers(raw(connection)))

    def made_here(self, delta: Delta) -> bool:
        """Whether this PC wrote all that a packet under its name says it did."""
        return not merge.rehearse(self._folder, delta, merge.Nobody()).twin

    def part_from_twin(self, safe: int) -> None:
        """Take another name: somebody else writes under ours. `safe`: our last commit that others had confirmed."""
        twins.part_from(self._folder, safe)

    @property
    def holds_unread(self) -> bool:
        """Whether something is kept that only a later version read when it came."""
        sql = (
            f"SELECT EXISTS(SELECT 1 FROM {SHARED}.unread) OR "
            f"EXISTS(SELECT 1 FROM {SHARED}.statement WHERE sort='{statements.LATER}')"
        )
        with self._folder.reading() as connection:
            return bool(scalar(raw(connection), sql))

    def unread(self) -> list[Unknown]:
        """The lines kept so."""
        with self._folder.reading() as connection:
            return unread.every(Registers(raw(connection)))

    def read_again(self, delta: Delta, read: Collection[Unknown]) -> Changes:
        """Join what kept lines turned out to say, and forget those of them that were read to the end."""
        with self._folder.transaction(content=False) as connection:
            registers = Registers(raw(connection))
            unread.forget(registers, read)
            result = merge.Receiver(registers, self._folder.clock(), merge.Nobody()).join(delta)
            if result.changes:
                self._folder.content_changed(connection)
        return result.changes

    def latest_times(self) -> dict[bytes, int]:
        """The latest wall time each PC wrote at, in ms."""
        with self._folder.reading() as connection:
            return verify.latest_times(raw(connection))
