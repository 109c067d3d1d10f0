"""Photos and notes in the window: the card of the sheet, the dialog, the list of the form, the line to note in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from appli.presenters.shell import FORM, Request
from appli.services import notes, photos
from appli.services.photo_intake import photos_of
from tests.formats.images import photo_file
from tests.presenters.conftest import Village
from tests.ui.windows import close, page_of, window_on
from ui.dialogs.photo import PhotoDialog
from ui.main_window import Window
from ui.pages.form import FormPage
from ui.pages.form_photos import PhotosPart
from ui.pages.sheet_beside import NotesPart
from ui.widgets.photo import PhotoButton, cut
from ui.widgets.question import QuestionDialog


@pytest.fixture
def window(village: Village, qapp: QApplication) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


def do(window: Window, work: Any) -> Any:
    answers: list[Any] = []
    window.presenter.session.do(work, answers.append)
    return answers[0]


def words(widget: QWidget) -> list[str]:
    QTest.qWait(1)
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def visible(widget: QWidget, sort: type) -> list[Any]:
    return [w for w in widget.findChildren(sort) if w.isVisible()]


def press(widget: QWidget, text: str) -> None:
    QTest.qWait(1)
    next(b for b in visible(widget, QPushButton) if b.text() == text).click()


def test_a_sheet_shows_its_photos_and_one_looks_at_them(window: Window, village: Village, tmp_path: Path) -> None:
    workshop = village.ids["workshop"]
    for hue, alt in ((0, "L’atelier <b>ouvert</b>"), (60, ""), (90, "")):
        do(window, lambda d, hue=hue, alt=alt: photos.add(d, workshop, photo_file(tmp_path, hue=hue), alt))
    sheet = page_of(window).sheet
    page_of(window).presenter.sheet.open(workshop)
    shown = page_of(window).presenter.sheet.page
    assert shown is not None
    window.presenter.session.folder.joinpath("photos", shown.photos[2].sha256).unlink()
    page_of(window).presenter.sheet.open(village.ids["elise"])
    page_of(window).presenter.sheet.open(workshop)
    buttons = visible(sheet, PhotoButton)
    assert [b.is_empty for b in buttons] == [False, False, True]
    assert buttons[0].accessibleName() == "Voir\u00a0: L’atelier <b>ouvert</b>"
    assert "L’atelier <b>ouvert</b>" in words(sheet)
    buttons[0].click()
    dialog = window.findChild(PhotoDialog)
    assert dialog is not None
    assert "1 sur 3" in words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    assert any("pas encore arrivée" in w for w in words(dialog))
    dialog.erase_button.click()
    question = dialog.findChild(QuestionDialog)
    assert question is not None
    question.buttons["yes"].click()
    assert "2 sur 2" in words(dialog)
    dialog.close_button.click()
    assert len(do(window, lambda d: photos_of(d, workshop))) == 2


def test_files_are_dropped_described_and_saved(window: Window, village: Village, tmp_path: Path) -> None:
    window.presenter.go(FORM, Request(record=village.ids["workshop"]))
    page = window.stack.page
    assert isinstance(page, FormPage)
    assert page.body is not None
    part = page.body.lists["photos"]
    assert isinstance(part, PhotosPart)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in (photo_file(tmp_path), tmp_path / "absente.jpg")])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    part.dropEvent(QDropEvent(QPoint(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier))
    (row,) = part.rows
    assert not row.picture.is_empty
    assert part.refusals.isVisibleTo(part)
    assert any("absente.jpg" in w for w in words(part))
    assert row.fields[0].editor.widget.hasFocus()
    QTest.keyClicks(row.fields[0].editor.widget, "Le banc de scie")
    assert row.remove_button.accessibleName() == "Enlever\u00a0: Photo 1"
    page.foot.save_button.click()
    (kept,) = do(window, lambda d: photos_of(d, village.ids["workshop"]))
    assert kept.values["alt"] == "Le banc de scie"


def test_a_note_is_written_under_the_sheet(window: Window, village: Village) -> None:
    page_of(window).presenter.sheet.open(village.ids["elise"])
    sheet = page_of(window).sheet
    press(sheet, "Ajouter une note")
    part = sheet.findChildren(NotesPart)[-1]
    assert part.text.hasFocus()
    assert part.save_button.toolTip()
    QTest.keyClicks(part.text, "Vue jeudi <i>matin</i>.")
    do(window, lambda d: notes.add(d, village.ids["elise"], "D’un autre"))
    part = next(p for p in sheet.findChildren(NotesPart) if p.isVisible())
    assert part.text.toPlainText() == "Vue jeudi <i>matin</i>.", "kept though the sheet was drawn again"
    assert part.text.hasFocus()
    press(sheet, "Garder la note")
    assert "Vue jeudi <i>matin</i>." in words(sheet)
    assert "D’un autre" in words(sheet)
    assert page_of(window).window().isActiveWindow(), "no window opened by itself"


@pytest.mark.parametrize(
    ("picture", "place"), [((320, 240), (56, 56)), ((240, 320), (184, 148)), ((1, 400), (56, 56)), ((400, 1), (56, 56))]
)
def test_a_thumbnail_fills_its_place_and_is_never_stretched(picture: tuple[int, int], place: tuple[int, int]) -> None:
    from PySide6.QtCore import QRect, QSize

    part = cut(QSize(*picture), QSize(*place))
    assert QRect(0, 0, *picture).contains(part)
    assert abs(part.width() * place[1] - part.height() * place[0]) <= max(*place, *picture)
