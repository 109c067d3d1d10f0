"""Layers of open data: read from hostile files, kept apart, found apart, refreshed under their name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.errors import UserError
from appli.geo.commune import PositionSource
from appli.services import layer_reading
from appli.services.directory import Directory
from appli.services.layer_reading import LayerContent, read_layer
from appli.services.layers import COLORS, SHAPES, Layers
from appli.services.spaces import SpaceFacts, found
from appli.services.town_halls import of_name, offered, town_halls
from tests.hostile import HOSTILE

FLORAC = (44.3253, 3.5936)


def feature(lat: object, lon: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


def geojson(path: Path, *features: dict[str, object]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


@pytest.fixture
def layers(tmp_path: Path) -> Layers:
    return Layers(tmp_path)


@pytest.fixture
def chapels(tmp_path: Path) -> LayerContent:
    return read_layer(
        geojson(
            tmp_path / "chapelles.geojson",
            feature(44.32, 3.59, id=1, nom="Chapelle Saint-Jean", siecle="XIIe", commune="Florac"),
            feature(44.52, 3.50, id=2, nom="Chapelle de Mende", siecle="XIVe", commune="Mende"),
        )
    )


# --- reading -------------------------------------------------------------------------------------


def test_names_come_first_and_technical_columns_stay_out(chapels: LayerContent) -> None:
    assert chapels.name == "chapelles"
    assert chapels.columns == ("Nom", "Siecle", "Commune")
    assert chapels.title == 0
    assert chapels.points[0] == (44.32, 3.59, ("Chapelle Saint-Jean", "XIIe", "Florac"))


@pytest.mark.parametrize(
    "text",
    [
        "nom;latitude;longitude\nFour;44,3253;3,5936\nPuits;;\n",
        "nom,lon,lat\nFour,3.5936,44.3253\nPuits,x,y\n",
        'nom;geo_point_2d\nFour;"44.3253, 3.5936"\nPuits;\n',
        "nom;latitude;longitude\nFour;3,5936;44,3253\nPuits;0;0\n",
    ],
    ids=["french", "english", "pair", "swapped"],
)
def test_a_table_is_placed_by_its_columns_however_they_are_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "fours.csv").write_text(text, "utf-8")
    read = read_layer(tmp_path / "fours.csv")
    assert [(p[0], p[1], p[2][0]) for p in read.points] == [(44.3253, 3.5936, "Four")]
    assert read.nowhere == 1
    assert "1 ligne sans position lisible" in read.told()


def test_areas_and_lines_become_points_and_what_is_nowhere_is_counted(tmp_path: Path) -> None:
    ring = [[3, 44], [4, 44], [4, 45], [3, 45], [3, 44]]
    some = [feature(44, 3, nom="p")] * 4
    some[1] = {**some[1], "geometry": {"type": "Polygon", "coordinates": [ring]}}
    some[2] = {**some[2], "geometry": {"type": "Point", "coordinates": [float("nan"), 44]}}
    some[3] = {**some[3], "geometry": {"type": "Point", "coordinates": [200, 95]}}
    read = read_layer(geojson(tmp_path / "x.geojson", *some, feature(0, 0, nom="p"), {"type": "Feature"}))
    assert [(p[0], p[1]) for p in read.points] == [(44, 3), (44.5, 3.5)]
    assert read.nowhere == 4


def test_a_national_file_keeps_what_is_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_reading, "MAX_POINTS", 3)
    file = geojson(tmp_path / "x.geojson", *(feature(44 + n / 10, 3.5, nom=f"n{n}") for n in range(10)))
    near = read_layer(file, (44.5, 3.5))
    assert sorted(p[2][0] for p in near.points) == ["n4", "n5", "n6"]
    assert near.too_many == 7
    assert "7 points laissés de côté" in near.told()
    first = read_layer(file)
    assert [p[2][0] for p in first.points] == ["n0", "n1", "n2"]
    assert "loin du territoire" not in first.told()
    assert "7 points laissés de côté\u00a0: sans territoire choisi, une couche garde les 3 premiers" in first.told()


def test_what_has_no_point_is_refused_and_says_what_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("nom;ville\na;b\nc;d\n", "utf-8")
    with pytest.raises(UserError) as refused:
        read_layer(tmp_path / "x.csv")
    assert refused.value.code == "no_points"
    assert "latitude" in refused.value.hint


def test_a_file_beyond_any_layer_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.geojson"
    with file.open("wb") as opened:
        opened.write(b'{"features": [')
        opened.truncate(100 << 20)
    with pytest.raises(UserError) as refused:
        read_layer(file)
    assert refused.value.code == "too_big"


def test_hostile_words_are_kept_short_and_on_one_line(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if text.strip()]
    read = read_layer(geojson(tmp_path / "x.geojson", *(feature(44, 3, nom=t, autre=t) for t in texts)))
    assert len(read.points) == len(texts)
    for _lat, _lon, cells in read.points:
        assert all(len(cell) <= 300 and "\n" not in cell and "\x00" not in cell for cell in cells)


def test_a_thousand_columns_become_ten(tmp_path: Path) -> None:
    wide = {f"c{n}": f"v{n}" for n in range(1500)} | {"libelle": "Halle"}
    read = read_layer(geojson(tmp_path / "x.geojson", feature(44, 3, **wide)))
    assert len(read.columns) == 10
    assert read.columns[read.title] == "Libelle"


# --- keeping -------------------------------------------------------------------------------------


def test_a_layer_is_found_again_with_its_look_its_source_and_its_points(
    layers: Layers, chapels: LayerContent, tmp_path: Path
) -> None:
    made = layers.add(chapels, name="Chapelles", source="Ministère", licence="lo_2_0", day="2026-03-01")
    again = Layers(tmp_path)
    assert again.all() == [made]
    assert again.points(made.id) == list(chapels.points)
    assert made.about == "Ministère, Licence Ouverte 2.0"
    assert again.details(made.id, 1) == {
        "title": "Chapelle de Mende",
        "facts": [["Siecle", "XIVe"], ["Commune", "Mende"]],
        "layer": "Chapelles",
        "about": made.about,
    }
    assert again.details(made.id, 2) is None
    (tmp_path / "x.points.json").write_text('[[44, 3, ["a"]]]', "utf-8")
    assert again.points("../x") == []
    assert again.details("../x", 0) is None


def test_each_layer_looks_different(layers: Layers, chapels: LayerContent) -> None:
    looks = {(layer.shape, layer.color) for layer in (layers.add(chapels, name=f"c{n}") for n in range(12))}
    assert len(looks) == 12
    assert all(shape in SHAPES and color in COLORS for shape, color in looks)


def test_refreshing_keeps_all_but_the_points_and_the_date(layers: Layers, chapels: LayerContent) -> None:
    made = layers.add(chapels, name="Chapelles", source="Ministère", licence="cc_by", day="2025-01-01")
    layers.change(made.id, name="Chapelles et oratoires", color="pink")
    fewer = LayerContent("autre", ("Titre",), 0, [(44.0, 3.0, ("Une",))])
    now = layers.refresh(made.id, fewer, "2026-11-22")
    assert (now.name, now.color, now.source, now.licence) == ("Chapelles et oratoires", "pink", "Ministère", "cc_by")
    assert (now.count, now.day) == (1, "2026-11-22")
    assert layers.points(made.id) == [(44.0, 3.0, ("Une",))]
    assert layers.find("saint-jean") == []


def test_the_page_gets_the_shown_layers_alone(layers: Layers, chapels: LayerContent) -> None:
    made = layers.add(chapels, name="Chapelles")
    hidden = layers.add(chapels, name="Cachée")
    layers.change(hidden.id, hidden=True)
    (drawn,) = json.loads(layers.page())["layers"]
    assert (drawn["id"], drawn["lat"], drawn["lon"]) == (made.id, [4432000, 4452000], [359000, 350000])
    layers.remove(made.id)
    assert json.loads(layers.page()) == {"layers": []}
    assert [layer.name for layer in layers.all()] == ["Cachée"]


def test_a_search_finds_points_by_layer_with_every_word(layers: Layers, chapels: LayerContent) -> None:
    layers.add(chapels, name="Chapelles")
    (hits,) = layers.find("CHAPELLE florac")
    assert (hits.layer.name, hits.total) == ("Chapelles", 1)
    assert (hits.first[0].title, hits.first[0].line, hits.first[0].row) == ("Chapelle Saint-Jean", "XIIe · Florac", 0)
    assert layers.find("chapelle")[0].total == 2
    assert layers.find("") == layers.find("mairie") == []


def test_a_damaged_or_foreign_file_spoils_nothing_else(layers: Layers, chapels: LayerContent, tmp_path: Path) -> None:
    good = layers.add(chapels, name="Bonne")
    bad = layers.add(chapels, name="Abîmée")
    folder = tmp_path / "couches"
    (folder / f"{bad.id}.points.json").write_bytes(b"[[1")
    (folder / "0123456789ab.json").write_bytes(b"{}")
    (folder / "lisez-moi.json").write_bytes(b"{}")
    told = json.loads((folder / f"{good.id}.json").read_bytes()) | {"shape": "skull", "licence": "wtf"}
    (folder / f"{good.id}.json").write_text(json.dumps(told), "utf-8")
    again = Layers(tmp_path)
    assert [(layer.name, layer.shape, layer.licence) for layer in again.all()] == [
        ("Abîmée", bad.shape, ""),
        ("Bonne", "disc", ""),
    ]
    assert again.points(bad.id) == []
    assert len(again.points(good.id)) == 2


def test_there_is_an_end_to_layers(layers: Layers, chapels: LayerContent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.services.layers.MOST", 1)
    layers.add(chapels, name="Une")
    with pytest.raises(UserError, match="Rien n’a été ajouté"):
        layers.add(chapels, name="Deux")


# --- the first layer -----------------------------------------------------------------------------


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    made = open_directory(tmp_path / "annuaire")
    yield made
    made.close()


def test_town_halls_of_the_territory_are_offered(directory: Directory) -> None:
    florac = directory.gazetteer.by_insee("48061")
    assert florac is not None
    epci = florac.epci or ""
    found(directory, SpaceFacts("La Maille", territory=[{"level": "epci", "code": epci}]))
    (offer,) = offered(directory)
    assert offer.name == f"Mairies, {florac.epci_name}"
    halls = town_halls(directory.gazetteer, offer.origin)
    communes = directory.gazetteer.communes_of(epci=epci)
    assert len(halls.points) + halls.nowhere == len(communes)
    assert len(halls.points) == sum(1 for c in communes if c.position_source is PositionSource.TOWN_HALL) > 5
    assert "Mairie de Florac Trois Rivières" in [cells[0] for _lat, _lon, cells in halls.points]


def test_the_department_and_the_communes_of_an_epci_offer_theirs_once(directory: Directory) -> None:
    parts = [("department", "48"), ("commune", "48061"), ("commune", "48061")]
    found(directory, SpaceFacts("La Maille", territory=[{"level": lv, "code": c} for lv, c in parts]))
    assert [offer.origin.split(":")[1] for offer in offered(directory)] == ["department", "epci"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mende", "de Mende"), ("Ispagnac", "d’Ispagnac"), ("Le Rozier", "du Rozier"), ("Les Vans", "des Vans"),
        ("La Canourgue", "de La Canourgue"), ("L’Hospitalet", "de L’Hospitalet"), ("Yssingeaux", "de Yssingeaux"),
        ("Œuilly", "d’Œuilly"),
    ],
)  # fmt: skip
def test_a_town_hall_is_named_as_one_says_it(name: str, words: str) -> None:
    assert of_name(name) == words
