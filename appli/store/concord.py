"""Whether this PC and the others can agree: fingerprints, a twin under our name, the times they wrote at."""

from __future__ import annotations

from appli.domain.causality import Delta
from appli.store import agreement, merge, twins, verify
from appli.store.folder import Folder, raw
from appli.store.registers import Registers


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

    def latest_times(self) -> dict[bytes, int]:
        """The latest wall time each PC wrote at, in ms."""
        with self._folder.reading() as connection:
            return verify.latest_times(raw(connection))
