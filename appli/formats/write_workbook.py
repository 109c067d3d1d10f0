"""Lists as a workbook, one sheet each, with a last one that says what every column holds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from appli.formats.outgoing import Cell, OutColumn, OutSheet
from appli.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDEST, _LONGEST_NAME, _CELL = 60, 31, 32_767
"""Characters: of a column, of the name of a sheet, of what one cell may hold."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def xlsx_bytes(sheets: Sequence[OutSheet], about: Sequence[str]) -> bytes:
    """The lists and, in the sheet « Lisez-moi », `about` and the meaning of the columns. Nothing is computed in it."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    looks = {
        "title": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(_name(sheet.name)), sheet, looks)
    _explain(book.add_worksheet(_("Lisez-moi")), sheets, about, looks)
    book.close()
    return buffer.getvalue()


def _name(words: str) -> str:
    return words.translate(_FORBIDDEN)[:_LONGEST_NAME].strip()


def _write(page: Worksheet, sheet: OutSheet, looks: dict[str, Any]) -> None:
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.title, looks["title"])
        page.set_column(at, at, _width(column, at, sheet.rows))
    for line, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            _put(page, line, at, cell, looks)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _put(page: Worksheet, line: int, at: int, cell: Cell, looks: dict[str, Any]) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(line, at, cell[:_CELL])
        case date():
            page.write_datetime(line, at, cell, looks["date"])
        case _:
            page.write_number(line, at, cell)


def _width(column: OutColumn, at: int, rows: Sequence[Sequence[Cell]]) -> int:
    longest = max((len(str(row[at])) for row in rows[:200] if row[at] is not None), default=0)
    return min(_WIDEST, max(10, longest + 1, min(len(column.title) + 2, 24)))


def _explain(page: Worksheet, sheets: Sequence[OutSheet], about: Sequence[str], looks: dict[str, Any]) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 80)
    line = 0
    for sentence in about:
        page.merge_range(line, 0, line, 1, "", looks["words"])
        page.write_string(line, 0, sentence, looks["words"])
        line += 1
    for sheet in sheets:
        line += 1
        page.write_string(line, 0, sheet.name, looks["title"])
        page.write_string(line, 1, _("Ce que dit la colonne"), looks["title"])
        for column in sheet.columns:
            line += 1
            page.write_string(line, 0, column.title)
            page.write_string(line, 1, column.help, looks["words"])
        line += 1
