"""The committed base maps are those that were built, whole, and hold what the page draws; nothing is rebuilt here."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from appli import resources
from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import Box
from appli.geo.tiles import TileArchive

FOLDER = resources.path("carte/fonds")
SCRIPTS = Path(__file__).resolve().parents[2] / "installer" / "donnees"
LARGEST_TOGETHER = 12_000_000

Words = dict[str, set[str]]
"""The texts each layer of a tile holds."""


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return json.loads((FOLDER / "SOURCES.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def france() -> Iterator[TileArchive]:
    with TileArchive(FOLDER / "fr.pmtiles") as archive:
        yield archive


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("construire_fonds", SCRIPTS / "construire_fonds.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        yield module


# --- what a tile says, read as the format is written, not by the code that reads it in the page ----------------------


def fields(content: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The numbered fields of a protocol buffer."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = content[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(content):
        tag = number()
        if tag & 7 == 2:
            length = number()
            yield tag >> 3, content[at : at + length]
            at += length
        else:
            yield tag >> 3, number()


def words(content: bytes | None) -> Words:
    found: Words = {}
    for _, layer in fields(content or b""):
        assert isinstance(layer, bytes)
        parts = defaultdict(list)
        for field, value in fields(layer):
            if field in (1, 4):
                parts[field].append(value)
        texts = (text for value in parts[4] for field, text in fields(value) if field == 1)
        found[parts[1][0].decode()] = {text.decode() for text in texts}
    return found


def tile_at(archive: TileArchive, zoom: int, lat: float, lon: float) -> Words:
    sine = math.sin(math.radians(lat))
    x = (lon + 180) / 360 * 2**zoom
    y = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * 2**zoom
    return words(archive.tile(zoom, int(x), int(y)))


# --- the files -------------------------------------------------------------------------------------------------------


def test_the_files_are_those_that_were_built(said: dict[str, Any]) -> None:
    described = {one["file"]: (one["sha256"], one["bytes"]) for one in said["files"]}
    contents = {file.name: file.read_bytes() for file in FOLDER.glob("*.pmtiles")}
    found = {name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in contents.items()}
    assert described == found


def test_all_map_data_fits_in_twelve_megabytes() -> None:
    files = [*FOLDER.iterdir(), *resources.path("geo").iterdir()]
    assert sum(file.stat().st_size for file in files) <= LARGEST_TOGETHER


def test_the_sources_are_the_pinned_ones(said: dict[str, Any], script: ModuleType) -> None:
    assert said["sources"] == [asdict(source) | {"layers": list(layers)} for source, layers in script.FROM.items()]
    for source in said["sources"]:
        assert len(source["sha256"]) == 64, source["package"]
        assert source["version"]
        assert source["licence"]
        assert source["taken"]
    drawn = {layer for source in said["sources"] for layer in source["layers"]}
    assert drawn == {*script.LAYERS, "relief"}
    assert said["tools"] == (SCRIPTS / "outils.txt").read_text(encoding="utf-8").split()[::2]


def test_no_river_of_an_unfit_licence(said: dict[str, Any]) -> None:
    assert "WDBII" not in json.dumps(said)


def test_the_archive_names_no_folder_of_the_machine_that_made_it(france: TileArchive) -> None:
    head = (FOLDER / "fr.pmtiles").read_bytes()[:20_000]
    assert b"/tmp" not in head
    assert "Natural Earth" in france.info().attribution


# --- what they hold --------------------------------------------------------------------------------------------------


def test_the_zooms_and_bounds(france: TileArchive) -> None:
    info = france.info()
    assert (info.tile_type, info.min_zoom, info.max_zoom) == ("mvt", 4, 9)
    bounds = Box(*info.bounds)
    assert all(bounds.contains(*place) for place in ((44.518, 3.5), (-21.1, 55.5), (-22.27, 166.44), (46.78, -56.18)))


def test_each_layer_is_drawn_at_its_zooms(france: TileArchive) -> None:
    mende = (44.518, 3.5)
    always = {"terre", "departements", "lieux"}
    assert {*tile_at(france, 5, *mende)} >= always | {"regions", "noms", "fleuves"}
    assert "epci" not in tile_at(france, 5, *mende)
    assert "epci" in tile_at(france, 6, *mende)
    assert "communes" not in tile_at(france, 7, *mende)
    assert {*tile_at(france, 8, *mende)} >= always | {"communes", "epci", "fleuves"}
    nearest = tile_at(france, 9, *mende)
    assert {*nearest} >= always | {"communes", "epci", "anciennes"}
    assert "fleuves" not in nearest
    assert "lacs" in tile_at(france, 9, 46.45, 6.55)
    assert "voisins" in tile_at(france, 9, 42.9, -1.5)


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (44.518, 3.5, "Mende"), (44.325, 3.593, "Florac Trois Rivières"), (-20.882, 55.45, "Saint-Denis"),
        (14.604, -61.07, "Fort-de-France"), (4.937, -52.33, "Cayenne"), (-12.78, 45.228, "Mamoudzou"),
        (48.39, -4.486, "Brest"), (42.697, 9.45, "Bastia"), (46.779, -56.177, "Saint-Pierre"),
        (-22.27, 166.44, "Nouméa"),
    ],
)  # fmt: skip
def test_a_known_place_is_on_its_tile(france: TileArchive, lat: float, lon: float, name: str) -> None:
    tile = tile_at(france, 9, lat, lon)
    assert name in tile["lieux"]
    assert "terre" in tile


def test_a_former_commune_is_named(france: TileArchive) -> None:
    tile = tile_at(france, 9, 44.365, 3.742)
    assert "Le Pont-de-Montvert" in tile["anciennes"]
    assert "Le Pont-de-Montvert" not in tile["lieux"]


def test_every_department_region_and_grouping_is_drawn(france: TileArchive, gazetteer: Gazetteer) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for x in range(64):
        for y in range(64):
            for layer, texts in words(france.tile(6, x, y)).items():
                held[layer] |= texts
    drawn = [d for d in gazetteer.departments() if d.code < "975" or d.code in {"976", "2A", "2B"}]
    assert len(drawn) == 101
    assert {d.code for d in drawn} <= held["departements"]
    assert {d.region_name for d in drawn} <= {name.replace("’", "'") for name in held["regions"]}
    sirens = {e.code for e in gazetteer.epcis() if min(e.departments) < "975"}
    assert len(sirens) > 1_240
    assert sirens <= held["epci"]
    assert {"Espagne", "Italie", "Belgique", "Suisse", "Brésil"} <= held["noms"]


def test_the_communes_of_a_department_are_all_there(france: TileArchive, gazetteer: Gazetteer) -> None:
    outlines, names = set(), set()
    for x in range(258, 264):
        for y in range(182, 188):
            tile = words(france.tile(9, x, y))
            outlines |= tile["communes"]
            names |= tile["lieux"]
    lozere = {c.insee for c in gazetteer.communes_of(department="48")}
    assert len(lozere) == 152
    assert lozere <= outlines
    assert lozere <= names


def test_the_relief() -> None:
    with TileArchive(FOLDER / "relief.pmtiles") as archive:
        info = archive.info()
        assert (info.tile_type, info.min_zoom, info.max_zoom) == ("webp", 4, 8)
        assert "NOAA" in info.attribution
        tile = archive.tile(8, 130, 92)
        assert tile
        assert tile[8:12] == b"WEBP"
        assert archive.tile(8, 20, 20) is None
