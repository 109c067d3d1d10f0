"""Several answers in one field: it says which are chosen, its menu ticks them and stays open meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from ui.widgets.text import literal, plain_tip


class MenuChoice(QComboBox):
    """`chosen_changed` tells the codes chosen, in the order of the menu; none means all, as `all_words` says."""

    chosen_changed = Signal(list)

    def __init__(self, name: str, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = all_words
        self._menu = QMenu(self)
        self._menu.installEventFilter(self)
        self._menu.aboutToHide.connect(self.hidePopup)
        self._actions: dict[str, QAction] = {}
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(name)
        self.addItem("")
        self._say()

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: Collection[str]) -> None:
        """(code, words) of the answers, and which are chosen; one that is chosen and unknown stays, under its code."""
        self._menu.clear()
        known = dict(choices)
        self._actions = {}
        for code, words in [*choices, *((code, code) for code in chosen if code not in known)]:
            action = QAction(literal(words), self._menu)
            action.setCheckable(True)
            action.setChecked(code in chosen)
            action.setData(words)
            action.toggled.connect(self._toggled)
            self._menu.addAction(action)
            self._actions[code] = action
        self._say()

    @property
    def chosen(self) -> list[str]:
        """The codes chosen."""
        return [code for code, action in self._actions.items() if action.isChecked()]

    def showPopup(self) -> None:
        """The menu, as wide as the field."""
        if self._actions:
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def wheelEvent(self, event: QEvent) -> None:
        """Rolling over it rolls the page."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A tick does not close the menu, by mouse or by the space bar."""
        action = self._menu.activeAction()
        if watched is self._menu and action is not None:
            pressed = event.type() is QEvent.Type.KeyPress
            by_space = pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
            if by_space or event.type() is QEvent.Type.MouseButtonRelease:
                action.toggle()
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, _on: bool) -> None:
        self._say()
        self.chosen_changed.emit(self.chosen)

    def _say(self) -> None:
        said = ", ".join(str(self._actions[code].data()) for code in self.chosen) or self._all
        with QSignalBlocker(self):
            self.setItemText(0, said)
        self.setToolTip(plain_tip(said))
        self.setAccessibleDescription(said)
