"""Packet files as the model reads them: chunk by chunk, what values each carries."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from appli.domain.ids import RecordId
from appli.exchange.manifest import Manifest
from appli.exchange.reading import open_bundle
from appli.exchange.statements import ErasureOrder, opened
from tests.packets.model import Model, Seen


@dataclass(frozen=True, slots=True)
class Part:
    """One chunk of a file: its member's name and what it carries."""

    name: str
    events: Seen
    ids: frozenset[RecordId]
    special: bool
    """Whether it holds orders or statements, not records."""


@dataclass(frozen=True, slots=True)
class File:
    """One file that was made, as the model reads it."""

    path: Path
    author: bytes
    signed: Manifest
    parts: tuple[Part, ...]
    erased: frozenset[RecordId]
    """What is to be forgotten, as far as somebody signed that he orders it."""
    ordered: frozenset[RecordId]
    """What is named by a signed order; it may come in another volume."""

    @property
    def set(self) -> str | None:
        """What it has in common with the other volumes of its packet."""
        return self.signed.volume.set if self.signed.volume else None


def read(path: Path, author: bytes, model: Model) -> File:
    """A file just made; Wrong if it carries what nobody wrote."""
    erased: set[RecordId] = set()
    ordered: set[RecordId] = set()
    parts: list[Part] = []
    with open_bundle(path) as bundle:
        for chunk in bundle.chunks():
            erased |= {e.id for e in chunk.erasures}
            for said in map(opened, chunk.statements):
                ordered |= set(said.records) if isinstance(said, ErasureOrder) else set()
            ids = frozenset(s.id for s in chunk.records)
            special = bool(chunk.erasures or chunk.statements)
            parts.append(Part(chunk.name, model.events_in(chunk.records), ids, special))
        return File(path, author, bundle.manifest, tuple(parts), frozenset(erased), frozenset(ordered))


def damaged(file: File, names: Collection[str], copy: Path) -> Path:
    """A copy of it where these chunks hold one wrong byte."""
    raw = bytearray(file.path.read_bytes())
    with zipfile.ZipFile(file.path) as archive:
        for info in map(archive.getinfo, names):
            raw[info.header_offset + 30 + len(info.filename) + info.file_size // 2] ^= 0x55
    copy.write_bytes(raw)
    return copy


def gathered(parts: Iterable[Part]) -> Seen:
    """All that some chunks carry."""
    found: Seen = {}
    for part in parts:
        for place, numbers in part.events.items():
            found[place] = found.get(place, frozenset()) | numbers
    return found
