"""What a workbook announces, looked at before it is unfolded: 5 kB can ask for 125 GB.

The reader allocates the whole rectangle between the first and the last filled cell of a sheet, so one stray cell in
XFD1048576 is fatal. `<dimension>` is not believed: it may lie, either way.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

MAX_AREA = 8_000_000
"""Cells of the rectangle, 32 bytes each in the reader."""
MAX_UNPACKED = 300 << 20
MAX_MEMBERS = 5_000

_FILLED_CELL = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"[^>]*+(?<!/)>')
"""<c r="A1" s="3"/> has a colour and nothing else: not a filled cell."""
_CHUNK = 4 << 20


class TooBigError(Exception):
    """More than a list holds."""


def check(data: bytes) -> None:
    """Raise TooBigError for an archive or a sheet out of proportion; other formats have their own caps."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise TooBigError
        for member in members:  # all of them: the workbook itself says where its sheets are
            with archive.open(member) as sheet:
                _check_sheet(sheet)


def _check_sheet(sheet: IO[bytes]) -> None:
    columns: set[bytes] = set()
    lowest, highest = 1 << 30, 0
    rest = b""
    while chunk := sheet.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b"<")
        text, rest = text[:cut], text[cut:][-_CHUNK:]
        cells = _FILLED_CELL.findall(text)
        columns.update(letters for letters, _row in cells)
        rows = {int(row) for row in {row for _letters, row in cells}}
        lowest, highest = min(rows | {lowest}), max(rows | {highest})
        if columns and (highest - lowest + 1) * _span(columns) > MAX_AREA:
            raise TooBigError


def _span(columns: set[bytes]) -> int:
    numbers = [_number(letters) for letters in columns]
    return max(numbers) - min(numbers) + 1


def _number(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value
