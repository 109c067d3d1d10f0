"""A line to type in under which unrolls what the letters may mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import current
from ui.widgets.field import FramedEdit

MOST_SHOWN = 10


class OfferedLine(FramedEdit):
    """`typed` asks for offers; `taken` gives the place of the one chosen; `entered` is Entrée when none is marked.

    `free`: any word may be meant, so that Entrée takes an offer only when one is marked with the arrows.
    """

    typed = Signal(str)
    taken = Signal(int)
    entered = Signal(str)

    def __init__(
        self, name: str, *, icon: str = "", placeholder: str = "", free: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(icon=icon, placeholder=placeholder, parent=parent)
        self._free = free
        self.setAccessibleName(name)
        self._lines = QStringListModel(self)
        self._completer = QCompleter(self._lines, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Not the line's own completer: that one would show the former answers while new ones are looked for.
        self._completer.setWidget(self.edit)
        self.popup = QListView()
        self.popup.setProperty("role", "offers")
        self.popup.setAccessibleName(name)
        self._completer.setPopup(self.popup)
        self._completer.setMaxVisibleItems(MOST_SHOWN)
        self.popup.setItemDelegate(_Line(self.popup))
        self._completer.activated[QModelIndex].connect(lambda index: self.taken.emit(index.row()))
        self.edit.textEdited.connect(self.typed)
        self.edit.returnPressed.connect(self._enter)

    def show_lines(self, lines: Sequence[str]) -> None:
        """What the letters may mean."""
        self._lines.setStringList(list(lines))
        if lines and self.edit.hasFocus():
            self._completer.complete(QRect(self.edit.mapFrom(self, QPoint(0, 0)), self.size()))
            if self._free:
                self.popup.setCurrentIndex(QModelIndex())
        else:
            self.popup.hide()

    def _enter(self) -> None:
        """The line hears of Entrée before the list does, which takes what is marked there."""
        if not (self.popup.isVisible() and self.popup.currentIndex().isValid()):
            self.entered.emit(self.edit.text())


class _Line(QStyledItemDelegate):
    """A line of the list that unrolls, tall enough for a finger."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), current().px("size.control_small"))
