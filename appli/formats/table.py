"""A table as every reader gives it: named columns, rows of stripped text, and what was odd about the file.

All values are text as a person would read it (decimal commas kept, dates in ISO, no « .0 »), so that the same list
saved as CSV, as a workbook or as GeoJSON gives the same values. An empty cell is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from appli.domain.text import clean
from appli.i18n import _

MEGABYTE = 1 << 20
MAX_FILE = 50 * MEGABYTE
"""The largest list asked of the program (100,000 rows) weighs about 20 MB; what weighs more is a national register,
to be filtered where it comes from. Refused at once and whole, rather than after minutes on a slow PC."""
MAX_CELLS = 3_000_000
"""100,000 rows of 30 columns; about 250 MB of memory at worst."""
MAX_LINES = 1_500_000
"""More than a sheet of any spreadsheet has: what goes on beyond is blank, or no list."""
MAX_COLUMNS = 1_000

Cells = Sequence[str | None]
RawRow = tuple[int, Cells]
"""The line (or row of the sheet, or rank of the feature) and its cells, cleaned."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, by a name no other column has."""

    index: int
    name: str
    header: str | None
    """The title as it stands in the file; None where the file gives none."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd about a file or a value, in a sentence; the row is kept all the same."""

    code: str
    message: str
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of a workbook and how much it holds."""

    name: str
    rows: int
    """Rows with at least one filled cell, titles included."""
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """One list, whatever file it came in."""

    source_name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str | None, ...]]
    line_numbers: Sequence[int]
    problems: tuple[Problem, ...] = ()
    sheet: str | None = None
    sheets: tuple[SheetInfo, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    header_line: int = 0
    """The line of the column titles; 0 when the file has none."""
    skipped_title_lines: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """A column by its name or its title, whatever the case."""
        wanted = name.strip().casefold()
        for column in self.columns:
            if wanted in {column.name.casefold(), (column.header or "").casefold()}:
                return column
        return None

    def values(self, index: int) -> Iterator[str | None]:
        """All cells of a column, in the order of the file."""
        return (row[index] for row in self.rows)


_BETWEEN_LETTERS = re.compile("[\u00ad\u200b\u2060]")
_PROTECTED = re.compile(r'^="(.*)"$', re.DOTALL)
_KEPT = 100_000


class CellCleaner:
    """Turns raw cells into stripped text; equal cells become one object, which halves the memory of most lists."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def __call__(self, raw: str) -> str | None:
        known = self._known
        if raw in known:
            return known[raw]
        if len(known) > _KEPT:
            known.clear()
        cleaned = known[raw] = clean_cell(raw)
        return cleaned

    def row(self, cells: Iterable[str]) -> list[str | None]:
        """A whole row, cleaned."""
        return [self(cell) for cell in cells]


def clean_cell(raw: str) -> str | None:
    """Strip, drop what cannot be seen, join accents to their letters; Excel's ="0123" becomes 0123."""
    text = raw.strip()
    if not text:
        return None
    if not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        text = clean(_BETWEEN_LETTERS.sub("", text), len(text), lines=True)
    if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"}:
        text = text[1:]  # how a list that leaves keeps a spreadsheet from computing it
    if text.startswith("=") and (protected := _PROTECTED.match(text)):
        text = protected[1].strip()
    return text or None


def make_columns(titles: Sequence[str | None], width: int) -> tuple[Column, ...]:
    """Columns with names that are unique and never empty: « Nom », « Nom (2) », « Colonne 3 »."""
    taken: set[str] = set()
    columns: list[Column] = []
    for index in range(width):
        title = titles[index] if index < len(titles) else None
        wanted = " ".join(title.split()) if title else _("Colonne {n}").format(n=index + 1)
        name, rank = wanted, 1
        while name.casefold() in taken:
            rank += 1
            name = f"{wanted} ({rank})"
        taken.add(name.casefold())
        columns.append(Column(index, name, title))
    return tuple(columns)
