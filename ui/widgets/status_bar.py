"""The line at the foot: counts at the left, at the right that everything is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.layout import Row
from ui.widgets.text import TextLabel


class StatusItem(QWidget):
    """An icon and a few words."""

    def __init__(self, words: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(icon or "info", "text_secondary", "space.4")
        self._glyph.setVisible(bool(icon))
        self._words = TextLabel(letters="small", ink="secondary", elide=True)
        row = Row(self, gap=1)
        row.add(self._glyph, self._words)
        self.set_words(words, icon)

    def set_words(self, words: str, icon: str = "", ink: str = "secondary") -> None:
        """Say something else; `warning` and `danger` are for what needs a hand."""
        self._words.setText(words)
        self._words.set_ink(ink)
        if icon:
            self._glyph.set_icon(icon, ink if ink != "secondary" else "text_secondary")
        self._glyph.setVisible(bool(icon))
        self.setVisible(bool(words))

    def words(self) -> str:
        """What is said."""
        return self._words.text()


class StatusBar(QFrame):
    """Keeps its items in reading order, at the left or at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setProperty("ground", "window")
        self._left, self._right = Row(gap=4), Row(gap=4)
        row = Row(self, margin=(4, 0, 4, 0), gap=4)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        self._fit()
        current().changed.connect(self._fit)

    def add_left(self, item: QWidget) -> None:
        """What the page counts, what its data are."""
        self._left.addWidget(item)

    def add_right(self, item: QWidget) -> None:
        """Whether it is saved, when it was last backed up."""
        self._right.addWidget(item)

    def _fit(self) -> None:
        self.setFixedHeight(current().px("size.statusbar"))
