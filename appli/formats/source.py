"""The bytes of a file and what they are, told from the content and never from the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from appli.formats import refusals
from appli.formats.table import MAX_FILE, MEGABYTE

MAX_GEOJSON = 10 * MEGABYTE
"""About 15,000 places; unfolded, hostile JSON takes twenty-five times its size."""


class Form(Enum):
    """The families of files a list comes in."""

    TEXT = "text"
    WORKBOOK = "workbook"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class Source:
    """A file read once: a wrong guess of encoding or titles is mended from the same bytes."""

    name: str
    """Without its extension: the list's name from one year to the next."""
    data: bytes
    form: Form


def read_source(path: Path, largest_geojson: int = MAX_GEOJSON) -> Source:
    """The whole file in memory, refused before reading when too big."""
    return make_source(path.stem, _read(path), largest_geojson)


def make_source(name: str, data: bytes, largest_geojson: int = MAX_GEOJSON) -> Source:
    """What these bytes are; refuses what cannot be a list."""
    if len(data) > MAX_FILE:
        raise refusals.too_big(MAX_FILE // MEGABYTE)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise refusals.empty_file()
    form = _form(data)
    if form is Form.GEOJSON and len(data) > largest_geojson:
        raise refusals.too_big(largest_geojson // MEGABYTE)
    return Source(name, data, form)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refusals.is_folder(path.name)
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (FileNotFoundError, ValueError):  # a NUL in a path is a ValueError
        raise refusals.missing_file(path.name) from None
    except PermissionError as problem:
        raise refusals.forbidden_file(path.name) from problem
    except OSError as problem:
        raise refusals.lost_file(path.name) from problem
    return data


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|table|meta|div|\?xml|svg|!--)", re.IGNORECASE)
_OTHER_TEXTS = (b"%PDF", b"{\\rtf", b"BEGIN:VCARD", b"BEGIN:VCALENDAR", b"age-encryption")
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{])')


def _form(data: bytes) -> Form:
    if data.startswith(b"PK\x03\x04"):
        return _zip_form(data)
    if data.startswith(_OLE2):
        return _ole2_form(data)
    head = data[:4096]
    body = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(body):
        raise refusals.web_page()
    if body.startswith(_OTHER_TEXTS):
        raise refusals.not_a_table()
    if _JSON.match(body):
        return Form.GEOJSON
    if not _reads_as_text(head) or not _reads_as_text(data[len(data) // 2 :][:4096]):
        raise refusals.not_a_table()
    return Form.TEXT


def _zip_form(data: bytes) -> Form:
    # Names are searched for in the bytes: a hostile archive may list a million members, never opened here.
    if b"xl/workbook" in data or b"opendocument.spreadsheet" in data[:200]:
        return Form.WORKBOOK
    if b"manifest.json" in data and b"manifest.sig" in data:
        raise refusals.is_bundle()
    raise refusals.not_a_table()


def _ole2_form(data: bytes) -> Form:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusals.protected_file()
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Form.WORKBOOK
    raise refusals.not_a_table()


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x00\x1a")) + b"\x7f"


def _reads_as_text(sample: bytes) -> bool:
    """Text has next to no control characters; UTF-16 has its zeros in every other byte."""
    zeros, allowed = sample.count(0), len(sample) // 100
    if zeros > len(sample) // 5:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if min(even, odd) * 10 > max(even, odd):
            return False
        allowed = len(sample) // 10  # half of a ’ or of an œ looks like a control character
    elif zeros > 1 + allowed:
        return False
    return len(sample) - len(sample.translate(None, _CONTROLS)) <= allowed
