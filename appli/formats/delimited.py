"""CSV, TSV and other separated text, as raw rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from appli.formats import refusals, separators
from appli.formats.encodings import decoding
from appli.formats.table import MAX_CELLS, MAX_LINES, CellCleaner, Problem, RawRow
from appli.i18n import _, number

if TYPE_CHECKING:
    from _csv import Reader

_SAMPLE = 200_000
_LONGEST_CELL = 1 << 20
_LONGEST_LINE = 4 << 20
_RUNAWAY = 200
"""A cell of that many lines is a quotation mark nobody closed."""
_PATIENCE = 5
"""Past that many open quotation marks, they are no quotation marks at all."""


class DelimitedText:
    """A separated text file: its encoding and separator are known at once, its rows come as they are asked for."""

    def __init__(self, data: bytes, encoding: str | None = None, separator: str | None = None) -> None:
        self._data = data
        self._decoding = decoding(data, encoding)
        self._plain_lines: set[int] = set()
        self._all_plain = False
        self.problems: list[Problem] = []
        with self._decoding.open(data) as stream:
            sample = stream.read(_SAMPLE).replace("\x00", "")
        announced = separators.declared(sample.partition("\n")[0])
        self._skipped = 0 if announced is None else 1
        self._separator = separator or announced or separators.sniff(sample)

    @property
    def encoding(self) -> str:
        """By its Python name."""
        return self._decoding.encoding

    @property
    def separator(self) -> str | None:
        """The character between cells; None when there is a single column."""
        return None if self._separator == separators.NONE else self._separator

    def rows(self) -> Iterator[RawRow]:
        """Every line with its number, blank ones included."""
        if b'"' in self._data:
            self._find_open_quotes()
        cleaner = CellCleaner()
        with self._decoding.open(self._data) as stream:
            try:
                for line, cells in _numbered(self._reader(stream, strict=False), self._skipped):
                    yield line, cleaner.row(cells)
            except csv.Error:
                raise refusals.not_a_table() from None

    def _find_open_quotes(self) -> None:
        """A quotation mark opened and never closed swallows the lines below: such a line is read without its marks."""
        while (line := self._first_open_quote()) and not self._all_plain:
            self._plain_lines.add(line)
            self._all_plain = len(self._plain_lines) > _PATIENCE
            message = _("Ligne {line} : un guillemet n’est pas refermé ; les guillemets de cette ligne sont ignorés.")
            self.problems.append(Problem("open_quote", message.format(line=number(line)), line))

    def _first_open_quote(self) -> int:
        with self._decoding.open(self._data) as stream:
            reader = self._reader(stream, strict=True)
            while True:
                start = self._skipped + reader.line_num + 1
                try:
                    row = next(reader, None)
                except csv.Error:
                    if self._skipped + reader.line_num > start:
                        return start
                    continue
                if row is None:
                    return 0
                if self._skipped + reader.line_num - start > _RUNAWAY:
                    return start

    def _reader(self, stream: TextIO, *, strict: bool) -> Reader:
        csv.field_size_limit(_LONGEST_CELL)
        for _line in range(self._skipped):
            stream.readline()
        return csv.reader(
            self._lines(stream),
            delimiter=self._separator,
            quoting=csv.QUOTE_NONE if self._all_plain else csv.QUOTE_MINIMAL,
            skipinitialspace=True,
            strict=strict,
        )

    def _lines(self, stream: TextIO) -> Iterator[str]:
        for place, line in enumerate(stream, self._skipped + 1):
            if place > MAX_LINES:
                raise refusals.too_many_cells(MAX_CELLS)
            if len(line) > _LONGEST_LINE:
                raise refusals.not_a_table()
            clean = line.replace("\x00", "")
            yield clean.replace('"', "") if place in self._plain_lines else clean


def _numbered(reader: Reader, skipped: int) -> Iterator[tuple[int, list[str]]]:
    # line_num counts the lines read so far: a row starts one line after the end of the row before it
    line = skipped + 1
    for row in reader:
        yield line, row
        line = skipped + reader.line_num + 1
