"""One window of a person on a folder: it answers whoever starts Maillage again, and gives the files they brought.

While a dialog waits for an answer, the files wait too: nothing changes behind it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from appli.i18n import _
from appli.presenters.second_start import Call, Place, address

if TYPE_CHECKING:
    from ui.doorbell import Doorbell
    from ui.main_window import Window

_LOOK_AGAIN = 300
"""Milliseconds between two looks at whether the dialog is closed."""
_OTHER_ANSWERS = 1_000
"""Milliseconds another window has to come to the front."""


class OneWindow(QObject):
    """Holds the place of the present window, and its doorbell."""

    def __init__(self, place: Place, window: Callable[[], Window | None], parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._window = window
        self._bell: Doorbell | None = None
        self._given: list[Path] = []

    def listen(self, folder: Path) -> None:
        """From now on a second start on that folder finds this window."""
        from ui.doorbell import Doorbell

        self._silence()
        self._bell = Doorbell(folder, self)
        self._bell.rung.connect(self._answer)

    def move(self, folder: Path, close: Callable[[], bool]) -> bool:
        """Close the present window for one on another folder; False when it stays, or when that folder has its own."""
        from ui.doorbell import ring

        new, window = Place(), self._window()
        elsewhere = window is None or window.folder is None or address(window.folder) != address(folder)
        if window is not None and elsewhere and not new.take(folder):
            ring(folder, (), _OTHER_ANSWERS)
            window.presenter.refuse(_("Cet annuaire est déjà ouvert dans une autre fenêtre de Maillage."))
            return False
        if not close():
            new.leave()
            return False
        self._silence()
        if elsewhere:
            self._place.leave()
            self._place = new
        return True

    def leave(self) -> None:
        """The program ends: another start may have the folder."""
        self._silence()
        self._place.leave()

    def _silence(self) -> None:
        if self._bell is not None:
            self._bell.close()
            self._bell.deleteLater()
            self._bell = None

    def _answer(self, call: Call) -> None:
        window = self._window()
        if window is not None:
            _bring_forward(window, call.token)
        first, self._given = not self._given, [*self._given, *call.files]
        if self._given and first:
            self._give(say=True)

    def _give(self, *, say: bool) -> None:
        window = self._window()
        if window is not None and QApplication.activeModalWidget() is None:
            given, self._given = self._given, []
            window.presenter.files_given(given)
            return
        if say and window is not None:
            words = _("« {name} » s’ouvrira quand vous aurez répondu à la question posée.")
            window.presenter.refuse(words.format(name=self._given[0].name))
        QTimer.singleShot(_LOOK_AGAIN, self, partial(self._give, say=False))


def _bring_forward(window: Window, token: str) -> None:
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Wayland lets a window forward only with it
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
