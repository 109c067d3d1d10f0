"""The window: what it says, what is dropped on it, how it closes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from appli.errors import EnvironmentProblem, UserError
from appli.presenters import reports
from tests.presenters.conftest import Village, settled, village
from tests.presenters.fakes import InlineJobs
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, page_of, window_on
from ui.main_window import Window
from ui.remembering import RememberedSplitter, kept
from ui.theme import Theme

__all__ = ["settled", "theme", "village"]
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def window(village: Village, qapp: object) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


def words(widget: QWidget) -> list[str]:
    return [x.text() for x in widget.findChildren(QLabel) if x.isVisible()]


def test_the_foot_of_the_window(window: Window) -> None:
    assert words(window.status) == ["3 fiches", "Tout est enregistré", "Pas encore de sauvegarde"]


def test_without_the_form_there_is_no_button_for_it(window: Window) -> None:
    assert window.top.new_button.isVisible() is window.presenter.has_page("form")


def test_undo_bears_the_name_of_what_was_done(window: Window, village: Village) -> None:
    page_of(window).presenter.trash([village.ids["mason"]])
    assert window.top.undo_button.text() == "Annuler «\u00a0Mettre à la corbeille\u00a0»"
    window.top.undo_button.click()
    assert "Changement annulé" in words(window.toast)[0]
    assert window.toast.icon == "check"
    assert window.top.redo_button.accessibleName() == "Rétablir «\u00a0Mettre à la corbeille\u00a0»"


def test_a_refusal_is_a_word_in_passing_a_trouble_a_dialog(window: Window) -> None:
    window.presenter.report(UserError("x", "Rien n’a changé."))
    assert words(window.toast) == ["Rien n’a changé."]
    assert window.toast.icon == "circle-alert", "no sign of success"
    assert not window.toast.undo_button.isVisible()
    for _twice in range(2):
        window.presenter.report(EnvironmentProblem("disk_full", "Plus de place.", "Libérez 200 Mo."))
    dialogs = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert len(dialogs) == 1
    assert {"Plus de place.", "Libérez 200 Mo."} <= set(words(dialogs[0]))
    dialogs[0].close()
    reports.stop_log()


def test_a_fault_can_be_read_and_copied(window: Window) -> None:
    window.presenter.report(ZeroDivisionError("Élise"))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copier").click()
    copied = QApplication.clipboard().text()
    assert "ZeroDivisionError" in copied
    assert "Élise" not in copied
    dialog.close()
    reports.stop_log()


def test_the_notice_stays_until_its_deed_is_done(window: Window) -> None:
    done: list[str] = []
    window.show_notice("Un imprévu.", "Vos fiches sont enregistrées.", "Voir", lambda: done.append("seen"))
    window.show_notice("Un autre.", "", "Réessayer", lambda: done.append("again"))
    assert window.chrome.notice is not None
    next(b for b in window.chrome.notice.findChildren(QPushButton)).click()
    assert done == ["again"]
    assert window.chrome.notice is None


def test_files_may_be_dropped_anywhere(window: Window, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    left = Qt.MouseButton.LeftButton
    dropped = QDropEvent(QPointF(5, 5), COPY, mime, left, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(dropped)
    assert "photo.png" in words(window.toast)[0]
    assert window.acceptDrops()
    assert not window.top.search.edit.acceptDrops()


def test_another_folder_asks_for_another_window(window: Window, tmp_path: Path) -> None:
    asked: list[Path] = []
    window.other_folder.connect(lambda folder, _then: asked.append(folder))
    window.presenter.open_folder(tmp_path)
    assert asked == [tmp_path]


def test_closing_while_working_asks(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = window.presenter.session.jobs
    assert isinstance(jobs, InlineJobs)
    monkeypatch.setattr(jobs, "busy", lambda: True)
    window.close()
    assert window.isVisible()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Attendre").click()
    assert window.isVisible()
    monkeypatch.setattr(jobs, "busy", lambda: False)


def test_closing_lets_go_of_the_folder(village: Village, qapp: object) -> None:
    window = window_on(village.folder)
    gone: list[bool] = []
    window.gone.connect(lambda: gone.append(True))
    close(window)
    assert gone == [True]
    again = window_on(village.folder)
    assert again.presenter.session.can_write
    close(again)


def test_the_theme_and_the_size_follow_at_once(window: Window, theme: Theme) -> None:
    window.presenter.look.set_theme("dark")
    window.presenter.look.set_scale(150)
    assert theme.dark
    assert theme.scale == 1.5
    assert window.top.height() == theme.px("size.topbar")


def test_the_widths_of_panes_are_kept_at_the_size_of_the_text(window: Window, village: Village) -> None:
    page = page_of(window)
    split: RememberedSplitter = page.split
    split.moveSplitter(718, 2)
    page.close_down()
    width = int(str(kept().value("annuaire/list")))
    assert abs(width - page.list_pane.width()) <= 1
    assert width != 412
