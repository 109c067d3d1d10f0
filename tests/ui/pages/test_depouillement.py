"""Dépouillement and Fiches à confirmer in a window: the keyboard alone goes from one paper to the next."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from appli.domain.ids import short_code
from tests.presenters.conftest import Village
from tests.presenters.fakes import InlineJobs
from tests.presenters.test_paper_returns import handed
from tests.ui.pages.test_annuaire import words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from ui.main_window import Window
from ui.pages.a_confirmer import ToConfirmPage
from ui.pages.depouillement import ReturnsPage
from ui.pages.impression import PrintingPage
from ui.widgets.buttons import Button

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def returns(window: Window) -> ReturnsPage:
    window.presenter.session.do(handed)
    window.presenter.go("depouillement")
    page = window.stack.page
    assert isinstance(page, ReturnsPage)
    return page


@pytest.fixture
def waiting(window: Window) -> ToConfirmPage:
    window.presenter.go("a_confirmer")
    page = window.stack.page
    assert isinstance(page, ToConfirmPage)
    page.presenter.months = 0
    page.presenter.choose()
    return page


def type_code(page: ReturnsPage, code: str) -> None:
    QTest.keyClicks(page.code.edit, code)
    QTest.keyClick(page.code.edit, Qt.Key.Key_Return)


def editor(page: ReturnsPage, code: str) -> Any:
    assert page.lines is not None
    return page.lines.editors[code].widget


def test_from_one_paper_to_the_next_by_the_keyboard(returns: ReturnsPage, village: Village) -> None:
    assert returns.code.edit.hasFocus()
    type_code(returns, short_code(village.ids["elise"], "P"))
    first = editor(returns, "name.given")
    assert isinstance(first, QLineEdit)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert editor(returns, "name.family").hasFocus()
    line = editor(returns, "occupation")
    line.selectAll()
    QTest.keyClicks(line, "Potier")
    assert not returns.right_button.isEnabled()
    text = editor(returns, "summary")
    text.setFocus()
    QTest.keyPress(text, Qt.Key.Key_Return, CONTROL)
    assert returns.presenter.paper is None
    assert returns.code.edit.hasFocus()
    assert returns.code.edit.text() == ""
    assert returns.lead.text() == "1 dehors · 1 rendue · 0 perdue"
    type_code(returns, short_code(village.ids["mason"], "P"))
    QTest.keyPress(editor(returns, "name.given"), Qt.Key.Key_F8)
    assert returns.presenter.list.figures()["returned"] == 2


def test_the_cursor_follows_a_paper_that_comes_late(returns: ReturnsPage, window: Window, village: Village) -> None:
    jobs = window.presenter.session.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.hold = True
    type_code(returns, short_code(village.ids["elise"], "P"))
    assert returns.lines is None
    jobs.release()
    assert editor(returns, "name.given").hasFocus()
    jobs.hold = False
    returns.rows.setFocus()
    returns.rows.activated.emit(returns.rows.currentIndex())
    assert editor(returns, "name.given").hasFocus()


def test_an_error_stands_at_its_line(returns: ReturnsPage, village: Village) -> None:
    type_code(returns, short_code(village.ids["elise"], "P"))
    line = editor(returns, "email")
    line.selectAll()
    QTest.keyClicks(line, "elise")
    returns.save_button.click()
    assert line.hasFocus()
    assert "adresse" in line.accessibleDescription()
    QTest.keyPress(line, Qt.Key.Key_Escape)
    assert returns.presenter.paper is None
    assert returns.code.edit.hasFocus()
    type_code(returns, short_code(village.ids["elise"], "P"))
    assert editor(returns, "email").text() == "elise"


def test_answers_are_ticked(returns: ReturnsPage, village: Village) -> None:
    type_code(returns, short_code(village.ids["elise"], "P"))
    assert returns.answers is not None
    choice = returns.answers.answers["letters"]
    choice._buttons["no"].click()
    assert returns.presenter.written.answers == {"letters": False}
    choice._buttons[""].click()
    assert returns.presenter.written.answers == {}


def test_a_paper_is_given_up(returns: ReturnsPage) -> None:
    returns.rows.setCurrentIndex(returns.model.index(0, 0))
    QTest.keyClick(returns.rows, Qt.Key.Key_Delete)
    assert returns.presenter.list.figures()["lost"] == 1
    assert not returns.lost_button.isEnabled()


def test_a_wrong_code_is_said_under_the_field(returns: ReturnsPage) -> None:
    type_code(returns, "000000")
    assert any("Aucune fiche n’a le code" in said for said in words(returns))


def test_the_code_after_a_wrong_one_takes_its_place(returns: ReturnsPage, village: Village) -> None:
    """A reader of codes types them one after the other, whatever the page answers."""
    type_code(returns, "P-00")
    type_code(returns, short_code(village.ids["elise"], "P").replace("-", ""))
    assert returns.presenter.paper is not None


def test_several_are_confirmed(waiting: ToConfirmPage) -> None:
    assert not waiting.confirm_button.isEnabled()
    waiting.rows.selectAll()
    count = waiting.presenter.count
    assert waiting.confirm_button.text() == f"Confirmer {count} fiches"
    waiting.presenter.months = 1
    waiting.confirm_button.menu().actions()[0].trigger()
    assert waiting.presenter.count == 0
    assert waiting.stack.currentWidget() is not waiting.rows


def test_both_are_reached_from_printing(window: Window) -> None:
    window.presenter.go("impression")
    page = window.stack.page
    assert isinstance(page, PrintingPage)
    ways = {button.text(): button for button in page.findChildren(Button)}
    ways["Fiches à confirmer…"].click()
    assert isinstance(window.stack.page, ToConfirmPage)
    ways["Dépouiller des feuilles…"].click()
    assert isinstance(window.stack.page, ReturnsPage)


@pytest.mark.parametrize("size", [(1366, 698), (700, 620)])
def test_everything_can_be_read(window: Window, village: Village, returns: ReturnsPage, size: tuple[int, int]) -> None:
    type_code(returns, short_code(village.ids["elise"], "P"))
    window.resize(*size)
    settle(returns)
    assert not cut_words(returns)
    assert not nameless(returns)
    assert not rolls_sideways(returns)
    window.presenter.go("a_confirmer")
    page = window.stack.page
    assert isinstance(page, ToConfirmPage)
    settle(page)
    assert not cut_words(page)
    assert not nameless(page)
    assert not rolls_sideways(page)
