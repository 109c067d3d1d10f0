"""What this PC remembers of its shared folder, for itself alone: where it lies, what it wrote there, what it read.

It stands in the private base, so a directory that comes back from a backup remembers what it knew then, and reads again
what it has forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from appli import config
from appli.domain.causality import Interval, Knowledge
from appli.exchange.shared_folder import Seen
from appli.services.directory import Directory

TABLE = "shared_folder"
Claim = Mapping[str, list[Interval]]
"""Commits, as JSON keeps them."""


def knowledge_of(claim: Claim) -> Knowledge:
    """Commits, as the join knows them."""
    return Knowledge({bytes.fromhex(uid): [(i[0], i[1]) for i in some] for uid, some in claim.items()})


def claim_of(known: Knowledge) -> dict[str, list[Interval]]:
    """Commits, as they are kept."""
    return {uid.hex(): list(some) for uid, some in known.as_dict().items()}


@dataclass(slots=True)
class File:
    """A packet of another PC, as it was when it was last looked at. `fate`: read, waits, unreadable, foreign."""

    size: int
    mtime: int
    fate: str
    reason: str = ""
    """Why it waits."""
    count: int = 0
    """Of what it waits for: sheets with two values, sheets that would go…"""
    uid: str = ""
    label: str = ""
    claim: Claim = field(default_factory=dict)
    volume: tuple[str, int, int] | None = None
    """(set, number, of)."""
    since: int = 0
    """When it was first seen so, by the wall clock of this PC."""
    mark: str = ""
    """What the judgement hung on: it is judged again once that has changed."""

    @property
    def knowledge(self) -> Knowledge:
        """The commits it carries."""
        return knowledge_of(self.claim)

    def is_same(self, seen: Seen) -> bool:
        """Whether the file has not changed since."""
        return (self.size, self.mtime) == (seen.size, seen.mtime)


@dataclass(slots=True)
class Read:
    """What was read of one PC."""

    files: dict[str, File] = field(default_factory=dict)
    state: tuple[int, int] | None = None
    """(size, time) of what it said it knows."""

    def knowledge(self) -> Knowledge:
        """The commits that its files carry; volumes count once all are there."""
        sets: dict[str, set[int]] = {}
        for one in self.files.values():
            if one.volume is not None:
                sets.setdefault(one.volume[0], set()).add(one.volume[1])
        found = Knowledge()
        for one in self.files.values():
            if one.fate in ("read", "waits") and (one.volume is None or len(sets[one.volume[0]]) == one.volume[2]):
                for uid, intervals in one.knowledge.as_dict().items():
                    found.add(uid, intervals)
        return found


@dataclass(slots=True)
class Written:
    """What this PC wrote under its present name."""

    replica: str = ""
    files: dict[str, int] = field(default_factory=dict)
    """The packets that should lie there, with their sizes."""
    base: int = 0
    grown: int = 0
    """Bytes of the base, and of what was added to it since."""
    additions: int = 0
    last: int = 0
    """The highest number ever given."""
    covers: Claim = field(default_factory=dict)
    forgotten: int = 0
    """How many records were forgotten here when the oldest of these files was written."""
    said: str = ""
    """What was last said to be known, by its fingerprint."""

    def knowledge(self) -> Knowledge:
        """The commits that these files carry."""
        return knowledge_of(self.covers)


class Memory:
    """All of it; `save` writes what has changed. `former`: names this PC had here before its folder was restored."""

    def __init__(self, directory: Directory) -> None:
        self._store = directory.store
        rows = self._store.noted(TABLE)
        self._was = rows
        self.place: str = str(config.as_found(rows["place"])) if rows.get("place") else ""
        self.former: set[str] = set(rows.get("former", ()))
        self.written = Written(**rows["written"]) if "written" in rows else Written()
        self.read = {key.removeprefix("from:"): _read(row) for key, row in rows.items() if key.startswith("from:")}

    @property
    def root(self) -> Path | None:
        """The folder chosen, if any."""
        return Path(self.place) if self.place else None

    def of(self, replica: bytes) -> Read:
        """What was read of that PC."""
        return self.read.setdefault(replica.hex(), Read())

    def not_ours(self, me: bytes) -> set[str]:
        """Files in one's own sub-folder that a copy of this PC wrote there: they are not ours to remove."""
        return {name for name, one in self.of(me).files.items() if one.fate == "waits"}

    def save(self) -> None:
        """Write what has changed."""
        kept = {uid: read for uid, read in self.read.items() if read.files or read.state}
        rows: dict[str, Any] = {f"from:{uid}": _row(read) for uid, read in kept.items()}
        if self.place:
            rows |= {
                "place": config.as_kept(Path(self.place)),
                "written": asdict(self.written),
                "former": sorted(self.former),
            }
        for key, row in rows.items():
            if row != self._was.get(key):
                self._store.note(TABLE, key, row)
        for key in self._was.keys() - rows.keys():
            self._store.note(TABLE, key, None)
        self._was = rows

    def forget(self) -> None:
        """The folder is left."""
        self.place, self.written, self.read, self.former = "", Written(), {}, set()
        self.save()


def chosen_root(directory: Directory) -> Path | None:
    """The folder chosen, if any."""
    place = directory.store.noted(TABLE).get("place")
    return config.as_found(place) if place else None


def _read(row: Mapping[str, Any]) -> Read:
    known = {name: File(**one) for name, one in row["files"].items()}
    for one in known.values():
        one.volume = one.volume and (one.volume[0], one.volume[1], one.volume[2])
    return Read(known, row["state"] and (row["state"][0], row["state"][1]))


def _row(read: Read) -> dict[str, Any]:
    """As JSON gives it back, so that what has not changed is recognised."""
    row = asdict(read)
    for one in row["files"].values():
        one["volume"] = one["volume"] and list(one["volume"])
    row["state"] = row["state"] and list(row["state"])
    return row
