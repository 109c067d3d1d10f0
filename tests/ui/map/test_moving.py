"""A record's sign is put in its place: drawn, clicked, moved by the keyboard, kept or left as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.ui.map.conftest import FLORAC, InventedSource, Shown
from ui.map.view import MapView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

HELD = "document.querySelector('.spot.held')"
MIDDLE = (44.4, 3.6)


@pytest.fixture
def moving(source: InventedSource, show: Callable[..., Shown]) -> Shown:
    """A sign to move in the middle of the map, and another one nearby."""
    source.add(*FLORAC, "place", "La Genette verte")

    def ready(view: MapView) -> None:
        view.centre(*MIDDLE, 10)
        view.set_moving(("0" * 31 + "7", "person", "<b>Élise</b>", *MIDDLE))

    return show(before=ready)


def where(moving: Shown, qtbot: QtBot, deed: Callable[[], object]) -> tuple[float, float, int]:
    """What is told of the sign after a deed."""
    with qtbot.waitSignal(moving.view.sign_moved, timeout=10_000) as told:
        deed()
    lat, lon, zoom = told.args
    return lat, lon, zoom


def test_it_stands_where_it_was_told_and_has_the_focus(moving: Shown) -> None:
    assert moving.run(f"return {HELD}.getAttribute('aria-label');") == "Signe de <b>Élise</b>, à déplacer"
    moving.wait_for(f"document.activeElement === {HELD}")
    moving.view.say_whereabouts(
        "Mende <i>",
    )
    moving.wait_for("document.querySelector('.nom [role=status]')?.textContent === 'Mende <i>'")


def test_arrows_move_it_maj_finely_and_it_stays_in_sight(moving: Shown, qtbot: QtBot) -> None:
    lat, lon, zoom = where(moving, qtbot, lambda: moving.press("ArrowUp"))
    assert (lat > MIDDLE[0], abs(lon - MIDDLE[1]) < 1e-4, zoom) == (True, True, 10)
    finely = f"{HELD}.dispatchEvent(new KeyboardEvent('keydown', {{key: 'ArrowDown', shiftKey: true, bubbles: true}}));"
    back, _lon, _zoom = where(moving, qtbot, lambda: moving.run(finely))
    assert lat - (lat - MIDDLE[0]) / 6 < back < lat
    moving.run(
        f"for (let i = 0; i < 60; i++) {HELD}.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, cancelable: true}));"
    )
    box = f"{HELD}.getBoundingClientRect()"
    moving.wait_for(f"{box}.right < innerWidth && {box}.left > innerWidth / 2")


def test_it_is_drawn_with_the_mouse(moving: Shown, qtbot: QtBot) -> None:
    drag = (
        f"const s = {HELD}, b = s.getBoundingClientRect(), x = b.x + b.width / 2, y = b.y + b.height / 2;"
        "const say = (on, type, dx, dy) => on.dispatchEvent(new MouseEvent(type, "
        "{clientX: x + dx, clientY: y + dy, button: 0, buttons: 1, bubbles: true, cancelable: true, view: window}));"
        "say(s, 'mousedown', 0, 0); say(document, 'mousemove', 20, 30); say(document, 'mousemove', 80, 60);"
        "say(document, 'mouseup', 80, 60);"
    )
    lat, lon, _zoom = where(moving, qtbot, lambda: moving.run(drag))
    assert lat < MIDDLE[0] - 0.02
    assert lon > MIDDLE[1] + 0.04


def test_a_click_brings_it_there_and_chooses_nothing(moving: Shown, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(moving.view.chosen):
        click = (
            "const s = document.querySelector('.spot:not(.held)'), b = s.getBoundingClientRect();"
            "s.dispatchEvent(new MouseEvent('click', {clientX: b.x + b.width / 2, clientY: b.y + b.height / 2, "
            "bubbles: true, cancelable: true, view: window}));"
        )
        lat, lon, _zoom = where(moving, qtbot, lambda: moving.run(click))
    assert (abs(lat - FLORAC[0]) < 2e-3, abs(lon - FLORAC[1]) < 2e-3) == (True, True)
    assert moving.run("return document.querySelector('.card');") is None


def test_entree_puts_it_and_echap_leaves_it(moving: Shown, qtbot: QtBot) -> None:
    with qtbot.waitSignal(moving.view.sign_put, timeout=10_000):
        moving.press("Enter")
    with qtbot.waitSignal(moving.view.sign_left, timeout=10_000):
        moving.press("Escape")
    moving.view.set_moving(None)
    moving.wait_for(f"!{HELD} && document.activeElement.classList.contains('leaflet-container')")
    before = moving.run("return document.querySelector('.leaflet-map-pane').style.transform;")
    moving.press("ArrowUp")  # the arrows are the map's again
    moving.wait_for(f"document.querySelector('.leaflet-map-pane').style.transform !== '{before}'")


def test_a_nearer_map_makes_it_more_exact(moving: Shown, qtbot: QtBot) -> None:
    assert where(moving, qtbot, lambda: moving.press("+"))[2] == 11
