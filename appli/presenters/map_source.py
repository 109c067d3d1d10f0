"""What the live map asks of the program, and the page's own files."""

from __future__ import annotations

import re
from typing import Protocol, TypedDict

from appli import resources

FOLDERS = {"": "carte/page", "vendor": "carte/vendor", "polices": "polices"}
_NAME = re.compile(r"(?:(?P<area>vendor|polices)/)?(?P<file>[A-Za-z0-9-]+(?:[./][A-Za-z0-9-]+)*)")


class MapDetails(TypedDict):
    """One record as the map's popup tells it, in plain text; what is unknown is the empty string."""

    title: str
    line: str
    commune: str
    opening: str
    code: str


class MapSource(Protocol):
    """Where the map finds what it shows. Each call is made in the window's thread and must answer at once."""

    def page_file(self, name: str) -> bytes | None:
        """A file of the composed page, by the name the page uses; `page_file` below answers."""

    def tile(self, archive: str, z: int, x: int, y: int) -> bytes | None:
        """A tile of archive `fr` (vector, already unzipped) or `relief` (WebP), None where there is none."""

    def points(self) -> bytes:
        """JSON: {"points": [[latitude, longitude, id, kind], …]}.

        The id is 32 hexadecimal digits; the kind is a key of `kind` in the design tokens, where a listing is `offer` or
        `need`.
        """

    def details(self, record_id: str) -> MapDetails | None:
        """The record's texts, None if it is no longer there."""


def page_file(name: str) -> bytes | None:
    """A file of the page, its scripts and its fonts; None for any other name, `..` included."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    file = resources.path(f"{FOLDERS[match['area'] or '']}/{match['file']}")
    return file.read_bytes() if file.is_file() else None
