"""What every dialog of ours has: it waits for an answer over its window, and F1 opens the guide there too."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

HELP_KEY = "help"
"""The name of the window's own action; a key of the window does nothing in a dialog that is not given it."""


class ModalDialog(QDialog):
    """Opened with `open()`, so that it blocks its window alone."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        if parent is not None:
            self.addActions([key for key in parent.window().actions() if key.objectName() == HELP_KEY])
