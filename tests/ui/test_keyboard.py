"""The keyboard: no key does two things, none lies on a digit of the top row, each listed one does something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, page_of, window_on
from ui.actions import ACTIONS, key_words, listed, window_actions
from ui.main_window import Window
from ui.pages.registry import PAGES
from ui.panes import first_stop
from ui.theme import Theme

__all__ = ["settled", "theme", "village"]


@pytest.fixture
def window(village: Village, qapp: object) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


def every_key() -> list[str]:
    keys = [key for action in window_actions() for key in action.keys]
    return keys + [page.keys for page in PAGES if page.keys]


def test_no_key_does_two_things() -> None:
    counted = Counter(QKeySequence(key).toString() for key in every_key())
    assert [key for key, count in counted.items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    assert [key for key in every_key() if QKeySequence(key).isEmpty()] == []


def test_no_key_but_the_size_of_the_text_lies_on_a_digit() -> None:
    on_digits = {key for key in every_key() if key[-1].isdigit() and "F" not in key}
    assert on_digits == {"Ctrl+0"}


def test_the_names_are_unique() -> None:
    names = [action.name for some in ACTIONS.values() for action in some]
    assert len(names) == len(set(names))


def test_keys_are_written_as_on_a_french_keyboard() -> None:
    assert key_words("Ctrl+Shift+F") == "Ctrl+Maj+F"
    assert key_words("Alt+Left") == "Alt+←"
    assert key_words("Del") == "Suppr"


def test_only_what_somebody_answers_is_listed(window: Window) -> None:
    shown = {words for _part, lines in listed(window.keyboard.answered()) for words, _keys in lines}
    assert "Chercher" in shown
    assert "Fiche vue avant" in shown
    assert "Enregistrer" not in shown


def test_keys_reach_the_window_and_the_page(window: Window, theme: Theme) -> None:
    page = page_of(window)
    page.rows.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.edit.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme.scale == 1.25
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme.scale == 1.0


def test_the_field_leads_to_the_list_and_to_its_first_sheet(window: Window) -> None:
    page = page_of(window)
    window.top.search.set_text("menuisi")
    QTest.keyClick(window.top.search.edit, Qt.Key.Key_Down)
    assert page.rows.hasFocus()
    window.top.search.edit.setFocus()
    QTest.keyClick(window.top.search.edit, Qt.Key.Key_Return)
    assert page.presenter.sheet.page is not None
    assert page.presenter.sheet.page.title == "Élise Roumégas"


def test_undo_in_the_field_is_the_fields_own(window: Window) -> None:
    edit = window.top.search.edit
    edit.setFocus()
    QTest.keyClicks(edit, "bois")
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == ""
    assert not window.toast.isVisible()


def test_f6_walks_the_parts_of_the_window_both_ways(window: Window) -> None:
    page = page_of(window)
    parts = (window.rail, window.top, page.facets, page.rows, page.sheet)
    page.rows.setFocus()
    seen = []
    for _n in range(5):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(next(n for n, part in enumerate(parts) if part is focused or part.isAncestorOf(focused)))
    assert seen == [4, 0, 1, 2, 3]
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.facets.isAncestorOf(QApplication.focusWidget())


def test_the_list_of_keys_opens_and_closes(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Ctrl+F" in shown
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_pane_without_any_stop_is_passed_over(window: Window) -> None:
    assert first_stop(window.status) is None
