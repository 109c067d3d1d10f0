"""The one file a whole directory folder moves house in: a tar in the plainest form there is, closed with a passphrase.

Under its first line it is a file of `age`: `tail -n +2 FILE | age -d | tar x` opens it without Maillage. The first line
tells it from a packet before any passphrase is typed. What is read is believed so far only: regular files alone, in
the names that `ALLOWED` knows, each once, no larger than its maker announced in all.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from appli.exchange import passphrase
from appli.exchange.age_reading import DamagedError, Opening
from appli.exchange.age_writing import Closing

SUFFIX = ".maillage-dossier"
FAMILY = b"maillage-dossier/"
MAGIC = FAMILY + b"1\n"
ABOUT, KEY = "dossier.json", "cle"
"""The first member: what the others are; and the signing key of the PC it comes from, if it goes along."""

ALLOWED = re.compile(
    r"dossier\.json|cle|prive\.db|partage\.db|effacements\.json|photos/[0-9a-f]{64}"
    r"|couches/[0-9a-f]{12}(\.points)?\.json|cartes/([0-9a-f]{16}\.(pmtiles|mbtiles)|cartes\.json)"
    r"|sauvegardes/([0-9]{4}-[0-9a-z_-]{1,60}/(prive\.db|partage\.db|info\.json)|photos/[0-9a-f]{64})"
)
PIECE = 1 << 20
_BLOCK = 512
_ANY = re.compile(rb"maillage-dossier/([0-9]{1,6})\n")
_LARGEST = 1 << 33
"""What the plain form of tar writes down for one file: 8 GiB."""
_SMALL = {ABOUT: 1 << 16, KEY: 1 << 8}


class SuspectError(Exception):
    """The archive holds something that Maillage does not write."""


class NewerError(Exception):
    """A form of tomorrow."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in it."""

    name: str
    size: int


def is_moving_file(path: Path) -> bool:
    """Whether a file is one, whatever its name and its version."""
    try:
        with path.open("rb") as file:
            return _ANY.match(file.read(40)) is not None
    except OSError:
        return False


def recognise(file: IO[bytes]) -> None:
    """Read the first line, all that is told without a passphrase; raises DamagedError, SuspectError, NewerError."""
    opening = file.read(40)
    if MAGIC.startswith(opening):
        raise DamagedError(truncated=True)
    if _ANY.match(opening) is None:
        raise SuspectError
    if not opening.startswith(MAGIC):
        raise NewerError
    file.seek(len(MAGIC))


class MovingWriter:
    """Writes members one after the other."""

    def __init__(self, file: IO[bytes], phrase: str) -> None:
        file.write(MAGIC)
        self._closing = Closing(file, passphrase.tidy(phrase))

    def add(self, member: Member, content: Iterable[bytes]) -> None:
        """One file; raises OSError if it is not as long as was said."""
        if not ALLOWED.fullmatch(member.name) or member.size >= _LARGEST:
            raise ValueError(member.name)
        header = tarfile.TarInfo(member.name)
        header.size, header.mode = member.size, 0o600
        self._closing.write(header.tobuf(tarfile.USTAR_FORMAT))
        left = member.size
        for piece in content:
            left -= len(piece)
            if left < 0:
                break
            self._closing.write(piece)
        if left:
            raise OSError(f"{member.name} changed")
        self._closing.write(bytes(-member.size % _BLOCK))

    def end(self) -> None:
        """Nothing follows."""
        self._closing.write(bytes(2 * _BLOCK))
        self._closing.end()


class MovingReader:
    """Reads members one after the other; `about` is what the first one says.

    Raises WrongPhraseError, DamagedError, SuspectError, NewerError.
    """

    def __init__(self, file: IO[bytes], phrase: str) -> None:
        recognise(file)
        self._opened = Opening(file, passphrase.tidy(phrase))
        self._seen: set[str] = set()
        first = self._member()
        if first is None or first.name != ABOUT:
            raise SuspectError
        try:
            self.about: dict[str, Any] = json.loads(b"".join(self._content(first)))
            self._room = int(self.about["total"])
        except (ValueError, KeyError, TypeError) as problem:
            raise SuspectError from problem

    def members(self) -> Iterator[tuple[Member, Iterator[bytes]]]:
        """Each file with its pieces, which must be read before the next."""
        while (member := self._member()) is not None:
            self._room -= member.size
            if self._room < 0:
                raise SuspectError
            yield member, self._content(member)
        if any(self._read(_BLOCK)) or self._opened.read(1):
            raise SuspectError

    def _member(self) -> Member | None:
        block = self._read(_BLOCK)
        if not any(block):
            return None
        try:
            info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, ValueError) as problem:
            raise SuspectError from problem
        most = _SMALL.get(info.name, _LARGEST)
        plain = info.type == tarfile.REGTYPE and not info.linkname and block[345:500] == bytes(155)
        if not plain or not ALLOWED.fullmatch(info.name) or info.name in self._seen or not 0 <= info.size < most:
            raise SuspectError
        self._seen.add(info.name)
        return Member(info.name, info.size)

    def _content(self, member: Member) -> Iterator[bytes]:
        left = member.size
        while left:
            piece = self._read(min(left, PIECE))
            left -= len(piece)
            yield piece
        if any(self._read(-member.size % _BLOCK)):
            raise SuspectError

    def _read(self, size: int) -> bytes:
        found = self._opened.read(size)
        if len(found) < size:
            raise DamagedError(truncated=True)
        return found
