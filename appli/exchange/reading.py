"""A bundle that arrived, opened in the order that costs least and risks least; its lines come chunk by chunk.

`open_bundle` refuses whatever is not a bundle, signed and of one meaning. After it, a chunk that is damaged is passed
over and named: those that are intact may be received, but then the claim must not be taken.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from appli.domain.causality import Erasure, RecordState
from appli.domain.statements import Statement
from appli.domain.unknown import Unknown
from appli.errors import EnvironmentProblem
from appli.exchange import limits, manifest, moving_file, passphrase, refusals
from appli.exchange.archive import MANIFEST, README, SIGNATURE, Archive
from appli.exchange.chunks import unpack
from appli.exchange.decoding import Chunk, LineReader, UnreadableChunk
from appli.exchange.keys import SIGNATURE as SIGNATURE_SIZE
from appli.exchange.manifest import Manifest, Member
from appli.i18n import _
from appli.ports import SILENT, Progress

_OFTEN = 200
"""Records between two steps of progress."""


@dataclass(slots=True)
class Lines:
    """The lines of a bundle as they are received: first what is to be forgotten, then the records as they are read."""

    statements: list[Statement]
    erasures: list[Erasure]
    records: Iterator[RecordState]
    unknown: list[Unknown] = field(default_factory=list)
    """Grows while the records are read."""


class Bundle:
    """An opened bundle; close it, or use it as a context manager."""

    def __init__(self, file: BinaryIO, archive: Archive, signed: Manifest, encrypted: bool) -> None:
        self.manifest = signed
        self.encrypted = encrypted
        self.damaged: dict[str, str] = {}
        """Members that could not be read so far, each with a word for the log."""
        self._file = file
        self._archive = archive
        self._members = {member.name: member for member in signed.members}
        self._passed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def complete(self) -> bool:
        """Whether all lines were read and none was damaged: only then may the claim be taken."""
        return self._passed and not any(name.startswith("data/") for name in self.damaged)

    def chunks(self, progress: Progress = SILENT) -> Iterator[Chunk]:
        """The lines, one chunk at a time; damaged chunks are passed over and named in `damaged`."""
        reader = LineReader(self.manifest.bounds)
        data = [member for member in self.manifest.members if member.name.startswith("data/")]
        for done, member in enumerate(data):
            progress.step(done, len(data))
            try:
                yield reader.chunk(member.name, unpack(self._content(member), member.raw))
            except UnreadableChunk as problem:
                self.damaged[member.name] = str(problem)
        progress.step(len(data), len(data))
        self._passed = True

    def lines(self, progress: Progress = SILENT) -> Lines:
        """The same lines, ready to be joined: statements and erasures at once, records one by one."""
        chunks = self.chunks()
        lines = Lines([], [], iter(()))
        first: list[RecordState] = []
        for chunk in chunks:
            lines.statements += chunk.statements
            lines.erasures += chunk.erasures
            lines.unknown += chunk.unknown
            if chunk.records:
                first = chunk.records
                break
        lines.records = self._told(chain(first, self._records(chunks, lines)), progress)
        return lines

    def _told(self, records: Iterator[RecordState], progress: Progress) -> Iterator[RecordState]:
        """The same records; somebody may stop between them, as often as not to wait."""
        total = self.manifest.counts.records
        for done, record in enumerate(records):
            if done % _OFTEN == 0:
                progress.step(min(done, total), total)
            yield record
        progress.step(total, total)

    def _records(self, rest: Iterator[Chunk], lines: Lines) -> Iterator[RecordState]:
        for chunk in rest:
            if chunk.statements or chunk.erasures:
                self.damaged[chunk.name] = "order"  # come too late to be forgotten first
                continue
            lines.unknown += chunk.unknown
            yield from chunk.records

    def check(self, progress: Progress = SILENT) -> bool:
        """Read everything once, keeping nothing; whether it is complete."""
        for _chunk in self.chunks(progress):
            pass
        for sha256 in self.photos:
            self.photo(sha256)
        return self.complete

    @property
    def photos(self) -> dict[str, int]:
        """The photos brought along: their size by their SHA-256."""
        return {m.name.removeprefix("photos/"): m.size for m in self.manifest.members if m.name.startswith("photos/")}

    def photo(self, sha256: str) -> bytes | None:
        """A photo's bytes; None if it is damaged."""
        member = self._members[f"photos/{sha256}"]
        try:
            return self._content(member)
        except UnreadableChunk as problem:
            self.damaged[member.name] = str(problem)
            return None

    def check_readme(self) -> None:
        """Name LISEZMOI.txt among the damaged if it is not what the sender signed."""
        member = self.manifest.members[0]
        try:
            self._content(member)
        except UnreadableChunk as problem:
            self.damaged[member.name] = str(problem)

    def _content(self, member: Member) -> bytes:
        try:
            content = self._archive.read(member.name)
        except OSError as problem:
            raise _gone() from problem
        if len(content) != member.size or hashlib.sha256(content).hexdigest() != member.sha256:
            raise UnreadableChunk("bytes")
        return content


def open_bundle(path: Path, phrase: str | None = None, *, limit: int = limits.FILE) -> Bundle:
    """Open a bundle file, or say why not. Nothing of it is believed before its signature holds."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise _gone() from problem
    try:
        return _open(file, phrase, limit)
    except OSError as problem:
        file.close()
        raise _gone() from problem
    except BaseException:
        file.close()
        raise


def _open(file: BinaryIO, phrase: str | None, limit: int) -> Bundle:
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise refusals.empty_file()
    file.seek(0)
    opening = file.read(len(passphrase.MAGIC))
    if opening.startswith(moving_file.FAMILY):
        raise refusals.moving_house()
    if size > limit:
        raise refusals.too_large(limit)
    encrypted = passphrase.is_encrypted(opening)
    if encrypted:
        if phrase is None:
            raise refusals.passphrase_needed()
        file.seek(0)
        opened = passphrase.decrypt(file.read(), phrase)
        file.close()
        file, size = io.BytesIO(opened), len(opened)
    archive = Archive(file, size)
    signed = _manifest(archive)
    _check_members(archive, signed)
    bundle = Bundle(file, archive, signed, encrypted)
    bundle.check_readme()
    return bundle


def _manifest(archive: Archive) -> Manifest:
    if archive.size(MANIFEST) > limits.MANIFEST:
        raise refusals.bomb()
    if archive.size(SIGNATURE) != SIGNATURE_SIZE:
        raise refusals.suspect()
    raw, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
    if not archive.intact(MANIFEST, raw) or not archive.intact(SIGNATURE, signature):
        raise refusals.damaged()
    return manifest.read(raw, signature)


def _check_members(archive: Archive, signed: Manifest) -> None:
    """The archive holds exactly what was signed, and nothing in it grows beyond measure."""
    members = signed.members
    announced = [README, MANIFEST, SIGNATURE, *(member.name for member in members[1:])]
    if not members or members[0].name != README or archive.names != announced:
        raise refusals.suspect()
    if any(archive.size(member.name) != member.size or not _named_by_content(member) for member in members):
        raise refusals.suspect()
    if sum(member.raw for member in members) > limits.TOTAL_RAW or not all(map(_bounded, members)):
        raise refusals.bomb()


def _bounded(member: Member) -> bool:
    if member.name.startswith("data/"):
        return member.size <= limits.CHUNK_STORED and member.raw <= limits.CHUNK_RAW
    return member.size == member.raw <= (limits.PHOTO if member.name.startswith("photos/") else limits.MANIFEST)


def _named_by_content(member: Member) -> bool:
    return not member.name.startswith("photos/") or member.name == f"photos/{member.sha256}"


def _gone() -> EnvironmentProblem:
    return EnvironmentProblem(
        "bundle_unreachable",
        _("Ce paquet ne peut pas être lu : la clé ou le dossier ne répond plus. Votre annuaire n’a pas changé."),
        _("Remettez la clé en place, ou copiez le paquet sur ce poste, puis réessayez."),
    )
