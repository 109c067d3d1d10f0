"""The kinds over the map: as many chips as the line holds, the other kinds in a menu."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from appli.i18n import _, _n, number
from appli.presenters.facets import Option
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipSpec
from ui.widgets.layout import Row
from ui.widgets.text import literal

MOST = 5


class KindsOverMap(QWidget):
    """`toggled` tells a kind and whether it is kept."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._kinds: list[Option] = []
        self._room = 0
        self._chips: list[QPushButton] = []
        self._row = Row(self, gap=1)
        self.more = Button("", small=True)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self._row.addWidget(self.more)
        self.more.hide()

    def show_kinds(self, kinds: list[Option]) -> None:
        """These kinds; those that are ticked first keep their place among the chips."""
        if kinds != self._kinds:
            self._kinds = kinds
            self._fill()

    def fit(self, room: int) -> None:
        """So many pixels are free."""
        if room != self._room:
            self._room = room
            self._fill()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def _fill(self) -> None:
        focused = next((c.key for c in self._chips if isinstance(c, Chip) and c.hasFocus()), "")
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        shown = [Chip(ChipSpec(k.key, k.word, number(k.count), k.shape, k.on), self) for k in self._order()[:MOST]]
        while shown and self._width(shown) > self._room:
            shown.pop().deleteLater()
        self._chips = list(shown)
        for place, chip in enumerate(shown):
            self._row.insertWidget(place, chip)
            chip.show()  # a layout would do it later, and leave no room for it until then
            chip.toggled.connect(lambda on, key=chip.key: self.toggled.emit(key, on))
            if chip.key == focused:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill_menu(self._order()[len(shown) :])
        for one, other in pairwise((self, *shown, self.more)):
            QWidget.setTabOrder(one, other)
        self.adjustSize()

    def _order(self) -> list[Option]:
        """The most frequent first; a ticked kind does not hide in the menu."""
        frequent = self._kinds[:MOST]
        return [*frequent, *sorted(self._kinds[MOST:], key=lambda k: not k.on)]

    def _width(self, chips: list[Chip]) -> int:
        gap = current().px("space.1")
        used = sum(chip.sizeHint().width() + gap for chip in chips)
        if len(chips) < len(self._kinds):
            self._name_more(len(self._kinds) - len(chips))
            used += self.more.sizeHint().width()
        return used

    def _name_more(self, count: int) -> None:
        if count == len(self._kinds):
            words = _("Genres")
        else:
            words = _n("{n} autre genre", "{n} autres genres", count).format(n=number(count))
        self.more.setText(words)

    def _fill_menu(self, left: list[Option]) -> None:
        self.menu.clear()
        self.more.setVisible(bool(left))
        if not left:
            return
        self._name_more(len(left))
        self.more.set_role("accent" if any(k.on for k in left) else "ordinary")
        for kind in left:
            action = self.menu.addAction(literal(f"{kind.word}  {number(kind.count)}"))
            if kind.shape:
                action.setIcon(current().kind_icon(kind.shape))
            action.setCheckable(True)
            action.setChecked(kind.on)
            action.toggled.connect(lambda on, key=kind.key: self.toggled.emit(key, on))
