"""Maillage started again on a folder whose window is open: that window answers, and takes the files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog

from appli.presenters.second_start import LARGEST, Place, address
from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from ui.doorbell import Doorbell
from ui.main import Application
from ui.pages.premiere_ouverture import FirstPage
from ui.theme import Theme
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["settled", "theme", "village"]
ROOT = Path(__file__).resolve().parent.parent.parent
AGAIN = "import sys; from ui.__main__ import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def application(village: Village, qapp: QApplication, theme: Theme, qtbot: QtBot) -> Iterator[Application]:
    """The program, its window open on the village."""
    place = Place()
    assert place.take(village.folder)
    made = Application(qapp, place)
    window = made.open(village.folder)
    qtbot.waitUntil(lambda: window.is_awake and window.presenter.session.is_open)
    yield made
    if made.window is not None:
        made.window.close()
    made.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def given(application: Application, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the window was given."""
    files: list[Path] = []
    monkeypatch.setattr(application.window.presenter, "files_given", files.extend)
    return files


def test_a_second_start_gives_its_file_and_ends(
    application: Application, given: list[Path], village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    packet = tmp_path / "l’été.maille"
    packet.write_text("x")
    command = [sys.executable, "-c", AGAIN, "--annuaire", str(village.folder), str(packet)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.stderr is not None
        assert (second.returncode, second.stderr.read()) == (0, "")
    assert given == [packet]


def test_a_directory_from_another_pc_is_shown_before_anything_is_written(
    application: Application, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "Réseau du Gévaudan.maillage-dossier"
    file.write_bytes(b"maillage-dossier/1\nage-encryption.org/v1\n")
    said = json.dumps({"files": [str(file)]}).encode() + b"\n"
    assert say(village.folder, said, qtbot) == b"ok\n"
    page = application.window.stack.page
    assert isinstance(page, FirstPage)
    qtbot.waitUntil(page.arrive.phrase.isVisible)
    assert any(file.name in one.text() for one in page.arrive.phrase.findChildren(TextLabel))
    page.arrive.phrase.close_button.click()
    assert application.window.presenter.page == "annuaire"


def say(folder: Path, message: bytes, qtbot: QtBot) -> bytes:
    """What the window answers to that message."""
    caller = QLocalSocket()
    caller.connectToServer(address(folder))
    caller.write(message)
    qtbot.waitUntil(lambda: caller.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
    return caller.readAll().data()


def test_messages_of_others_are_not_answered(
    application: Application, given: list[Path], village: Village, qtbot: QtBot
) -> None:
    assert say(village.folder, b"GET / HTTP/1.1\n", qtbot) == b""
    assert say(village.folder, b"x" * (LARGEST + 2), qtbot) == b""
    assert say(village.folder, b'{"files": ["/no/such/file.maille"]}\n', qtbot) == b"ok\n"
    assert given == []


def test_files_wait_while_a_question_is_open(
    application: Application, given: list[Path], village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "un.csv").write_text("x")
    said: list[str] = []
    application.window.presenter.refuse = said.append  # type: ignore[method-assign]
    question = QDialog(application.window)
    question.setModal(True)
    question.open()
    path = str(tmp_path / "un.csv").encode()
    assert say(village.folder, b'{"files": ["' + path + b'"]}\n', qtbot) == b"ok\n"
    assert given == []
    assert "un.csv" in said[0]
    question.close()
    qtbot.waitUntil(lambda: given == [tmp_path / "un.csv"])


def test_a_socket_left_by_a_killed_program_is_replaced(village: Village, qapp: QApplication, qtbot: QtBot) -> None:
    path = Path(address(village.folder))
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32":
        import socket

        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))
    bell = Doorbell(village.folder)
    rung: list[object] = []
    bell.rung.connect(rung.append)
    assert say(village.folder, b'{"files": []}\n', qtbot) == b"ok\n"
    assert len(rung) == 1
    bell.close()


def test_another_folder_moves_the_window_unless_it_has_one(
    application: Application, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    taken, window = Place(), application.window
    assert taken.take(tmp_path / "exemple")
    window.presenter.open_folder(tmp_path / "exemple")
    assert application.window is window, "that folder has its own window"
    taken.leave()
    window.presenter.open_folder(tmp_path / "exemple")
    assert application.window is not window
    assert application.window.folder == tmp_path / "exemple"
    assert Place().take(village.folder), "the former folder is free"
    assert not Place().take(tmp_path / "exemple")


def test_the_same_folder_can_be_opened_anew(application: Application, village: Village) -> None:
    window = application.window
    window.presenter.open_folder(village.folder)
    assert application.window is not window
    assert not Place().take(village.folder)


def test_the_window_is_brought_forward(application: Application, village: Village, qtbot: QtBot) -> None:
    application.window.showMinimized()
    assert say(village.folder, b'{"files": []}\n', qtbot) == b"ok\n"
    assert not application.window.isMinimized()
