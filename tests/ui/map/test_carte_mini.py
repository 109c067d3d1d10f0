"""The sheet's small map: made late, one for all sheets, moved and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from appli.presenters.shell import Request
from tests.presenters.conftest import Village, settled, village
from tests.ui.map.conftest import Shown
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, page_of, window_on
from ui.main_window import Window
from ui.map import mini
from ui.map.mini import Keeper, Slot
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine
__all__ = ["settled", "theme", "village"]


@pytest.fixture
def window(village: Village, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(mini, "FIRST_MS", 50)
    monkeypatch.setattr(mini, "NEXT_MS", 0)
    made = window_on(village.folder)
    yield made
    close(made)


def look_at(window: Window, village: Village, name: str) -> None:
    page_of(window).presenter.sheet.open(village.ids[name])


def slot_of(window: Window) -> Slot | None:
    return next((s for s in page_of(window).sheet.findChildren(Slot) if s.isVisible()), None)


def arrived(window: Window, qtbot: QtBot) -> Keeper:
    """Wait until the view stands in the slot that is seen."""
    keeper = Keeper.of(window, window.presenter)
    qtbot.waitUntil(
        lambda: keeper._view is not None and keeper._view._ready and keeper._holder is slot_of(window), timeout=20_000
    )
    return keeper


def test_the_sheet_is_painted_before_the_map_is_made(window: Window, village: Village, qtbot: QtBot) -> None:
    look_at(window, village, "elise")
    slot = slot_of(window)
    assert slot is not None
    assert Keeper.of(window, window.presenter)._view is None
    keeper = arrived(window, qtbot)
    assert keeper._view is not None
    shown = Shown(keeper._view, qtbot)
    shown.wait_for("document.querySelectorAll('.sign.chosen.kind-person').length === 1")
    assert shown.run("return document.documentElement.classList.contains('mini');")
    assert not shown.run("return document.querySelector('.card, .tools, .legend');")


def test_one_view_goes_from_sheet_to_sheet(window: Window, village: Village, qtbot: QtBot) -> None:
    look_at(window, village, "elise")
    keeper = arrived(window, qtbot)
    view = keeper._view
    assert view is not None
    for name in ("mason", "elise", "mason"):
        look_at(window, village, name)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert arrived(window, qtbot)._view is view
        assert view.isVisible()
    chosen = "document.querySelectorAll('.sign.chosen').length && Maillage.records.chosen === '{}'"
    Shown(view, qtbot).wait_for(chosen.format(village.ids["mason"].hex()))


def test_a_sheet_without_place_has_no_map_and_keeps_the_view_for_the_next(
    window: Window, village: Village, qtbot: QtBot
) -> None:
    look_at(window, village, "elise")
    view = arrived(window, qtbot)._view
    look_at(window, village, "workshop")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert slot_of(window) is None
    assert view is not None
    assert isValid(view)
    look_at(window, village, "elise")
    assert arrived(window, qtbot)._view is view


def test_the_slot_leads_to_the_map_by_mouse_and_by_keyboard(window: Window, village: Village, qtbot: QtBot) -> None:
    look_at(window, village, "elise")
    arrived(window, qtbot)
    for press in (
        lambda slot: QTest.mouseClick(slot, Qt.MouseButton.LeftButton),
        lambda slot: QTest.keyClick(slot, Qt.Key.Key_Space),
    ):
        slot = slot_of(window)
        assert slot is not None
        assert slot.accessibleName() == "Voir sur la carte, à la commune près"
        press(slot)
        assert window.presenter.page == "carte"
        window.presenter.go("annuaire", Request(record=village.ids["elise"]))


def test_nothing_in_the_small_map_is_a_stop_of_tab(window: Window, village: Village, qtbot: QtBot) -> None:
    look_at(window, village, "elise")
    keeper = arrived(window, qtbot)
    view = keeper._view
    assert view is not None
    Shown(view, qtbot).wait_for("document.querySelectorAll('.spot').length")
    stops = [w for w in (view, *view.findChildren(QWidget)) if w.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    assert stops == []


def test_a_small_map_that_stopped_is_made_good_by_the_next_sheet(
    window: Window, village: Village, qtbot: QtBot
) -> None:
    import os
    import signal

    look_at(window, village, "elise")
    keeper = arrived(window, qtbot)
    view = keeper._view
    assert view is not None
    Shown(view, qtbot).wait_for("document.querySelectorAll('.spot').length")
    with qtbot.waitSignal(view.crashed):
        os.kill(view._page.renderProcessPid(), signal.SIGKILL)
    assert keeper._holder is None
    look_at(window, village, "mason")
    assert arrived(window, qtbot)._view is view
    Shown(view, qtbot).wait_for("document.querySelectorAll('.sign.chosen').length === 1")
