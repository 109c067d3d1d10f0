"""What a bundle brings, turned into chunks and shared out among volumes, before any file is begun.

Only compressed chunks are held (10 MB for 100,000 records); photos are read when their file is written.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from appli.domain.causality import Erasure, RecordState
from appli.domain.statements import Statement
from appli.domain.unknown import Unknown
from appli.exchange import limits, refusals
from appli.exchange.chunks import Packed, pack
from appli.exchange.encoding import LineWriter
from appli.exchange.wire import comes_first
from appli.i18n import _
from appli.ports import Progress

_AROUND = 64 << 10
"""Manifest, LISEZMOI.txt and the archive's own signs, for a file of few members."""
_PER_MEMBER = 400


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo to send: its bytes are read when their turn comes."""

    sha256: str
    size: int
    read: Callable[[], bytes]

    def content(self) -> bytes:
        """The bytes, once they are known to be those of the photo."""
        try:
            found = self.read()
        except OSError as problem:
            raise refusals.photo_missing() from problem
        if len(found) != self.size or hashlib.sha256(found).hexdigest() != self.sha256:
            raise refusals.photo_missing()
        return found


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle brings, each sort read once; what is to be forgotten comes first in the file."""

    records: Iterable[RecordState] = ()
    erasures: Iterable[Erasure] = ()
    statements: Iterable[Statement] = ()
    unknown: Iterable[Unknown] = ()
    photos: Iterable[Photo] = ()


@dataclass(slots=True)
class Part:
    """What goes into one file."""

    chunks: list[Packed] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    size: int = _AROUND

    def takes(self, size: int, limit: int) -> bool:
        """Whether a member still fits; an empty part takes anything, since it must go somewhere."""
        members = len(self.chunks) + len(self.photos)
        return not members or (self.size + size <= limit and members < limits.MEMBERS - 1)


class Gathered:
    """The chunks of a bundle, and what was learnt while making them."""

    def __init__(self, contents: Contents, progress: Progress) -> None:
        self._writer = LineWriter()
        self._progress = progress
        self.chunks: list[Packed] = []
        self._add("statements", map(self._writer.statement, contents.statements))
        self._add("erasures", map(self._writer.erasure, contents.erasures))
        unknown = [(self._writer.unknown(line), comes_first(line.raw)) for line in contents.unknown]
        self._add("unknown", (raw for raw, first in unknown if first))
        self._add("records", self._records(contents.records))
        self._add("unknown", (raw for raw, first in unknown if not first))
        self.photos = list(contents.photos)
        self.fields = self._writer.fields
        self.highest = self._writer.highest

    def _add(self, sort: str, lines: Iterable[bytes]) -> None:
        self.chunks.extend(pack(sort, lines))

    def _records(self, states: Iterable[RecordState]) -> Iterator[bytes]:
        for done, state in enumerate(states):
            if done % 1_000 == 0:
                self._progress.step(done, 0, _("Préparation des fiches"))
            yield from self._writer.record(state)

    def parts(self, limit: int) -> list[Part]:
        """The members shared out among files, in their order; always at least one file."""
        parts = [Part()]
        for chunk in self.chunks:
            _room(parts, len(chunk.content), limit).chunks.append(chunk)
        for photo in self.photos:
            _room(parts, photo.size, limit).photos.append(photo)
        return parts


def _room(parts: list[Part], size: int, limit: int) -> Part:
    if not parts[-1].takes(size + _PER_MEMBER, limit):
        parts.append(Part())
    parts[-1].size += size + _PER_MEMBER
    return parts[-1]


def counted(chunks: Iterable[Packed]) -> Counter[str]:
    """Lines by sort."""
    found = Counter[str]()
    for chunk in chunks:
        found[chunk.sort] += chunk.lines
    return found
