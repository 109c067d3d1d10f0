"""A commune found while one types: the field of the map's circle, and of each record to locate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from appli.i18n import _
from appli.presenters.to_locate import Place, place_words
from ui.theme import current
from ui.widgets.buttons import IconButton
from ui.widgets.field import FramedEdit
from ui.widgets.text import plain_tip

PLACE = Qt.ItemDataRole.UserRole + 1


class CommuneField(FramedEdit):
    """`typed` asks for communes, `offer` shows them; `chosen` is one of them, `entered` a name typed whole."""

    typed = Signal(str)
    chosen = Signal(object)
    entered = Signal(str)
    cleared = Signal()

    def __init__(self, name: str, *, icon: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(icon=icon, placeholder=placeholder, parent=parent)
        self.setAccessibleName(name)
        self.clear_button = IconButton("x", _("Effacer la commune"), "plain", small=True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.hide()
        self.row.addWidget(self.clear_button)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Not the line's own completer: that one would show the former answers while new ones are looked for.
        self._completer.setWidget(self.edit)
        popup = self._completer.popup()
        popup.setItemDelegate(_Line(popup))
        popup.setAccessibleName(_("Communes"))
        self._completer.activated[QModelIndex].connect(self._choose)
        self.edit.textEdited.connect(self._edited)
        self.edit.textChanged.connect(lambda words: self.clear_button.setVisible(bool(words)))
        self.edit.returnPressed.connect(lambda: self.entered.emit(self.edit.text()))
        self.clear_button.clicked.connect(self._clear)

    def set_name(self, name: str) -> None:
        """What is chosen; empty when nothing is."""
        self.edit.setText(name)
        self.edit.setCursorPosition(0)
        self.edit.setToolTip(plain_tip(name))
        self._completer.popup().hide()

    def offer(self, places: Sequence[Place]) -> None:
        """What the letters may mean."""
        self._model.clear()
        for place in places:
            item = QStandardItem(place_words(place))
            item.setData(place, PLACE)
            self._model.appendRow(item)
        if places and self.edit.hasFocus():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _edited(self, words: str) -> None:
        if words:
            self.typed.emit(words)
        else:
            self._clear()

    def _choose(self, index: QModelIndex) -> None:
        place = index.data(PLACE)
        if place is not None:
            self.set_name(place.name)
            self.chosen.emit(place)

    def _clear(self) -> None:
        self.set_name("")
        self.cleared.emit()


class _Line(QStyledItemDelegate):
    """A line of the list that unrolls, tall enough for a finger."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> object:  # type: ignore[override]
        size = super().sizeHint(option, index)
        size.setHeight(current().px("size.control_small"))
        return size
