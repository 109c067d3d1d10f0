"""Several things chosen among those one's words may mean: a line to type in, and what was chosen under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from appli.i18n import _
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.field import FramedEdit
from ui.widgets.layout import Column, Flow, Ringed
from ui.widgets.text import announce, literal, plain_tip

MOST_SHOWN = 10


class Piece(Protocol):
    """A thing by its name, and what tells it from others of that name."""

    @property
    def name(self) -> str: ...

    @property
    def detail(self) -> str: ...


class PieceField(Ringed):
    """`typed` asks for offers; `chosen` and `removed` give a place in what is offered or shown; `entered` is Entrée."""

    typed = Signal(str)
    chosen = Signal(int)
    removed = Signal(int)
    entered = Signal()

    def __init__(self, name: str, icon: str = "", parent: QWidget | None = None, *, free: bool = False) -> None:
        """`free`: any word may be meant, so that Entrée takes an offer only when one is marked with the arrows."""
        super().__init__(parent)
        self._free = free
        self.line = FramedEdit(icon=icon)
        self.line.setAccessibleName(name)
        self.setFocusProxy(self.line.edit)
        self.chips: list[Button] = []
        self._chips = Ringed()
        self._flow = Flow(self._chips, margin=1, gap=1)
        self._chips.hide()
        column = Column(self, margin=1, gap=1)
        column.add(self.line, self._chips)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Not the line's own completer: that one shows the former offers while new ones are looked for.
        self._completer.setWidget(self.line.edit)
        self._popup = QListView()
        self._popup.setProperty("role", "offers")
        self._popup.setAccessibleName(name)
        self._completer.setPopup(self._popup)
        self._completer.setMaxVisibleItems(MOST_SHOWN)
        self._popup.setItemDelegate(_Line(self._popup))
        self._completer.activated.connect(self._choose)
        self.line.edit.textEdited.connect(self.typed)
        self.line.edit.returnPressed.connect(self._enter)

    def setAccessibleName(self, name: str) -> None:
        """The name goes to the part that has the focus."""
        self.line.setAccessibleName(name)

    def accessibleName(self) -> str:
        return self.line.accessibleName()

    def show_offers(self, offers: Sequence[Piece]) -> None:
        """What the words may mean."""
        self._model.setStringList([_line(one) for one in offers])
        if offers and self.line.edit.hasFocus():
            self._completer.complete(QRect(self.line.edit.mapFrom(self.line, QPoint(0, 0)), self.line.size()))
            if self._free:
                self._popup.setCurrentIndex(QModelIndex())
        else:
            self._popup.hide()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """What is chosen; the line is free for another one."""
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._chip(place, piece) for place, piece in enumerate(pieces)]
        self._chips.setVisible(bool(pieces))
        self.line.edit.clear()
        self.updateGeometry()
        announce(self.line.edit, ", ".join(piece.name for piece in pieces))

    def set_locked(self, reason: str) -> None:
        """Why nothing can be chosen."""
        self.line.edit.setEnabled(not reason)
        self.line.setToolTip(plain_tip(reason))
        for chip in self.chips:
            chip.explain(reason)

    def _enter(self) -> None:
        """The line hears of Entrée before the list does, which takes what is marked there."""
        if not (self._popup.isVisible() and self._popup.currentIndex().isValid()):
            self.entered.emit()

    def _choose(self, line: str) -> None:
        lines = self._model.stringList()
        if line in lines:
            self.chosen.emit(lines.index(line))

    def _chip(self, place: int, piece: Piece) -> Button:
        chip = Button(literal(piece.name), trailing="x", small=True, parent=self._chips)
        chip.setAccessibleName(_("Enlever {name}").format(name=_line(piece)))
        chip.setToolTip(plain_tip(_("Enlever {name}").format(name=_line(piece))))
        chip.clicked.connect(lambda: self.removed.emit(place))
        self._flow.addWidget(chip)
        return chip


def _line(piece: Piece) -> str:
    return _("{name} ({detail})").format(name=piece.name, detail=piece.detail) if piece.detail else piece.name


class _Line(QStyledItemDelegate):
    """A line of the list that unrolls, tall enough for a finger."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), current().px("size.control_small"))
