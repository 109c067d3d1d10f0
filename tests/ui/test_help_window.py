"""F1 in a real window: the right chapter, its search, the keyboard, names, any size of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from appli.services.guide import chapter_of, chapters
from tests.presenters.conftest import Village, settled, village
from tests.presenters.fakes import FakeShell, InlineJobs
from tests.ui.pages.whole import nameless, rolls_sideways
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, window_on
from ui.help_window import HelpWindow
from ui.pages.registry import PAGES
from ui.theme import Scheme, Theme
from ui.widgets.question import Answer, QuestionDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["settled", "theme", "village"]

asked_for_keys: list[bool] = []


@pytest.fixture
def help_window(qtbot: QtBot) -> Iterator[HelpWindow]:
    main = QWidget()
    qtbot.addWidget(main)
    asked_for_keys.clear()
    shell = FakeShell(SimpleNamespace(jobs=InlineJobs()))  # type: ignore[arg-type]
    shown = HelpWindow(shell, lambda: asked_for_keys.append(True), main)
    shown.open_at("annuaire")
    yield shown
    shown.close()


def test_f1_opens_it_at_the_page_and_it_goes_with_the_window(village: Village, qtbot: QtBot) -> None:
    window = window_on(village.folder)
    try:
        for page in ("annuaire", "echanges"):
            window.presenter.go(page)
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
            QTest.keyClick(window, Qt.Key.Key_F1)
            (shown,) = window.findChildren(HelpWindow)
            assert shown.isVisible()
            assert page in shown.presenter.chapter.pages
        window.close()
        assert not shown.isVisible()
    finally:
        close(window)


def test_a_dialog_is_helped_too_and_gives_the_guide_back(village: Village, qtbot: QtBot) -> None:
    window = window_on(village.folder)
    try:
        window.presenter.go("echanges")
        question = QuestionDialog(
            "Et donc ?", "Oui ou non.", [Answer("no", "Non"), Answer("yes", "Oui")], parent=window
        )
        question.open()
        qtbot.waitUntil(question.isActiveWindow)
        QTest.keyClick(question, Qt.Key.Key_F1)
        (shown,) = window.findChildren(HelpWindow)
        assert "echanges" in shown.presenter.chapter.pages
        shown.search.edit.setFocus()
        QTest.keyClick(shown.windowHandle(), "p")
        assert shown.search.edit.text() == "p", "a dialog does not block what is its own"
        question.activateWindow()
        qtbot.waitUntil(question.isActiveWindow)
        QTest.keyClick(question, Qt.Key.Key_F1)
        assert window.findChildren(HelpWindow) == [shown]
        question.accept()
        assert shown.parentWidget() is window
        assert shown.isVisible()
        shown.close()
        again = QuestionDialog("Sûr ?", "Oui.", [Answer("yes", "Oui")], parent=window)
        again.open()
        qtbot.waitUntil(again.isActiveWindow)
        QTest.keyClick(again, Qt.Key.Key_F1)
        qtbot.waitUntil(shown.isActiveWindow)
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        again.accept()
        assert shown.parentWidget() is window
        assert not shown.isVisible(), "who closed it does not see it come back"
    finally:
        close(window)


def test_each_page_has_its_chapter_there(help_window: HelpWindow) -> None:
    for page in PAGES:
        help_window.open_at(page.key)
        title = chapter_of(page.key).title
        assert help_window.reading.accessibleName() == title
        assert help_window.reading.toPlainText().startswith(title)
        assert help_window.entries.currentItem().text() == title


def test_words_lead_to_headings_and_are_marked(help_window: HelpWindow) -> None:
    QTest.keyClicks(help_window.search.edit, "attestation")
    found = [help_window.entries.item(n).text() for n in range(help_window.entries.count())]
    assert any(line.startswith("Effacer pour toujours") for line in found)
    QTest.keyClick(help_window.search.edit, Qt.Key.Key_Return)
    assert help_window.reading.hasFocus()
    marked = [one.cursor.selectedText().casefold() for one in help_window.reading.extraSelections()]
    assert marked
    assert all("attestation" in words for words in marked)
    help_window.search.set_text("zzzz")
    assert help_window.entries.item(0).text() == "L’aide ne parle pas de « zzzz »."
    help_window.search.set_text("")
    assert help_window.entries.count() == len(chapters())


def test_links_are_followed_and_left(help_window: HelpWindow) -> None:
    help_window.open_at("import")
    help_window.reading.anchorClicked.emit(QUrl("trancher"))
    assert help_window.presenter.chapter.key == "trancher"
    QTest.keyClick(help_window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert help_window.presenter.chapter == chapter_of("import")


def test_it_goes_by_escape(help_window: HelpWindow) -> None:
    QTest.keyClick(help_window, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


def test_the_guide_is_written_where_one_says(
    help_window: HelpWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("ui.help_window.QDesktopServices.openUrl", lambda url: asked.append(url.toLocalFile()))
    help_window.presenter.save(tmp_path / "guide")
    assert asked == [str(tmp_path / "guide.pdf")]
    assert (tmp_path / "guide.pdf").stat().st_size > 100_000
    assert help_window.written.isVisible()


@pytest.mark.parametrize(("scale", "scheme"), [(1.0, Scheme.DARK), (2.0, Scheme.LIGHT)])
def test_it_can_be_read_at_any_size(help_window: HelpWindow, theme: Theme, scale: float, scheme: Scheme) -> None:
    theme.set_scheme(scheme)
    theme.set_scale(scale)
    for width in (600, 1100):
        help_window.resize(width, 620)
        QTest.qWait(20)
        for place in range(len(chapters())):
            help_window.presenter.choose(place)
            assert not rolls_sideways(help_window), chapters()[place].key
            assert help_window.reading.document().size().width() <= help_window.reading.viewport().width()
        assert nameless(help_window) == []
    assert help_window.entries.isVisible() == (1100 / scale >= 700)


def test_narrow_it_shows_the_contents_or_a_chapter(help_window: HelpWindow) -> None:
    help_window.resize(500, 600)
    assert not help_window.entries.isVisible()
    help_window.contents_button.click()
    assert help_window.entries.isVisible()
    assert not help_window.reading.isVisible()
    help_window.entries.setCurrentRow(3)
    QTest.keyClick(help_window.entries, Qt.Key.Key_Return)
    assert help_window.reading.isVisible()
    assert help_window.presenter.chapter == chapters()[3]


def test_the_list_of_keys_is_reached_from_there(help_window: HelpWindow) -> None:
    help_window.keys_button.click()
    assert asked_for_keys
