"""Sheets, as people count them, out of the records a packet is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from appli.domain import catalogue
from appli.domain.causality import RecordState
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.store.merge import Received


def touched(directory: Directory, ids: Collection[RecordId]) -> set[RecordId]:
    """The sheets that some records are, or live by; of a link, the sheet it starts from."""
    sheets, _terms, owning = directory.reads.owners(sorted(ids))
    links = directory.reads.of_kind("link", sorted(set(ids) - sheets))
    starts = {bytes.fromhex(e.values["from_id"]) for e in links if e.values.get("from_id")}
    return sheets | directory.reads.owners(sorted(owning | starts))[0]


def counts_of(directory: Directory, received: Received, erased: Collection[RecordId]) -> dict[str, int]:
    """How many sheets a packet made, changed, left to settle; `erased`: the sheets that it was about to erase."""
    new = directory.reads.owners(sorted(received.new))[0]
    conflicts = touched(directory, received.conflicts) - new
    changed = touched(directory, (received.new - new) | received.changed) - new - conflicts
    gone = received.erased & set(erased)
    return {"new": len(new), "changed": len(changed), "conflict": len(conflicts), "erased": len(gone)}


class Counted:
    """Records on their way into a packet, and which they were."""

    def __init__(self, states: Iterable[RecordState]) -> None:
        self._states = states
        self._main = {k.number for k in catalogue.main_kinds()}
        self.sheets: set[RecordId] = set()
        self.others: list[RecordId] = []

    def __iter__(self) -> Iterator[RecordState]:
        for state in self._states:
            if state.kind in self._main:
                self.sheets.add(state.id)
            else:
                self.others.append(state.id)
            yield state
