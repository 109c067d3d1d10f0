"""The parts of a form at its left: each leads to its part, and bears a mark while something is to be mended there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from appli.i18n import _, _n, number
from appli.presenters.form_words import SECTIONS
from ui.theme import current
from ui.theme_painting import glyph
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column


class SectionButton(Button):
    """The name of a part; a red sign at its right tells how many fields are to be mended."""

    def __init__(self, key: str, words: str, icon: str) -> None:
        super().__init__(words, "plain", icon=icon)
        self.key, self._words, self.errors = key, words, 0
        self.setCheckable(True)
        self.setProperty("spread", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_errors(self, count: int) -> None:
        """How many fields of the part are to be mended."""
        self.errors = count
        said = _n("{n} champ à corriger", "{n} champs à corriger", count).format(n=number(count))
        self.setAccessibleName(_("{section}, {errors}").format(section=self._words, errors=said) if count else "")
        self.setToolTip(said if count else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.errors:
            theme = current()
            side = theme.px("size.icon")
            place = self.rect().adjusted(self.width() - side - theme.px("space.4"), 0, -theme.px("space.4"), 0)
            glyph(QPainter(self), theme, "circle-alert", "danger", place, side)


class SectionList(QFrame):
    """`chosen` is the key of the part one wants to go to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        ground(self, "page")
        self.setProperty("edge", "right")
        self._column = Column(self, margin=(2, 4, 2, 4), gap=1)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, SectionButton] = {}

    def set_sections(self, keys: Sequence[str]) -> None:
        """The parts of this form."""
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for key, words, icon in SECTIONS:
            if key in keys:
                button = self.buttons[key] = SectionButton(key, _(words), icon)
                button.clicked.connect(lambda _on=False, k=key: self.chosen.emit(k))
                self._group.addButton(button)
                self._column.addWidget(button)
                button.show()
        self.mark(next(iter(self.buttons), ""))

    def mark(self, key: str) -> None:
        """The part one reads."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
