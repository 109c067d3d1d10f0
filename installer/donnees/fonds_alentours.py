"""Draws what is around and across France, from Natural Earth: neighbours, far islands, lakes, rivers.

Run by `construire_fonds.py` where shapely is, after `fonds_contours.py`. The rivers are right to a kilometre: they are
for the zooms where a kilometre is two points of the screen.

    python fonds_alentours.py COUNTRIES.gpkg LAKES.shp RIVERS.shp OUTPUT_FOLDER
"""

from __future__ import annotations

import json
import sqlite3  # noqa: TID251 — reads a package’s file, writes nothing
import struct
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import shapefile
import shapely
from fonds_contours import Feature, features, middle
from shapely.geometry.base import BaseGeometry

METROPOLE = shapely.box(-6, 41, 10, 52)
AROUND = shapely.box(-13, 35.5, 18, 55.5)
"""What a window shows around France at the zoom of the whole country."""
FAR = (shapely.box(-35, 26, 42, 66), shapely.box(-90, -12, -30, 32), shapely.box(28, -38, 72, 6))
"""What it shows at the smallest zoom, around France and around its overseas departments."""
OVERSEAS = (
    shapely.box(-66, 11, -58, 20),  # Antilles
    shapely.box(-58, 0, -49, 8),  # Guyane
    shapely.box(-60, 43, -51, 52),  # Saint-Pierre-et-Miquelon
    shapely.box(42, -24, 59, -9),  # Mayotte, La Réunion
)
FRENCH_ISLANDS = frozenset(("PM", "MF", "BL", "PF", "NC", "WF"))
"""Communes there have no outline: their land is Natural Earth's."""
RIVER_ZOOM = 8
LAST_FAR_ZOOM = 6
SMALL_SQUARE_DEGREES, SMALL_ZOOM = 0.5, 7
"""The name of a smaller country would lie over its neighbours."""
SEAM_DEGREES = 0.05
"""How far a neighbour is stretched towards France, whose borders are drawn finer."""
LABELLED = shapely.box(-6, 40.5, 11.5, 52)
NAMES = {
    "AD": "Andorre", "BE": "Belgique", "CH": "Suisse", "DE": "Allemagne", "ES": "Espagne", "GB": "Royaume-Uni",
    "IT": "Italie", "LU": "Luxembourg", "MC": "Monaco", "NL": "Pays-Bas", "BR": "Brésil", "SR": "Suriname",
    "DM": "Dominique", "LC": "Sainte-Lucie", "AG": "Antigua-et-Barbuda", "MS": "Montserrat", "AI": "Anguilla",
    "SX": "Sint Maarten", "KM": "Comores", "MU": "Maurice", "MG": "Madagascar",
}  # fmt: skip

Country = tuple[str, BaseGeometry]


def countries(file: Path) -> Iterator[Country]:
    """The code and the shape of every country but France."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
        for code, blob in base.execute("SELECT iso_a2, geom FROM countries"):
            if code != "FR" and blob:
                yield code, shapely.make_valid(shapely.from_wkb(blob[_envelope(blob) :]))


def _envelope(blob: bytes) -> int:
    """The length of what a GeoPackage writes before the shape."""
    magic, _version, flags = struct.unpack("2sBB", blob[:4])
    assert magic == b"GP"
    return 8 + (0, 32, 48, 48, 64)[flags >> 1 & 7]


def neighbours(all_countries: list[Country], france: BaseGeometry) -> list[Feature]:
    """The land of others, reaching France's borders and not beyond them."""
    towards = shapely.intersection(france, METROPOLE).buffer(SEAM_DEGREES)
    land: list[BaseGeometry] = []
    for code, shape in all_countries:
        if code in FRENCH_ISLANDS:
            continue
        near = shapely.intersection(shape, AROUND)
        if not near.is_empty:
            land += [near, near.buffer(SEAM_DEGREES).intersection(towards)]
        land += [shapely.intersection(shape, box) for box in OVERSEAS]
    return [(shapely.union_all(land).difference(france), {})]


def far_land(all_countries: list[Country]) -> BaseGeometry:
    """What lies beyond the neighbours."""
    others = shapely.union_all([shape for code, shape in all_countries if code not in FRENCH_ISLANDS])
    return others.intersection(shapely.union_all(FAR)).difference(shapely.union_all([AROUND, *OVERSEAS]))


def named(all_countries: list[Country]) -> Iterator[Feature]:
    """The names of the neighbours, where a map of France shows them."""
    for code, shape in all_countries:
        if code in NAMES:
            for box in (LABELLED, *OVERSEAS):
                part = shapely.intersection(shape, box)
                if not part.is_empty:
                    yield middle(polygons(part)), {"nom": NAMES[code], "genre": "pays"}
                    break


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """A shape without the points and lines that an intersection may leave."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.area > 0])


def shapes(file: Path, within: BaseGeometry) -> Iterator[BaseGeometry]:
    """The shapes of a shapefile that touch an area."""
    with shapefile.Reader(str(file), encoding="utf-8", encodingErrors="replace") as reader:
        for record in reader.iterShapes():
            shape = shapely.geometry.shape(record.__geo_interface__)
            if shape.intersects(within):
                yield shape


def france(folder: Path) -> BaseGeometry:
    (feature,) = (folder / "terre.ndjson").read_text(encoding="utf-8").splitlines()
    return shapely.geometry.shape(json.loads(feature)["geometry"])


def main(world: Path, lakes: Path, rivers: Path, output: Path) -> None:
    """Write the layers."""
    all_countries = list(countries(world))
    features(output, "voisins", neighbours(all_countries, france(output)))
    features(output, "voisins-lointains", [(far_land(all_countries), {})], maxzoom=LAST_FAR_ZOOM)
    features(output, "iles", [(shape, {}) for code, shape in all_countries if code in FRENCH_ISLANDS])
    large = [code for code, shape in all_countries if shape.area > SMALL_SQUARE_DEGREES]
    features(output, "noms-pays", named([c for c in all_countries if c[0] in large]))
    features(output, "noms-petits-pays", named([c for c in all_countries if c[0] not in large]), minzoom=SMALL_ZOOM)
    features(output, "lacs", [(shape, {}) for shape in shapes(lakes, METROPOLE)])
    streams = (shapely.intersection(shape, AROUND) for shape in shapes(rivers, METROPOLE))
    features(output, "fleuves", [(shape, {}) for shape in streams], maxzoom=RIVER_ZOOM)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
