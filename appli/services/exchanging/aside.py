"""What waits of packets: those one put off, and those of which sheets were left out, to be looked at and taken later.

A packet of which something waits is not claimed, so the next whole packet of anybody brings it again; what is known
of all it spoke of waits no more. A small one is kept beside the base, for the stick it came on will not stay. Only
counts are remembered, no name.
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from appli.domain.causality import Interval, Knowledge
from appli.exchange import limits
from appli.exchange.manifest import Manifest
from appli.services.directory import Directory
from appli.store.folder_files import ASIDE

_TABLE = "aside"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One packet of which something waits. Times are wall time in ms."""

    uid: str
    sender: str
    """The name of the PC it comes from."""
    made_at: int
    at: int
    sheets: int
    """How many sheets wait."""
    whole: bool
    """Nothing of it was received: it was put off."""
    claim: dict[str, list[Interval]]
    """The commits it speaks of."""
    came_from: str
    """The file it was read from."""

    @property
    def knowledge(self) -> Knowledge:
        """What is known once nothing of it waits any more."""
        return Knowledge({bytes.fromhex(uid): [(i[0], i[1]) for i in some] for uid, some in self.claim.items()})


def keep(directory: Directory, path: Path, manifest: Manifest, sheets: int, *, whole: bool) -> None:
    """Remember that sheets of a packet wait, and keep a copy of it if it is small."""
    heading, uid = manifest.heading, manifest.uid
    before = directory.store.noted(_TABLE).get(uid)
    if path.stat().st_size <= limits.VOLUME and path != _copy(directory, uid):
        _copy(directory, uid).parent.mkdir(exist_ok=True)
        shutil.copyfile(path, _copy(directory, uid))
    said = Waiting(
        uid=uid,
        sender=heading.label,
        made_at=heading.made_at,
        at=directory.store.folder.clock(),
        sheets=sheets,
        whole=whole,
        claim={replica.hex(): list(some) for replica, some in heading.claim.items()},
        came_from=before["came_from"] if before and path == _copy(directory, uid) else str(path),
    )
    directory.store.note(_TABLE, uid, asdict(said))


def waiting(directory: Directory) -> list[Waiting]:
    """What waits, the latest first; what came by another packet meanwhile does not any more."""
    known = directory.store.knowledge()
    every = (Waiting(**said) for said in directory.store.noted(_TABLE).values())
    left = (one for one in every if not one.claim or one.knowledge.missing_from(known))
    return sorted(left, key=lambda one: (-one.at, one.uid))


def tidy(directory: Directory) -> None:
    """Forget what came by another packet meanwhile."""
    left = {one.uid for one in waiting(directory)}
    for uid in directory.store.noted(_TABLE).keys() - left:
        forget(directory, uid)


def of(directory: Directory, uid: str) -> Waiting | None:
    """What waits of that packet."""
    return next((one for one in waiting(directory) if one.uid == uid), None)


def file_of(directory: Directory, one: Waiting) -> Path | None:
    """Where the packet can be read; None once neither its copy nor the file it came from is there."""
    places = (_copy(directory, one.uid), Path(one.came_from))
    return next((place for place in places if place.is_file()), None)


def forget(directory: Directory, uid: str) -> None:
    """Nothing of that packet waits any more."""
    if directory.store.noted(_TABLE).get(uid) is not None:
        directory.store.note(_TABLE, uid, None)
    _copy(directory, uid).unlink(missing_ok=True)


def _copy(directory: Directory, uid: str) -> Path:
    return directory.store.path / ASIDE / f"{uid}.maille"
