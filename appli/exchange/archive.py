"""The archive around a bundle: a ZIP of stored members, one after the other and nothing between them.

Made so that anybody opens it with any tool after renaming it, and read so strictly that it has one meaning only:
whatever another tool would understand differently (twice a name, a gap, an overlap, a comment) is refused. No name in
it ever becomes a path.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from appli.exchange import limits, refusals

README, MANIFEST, SIGNATURE = "LISEZMOI.txt", "manifest.json", "manifest.sig"

_DATE = (1980, 1, 1, 0, 0, 0)
_OPENING = b"PK\x03\x04"
_LOCAL_HEADER = 30
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_ENTRY = 46
_LENGTHS = 28
"""Where an entry says how long its name, its extra field and its comment are."""
_NAME_AT_MOST = 200


def build(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The archive; the same members always give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3  # the same on Windows as elsewhere
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return whole.getvalue()


class Archive:
    """The members of a bundle, by name; their bytes are read when asked for."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._entries = _directory(file, size)

    @property
    def names(self) -> list[str]:
        """The members in their order."""
        return list(self._entries)

    def size(self, name: str) -> int:
        """The bytes of a member."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """A member's bytes, unchecked."""
        info = self._entries[name]
        self._file.seek(info.header_offset + _LOCAL_HEADER + len(info.filename))
        return self._file.read(info.file_size)

    def intact(self, name: str, content: bytes) -> bool:
        """Whether these bytes are the ones that were written: tells damage from forgery, and no more."""
        return zlib.crc32(content) == self._entries[name].CRC


def _directory(file: BinaryIO, size: int) -> dict[str, zipfile.ZipInfo]:
    start, length = _check_end(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as problem:
        raise refusals.damaged() from problem
    names = [entry.filename for entry in entries]
    if names[:3] != [README, MANIFEST, SIGNATURE]:
        raise refusals.nested_archive() if _holds_archives(names) else refusals.not_a_bundle()
    if len(set(names)) != len(names) or not all(map(_is_plain, entries)):
        raise refusals.suspect()
    offset = 0
    for entry in entries:
        if entry.header_offset != offset:
            raise refusals.suspect()
        offset += _LOCAL_HEADER + len(entry.filename) + entry.file_size
    file.seek(start)
    if offset != start or not _is_tight(file.read(length), names):
        raise refusals.suspect()
    return dict(zip(names, entries, strict=True))


def _check_end(file: BinaryIO, size: int) -> tuple[int, int]:
    """Where the directory begins and its length, once it is known to be sane; a million entries are never listed."""
    file.seek(0)
    opening = file.read(_LOCAL_HEADER + len(README))
    if not opening.startswith(_OPENING):
        raise refusals.not_a_bundle()
    file.seek(max(0, size - _END.size))
    end = file.read(_END.size)
    if len(end) < _END.size or not end.startswith(_END_MARK):
        if not opening.endswith(README.encode()):
            raise refusals.not_a_bundle()
        raise refusals.damaged() if _END_MARK in _tail(file, size) else refusals.truncated()
    _, disk, first_disk, here, total, length, start, comment = _END.unpack(end)
    if total > limits.MEMBERS + 3 or length > total * (_ENTRY + _NAME_AT_MOST):
        raise refusals.bomb()
    if disk or first_disk or comment or here != total or start + length + _END.size != size:
        raise refusals.damaged()
    return start, length


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - (64 << 10)))
    return file.read()


def _is_tight(directory: bytes, names: Iterable[str]) -> bool:
    """Whether entry follows entry; what runs over the end of the directory is cut off before one can see it."""
    at = 0
    for name in names:
        if directory[at + _LENGTHS : at + _LENGTHS + 6] != struct.pack("<3H", len(name), 0, 0):
            return False
        at += _ENTRY + len(name)
    return at == len(directory)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.compress_type == zipfile.ZIP_STORED
        and entry.compress_size == entry.file_size
        and not entry.flag_bits
        and entry.filename.isascii()
    )


def _holds_archives(names: Iterable[str]) -> bool:
    return any(name.lower().endswith((".maille", ".zip")) for name in names)
