"""A map somebody gave is looked at before it is kept, copied whole or not at all, and only its tiles are believed."""

from __future__ import annotations

import gzip
import json
import math
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType

from appli.domain.map_tiles import Place
from appli.errors import AppError, Cancelled, EnvironmentProblem, UserError
from appli.services import detailed_maps as maps
from appli.store import map_files, tile_base
from appli.store.engine import sqlite
from tests import map_files as files
from tests.map_files import LOZERE, MENDE, drawing, picture

ROADS = drawing("transportation", "place", "water")
Maker = Callable[[Path, dict[Place, bytes]], Path]


def as_views(file: Path, tiles: dict[Place, bytes]) -> Path:
    return files.mbtiles(file, tiles, views=True)


FORMATS = pytest.mark.parametrize("make", [files.pmtiles, files.mbtiles, as_views], ids=["pmtiles", "mbtiles", "views"])


def deeper(place: Place, zoom: int) -> list[Place]:
    """The four corners of a tile, at a further zoom."""
    z, x, y = place
    side = 1 << zoom - z
    return [(zoom, x * side + dx, y * side + dy) for dx, dy in product((0, side - 1), repeat=2)]


@FORMATS
def test_a_map_is_brought_and_gives_its_tiles(tmp_path: Path, make: Maker) -> None:
    tiles = {MENDE: picture(1), **{place: picture(2) for place in deeper(MENDE, 12)}}
    source = make(tmp_path / "Lozère à plat.carte", tiles)
    before = source.read_bytes()
    kept = maps.bring(tmp_path / "annuaire", source)
    assert (kept.title, kept.size, kept.shown) == ("Lozère à plat", len(before), True)
    assert (kept.info.tile_type, kept.info.min_zoom, kept.info.max_zoom) == ("png", 9, 12)
    assert maps.all_of(tmp_path / "annuaire") == [kept]
    assert source.read_bytes() == before
    opened = maps.open_map(tmp_path / "annuaire", kept)
    assert opened.tile(*MENDE) == picture(1)
    assert opened.tile(12, *deeper(MENDE, 12)[3][1:]) == picture(2)
    for nowhere in ((9, 0, 0), (12, -1, 0), (40, 1, 1), (9, 512, 0), (10, 520, 371)):
        assert opened.tile(*nowhere) is None
    opened.close()


@FORMATS
def test_the_bounds_are_those_of_the_tiles(tmp_path: Path, make: Maker) -> None:
    info = maps.examine(make(tmp_path / "carte", {place: picture() for place in deeper(MENDE, 11)}))
    south, west, north, east = info.bounds
    assert south < 44.52 < north
    assert west < 3.5 < east
    assert north - south < 1


@pytest.mark.parametrize(
    "said",
    [(0, 0, 0, 0), (48, 2, 49, 3), (44.9, 4, 44.1, 3), (-90, -214, 90, 214), (44.6, 3.5, 44.7, float("nan"))],
    ids=["nothing", "Paris", "upside down", "beyond the world", "no number"],
)
def test_a_map_that_lies_about_where_it_is(tmp_path: Path, said: tuple[float, ...]) -> None:
    text = f"{said[1]},{said[0]},{said[3]},{said[2]}"
    infos = [maps.examine(files.mbtiles(tmp_path / "a", {MENDE: picture()}, metadata={"bounds": text}))]
    if math.isfinite(sum(said)) and max(map(abs, said)) < 214:
        infos.append(maps.examine(files.pmtiles(tmp_path / "b", {MENDE: picture()}, said=said)))  # type: ignore[arg-type]
    for info in infos:
        assert info.lied
        assert info.bounds[0] < 44.52 < info.bounds[2]


def test_what_a_map_says_truly_is_believed(tmp_path: Path) -> None:
    info = maps.examine(files.pmtiles(tmp_path / "a", {(5, 16, 11): picture()}, said=LOZERE))
    assert (info.bounds, info.lied) == (pytest.approx(LOZERE), False)


@pytest.mark.parametrize(
    ("layers", "scheme"),
    [
        (("water", "transportation", "place", "housenumber"), "openmaptiles"),
        (("earth", "roads", "places", "pois"), "protomaps"),
        (("ocean", "streets", "place_labels"), "shortbread"),
        (("hydro", "routier"), "generic"),
    ],
)
def test_whose_layers_they_are(tmp_path: Path, layers: tuple[str, ...], scheme: str) -> None:
    tile = gzip.compress(drawing(*layers))
    said = {"format": "pbf", "json": files.layers_in_json(*layers)}
    told = maps.examine(files.mbtiles(tmp_path / "a", {MENDE: tile}, metadata=said))
    silent = maps.examine(files.mbtiles(tmp_path / "b", {MENDE: tile}))
    packed = files.pmtiles(
        tmp_path / "c", {MENDE: drawing(*layers)}, tile_type=TileType.MVT, compression=Compression.GZIP
    )
    for info in (told, silent, maps.examine(packed)):
        assert (info.tile_type, info.scheme) == ("mvt", scheme)
        assert bool(maps.attribution(info)) == (scheme != "generic")


def _not_a_map(file: Path) -> None:
    file.write_bytes(b"une image, pas une carte" * 50)


def _old_version(file: Path) -> None:
    file.write_bytes(b"PMTiles\x02" + bytes(200))


def _raw_data(file: Path) -> None:
    file.write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader" + bytes(100))


def _mlt(file: Path) -> None:
    files.pmtiles(file, {MENDE: b"\x05\x01rues"}, tile_type=TileType.MLT)


def _avif(file: Path) -> None:
    files.pmtiles(file, {MENDE: b"\x00\x00\x00\x1cftypavif"}, tile_type=TileType.AVIF)


def _avif_base(file: Path) -> None:
    files.mbtiles(file, {MENDE: b"\x00\x00\x00\x1cftypavif" + bytes(30)}, metadata={"format": "png"})


def _brotli(file: Path) -> None:
    files.pmtiles(file, {MENDE: ROADS}, tile_type=TileType.MVT, compression=Compression.BROTLI)


def _pages(file: Path) -> None:
    files.pmtiles(file, {MENDE: b"<html><script>hits=1</script></html>"})


def _cut(file: Path) -> None:
    files.pmtiles(file, {place: picture(place[1] % 250) for place in deeper(MENDE, 12)})
    file.write_bytes(file.read_bytes()[:-300])


def _cut_base(file: Path) -> None:
    files.mbtiles(file, {place: picture(side=900) for place in deeper(MENDE, 12)})
    file.write_bytes(file.read_bytes()[:-4096])


def _scribbled(file: Path) -> None:
    files.mbtiles(file, {place: picture(side=900) for place in deeper(MENDE, 12)})
    content = bytearray(file.read_bytes())
    content[4096 : len(content) - 4096] = b"\xa5" * (len(content) - 8192)
    file.write_bytes(content)


def _empty(file: Path) -> None:
    files.mbtiles(file, {})


def _other_base(file: Path) -> None:
    base = sqlite.connect(str(file))
    base.execute("CREATE TABLE person (name)")
    base.close()


def _slow(file: Path) -> None:
    """Tiles that a view finds by counting to a hundred thousand each time."""
    base = sqlite.connect(str(file))
    base.execute("CREATE TABLE metadata (name, value)")
    counted = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<100000)"
    base.execute(
        f"CREATE VIEW tiles AS {counted} SELECT 9 AS zoom_level, 260 AS tile_column, i AS tile_row,"
        " x'ffd8ffe0' AS tile_data FROM n WHERE i=326"
    )
    base.commit()
    base.close()


def _endless(file: Path) -> None:
    base = sqlite.connect(str(file))
    counted = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n)"
    base.execute(f"CREATE VIEW metadata AS {counted} SELECT i AS name, i AS value FROM n WHERE i<0")
    base.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
    base.commit()
    base.close()


def _bomb(file: Path) -> None:
    files.mbtiles(file, {MENDE: gzip.compress(bytes(40 * 2**20))})


def _being_written(file: Path) -> None:
    files.mbtiles(file, {MENDE: picture()})
    file.with_name(file.name + "-wal").write_bytes(b"half a tile")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_not_a_map, "map_not_map"),
        (_other_base, "map_not_map"),
        (_old_version, "map_version"),
        (_raw_data, "map_raw"),
        (_mlt, "map_mlt"),
        (_avif, "map_avif"),
        (_avif_base, "map_avif"),
        (_brotli, "map_compression"),
        (_pages, "map_tiles"),
        (_cut, "map_cut"),
        (_cut_base, "map_cut"),
        (_scribbled, "map_damaged"),
        (_bomb, "map_damaged"),
        (_empty, "map_empty"),
        (_slow, "map_slow"),
        (_endless, "map_slow"),
        (_being_written, "map_unfinished"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_and_nothing_is_kept(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    source, folder = tmp_path / "carte.mbtiles", tmp_path / "annuaire"
    make(source)
    with pytest.raises(UserError) as refused:
        maps.bring(folder, source)
    assert refused.value.code == code
    assert "carte.mbtiles" in refused.value.message
    assert refused.value.message.endswith("Vos cartes n’ont pas changé.")
    assert refused.value.hint
    assert not (folder / "cartes").exists() or not list((folder / "cartes").iterdir())


@pytest.mark.parametrize("length", range(0, 700, 33))
def test_a_map_cut_anywhere_is_refused(tmp_path: Path, length: int) -> None:
    whole = files.pmtiles(tmp_path / "a", {MENDE: picture()}).read_bytes()
    base = files.mbtiles(tmp_path / "b", {MENDE: picture()}).read_bytes()
    for content in (whole[: min(length, len(whole) - 1)], base[:length]):
        (tmp_path / "c").write_bytes(content)
        with pytest.raises(UserError):
            maps.examine(tmp_path / "c")


def test_a_strangers_words_become_plain_text(tmp_path: Path) -> None:
    said = {"name": "<b>La Lozère</b><script>hits=1</script>", "attribution": "x" * 10_000}
    info = maps.examine(files.mbtiles(tmp_path / "a", {MENDE: picture()}, metadata=said))
    assert (info.name, len(info.attribution)) == ("La Lozère", 300)
    packed = maps.examine(files.pmtiles(tmp_path / "b", {MENDE: picture()}, metadata=said))
    assert (packed.name, packed.attribution) == (info.name, info.attribution)


class Stops:
    """A person who has enough after some steps."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, label: str = "") -> None:
        self.steps.append((done, total))
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


def test_stopping_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_files, "_CHUNK", 100)
    source = files.pmtiles(tmp_path / "a", {place: picture() for place in deeper(MENDE, 12)})
    stops = Stops(3)
    with pytest.raises(Cancelled):
        maps.bring(tmp_path / "annuaire", source, stops)
    assert stops.steps == [(100 * n, source.stat().st_size) for n in (1, 2, 3)]
    assert list((tmp_path / "annuaire" / "cartes").iterdir()) == []


def test_no_room_is_said_before_anything_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = files.pmtiles(tmp_path / "a", {MENDE: picture()})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 10**8))
    with pytest.raises(EnvironmentProblem) as refused:
        maps.bring(tmp_path / "annuaire", source)
    assert refused.value.code == "map_no_room"
    assert "Mo" in refused.value.hint


def test_a_map_comes_once(tmp_path: Path) -> None:
    source = files.pmtiles(tmp_path / "a", {MENDE: picture()}, metadata={"name": "Lozère"})
    maps.bring(tmp_path, source)
    with pytest.raises(UserError, match="Lozère") as refused:
        maps.bring(tmp_path, source)
    assert refused.value.code == "map_known"
    assert len(list((tmp_path / "cartes").iterdir())) == 2


def test_maps_are_renamed_hidden_ordered_and_removed(tmp_path: Path) -> None:
    for number in range(3):
        name = {"name": f"Carte {number}"}
        maps.bring(tmp_path, files.pmtiles(tmp_path / str(number), {MENDE: picture(number)}, metadata=name))

    def titles() -> list[str]:
        return [kept.title for kept in maps.all_of(tmp_path)]

    assert titles() == ["Carte 2", "Carte 1", "Carte 0"]
    last = maps.all_of(tmp_path)[2]
    maps.move(tmp_path, last.id, -1)
    assert titles() == ["Carte 2", "Carte 0", "Carte 1"]
    maps.move(tmp_path, last.id, 5)
    maps.move(tmp_path, maps.all_of(tmp_path)[0].id, -1)
    assert titles() == ["Carte 2", "Carte 0", "Carte 1"]
    maps.rename(tmp_path, last.id, "  Les   Cévennes ")
    maps.rename(tmp_path, last.id, "   ")
    maps.show(tmp_path, last.id, False)
    assert [(k.title, k.shown) for k in maps.all_of(tmp_path)][1] == ("Les Cévennes", False)
    maps.remove(tmp_path, last.id)
    assert titles() == ["Carte 2", "Carte 1"]
    assert len(list((tmp_path / "cartes").iterdir())) == 3


def test_what_is_left_lying_about_is_swept_and_a_damaged_list_removes_nothing(tmp_path: Path) -> None:
    kept = maps.bring(tmp_path, files.pmtiles(tmp_path / "a", {MENDE: picture()}))
    folder = tmp_path / "cartes"
    stray = [folder / "0123456789abcdef.mbtiles", folder / "0123456789abcdef.pmtiles.partiel"]
    mine = folder / "notes.txt"
    for file in (*stray, mine):
        file.write_bytes(b"x")
    maps.rename(tmp_path, kept.id, "Autre")
    assert [file.exists() for file in (*stray, mine)] == [False, False, True]
    (folder / "cartes.json").write_text('[{"id": "../..", "file": "../../a"}, 7, {"id":', "utf-8")
    assert maps.all_of(tmp_path) == []
    map_files.MapFiles(tmp_path).sweep()
    assert (folder / kept.file).exists()


@pytest.mark.parametrize(
    "row", ['{"id": "x", "file": "../../annuaire.pmtiles"}', "7", "null", '{"id": "0123456789abcdef", "info": {}}']
)
def test_a_list_that_names_other_files_names_nothing(tmp_path: Path, row: str) -> None:
    (tmp_path / "cartes").mkdir()
    (tmp_path / "cartes" / "cartes.json").write_text(f"[{row}]", "utf-8")
    assert maps.all_of(tmp_path) == []


@pytest.mark.parametrize("name", ["../autre.pmtiles", "/etc/hostname", "0123456789abcdef.pmtiles", "cartes.json"])
def test_a_map_of_the_list_is_the_file_of_its_name(tmp_path: Path, name: str) -> None:
    maps.bring(tmp_path, files.pmtiles(tmp_path / "autre.pmtiles", {MENDE: picture()}))
    (tmp_path / "cartes" / "0123456789abcdef.pmtiles").write_bytes(b"x")
    listed = tmp_path / "cartes" / "cartes.json"
    rows = json.loads(listed.read_bytes())
    listed.write_text(json.dumps([rows[0] | {"file": name}]), "utf-8")
    assert maps.all_of(tmp_path) == []


def test_a_stick_pulled_out_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        maps.bring(tmp_path, tmp_path / "partie.pmtiles")
    assert refused.value.code == "map_gone"


def test_a_base_damaged_after_it_was_brought_is_a_sentence(tmp_path: Path) -> None:
    kept = maps.bring(tmp_path, files.mbtiles(tmp_path / "a", {p: picture(side=700) for p in deeper(MENDE, 12)}))
    opened = maps.open_map(tmp_path, kept)
    assert isinstance(opened, tile_base.TileBase)
    opened.close()
    file = tmp_path / "cartes" / kept.file
    content = bytearray(file.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(AppError, match="illisible"):
        _every_tile(file)


def _every_tile(file: Path) -> None:
    with tile_base.TileBase(file) as again:
        for place in deeper(MENDE, 12):
            again.tile(*place)


def test_from_where_to_where_a_map_is_drawn(tmp_path: Path) -> None:
    def zooms(*levels: int, tile: bytes = ROADS) -> tuple[int, int]:
        info = maps.examine(files.mbtiles(tmp_path / f"{levels}{len(tile)}", {(z, 0, 0): tile for z in levels}))
        return maps.first_zoom(info), maps.last_zoom(info)

    assert zooms(0, 14) == (10, 18)
    assert zooms(0, 6, tile=picture()) == (4, 7)
    assert zooms(12, 18, tile=picture()) == (12, 18)
