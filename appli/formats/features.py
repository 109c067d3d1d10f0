"""The features of a GeoJSON one at a time, for files of national size: never more of it in memory than one feature.

Reading a whole list at once (`appli.formats.geojson`) unfolds JSON into twenty-five times its size; here only the bytes
and the feature at hand are there, so that fifty megabytes cost no more than fifty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from appli.errors import UserError
from appli.formats import refusals
from appli.formats.encodings import decoding

Feature = dict[str, Any]

_CHUNK = 1 << 18
_LARGEST = 2 << 20
"""A feature that is not all there after so many characters is refused: twice as many were read by then."""
_OPENING = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def features(data: bytes) -> Iterator[Feature]:
    """Every feature of a collection, in its order. Raises UserError for what is cut short, too deep or none."""
    with decoding(data).open(data) as stream:
        yield from _Reader(stream).features()


class _Reader:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        """Where the next feature is looked for."""
        self._decoder = json.JSONDecoder(parse_constant=lambda _nan: None)

    def features(self) -> Iterator[Feature]:
        self._go_to_first()
        while (found := self._next()) is not None:
            yield found

    def _go_to_first(self) -> None:
        while (opening := _OPENING.search(self._text)) is None:
            self._read_on(refusals.bad_geojson)
        self._at = opening.end()

    def _next(self) -> Feature | None:
        """The next feature; None at the end of the collection."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            assert between is not None
            self._at = between.end()
            if self._text.startswith("]", self._at):
                return None
            try:
                found, self._at = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise refusals.bad_geojson() from None
            except ValueError:  # not all there
                self._read_on(refusals.large_feature)
                continue
            if not isinstance(found, dict):
                raise refusals.bad_geojson()
            return found

    def _read_on(self, too_long: Callable[[], UserError]) -> None:
        """Read on, twice as much each time what is looked for is still not all there."""
        left = self._text[self._at :]
        chunk = self._stream.read(max(_CHUNK, len(left)))
        if not chunk:
            raise refusals.bad_geojson()
        if len(left) > _LARGEST:
            raise too_long()
        self._text, self._at = left + chunk, 0
