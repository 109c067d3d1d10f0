"""Impression in a window: editions, choices, pages that turn; legible at any size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox

from appli.presenters.printing import CHANNEL
from tests.presenters.fakes import InlineJobs
from tests.ui.pages.test_annuaire import words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from ui.main_window import Window
from ui.pages.impression import PrintingPage
from ui.pages.impression_printer import HeldPages, prepare
from ui.widgets.menu_choice import MenuChoice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def impression(window: Window) -> PrintingPage:
    window.presenter.go("impression")
    page = window.stack.page
    assert isinstance(page, PrintingPage)
    return page


def test_the_pages_are_drawn_and_turn(impression: PrintingPage) -> None:
    preview = impression.preview
    assert preview.where.text().startswith("Page 1 sur")
    assert impression.print_button.isEnabled()
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert preview.where.text() != "Page 1 sur 2"
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.where.text().startswith("Page 1 sur")


def test_a_choice_is_kept(impression: PrintingPage, window: Window) -> None:
    tick = next(t for t in impression.choices.findChildren(QCheckBox) if t.text() == "Photos")
    tick.click()
    assert impression.presenter.edition.option("photos") is True
    assert impression.presenter.edition.key
    combo = next(c for c in impression.choices.findChildren(QComboBox) if c.findData("a4") >= 0)
    combo.setCurrentIndex(combo.findData("a4"))
    combo.activated.emit(combo.currentIndex())
    jobs = window.presenter.session.jobs
    if isinstance(jobs, InlineJobs):
        jobs.pass_time(CHANNEL)
    assert impression.presenter.edition.paper == "a4"


def test_several_kinds_are_ticked_in_one_menu(impression: PrintingPage) -> None:
    kinds = next(c for c in impression.choices.findChildren(MenuChoice) if c.accessibleName() == "Fiches")
    assert "Personnes" in kinds.itemText(0)
    for code, action in kinds._actions.items():
        action.setChecked(code == "place")
    assert impression.presenter.edition.kinds == ("place",)
    assert kinds.itemText(0) == "Lieux"


def test_nothing_to_print_says_why(impression: PrintingPage, window: Window) -> None:
    impression.presenter.change(text="introuvable absolument")
    jobs = window.presenter.session.jobs
    if isinstance(jobs, InlineJobs):
        jobs.pass_time(CHANNEL)
    preview = impression.preview
    assert any("Aucune fiche ne correspond" in said for said in words(preview))
    assert not preview._printer.isVisible()
    assert not any(b.isEnabled() for b in (preview.before, preview.after, preview.less, preview.more))
    assert not impression.print_button.isEnabled()


@pytest.mark.parametrize("size", [(1366, 698), (820, 620)])
def test_everything_can_be_read(impression: PrintingPage, window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(impression)
    assert not cut_words(impression)
    assert not nameless(impression)
    assert not rolls_sideways(impression)


def test_the_printer_gets_the_true_size() -> None:
    printer = QPrinter()
    prepare(printer, QSizeF(2 * 419.53, 595.28), "Annuaire")
    size = printer.pageLayout().fullRect(printer.pageLayout().Unit.Millimeter)
    assert (round(size.width()), round(size.height())) == (297, 210)
    assert printer.docName() == "Annuaire"


def test_pages_go_to_the_printer_at_their_true_size(
    impression: PrintingPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    """The system's own printer into a file stands for paper."""
    pages = impression.presenter.pages
    assert pages is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sorti.pdf"))
    document = HeldPages(pages.printing)
    prepare(printer, document.size(0), "Annuaire")
    with qtbot.waitSignal(impression.printer.printed, timeout=20_000):
        impression.printer.start(printer, document, window.presenter)
    printed = HeldPages((tmp_path / "sorti.pdf").read_bytes())
    assert printed.count == document.count
    assert printed.size(0).width() == pytest.approx(document.size(0).width(), abs=1)
    assert impression.presenter.edition.number == 1
    printer.setPageRanges(QPageRanges.fromString("1,3"))
    with qtbot.waitSignal(impression.printer.printed, timeout=20_000) as sent:
        impression.printer.start(printer, document, window.presenter)
    assert sent.args == [frozenset(at for at in (0, 2) if at < document.count)]
    assert HeldPages((tmp_path / "sorti.pdf").read_bytes()).count == len(sent.args[0])


def test_a_pc_without_a_printer_says_so(
    impression: PrintingPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.presenter, "refuse", said.append)
    monkeypatch.setattr("ui.pages.impression_printer.QPrinterInfo.availablePrinterNames", list)
    impression.print()
    assert "aucune imprimante" in said[0]
