"""The search field that never moves: icon, line, the keys that lead to it, a cross that empties it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from appli.i18n import _
from ui.widgets.buttons import IconButton
from ui.widgets.field import FramedEdit
from ui.widgets.text import TextLabel


class SearchField(FramedEdit):
    """Échap empties, Échap again leaves; ↓ goes to the list; Entrée takes the first result."""

    text_changed = Signal(str)
    left = Signal()
    list_wanted = Signal()
    first_wanted = Signal()

    def __init__(self, placeholder: str, name: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(icon="search", placeholder=placeholder, parent=parent)
        self.setAccessibleName(name)
        self._keys = TextLabel(keys)
        self._keys.setProperty("role", "key")
        self._keys.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys.setVisible(bool(keys))
        self.clear_button = IconButton("x", _("Effacer la recherche"), "plain", small=True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.hide()
        self.row.addWidget(self._keys)
        self.row.addWidget(self.clear_button)
        self.clear_button.clicked.connect(self.edit.clear)
        self.edit.textChanged.connect(self._changed)
        self.edit.returnPressed.connect(self.first_wanted)

    def text(self) -> str:
        """What is looked for."""
        return self.edit.text()

    def set_text(self, words: str) -> None:
        """Look for something else."""
        self.edit.setText(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._escape()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list_wanted.emit()
                return True
        return super().eventFilter(watched, event)

    def _escape(self) -> None:
        if self.edit.text():
            self.edit.clear()
        else:
            self.left.emit()

    def _changed(self, words: str) -> None:
        self.clear_button.setVisible(bool(words))
        self._keys.setVisible(not words and bool(self._keys.text()))
        self.text_changed.emit(words)
