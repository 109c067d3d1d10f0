"""The values of a record as one row holds them: composites stay the canonical text they are until somebody asks.

Most records pass through an exchange without anybody reading them: from a table into a line, from a line into a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from appli.domain.fields import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns of one kind, in the order of its fields; `composites` and `flags` are places among them."""

    numbers: tuple[int, ...]
    places: Mapping[int, int]
    composites: tuple[int, ...]
    flags: tuple[int, ...]


@cache
def layout_of(kind: Kind) -> Layout:
    """The columns of a kind."""
    fields = list(kind.fields.values())
    return Layout(
        tuple(f.number for f in fields),
        {f.number: place for place, f in enumerate(fields)},
        tuple(place for place, f in enumerate(fields) if f.type.composite),
        tuple(place for place, f in enumerate(fields) if f.type.code == "flag"),
    )


class Cells(Mapping[int, Any]):
    """Values by the number of their field; equal to any mapping that holds the same."""

    __slots__ = ("layout", "row")

    def __init__(self, layout: Layout, row: Sequence[Any]) -> None:
        """`row`: a cell for each column, None where nothing is filled."""
        self.layout = layout
        self.row = row

    def __getitem__(self, number: int) -> Any:
        place = self.layout.places[number]
        cell = self.row[place]
        if cell is None:
            raise KeyError(number)
        return json.loads(cell) if place in self.layout.composites else cell

    def get(self, number: int, default: Any = None) -> Any:
        """As of any mapping, without an exception for each empty cell."""
        place = self.layout.places.get(number)
        return default if place is None or self.row[place] is None else self[number]

    def __iter__(self) -> Iterator[int]:
        return (number for number, cell in zip(self.layout.numbers, self.row, strict=True) if cell is not None)

    def __len__(self) -> int:
        return len(self.row) - self.row.count(None)
