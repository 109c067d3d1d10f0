"""From raw rows to a table: titles above the list set apart, the line of column titles found, rows made even.

The first wide row decides: if it reads like data, the list has no column titles, and no line is lost to the search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from statistics import median

from appli.formats import refusals
from appli.formats.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    Cells,
    Column,
    Problem,
    RawRow,
    make_columns,
)
from appli.i18n import _, _n, number
from appli.ports import SILENT, Progress

_LOOKAHEAD = 200
_TITLE_LINES = 30
_STEP = 5_000


@dataclass(slots=True)
class Body:
    """What a reader's rows become."""

    columns: tuple[Column, ...] = ()
    rows: list[tuple[str | None, ...]] = field(default_factory=list)
    line_numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    header_line: int = 0
    titles: tuple[str, ...] = ()


def assemble(raw: Iterable[RawRow], header: int | None = None, progress: Progress = SILENT) -> Body:
    """The table in these rows; `header` is the line of the column titles when somebody has said so (0: none)."""
    rows = (row for row in raw if any(row[1]))
    ahead = list(islice(rows, _LOOKAHEAD))
    if header is not None and header > 0:
        while ahead[-1:] and ahead[-1][0] < header:
            ahead += list(islice(rows, _LOOKAHEAD)) or _missing_header()
    if not ahead:
        raise refusals.empty_file()
    start, has_titles = _find_header(ahead) if header is None else _asked_header(ahead, header)
    first = ahead[start:]
    body = Body(titles=tuple(" ".join(filter(None, cells)) for _line, cells in ahead[:start]))
    names: Cells = ()
    if has_titles:
        body.header_line, names = first[0]
        first = first[1:]
    if not first:
        raise refusals.empty_file()
    width = max(_last_filled(names), _usual_width([cells for _line, cells in first]))
    if width > MAX_COLUMNS:
        raise refusals.too_many_columns(MAX_COLUMNS)
    body.columns = make_columns(names, width)
    _fill(body, chain(first, rows), progress)
    return body


def _missing_header() -> list[RawRow]:
    raise refusals.no_such_header()


def _asked_header(ahead: Sequence[RawRow], header: int) -> tuple[int, bool]:
    if header == 0:
        return 0, False
    for index, (line, _cells) in enumerate(ahead):
        if line == header:
            return index, True
    raise refusals.no_such_header()


def _find_header(ahead: Sequence[RawRow]) -> tuple[int, bool]:
    """Where the list begins among these rows, and whether that row names the columns."""
    filled = [sum(cell is not None for cell in cells) for _line, cells in ahead]
    for index in range(min(_TITLE_LINES, len(ahead))):
        below = filled[index + 1 :]
        usual = median(below) if below else filled[index]
        if filled[index] * 2 > usual:
            return index, not _reads_as_data(index, [cells for _line, cells in ahead])
    return 0, False


_DATA = re.compile(r"[-+(]?\d[\d\s.,:/()+'%€-]*|\S+@\S+\.\S+|(https?://|www\.)\S+", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")


def _data_like(cell: str | None) -> bool:
    return cell is not None and _DATA.fullmatch(cell) is not None


def _reads_as_data(index: int, rows: Sequence[Cells]) -> bool:
    """Whether a row holds values, of the sort found below in the same column, rather than titles."""
    for column, cell in enumerate(rows[index]):
        if cell is None or not _data_like(cell) or _YEAR.fullmatch(cell):
            continue
        below = [row[column] for row in rows[index + 1 :] if column < len(row) and row[column]]
        if sum(map(_data_like, below)) * 2 >= len(below):
            return True
    return False


def _last_filled(cells: Cells) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell is not None), default=0)


def _usual_width(rows: Sequence[Cells]) -> int:
    """The width most rows reach: one row too long is an accident, not a column."""
    widths = Counter(_last_filled(cells) for cells in rows)
    reached, wanted = 0, max(2, (len(rows) + 9) // 10) if len(rows) > 1 else 1
    for width in sorted(widths, reverse=True):
        reached += widths[width]
        if reached >= wanted:
            return width
    return 0


def _fill(body: Body, rows: Iterator[RawRow], progress: Progress) -> None:
    width = len(body.columns)
    most = MAX_CELLS // max(width, 1)
    for count, (line, cells) in enumerate(rows, 1):
        if count > most:
            raise refusals.too_many_cells(MAX_CELLS)
        if count % _STEP == 1:
            progress.step(count - 1, 0, _("Lecture de la liste"))
        body.rows.append(tuple(cells if len(cells) == width else _even(body, line, cells)))
        body.line_numbers.append(line)


def _even(body: Body, line: int, cells: Cells) -> Cells:
    """Cells padded or cut to the table's width, telling what is cut and which lines end early."""
    width = len(body.columns)
    missing = width - len(cells)
    if missing > 0:
        message = _n(
            "Ligne {line} : il manque {n} case à la fin ; elle est lue comme vide.",
            "Ligne {line} : il manque {n} cases à la fin ; elles sont lues comme vides.",
            missing,
        )
        body.problems.append(Problem("short_row", message.format(line=number(line), n=number(missing)), line))
        return (*cells, *[None] * missing)
    surplus = [cell for cell in cells[width:] if cell is not None]
    if surplus:
        message = _n(
            "Ligne {line} : {n} case de trop, laissée de côté ({cells}).",
            "Ligne {line} : {n} cases de trop, laissées de côté ({cells}).",
            len(surplus),
        )
        quoted = ", ".join(f"«\u00a0{cell[:60]}\u00a0»" for cell in surplus[:5])
        shown = message.format(line=number(line), n=number(len(surplus)), cells=quoted)
        body.problems.append(Problem("long_row", shown, line))
    return cells[:width]
