"""The page of the directory: list, filters and sheet drawn, folded, walked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.presenters.conftest import Village
from tests.ui.pages.whole import nameless
from tests.ui.windows import AnnuairePage, close, page_of, window_on
from ui.dialogs.export_list import ExportListDialog
from ui.main_window import Window
from ui.pages.folding import FACETS, LIST, SHEET, shown_panes
from ui.theme import Theme
from ui.widgets.link import Link
from ui.widgets.tag_button import TagButton


def words(widget: QWidget) -> list[str]:
    """What is written in the visible labels."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def press(widget: QWidget, text: str) -> None:
    """Click the button with those words."""
    next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def name_of(page: AnnuairePage, index: QModelIndex) -> QPoint:
    """A point of the row's name."""
    return page.rows.visualRect(index).topLeft() + QPoint(80, 20)


def test_the_first_sheet_is_drawn(page: AnnuairePage) -> None:
    assert page.list_pane.model.rowCount() == 3
    assert "Atelier des Trois Rivières" in words(page.sheet)


def test_the_arrows_show_each_sheet(page: AnnuairePage) -> None:
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Down)
    assert "Élise Roumégas" in words(page.sheet)
    assert "Menuisière à Florac Trois Rivières" in words(page.sheet)


def test_a_click_is_a_step_back_from_which_one_returns(page: AnnuairePage, window: Window) -> None:
    index = page.list_pane.model.index(1, 0)
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=name_of(page, index))
    assert "Élise Roumégas" in words(page.sheet)
    assert page.sheet.head.back_button.isVisible()
    window.keyboard.act("back")
    assert "Atelier des Trois Rivières" in words(page.sheet)
    assert page.rows.currentIndex().row() == 0


def test_links_lead_from_sheet_to_sheet(page: AnnuairePage, village: Village) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    link = next(x for x in page.sheet.findChildren(Link) if x.text() == "Atelier des Trois Rivières")
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert page.presenter.sheet.page is not None
    assert page.presenter.sheet.page.id == village.ids["workshop"]


def test_a_link_is_taken_off_and_given_back_by_the_toast(page: AnnuairePage, window: Window, village: Village) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    name = "Délier\u00a0: membre de Atelier des Trois Rivières"
    next(b for b in page.sheet.findChildren(QPushButton) if b.accessibleName() == name).click()
    QTest.qWait(1)
    assert "Atelier des Trois Rivières" not in [x.text() for x in page.sheet.findChildren(Link) if x.isVisible()]
    window.toast.undo_button.click()
    QTest.qWait(1)
    assert "Atelier des Trois Rivières" in [x.text() for x in page.sheet.findChildren(Link) if x.isVisible()]


def test_only_safe_addresses_are_links_and_the_whole_address_is_told(page: AnnuairePage, village: Village) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    link = next(x for x in page.sheet.findChildren(Link) if x.text() == "elise@example.org")
    assert link.toolTip() == "mailto:elise@example.org"


def test_a_skill_opens_its_page(page: AnnuairePage, village: Village) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    page.sheet.findChildren(TagButton)[0].click()
    assert "Menuiserie" in words(page.sheet)
    assert "La pratiquent (1)" in words(page.sheet)


def test_two_values_lead_to_the_page_that_settles_them(page: AnnuairePage, window: Window, village: Village) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    press(page.sheet, "Choisir…")
    assert window.presenter.page == "a_trancher"


def test_suppr_puts_the_chosen_rows_into_the_trash_and_the_toast_takes_it_back(
    page: AnnuairePage, window: Window
) -> None:
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.rows, Qt.Key.Key_Delete)
    assert page.list_pane.model.rowCount() == 1
    assert window.toast.isVisible()
    window.toast.undo_button.click()
    assert page.list_pane.model.rowCount() == 3


def test_the_trash_gives_back_and_erases_only_after_a_question(page: AnnuairePage, window: Window) -> None:
    page.presenter.facets.toggle("~trash", "yes", True)
    assert "Cette fiche est à la corbeille." in words(page.sheet)
    press(page.sheet, "Effacer…")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert any(w.startswith("Effacer «") and w.endswith("définitivement\u202f?") for w in words(dialog))
    press(dialog, "Garder la fiche")
    assert page.list_pane.model.rowCount() == 1
    press(page.sheet, "Remettre dans l’annuaire")
    assert page.list_pane.model.rowCount() == 0
    assert "La corbeille est vide." in words(page.list_pane)


def test_a_search_without_result_gives_a_way_out(page: AnnuairePage, window: Window) -> None:
    window.top.search.set_text("menuisrie")
    assert any(w.startswith("Aucune fiche pour") for w in words(page.list_pane))
    press(page.list_pane, "Chercher «\u00a0menuiserie\u00a0»")
    assert window.top.search.text() == "menuiserie"
    assert page.list_pane.model.rowCount() == 1


@pytest.mark.parametrize(
    ("room", "refining", "reading", "shown"),
    [
        (1366, False, False, {FACETS, LIST, SHEET}),
        (1100, False, False, {LIST, SHEET}),
        (1100, True, False, {FACETS, LIST}),
        (683, False, False, {LIST}),
        (683, False, True, {SHEET}),
        (683, True, True, {FACETS}),
    ],
)
def test_panes_fold_in_order(room: int, refining: bool, reading: bool, shown: set[str]) -> None:
    assert shown_panes(room, refining=refining, reading=reading) == shown


def test_in_a_small_window_the_sheet_lies_over_the_list(village: Village) -> None:
    window = window_on(village.folder, 800)
    page = page_of(window)
    try:
        assert page.rows.isVisible()
        assert not page.sheet.isVisible()
        page.rows.setFocus()
        page.rows.setCurrentIndex(page.list_pane.model.index(1, 0))
        QTest.keyClick(page.rows, Qt.Key.Key_Return)
        assert page.sheet.isVisible()
        assert not page.rows.isVisible()
        page.sheet.head.list_button.click()
        assert page.rows.isVisible()
        QTest.keyClick(page.rows, Qt.Key.Key_Return)
        QTest.keyClick(page.sheet, Qt.Key.Key_Escape)
        assert page.rows.isVisible()
        window.keyboard.act("refine")
        assert not page.rows.isVisible()
        QTest.keyClick(page.facets, Qt.Key.Key_Escape)
        assert page.rows.isVisible()
    finally:
        close(window)


def test_large_text_folds_as_a_small_window_does(page: AnnuairePage, theme: Theme) -> None:
    theme.set_scale(2.0)
    assert page.rows.isVisible()
    assert not page.sheet.isVisible()
    assert page.list_pane.head.refine_button.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_nothing_is_wider_than_its_place(page: AnnuairePage, theme: Theme, village: Village, scale: float) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    theme.set_scale(scale)
    QApplication.sendPostedEvents()
    assert page.window().width() == 1366
    assert page.minimumSizeHint().width() <= page.width()
    for name, area in (("sheet", page.sheet), ("list", page.list_pane), ("facets", page.facets)):
        for child in area.findChildren(QWidget):
            if child.isVisible() and child.window() is page.window():
                right = child.mapTo(area, QPoint(child.width(), 0)).x()
                assert right <= area.width() + 1, f"{name}: {type(child).__name__} at {scale}"


def test_every_stop_has_a_name(page: AnnuairePage, village: Village, window: Window) -> None:
    page.presenter.sheet.open(village.ids["elise"])
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for w in window.findChildren(QWidget)
        if w.isVisible()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (w.accessibleName() or getattr(w, "text", str)())
        and w.focusProxy() is None
    ]
    assert nameless == []


def test_ctrl_e_writes_what_the_list_shows(window: Window, page: AnnuairePage, tmp_path: Path) -> None:
    window.keyboard.act("export")
    dialog = window.findChild(ExportListDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.format.setCurrentIndex(dialog.format.findData(".csv"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    dialog._presenter.write(tmp_path / "liste.csv")
    assert dialog.close_button.isVisible()
    assert str(tmp_path / "liste.csv") in words(dialog)
    dialog.close_button.click()
