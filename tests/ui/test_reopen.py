"""« Rouvrir Maillage »: the window closes, and the program starts again on the same directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from ui import main
from ui.main import Application, start_again
from ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["settled", "theme", "village"]


def test_the_program_ends_and_knows_where_to_start_again(
    village: Village, qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    application = Application(qapp)
    window = application.open(village.folder)
    qtbot.waitUntil(lambda: window.is_awake and window.presenter.session.is_open)
    with qtbot.waitSignal(window.gone):
        window.presenter.reopen()
    assert application.window is None
    assert application.again == village.folder
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_work_under_way_is_asked_about_first(
    village: Village, qapp: QApplication, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = Application(qapp)
    window = application.open(village.folder)
    qtbot.waitUntil(lambda: window.is_awake and window.presenter.session.is_open)
    monkeypatch.setattr(window.presenter, "quit", lambda: False)
    window.presenter.reopen()
    assert application.again is None
    assert window.isVisible()
    monkeypatch.undo()
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("frozen", [False, True])
def test_it_starts_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool) -> None:
    started: list[Any] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **options: started.append((command, options)))
    monkeypatch.setattr(main.sys, "frozen", frozen, raising=False)
    start_again(tmp_path)
    program = [sys.executable] if frozen else [sys.executable, "-m", "ui"]
    assert started == [([*program, "--annuaire", str(tmp_path)], {"start_new_session": True})]
