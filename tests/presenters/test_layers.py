"""The section « Couches »: what is offered, added, shown, searched apart, refreshed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appli.presenters.layers import Facts, MapLayers, day_of, licences, looks
from appli.services.live_map import LiveMap
from appli.services.spaces import SpaceFacts, found
from tests.presenters.fakes import CallRecorder, FakeShell


@pytest.fixture
def source(shell: FakeShell) -> LiveMap:
    return LiveMap(shell.session.index)


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def section(shell: FakeShell, source: LiveMap, view: CallRecorder) -> MapLayers:
    made = MapLayers(shell, source)
    made.start(view)
    return made


@pytest.fixture
def fours(tmp_path: Path) -> Path:
    file = tmp_path / "fours_a_pain.csv"
    file.write_text(
        "nom;commune;latitude;longitude\nFour du Mas;Florac;44,32;3,59\nFour banal;Mende;44,52;3,5\n", "utf-8"
    )
    return file


def added(section: MapLayers, file: Path, **facts: str) -> None:
    dialog = section.reading(file)
    dialog.view = CallRecorder()
    dialog.read()
    dialog.keep(Facts(**{"name": "Fours", **facts}))
    assert dialog.view.last("close_dialog") == ()


def test_a_file_is_read_told_and_kept_under_what_is_said_of_it(
    section: MapLayers, source: LiveMap, shell: FakeShell, view: CallRecorder, fours: Path
) -> None:
    dialog = section.reading(fours)
    dialog.view = CallRecorder()
    dialog.read()
    assert dialog.told() == "2 points."
    assert dialog.example() == "Four du Mas"
    assert dialog.facts.name == "fours a pain"
    assert section.layers == [], "nothing is kept before one says so"
    dialog.keep(Facts("Fours à pain", "Parc national", "odbl_1_0", "2026-03"))
    (layer,) = section.layers
    assert (layer.name, layer.about, layer.day, layer.count) == (
        "Fours à pain",
        "Parc national, ODbL 1.0",
        "2026-03",
        2,
    )
    assert json.loads(source.layers_page())["layers"][0]["name"] == "Fours à pain"
    assert shell.toasts[-1][0] == "Fours à pain\u00a0: 2 points sur la carte."
    assert view.last("layers_changed") == ()
    assert section.title() == "Couches\u00a0: 1"
    point = source.layer_point(layer.id, 1)
    assert point is not None
    assert point["title"] == "Four banal"


def test_a_file_that_holds_no_point_is_refused_in_the_dialog(section: MapLayers, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", "utf-8")
    dialog = section.reading(tmp_path / "x.csv")
    dialog.view = CallRecorder()
    dialog.read()
    (words,) = dialog.view.last("show_refusal")
    assert "Rien n’a changé" in words
    dialog.keep(Facts("x"))
    assert section.layers == []


def test_hiding_takes_it_off_the_map_and_off_the_search(
    section: MapLayers, source: LiveMap, shell: FakeShell, fours: Path
) -> None:
    added(section, fours)
    section.toggle(section.layers[0].id, False)
    assert source.layers_page() == b'{"layers":[]}'
    assert section.title() == "Couches\u00a0: 0"
    shell.search.set_text("banal")
    assert section.hits == []


def test_the_search_finds_points_apart_under_their_layer(
    section: MapLayers, shell: FakeShell, view: CallRecorder, fours: Path
) -> None:
    added(section, fours)
    shell.search.set_text("four florac")
    (hits,) = section.hits
    assert (hits.layer.name, [hit.title for hit in hits.first]) == ("Fours", ["Four du Mas"])
    assert section.title() == "Dans les couches\u00a0: 1"
    section.go_to(hits.first[0])
    assert view.last("show_point") == (hits.layer.id, 0)
    shell.search.set_text("")
    assert section.hits == []


def test_refreshing_from_a_newer_file_keeps_the_name(section: MapLayers, fours: Path, tmp_path: Path) -> None:
    added(section, fours, source="Parc")
    layer = section.layers[0]
    newer = tmp_path / "autre_nom.csv"
    newer.write_text("nom;lat;lon\nSeul;44.1;3.1\n", "utf-8")
    dialog = section.reading(newer, layer.id)
    dialog.read()
    assert (dialog.facts.name, dialog.facts.source) == ("Fours", "Parc")
    dialog.keep(Facts("Fours", day="2026-11-22"))
    (now,) = section.layers
    assert (now.id, now.name, now.source, now.day, now.count) == (layer.id, "Fours", "Parc", "2026-11-22", 1)


def test_town_halls_are_offered_until_they_are_taken_then_made_anew(
    section: MapLayers, shell: FakeShell, source: LiveMap
) -> None:
    shell.session.do(lambda d: found(d, SpaceFacts("La Maille", territory=[{"level": "commune", "code": "48061"}])))
    again = MapLayers(shell, source)
    again.start(CallRecorder())
    (offer,) = again.offers
    assert again.invites
    again.take(offer)
    assert not again.invites
    assert again.offers == []
    (layer,) = again.layers
    assert layer.name == offer.name
    assert layer.licence == "lo_2_0"
    again.change(layer.id, Facts("Nos mairies", layer.source, layer.licence), "cross", "pink")
    assert again.refresh_made(again.layers[0])
    assert [(one.name, one.color) for one in again.layers] == [("Nos mairies", "pink")]
    again.remove(layer.id)
    assert again.layers == []
    assert again.offers == [offer]
    assert "Nos mairies" in shell.toasts[-1][0]


def test_dates_are_read_as_people_write_them() -> None:
    assert (day_of(""), day_of("mars 2026"), day_of("22/11/2026")) == ("", "2026-03", "2026-11-22")
    assert day_of("bientôt") is None


def test_every_choice_has_words() -> None:
    shapes, colors = looks()
    assert all(words for _code, words, *_hex in [*licences(), *shapes, *colors])
