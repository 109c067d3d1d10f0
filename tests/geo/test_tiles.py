"""The shipped base maps are whole and readable; a damaged map file is a sentence, never a crash."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType, deserialize_header, zxy_to_tileid
from pmtiles.writer import Writer

from appli import resources
from appli.errors import EnvironmentProblem
from appli.geo.positions import Box
from appli.geo.tiles import TileArchive

FOLDER = resources.path("carte/fonds")


def test_the_base_maps_are_the_documented_ones() -> None:
    said = json.loads((FOLDER / "SOURCES.json").read_text(encoding="utf-8"))
    digests = {f["file"]: f["sha256"] for f in said["files"]}
    found = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in FOLDER.glob("*.pmtiles")}
    assert digests == found
    assert all(source["licence"] for source in said["sources"])


def test_the_map_of_france() -> None:
    with TileArchive(FOLDER / "fr.pmtiles") as archive:
        info = archive.info()
        assert (info.tile_type, info.min_zoom, info.max_zoom) == ("mvt", 4, 9)
        assert {"communes", "departements", "lieux", "terre"} <= set(info.vector_layers)
        assert Box(*info.bounds).contains(44.518, 3.5)
        assert Box(*info.bounds).contains(-21.1, 55.5)
        assert "IGN" in info.attribution
        lozere = archive.tile(9, 260, 185)
        assert lozere
        assert b"Mende" in lozere  # gunzipped: names can be read


def test_the_relief() -> None:
    with TileArchive(FOLDER / "relief.pmtiles") as archive:
        assert archive.info().tile_type == "webp"
        assert "NOAA" in archive.info().attribution
        tile = archive.tile(8, 130, 92)
        assert tile
        assert tile[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "place", [(9, 0, 0), (10, 520, 370), (3, 0, 0), (9, 512, 0), (9, -1, 0), (-1, 0, 0), (40, 1, 1)]
)
def test_where_the_map_has_no_tile(place: tuple[int, int, int]) -> None:
    with TileArchive(FOLDER / "fr.pmtiles") as archive:
        assert archive.tile(*place) is None


def _content(place: tuple[int, int, int]) -> bytes:
    """Of a length nobody could foretell, so that the directory does not compress."""
    digest = hashlib.sha256(repr(place).encode()).digest()
    return digest[:1] * (1 + digest[2] + 256 * (digest[3] % 8))


def test_every_tile_of_a_map_with_many_directories(tmp_path: Path) -> None:
    file = tmp_path / "dense.pmtiles"
    places = [(7, x, y) for x in range(128) for y in range(128)]
    _write(file, {zxy_to_tileid(*place): _content(place) for place in places})
    with file.open("rb") as opened:
        assert deserialize_header(opened.read(127))["leaf_directory_length"] > 0
    with TileArchive(file) as archive:
        assert [p for p in places[::37] if archive.tile(*p) != _content(p)] == []


def _write(
    file: Path,
    tiles: dict[int, bytes],
    tile_type: TileType = TileType.PNG,
    compression: Compression = Compression.NONE,
) -> None:
    with file.open("wb") as opened:
        writer = Writer(opened)
        for tile_id in sorted(tiles):
            writer.write_tile(tile_id, tiles[tile_id])
        edges = dict.fromkeys(("min_lon_e7", "min_lat_e7", "center_lon_e7", "center_lat_e7"), 0)
        edges |= {"max_lon_e7": 10, "max_lat_e7": 10, "center_zoom": 0}
        header = {"tile_type": tile_type, "tile_compression": compression}
        writer.finalize(edges | header, {})


WHOLE = (FOLDER / "relief.pmtiles").read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"a picture, not a map" * 20, WHOLE[:127], WHOLE[:500], b"PMTiles\x09" + WHOLE[8:]],
    ids=["empty", "other", "header", "cut", "version"],
)
def test_a_file_that_is_no_map(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "carte.pmtiles"
    file.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match=r"carte\.pmtiles"):
        TileArchive(file)


def test_a_map_cut_short_fails_where_it_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "carte.pmtiles"
    file.write_bytes(WHOLE[: len(WHOLE) // 2])
    with TileArchive(file) as archive:
        assert archive.tile(4, 8, 5)
        with pytest.raises(EnvironmentProblem, match="incomplète"):
            [archive.tile(8, x, y) for x in range(120, 140) for y in range(80, 100)]


def test_a_tile_that_would_blow_up_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bombe.pmtiles"
    _write(file, {0: gzip.compress(bytes(40 * 2**20))}, TileType.MVT, Compression.GZIP)
    with TileArchive(file) as archive, pytest.raises(EnvironmentProblem):
        archive.tile(0, 0, 0)


def test_a_compression_nobody_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "carte.pmtiles"
    _write(file, {0: b"x"}, TileType.MVT, Compression.BROTLI)
    with pytest.raises(EnvironmentProblem):
        TileArchive(file)
