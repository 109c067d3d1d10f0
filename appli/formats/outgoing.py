"""A list on its way out: columns and rows as every writer of tables takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column, and what its values are, for whoever opens the file without knowing Maillage."""

    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A list: one kind of sheet."""

    name: str
    columns: Sequence[OutColumn]
    rows: Sequence[Sequence[Cell]]


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when a text begins with it."""


def defused(text: str) -> str:
    """A text that no spreadsheet computes; reading the list again takes the apostrophe off (`table.CellCleaner`)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def number_text(value: float) -> str:
    """44.5 -> « 44,5 », as a French spreadsheet reads it."""
    return f"{value:.10g}".replace(".", ",")
