"""The map's page in a real window: list and map in step, what stands in for a map that is not there."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from appli.presenters.shell import MOVE, Request
from tests.map_files import picture, pmtiles
from tests.presenters.conftest import Village, settled, village
from tests.ui.map.conftest import Shown
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, page_of, window_on
from ui.main_window import Window
from ui.pages import carte_map
from ui.pages.annuaire import AnnuairePage
from ui.pages.carte import CartePage
from ui.pages.reglages import SettingsPage
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine
__all__ = ["settled", "theme", "village"]

SIGNS = "return [...document.querySelectorAll('.spot')].map(s => s.getAttribute('aria-label')).sort();"


@pytest.fixture
def window(village: Village, theme: Theme) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


class Opened:
    """The page with its map, ready."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.page = carte(window)
        qtbot.waitUntil(lambda: self.page.map.map is not None and self.page.map.map._ready, timeout=20_000)
        assert self.page.map.map is not None
        self.view = self.page.map.map
        self.shown = Shown(self.view, qtbot)
        self.shown.wait_for("document.querySelectorAll('.spot').length")

    def titles(self) -> list[str]:
        model = self.page.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]


def carte(window: Window) -> CartePage:
    window.presenter.go("carte")
    page = window.stack.page
    assert isinstance(page, CartePage)
    return page


@pytest.fixture
def opened(window: Window, qtbot: QtBot) -> Opened:
    return Opened(window, qtbot)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def button(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible())


# --- list and map -------------------------------------------------------------------------------


def test_the_list_is_there_before_the_map(window: Window) -> None:
    page = carte(window)
    assert page.map.map is None
    assert page.model.rowCount() == 2
    assert "La carte se prépare…" in words(page.map)
    assert not page.column.follow.isVisible()


def test_the_map_shows_what_the_list_says(opened: Opened) -> None:
    assert opened.titles() == ["Élise Roumégas", "Mathieu Valdeyron"]
    assert opened.shown.run(SIGNS) == ["Personne", "Personne"]
    assert opened.page.column.follow.isVisible()
    assert "1 fiche à localiser" in opened.page.column.strip.text()


def test_a_sign_marks_its_row_and_opens_its_sheet(opened: Opened, village: Village, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.view.chosen):
        opened.shown.run(f"Maillage.popup.open(Maillage.records.itemOf('{village.ids['mason'].hex()}'), document.body)")
    assert opened.page.column.rows.currentIndex().row() == 1
    with qtbot.waitSignal(opened.view.open_requested):
        opened.shown.click(".card .primary")
    there = opened.window.stack.page
    assert isinstance(there, AnnuairePage)
    assert there.presenter.sheet.page is not None
    assert there.presenter.sheet.page.id == village.ids["mason"]


def test_a_row_opens_the_popup_and_looking_around_it_draws_the_circle(opened: Opened, qtbot: QtBot) -> None:
    opened.page.column.rows.setFocus()
    opened.page.column.rows.setCurrentIndex(opened.page.model.index(1, 0))
    opened.shown.wait_for("document.querySelector('.card h2')?.textContent === 'Mathieu Valdeyron'")
    with qtbot.waitSignal(opened.view.around_requested):
        opened.shown.click(".card .actions button:nth-child(2)")
    assert opened.titles() == ["Mathieu Valdeyron"]
    assert opened.page.column.field.edit.text() == "Mathieu Valdeyron"
    assert opened.page.column.radius.currentText() == "à moins de 25\u00a0km"
    opened.shown.wait_for("document.querySelector('.circle')")


def test_a_popup_keeps_clear_of_the_kinds(opened: Opened, village: Village) -> None:
    opened.view.select(village.ids["mason"].hex())
    opened.shown.wait_for("document.querySelector('.card')")
    opened.shown.run("map_maillage.panBy([0, 260], {animate: false}); Maillage.popup.close();")
    opened.view.select(None)
    opened.view.select(village.ids["mason"].hex())
    opened.shown.wait_for("document.querySelector('.card')")
    chips = opened.page.map.chips
    top = opened.shown.run("return document.querySelector('.card').getBoundingClientRect().top;")
    assert chips.isVisible()
    assert top >= chips.geometry().bottom()


def test_a_kind_is_kept_in_the_list_on_the_map_and_in_the_directory(opened: Opened) -> None:
    chip = next(c for c in opened.page.map.chips.findChildren(QPushButton) if c.isVisible())
    assert chip.accessibleName() == "Personnes 2"
    chip.click()
    assert opened.window.presenter.search.chosen("kind") == {"person"}
    opened.shown.wait_for("document.querySelectorAll('.legend li:not(.wide)').length === 1")


def test_the_list_follows_the_frame(opened: Opened, village: Village, qtbot: QtBot) -> None:
    opened.page.column.follow.click()

    def is_here(south: float, west: float, north: float, east: float) -> bool:
        return abs((south + north) / 2 - 44.55) < 0.01 and abs((west + east) / 2 - 3.29) < 0.01

    # The frame the page opened with may still be on its way.
    with qtbot.waitSignal(opened.view.bounds_changed, check_params_cb=is_here):
        opened.view.centre(44.55, 3.29, 12)
    opened.window.presenter.session.jobs.pass_time("carte-cadre")  # type: ignore[attr-defined]
    assert opened.titles() == ["Mathieu Valdeyron"]
    assert opened.page.column.about.text() == "dans ce cadre"


def test_communes_unroll_under_the_field_and_the_arrows_choose(opened: Opened) -> None:
    field = opened.page.column.field
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "marvej")
    popup = field._completer.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert (field.edit.text(), opened.titles()) == ("Marvejols", ["Mathieu Valdeyron"])
    field.clear_button.click()
    assert len(opened.titles()) == 2


def test_what_has_the_focus_has_a_name(opened: Opened) -> None:
    opened.view.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Carte des fiches"


def test_the_window_s_keys_work_from_the_map(opened: Opened) -> None:
    opened.view.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is opened.window.top.search.edit


def test_ctrl_l_leads_from_the_sheet_to_its_place(window: Window, village: Village, qtbot: QtBot) -> None:
    page_of(window).presenter.sheet.open(village.ids["mason"])
    window.keyboard.act("center-map")
    opened = Opened(window, qtbot)
    opened.shown.wait_for("document.querySelector('.card h2')?.textContent === 'Mathieu Valdeyron'")
    assert opened.view._state["view"][2] == 12  # type: ignore[index]


def test_the_map_is_copied_as_a_picture(opened: Opened, qtbot: QtBot) -> None:
    board = QApplication.clipboard()
    board.clear()
    qtbot.waitUntil(lambda: opened.page.presenter.sight is not None, timeout=10_000)
    with qtbot.waitSignal(board.dataChanged, timeout=25_000):
        opened.page.column.copy_wanted.emit()
    assert board.image().width() >= 2246


def test_a_record_without_a_place_gets_one_from_its_sign(opened: Opened, village: Village) -> None:
    opened.window.presenter.go("carte", Request(record=village.ids["workshop"], kind=MOVE))
    opened.shown.wait_for("document.querySelector('.spot.held') && document.querySelector('.nom')")
    strip = opened.page.map.question
    assert "Où est «\u00a0Atelier des Trois Rivières\u00a0»\u202f?" in " ".join(words(strip))
    opened.shown.press("Escape")
    opened.shown.wait_until(lambda: not strip.isVisible())
    assert len(opened.titles()) == 2
    opened.window.presenter.go("carte", Request(record=village.ids["workshop"], kind=MOVE))
    opened.shown.wait_for("document.querySelector('.spot.held') && document.querySelector('.nom')")
    button(strip, "Placer ici").click()
    assert len(opened.titles()) == 3
    opened.shown.wait_for("document.querySelector('.card h2')?.textContent === 'Atelier des Trois Rivières'")
    assert not strip.isVisible()


# --- without a map ------------------------------------------------------------------------------


def test_a_map_that_stopped_is_said_and_opened_again(opened: Opened, qtbot: QtBot) -> None:
    # Once, it comes back without a word; twice, a person decides.
    with qtbot.waitSignal(opened.view.ready, timeout=20_000):
        os.kill(opened.view._page.renderProcessPid(), signal.SIGKILL)
    assert opened.page.map.chips.isVisible()
    assert opened.shown.run(SIGNS) == ["Personne", "Personne"]
    with qtbot.waitSignal(opened.view.crashed):
        os.kill(opened.view._page.renderProcessPid(), signal.SIGKILL)
    assert "La carte s’est arrêtée." in words(opened.page.map)
    assert button(opened.page.map, "Rouvrir Maillage en mode compatible").isVisible()
    assert not opened.page.map.chips.isVisible()
    assert opened.titles() == ["Élise Roumégas", "Mathieu Valdeyron"]
    with qtbot.waitSignal(opened.view.ready, timeout=20_000):
        button(opened.page.map, "Rouvrir la carte").click()
    assert opened.shown.run(SIGNS) == ["Personne", "Personne"]


def test_without_a_web_engine_the_list_does_all(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carte_map, "ENGINE", "ui.map.absent")
    page = carte(window)
    sentence = "La carte ne peut pas s’afficher sur ce poste."
    qtbot.waitUntil(lambda: sentence in words(page.map))
    page.presenter.place.enter("marvejols")
    page.presenter.go_to(0)
    assert (page.column.count.text(), page.model.rowCount()) == ("1 fiche", 1)
    assert not page.column.follow.isVisible()


# --- little room --------------------------------------------------------------------------------


def test_in_large_text_the_list_or_the_map(opened: Opened, theme: Theme) -> None:
    theme.set_scale(2.0)
    try:
        assert (opened.page.column.isVisible(), opened.page.map.isVisible()) == (False, True)
        opened.shown.wait_for("getComputedStyle(document.documentElement).getPropertyValue('--scale') === '2'")
        QTest.mouseClick(opened.page.choice._buttons["list"], Qt.MouseButton.LeftButton)
        assert (opened.page.column.isVisible(), opened.page.map.isVisible()) == (True, False)
        assert opened.page.minimumSizeHint().width() <= opened.page.width()
        opened.page._go_to(0, True)
        assert opened.page.map.isVisible()
    finally:
        theme.set_scale(1.0)


def test_the_map_is_dressed_like_the_window(opened: Opened, theme: Theme) -> None:
    from ui.theme import Scheme

    theme.set_scheme(Scheme.DARK)
    try:
        opened.shown.wait_for("document.documentElement.dataset.theme === 'dark'")
    finally:
        theme.set_scheme(Scheme.LIGHT)
    opened.shown.wait_for("document.documentElement.dataset.theme === 'light'")


def test_a_map_brought_in_the_settings_is_drawn_at_once(opened: Opened, village: Village, tmp_path: Path) -> None:
    actions = {action.text(): action for action in opened.page.column.more.menu().actions()}
    actions["Cartes détaillées…"].trigger()
    settings = opened.window.stack.page
    assert isinstance(settings, SettingsPage)
    settings.maps.bring([pmtiles(tmp_path / "a", {(10, 522, 371): picture()})])
    opened.window.presenter.go("carte")
    layers = "document.querySelectorAll('.leaflet-detail-pane > .leaflet-layer').length"
    opened.shown.wait_for(f"{layers} === 1")
    settings.maps.remove(settings.maps.rows[0].id)
    opened.shown.wait_for(f"{layers} === 0")
    assert not list((village.folder / "cartes").glob("*.pmtiles"))
