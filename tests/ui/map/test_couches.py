"""Layers of open data on the map: drawn under the records, told in a popup, never run, never mixed with people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.services.layer_reading import LayerContent
from appli.services.layers import Layers
from tests.hostile import HOSTILE
from tests.ui.map.conftest import FLORAC, InventedSource, Shown

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]
DRAWN = (
    "const c = document.querySelector('canvas.couches');"
    "return c.width ? c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0) : false;"
)
PRESS = (
    "const map = document.getElementById('map_maillage').getBoundingClientRect();"
    "document.getElementById('map_maillage').dispatchEvent(new MouseEvent('click', {bubbles: true, view: window,"
    "clientX: map.left + map.width / 2 + %d, clientY: map.top + map.height / 2}));"
)


@pytest.fixture
def layers(source: InventedSource, tmp_path: Path) -> Layers:
    source.layers = Layers(tmp_path)
    return source.layers


def content(*titles: str, at: tuple[float, float] = FLORAC) -> LayerContent:
    points = [(at[0], at[1], (title, f"Détail de {title}")) for title in titles]
    return LayerContent("x", ("Nom", "Note"), 0, points)


def loaded(shown: Shown) -> None:
    shown.run("await Maillage.layers.load();")


def test_a_layer_is_drawn_named_in_the_legend_and_told_in_a_popup(
    layers: Layers, source: InventedSource, show: Show
) -> None:
    layers.add(content("Four du Mas"), name="Fours", source="Parc", licence="lo_2_0")
    source.add(44.9, 4.2, "place", "Halle")
    shown = show(before=lambda view: view.centre(*FLORAC, 11))
    loaded(shown)
    assert shown.run(DRAWN)
    assert shown.run("return document.querySelector('.legend .couches').textContent") == "Fours"
    shown.run(PRESS % 0)
    shown.wait_for("document.querySelector('.card')")
    assert shown.run("return document.querySelector('.card h2').textContent") == "Four du Mas"
    assert shown.run("return document.querySelector('.card .facts').textContent") == "NoteDétail de Four du Mas"
    assert shown.run("return document.querySelector('.card .code').textContent") == "Parc, Licence Ouverte 2.0"
    shown.press("Escape")
    assert shown.run("return document.querySelector('.card')") is None
    shown.run(PRESS % 90)
    assert shown.run("return document.querySelector('.card')") is None, "nothing is there"


def test_points_at_one_spot_are_listed_and_each_is_told(layers: Layers, show: Show) -> None:
    layers.add(content("Un", "Deux", "Trois"), name="Fours")
    shown = show(before=lambda view: view.centre(*FLORAC, 11))
    loaded(shown)
    shown.run(PRESS % 0)
    shown.wait_for("document.querySelectorAll('.pile .row').length === 3")
    shown.click(".pile li:nth-child(2) .row")
    shown.wait_for("document.querySelector('.card h2')?.textContent === 'Deux'")
    shown.click(".card .quiet")
    shown.wait_for("document.querySelectorAll('.pile .row').length === 3")


def test_a_found_point_is_brought_into_sight(layers: Layers, show: Show) -> None:
    layer = layers.add(content("Loin", at=(48.1, -1.7)), name="Fours")
    shown = show(before=lambda view: view.centre(*FLORAC, 9))
    loaded(shown)
    shown.view.show_layer_point(layer.id, 0)
    shown.wait_for("document.querySelector('.card h2')?.textContent === 'Loin'")


def test_a_hidden_or_removed_layer_leaves_the_map(layers: Layers, show: Show) -> None:
    layer = layers.add(content("Four"), name="Fours")
    shown = show(before=lambda view: view.centre(*FLORAC, 11))
    loaded(shown)
    assert shown.run(DRAWN)
    layers.change(layer.id, hidden=True)
    shown.view.reload_layers()
    shown.wait_for("!document.querySelector('.legend .couches')")
    assert not shown.run(DRAWN)


def test_hostile_words_of_a_layer_are_text(layers: Layers, show: Show) -> None:
    texts = [" ".join(text[:300].split()) for text in HOSTILE if text.strip()]
    points = [(44 + n / 10, 3.5, (text, text)) for n, text in enumerate(texts)]
    layer = layers.add(LayerContent("x", ("<b>Nom</b>", "<img src=x onerror=hits=1>"), 0, points), name="<i>x</i>")
    shown = show(before=lambda view: view.centre(44, 3.5, 8))
    loaded(shown)
    assert shown.run("return document.querySelector('.legend .couches').textContent") == "<i>x</i>"
    for row, text in enumerate(texts):
        shown.view.show_layer_point(layer.id, row)
        title = text or "<i>x</i>"
        shown.wait_for(f"document.querySelector('.card h2')?.textContent === {json.dumps(title)}")
    assert shown.run("return window.hits ?? null") is None
    assert not shown.view.gate.refused
