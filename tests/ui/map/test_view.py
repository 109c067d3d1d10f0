"""The map shows the records, and says what is done on it."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from appli.services.base_maps import BaseMaps
from tests.formats import images
from tests.ui.map.conftest import FLORAC, InventedSource, Shown, record_id
from ui.map.view import MapView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]
SIGNS = "return [...document.querySelectorAll('.spot')].map(s => s.getAttribute('aria-label')).sort();"


def three_records(source: InventedSource) -> list[str]:
    return [
        source.add(44.5181, 3.5001, "place", "Le Relais", line="Coworking", commune="Mende", code="L-1"),
        source.add(*FLORAC, "person", "Élise"),
        source.add(*FLORAC, "equipment", "Scie à ruban", line="Prêt"),
    ]


def test_records_stand_as_signs_and_those_on_one_spot_as_a_ring(source: InventedSource, show: Show) -> None:
    three_records(source)
    shown = show(before=lambda view: view.centre(44.42, 3.55, 10))
    assert shown.run(SIGNS) == ["2 fiches", "Lieu"]
    assert shown.run("return document.querySelector('.ring').textContent;") == "2"


def test_the_legend_names_the_kinds_that_are_there(source: InventedSource, show: Show) -> None:
    three_records(source)
    shown = show()
    names = shown.run("return [...document.querySelectorAll('.legend li')].map(r => r.textContent);")
    assert names == ["Personne", "Lieu", "Matériel"]


def test_a_click_chooses_and_the_popup_opens_the_sheet(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    relay, *_others = three_records(source)
    shown = show(before=lambda view: view.centre(44.42, 3.55, 10))
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        shown.click(".kind-place")
    assert chosen.args == [relay]
    shown.wait_for("document.querySelector('.card')")
    assert shown.run("return document.querySelector('.card h2').textContent;") == "Le Relais"
    assert shown.run("return document.querySelector('.card .what').textContent;") == "Coworking · Mende"
    with qtbot.waitSignal(shown.view.open_requested) as opened:
        shown.click(".card .primary")
    assert opened.args == [relay]
    with qtbot.waitSignal(shown.view.around_requested) as around:
        shown.click(".card .actions button:nth-child(2)")
    assert around.args == [relay]
    with qtbot.waitSignal(shown.view.move_requested) as moving:
        shown.click(".card .actions button:nth-child(3)")
    assert moving.args == [relay]


def test_records_on_one_spot_are_listed_and_can_be_gone_through(
    source: InventedSource, show: Show, qtbot: QtBot
) -> None:
    _relay, elise, _saw = three_records(source)
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    shown.click(".ring")
    shown.wait_for("document.querySelectorAll('.pile .row').length === 2")
    assert shown.run("return document.querySelector('.card h2').textContent;") == "2 fiches ici"
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        shown.click(".pile .row")
    assert chosen.args == [elise]
    shown.click(".card .quiet")
    shown.wait_for("document.querySelectorAll('.pile .row').length === 2")


def test_ten_thousand_records_on_one_spot_scroll_and_are_gone_through_by_keyboard(
    source: InventedSource, show: Show, qtbot: QtBot
) -> None:
    for number in range(10_000):
        source.add(*FLORAC, "person", f"Personne {number}")
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    shown.click(".ring")
    first = "document.querySelector('.pile [aria-posinset=\"1\"]')"
    shown.wait_for(f"{first}?.textContent === 'Personne 0'")
    assert shown.run("return document.activeElement.className;") == "pile"
    assert shown.run("return document.querySelectorAll('.pile .row').length;") < 20
    shown.press("End")
    shown.wait_for("document.querySelector('.pile [aria-selected=true]')?.textContent === 'Personne 9999'")
    assert shown.run("return document.querySelectorAll('.pile .row').length;") < 20
    shown.press("ArrowUp")
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        shown.press("Enter")
    assert chosen.args == [record_id(9_999)]
    # Back in the list, where one was.
    shown.click(".card .quiet")
    shown.wait_for("document.querySelector('.pile [aria-selected=true]')?.textContent === 'Personne 9998'")


def test_a_ring_that_can_be_parted_is_zoomed_into(source: InventedSource, show: Show) -> None:
    source.add(44.325, 3.590, "person", "Un")
    source.add(44.325, 3.640, "person", "Deux")
    shown = show(before=lambda view: view.centre(44.325, 3.61, 7))
    shown.click(".ring")
    shown.wait_for("document.querySelectorAll('.sign.kind-person:not(.small)').length === 2")
    assert shown.run("return document.querySelector('.card');") is None


def test_selecting_enlarges_opens_and_is_silent(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    relay, elise, _saw = three_records(source)
    shown = show(before=lambda view: view.centre(46.0, 2.0, 10))
    with qtbot.assertNotEmitted(shown.view.chosen, wait=100):
        shown.view.select(relay)
        shown.wait_for("document.querySelector('.card h2')?.textContent === 'Le Relais'")
    assert shown.run("return document.querySelectorAll('.sign.chosen').length;") == 1
    # In a ring, the chosen record still has a sign of its own.
    shown.view.select(elise)
    shown.wait_for("document.querySelector('.card h2')?.textContent === 'Élise'")
    assert shown.run(SIGNS) == ["2 fiches", "Lieu", "Personne"]
    shown.view.select(None)
    shown.wait_for("!document.querySelector('.card, .sign.chosen')")


def test_what_was_told_before_the_page_is_there_is_shown(source: InventedSource, show: Show) -> None:
    relay, *_others = three_records(source)

    def tell(view: MapView) -> None:
        view.centre(44.5, 3.5, 11)
        view.select(relay)
        view.set_theme("dark", {"kind_place": "#123456"})
        view.set_text_scale(1.5)
        view.show_circle((44.5, 3.5), 5, "Mende")

    shown = show(before=tell)
    shown.wait_for("document.querySelector('.card')")
    assert shown.run("return map_maillage.getZoom();") == 11
    assert shown.run("return document.documentElement.dataset.theme;") == "dark"
    color = "return getComputedStyle(document.querySelector('.sign.chosen')).color;"
    assert shown.run(color) == "rgb(18, 52, 86)"
    assert shown.run("return getComputedStyle(document.documentElement).fontSize;") == "24px"
    assert shown.run("return document.querySelectorAll('path.circle').length;") == 1
    shown.view.show_circle(None)
    shown.wait_for("!document.querySelector('path.circle')")


def test_what_is_told_while_the_page_starts_is_not_lost(source: InventedSource, show: Show) -> None:
    three_records(source)

    def tell_late(view: MapView) -> None:
        hand_over = view._handler._state

        def handed_over() -> dict[str, object]:
            state = dict(hand_over())
            view.centre(44.5, 3.5, 12)
            source.points_list.pop(0)
            view.reload_points()
            return state

        view._handler._state = handed_over

    shown = show(before=tell_late)
    shown.wait_for("map_maillage.getZoom() === 12")
    shown.wait_for("document.querySelectorAll('.legend li').length === 2")


def test_a_page_that_starts_again_shows_the_same(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    relay, *_others = three_records(source)
    shown = show()
    shown.view.select(relay)
    shown.wait_for("document.querySelector('.card')")
    with qtbot.waitSignal(shown.view.bounds_changed):
        shown.run("map_maillage.setView([44.5, 3.45], 11, {animate: false});")
    view = "return [map_maillage.getCenter().lat, map_maillage.getCenter().lng, map_maillage.getZoom()];"
    before = shown.run(view)
    with qtbot.waitSignal(shown.view.ready, timeout=20_000):
        shown.view.restart()
    shown.wait_for("document.querySelector('.card')")
    assert shown.run(view) == pytest.approx(before, abs=0.001)  # a pixel


def test_a_page_that_dies_says_so_and_comes_back(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    three_records(source)
    shown = show()
    with qtbot.waitSignal(shown.view.crashed, timeout=20_000):
        os.kill(shown.view._page.renderProcessPid(), signal.SIGTERM)
    with qtbot.waitSignal(shown.view.ready, timeout=20_000):
        shown.view.restart()


def test_fitting_an_area_shows_it_whole(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    shown = show()
    with qtbot.waitSignal(shown.view.bounds_changed) as moved:
        shown.view.fit(44.1, 3.0, 45.0, 4.0)
    south, west, north, east = moved.args
    assert south < 44.1
    assert west < 3.0
    assert north > 45.0
    assert east > 4.0
    assert shown.run("return map_maillage.getZoom();") == 9


def test_reloading_shows_the_new_points_and_drops_what_left(source: InventedSource, show: Show) -> None:
    relay, *_others = three_records(source)
    shown = show(before=lambda view: view.centre(44.42, 3.55, 10))
    shown.view.select(relay)
    shown.wait_for("document.querySelector('.card')")
    source.points_list = [(44.6, 3.6, record_id(9), "event")]
    shown.view.reload_points()
    shown.wait_for("document.querySelector('.kind-event:not(.small)')")
    assert shown.run(SIGNS) == ["Événement"]
    assert shown.run("return document.querySelector('.card');") is None
    assert shown.run("return document.querySelector('.legend li').textContent;") == "Événement"


def test_the_little_map_has_signs_and_nothing_else(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    relay, *_others = three_records(source)

    def tell(view: MapView) -> None:
        view.centre(44.42, 3.55, 10)
        view.select(relay)

    shown = show(mini=True, before=tell)
    assert shown.run("return document.querySelectorAll('.leaflet-control, .card').length;") == 0
    assert shown.run("return map_maillage.dragging.enabled();") is False
    assert shown.run("return document.querySelectorAll('.sign.chosen').length;") == 1
    centre = shown.run("return map_maillage.getCenter().lat;")
    assert centre == pytest.approx(44.5181, abs=0.01)
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        shown.click(".sign.chosen")
    assert chosen.args == [relay]
    assert shown.run("return document.querySelector('.card');") is None


def test_the_keyboard_walks_opens_and_comes_back(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    relay, *_others = three_records(source)
    shown = show(before=lambda view: view.centre(44.42, 3.55, 10))
    focused = "return document.activeElement.getAttribute('aria-label');"
    shown.run("map_maillage.getContainer().focus();")
    shown.press("n")
    shown.wait_for("document.activeElement.getAttribute('aria-label') === 'Lieu, Le Relais'")
    shown.press("n")
    assert shown.run(focused) == "2 fiches"
    shown.press("p")
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        shown.press("Enter")
    assert chosen.args == [relay]
    shown.wait_for("document.activeElement.classList.contains('primary')")
    shown.press("Escape")
    assert shown.run("return document.querySelector('.card');") is None
    assert shown.run("return document.activeElement.querySelectorAll('.chosen').length;") == 1
    zoom = shown.run("return map_maillage.getZoom();")
    shown.press("+")
    assert shown.run("return map_maillage.getZoom();") == zoom + 1
    shown.press("-")
    # The 6 of a French keyboard shares its key code with the minus of others.
    shown.press("6")
    assert shown.run("return map_maillage.getZoom();") == zoom
    west = shown.run("return map_maillage.getBounds().getWest();")
    shown.press("ArrowRight")
    assert shown.run("return map_maillage.getBounds().getWest();") > west


def test_the_base_map_is_painted_after_the_signs(source: InventedSource, show: Show) -> None:
    three_records(source)
    source.base = BaseMaps()
    shown = show(before=lambda view: view.centre(44.5, 3.5, 9))
    # At the moment of `ready` no tile was there; a little later the land has its relief, its lines and its names.
    shown.wait_for("document.querySelectorAll('canvas.leaflet-tile-loaded').length >= 9")
    shown.wait_for("document.querySelector('canvas.labels')?.width > 900")


def test_one_s_own_grouping_is_drawn_round(source: InventedSource, show: Show) -> None:
    three_records(source)
    source.base = BaseMaps()

    def tell(view: MapView) -> None:
        view.centre(44.25, 3.55, 9)
        view.set_theme("light", {"accent": "#fe01fd"})
        view.set_outline(["200069151"], [])

    shown = show(before=tell)
    shown.wait_for("document.querySelectorAll('canvas.leaflet-tile-loaded').length >= 9")
    pink = (
        "[...document.querySelectorAll('canvas.leaflet-tile-loaded')].some(c => {"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "for (let i = 0; i < d.length; i += 4) if (d[i] > 240 && d[i + 1] < 20 && d[i + 2] > 240) return true;"
        "return false; })"
    )
    shown.wait_for(pink)
    shown.view.set_outline([], [])
    shown.wait_for(f"!{pink}")


def test_fifty_thousand_points(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    seeded = random.Random(48)
    kinds = ["person", "place", "project", "event"]
    source.points_list = [
        (round(seeded.uniform(42.5, 50.5), 5), round(seeded.uniform(-4, 7.5), 5), record_id(n), seeded.choice(kinds))
        for n in range(50_000)
    ]
    shown = show()
    with qtbot.waitSignal(shown.view.ready, timeout=20_000):
        shown.view.restart()
    numbers = shown.run("return [...document.querySelectorAll('.ring')].map(r => +r.textContent.replace(/\\D/g, ''));")
    assert len(numbers) > 50
    assert sum(numbers) > 40_000


# --- the circle, what the popup says ------------------------------------------------------------


def drag(shown: Shown, selector: str, right: int, down: int) -> None:
    """Take hold of something and let go of it elsewhere, by the page's own mouse events."""
    shown.wait_for(f"document.querySelector('{selector}')")
    shown.run(
        f"const e = document.querySelector('{selector}').parentElement, r = e.getBoundingClientRect();"
        "const x = r.x + r.width / 2, y = r.y + r.height / 2;"
        "const at = (type, on, x, y) => on.dispatchEvent(new MouseEvent(type,"
        " {bubbles: true, cancelable: true, view: window, button: 0, buttons: 1, clientX: x, clientY: y}));"
        "at('mousedown', e, x, y);"
        f"for (const part of [0.5, 1]) at('mousemove', document.body, x + {right} * part, y + {down} * part);"
        f"at('mouseup', document.body, x + {right}, y + {down});"
    )


def test_the_edge_of_the_circle_is_pulled_and_its_top_moves_it(
    source: InventedSource, show: Show, qtbot: QtBot
) -> None:
    three_records(source)

    def tell(view: MapView) -> None:
        view.centre(44.5, 3.5, 9)
        view.show_circle((44.5, 3.5), 25, "Mende")

    shown = show(before=tell)
    with qtbot.waitSignal(shown.view.radius_changed) as pulled:
        drag(shown, ".grip.edge", 60, 0)
    assert 35 <= pulled.args[0] <= 40
    with qtbot.waitSignal(shown.view.centre_moved) as moved:
        drag(shown, ".grip.top", 60, 0)
    lat, lon = moved.args
    assert lat == pytest.approx(44.5, abs=0.02)
    assert lon == pytest.approx(3.5 + 60 * 360 / (256 * 2**9), abs=0.02)


def test_the_popup_says_how_far_how_sure_and_shows_the_photo(source: InventedSource, show: Show) -> None:
    relay = source.add(44.5181, 3.5001, "place", "Le Relais", photo="/donnees/photo/" + record_id(1), photoWords="Four")
    source.photos[relay] = images.with_gps(images.portrait())
    source.vague[relay] = 1
    shown = show(before=lambda view: view.show_circle((44.5181, 3.3), 30, "Marvejols"))
    shown.view.select(relay)
    shown.wait_for("document.querySelector('.card')")
    facts = shown.run("return [...document.querySelectorAll('.card .fact')].map(f => f.textContent);")
    assert facts == ["à 16\u00a0km de Marvejols", "Position à la commune près"]
    assert shown.run("return document.querySelectorAll('.sign.chosen.about').length;") == 1
    assert shown.run("return document.querySelector('.legend .wide').textContent;") == "À la commune près"
    shown.wait_for("document.querySelector('.card img')?.naturalWidth > 0")
    assert shown.run("return document.querySelector('.card img').alt;") == "Four"
