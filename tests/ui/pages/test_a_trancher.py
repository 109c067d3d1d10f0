"""À trancher in a window: drawn, answered from the keyboard, legible at any size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from appli.domain.changes import Add
from tests.presenters.conftest import Village
from tests.ui.pages.test_annuaire import press, words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from tests.ui.windows import close, window_on
from ui.main_window import Window
from ui.pages.a_trancher import ToSettlePage
from ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def come(window: Window, village: Village) -> ToSettlePage:
    """The page, with a text and a telephone to settle."""
    long = "Menuiserie partagée, ouverte le samedi. " * 4
    changes = [Add(village.ids["workshop"], "summary", long), Add(village.ids["mason"], "occupation", "Maçonne")]
    window.presenter.session.do(lambda d: d.do("Ailleurs", changes))
    window.presenter.go("a_trancher")
    page = window.stack.page
    assert isinstance(page, ToSettlePage)
    return page


@pytest.fixture
def page(window: Window, village: Village) -> ToSettlePage:
    return come(window, village)


def test_letters_and_arrows_answer(page: ToSettlePage) -> None:
    page.rows.setFocus()
    first = page.presenter.question
    QTest.keyClick(page.rows, Qt.Key.Key_Right)
    assert page.presenter.place == 1
    QTest.keyClick(page.rows, Qt.Key.Key_Left)
    assert page.presenter.question == first
    QTest.keyClick(page.rows, Qt.Key.Key_Down)
    assert page.presenter.place == 1
    QTest.keyClick(page.rows, Qt.Key.Key_B)
    assert page.presenter.count == 2


def test_each_button_does_what_it_says(page: ToSettlePage) -> None:
    press(page, "Je ne sais pas encore")
    assert page.presenter.place == 1
    press(page, "Garder A")
    press(page, "Garder B")
    press(page, "Garder A")
    assert "Rien à trancher. Tout le monde est d’accord." in words(page)
    assert "3 choix déjà faits cette année" in words(page)


def test_another_value_is_written_and_letters_are_letters(page: ToSettlePage) -> None:
    page.presenter.go_to(next(n for n in range(3) if page.presenter.row(n).second_line == "Téléphone"))
    press(page, "Écrire une autre valeur…")
    assert page.editor is not None
    line = page.editor.rows[0].editor
    QTest.keyClicks(line, "a")
    assert page.presenter.count == 3
    line.setText("06 39")
    press(page, "Enregistrer cette valeur")
    assert page.editor.rows[0].error
    press(page, "Choisir plutôt")
    assert page.editor is None
    assert page.presenter.count == 3


@pytest.fixture(params=[(1.0, 1366), (2.0, 1366), (1.0, 800)])
def sized(
    request: pytest.FixtureRequest, theme: Theme, village: Village, qapp: QApplication
) -> Iterator[tuple[Window, ToSettlePage]]:
    """The page with larger text, or in a small window."""
    scale, width = request.param
    theme.set_scale(scale)
    window = window_on(village.folder, width)
    yield window, come(window, village)
    close(window)
    theme.set_scale(1.0)


def test_nothing_is_cut_at_any_size(sized: tuple[Window, ToSettlePage], qapp: QApplication) -> None:
    _window, page = sized
    for reading in (False, True):
        page.read() if reading else page.to_list()
        for place in range(page.presenter.count):
            page.presenter.go_to(place)
            settle(page)
            assert cut_words(page) == []
            assert not rolls_sideways(page)
            assert nameless(page) == []
    page.presenter.ask_another()
    settle(page)
    assert cut_words(page) == []
    assert nameless(page) == []
