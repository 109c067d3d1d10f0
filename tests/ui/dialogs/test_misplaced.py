"""The dialog of a directory that lies in a wrong place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.app import open_index
from appli.errors import EnvironmentProblem
from appli.presenters.misplaced import Misplaced
from appli.presenters.session import Session
from appli.services import siting
from tests.presenters.conftest import Village, opener, settled, village
from tests.presenters.fakes import FakeShell, InlineJobs
from tests.ui.widgets.conftest import theme
from ui.dialogs.misplaced import MisplacedDialog
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["settled", "theme", "village"]


@pytest.fixture
def shell(village: Village, tmp_path: Path) -> FakeShell:
    folder = tmp_path / "Dropbox" / "annuaire"
    folder.parent.mkdir()
    village.folder.rename(folder)
    return FakeShell(Session(folder, lambda: open_index(folder), InlineJobs(), opener))


def shown(shell: FakeShell, qtbot: QtBot) -> MisplacedDialog:
    problem = siting.misplaced(shell.session.folder)
    assert isinstance(problem, EnvironmentProblem)
    window = QWidget()
    window.resize(1366, 700)
    qtbot.addWidget(window)
    dialog = MisplacedDialog(Misplaced(shell, problem), window)
    dialog.window_around = window  # type: ignore[attr-defined]
    dialog.open()
    return dialog


def test_it_moves_and_closes(shell: FakeShell, theme: Theme, qtbot: QtBot) -> None:
    dialog = shown(shell, qtbot)
    assert dialog.act_button.isEnabled()
    assert dialog.target.text().endswith("annuaire")
    dialog.act_button.click()
    assert len(shell.folders) == 1
    assert not dialog.isVisible()
    shell.session.close()


def test_escape_reads_it_once(shell: FakeShell, theme: Theme, qtbot: QtBot) -> None:
    dialog = shown(shell, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert shell.session.is_open
    assert not shell.session.can_write
    shell.session.close()


def test_a_refused_place_cannot_be_moved_to(shell: FakeShell, theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(shell, qtbot)
    dialog._presenter.choose_target(tmp_path / "Nextcloud")
    assert dialog.trouble.isVisibleTo(dialog)
    assert not dialog.act_button.isEnabled()
    dialog.show_refusal("Rien n’a changé.")
    assert dialog.refusal.isVisibleTo(dialog)
    shell.session.close()


def test_one_that_was_moved_to_nowhere_here_can_only_be_read(shell: FakeShell, theme: Theme, qtbot: QtBot) -> None:
    (shell.session.folder / "deplace.json").write_text('{"to": "/ailleurs", "pc": "autre"}')
    dialog = shown(shell, qtbot)
    assert not dialog.act_button.isVisibleTo(dialog)
    assert not dialog.other_button.isVisibleTo(dialog)
    dialog.read_button.click()
    assert shell.session.is_open
    shell.session.close()
