"""What a second start rings, and the open window answers: a local socket, for this account alone.

Loaded after the first paint, or by a start that finds a window open and shows none itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from appli.presenters import second_start
from appli.presenters.second_start import Place

ANSWER = b"ok\n"
_PATIENCE = 3_000
"""Milliseconds a caller has to say all of it."""
_AT_ONCE = 8


class Doorbell(QObject):
    """Listens for one folder; `rung` gives each Call."""

    rung = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = second_start.address(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_AT_ONCE)
        self._server.newConnection.connect(self._come)
        QLocalServer.removeServer(name)  # whoever made it is dead: the place is ours
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _come(self) -> None:
        caller = self._server.nextPendingConnection()
        caller.disconnected.connect(caller.deleteLater)
        caller.readyRead.connect(lambda: self._listen(caller))
        QTimer.singleShot(_PATIENCE, caller, caller.abort)
        self._listen(caller)

    def _listen(self, caller: QLocalSocket) -> None:
        if caller.bytesAvailable() > second_start.LARGEST:
            caller.abort()
        elif caller.canReadLine():
            call = second_start.heard(bytes(caller.readLine().data()))
            if call is None:
                caller.abort()
                return
            caller.write(ANSWER)
            caller.flush()
            caller.disconnectFromServer()
            self.rung.emit(call)


def ring(folder: Path, files: Sequence[Path], milliseconds: int) -> bool:
    """Hand files to the window of that folder; whether it took them."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # who was just started may give the front away
    caller = QLocalSocket()
    caller.connectToServer(second_start.address(folder))
    if not caller.waitForConnected(milliseconds):
        return False
    caller.write(second_start.words(files))
    while not caller.canReadLine():
        if not caller.waitForReadyRead(milliseconds):
            return False
    return caller.readLine().data() == ANSWER


def ring_until_answered(folder: Path, files: Sequence[Path], place: Place) -> bool | None:
    """Whether the window took the files; None when it is gone meanwhile, and `place` is ours."""
    end = time.monotonic() + second_start.WAIT
    while (left := end - time.monotonic()) > 0:
        if ring(folder, files, max(1, round(left * 1000))):
            return True
        if place.take(folder):
            return None
        time.sleep(0.1)  # it lives, and listens once it has painted its first rows
    return False
