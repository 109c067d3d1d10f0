"""What a packet brings, received into the base: under another name if somebody else writes under ours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from appli.domain.causality import Delta
from appli.domain.ids import RecordId
from appli.ports import Progress
from appli.services.directory import Directory
from appli.services.exchanging import twins
from appli.services.exchanging.bundles import Opened
from appli.store.merge import Received
from appli.store.packets import Arrival
from appli.store.twins import Twin


def take_in(
    directory: Directory,
    opened: Opened,
    delta: Delta,
    arrival: Arrival,
    left_out: Collection[RecordId],
    progress: Progress,
) -> tuple[Received, int, str | None]:
    """Receive what a packet brings, under a new name if it must be: what it did, its number, the name."""
    renamed = twins.part(directory, twins.confirmed(directory)) if opened.envelope.twin else None

    def arriving() -> Arrival:
        whole = not opened.envelope.incremental
        return replace(
            arrival,
            safe=twins.confirmed(directory),
            thorough=whole and opened.known is not None and opened.known.differs,
            again=(lambda: opened.delta(progress)) if whole and opened.manifest.volume is None else None,
        )

    try:
        result, seq = directory.store.receive(delta, arriving(), left_out)
    except Twin as twin:
        renamed = twins.part(directory, min(twins.confirmed(directory), twin.lowest - 1))
        result, seq = directory.store.receive(opened.delta(progress), arriving(), left_out)
    return result, seq, renamed
