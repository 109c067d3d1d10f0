"""A list as CSV: semicolons, decimal commas and the mark that tells a French spreadsheet the letters have accents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from appli.formats.outgoing import Cell, OutSheet, defused, number_text


def csv_bytes(sheet: OutSheet) -> bytes:
    """The list, titles first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_line(c.title for c in sheet.columns))
    writer.writerows(_line(row) for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _line(cells: Iterable[Cell]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return defused(cell)
        case date():
            return cell.isoformat()
        case float():
            return number_text(cell)
        case _:
            return str(cell)
