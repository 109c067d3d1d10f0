"""What a pane says when it has nothing to show, with the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow
from ui.widgets.text import TextLabel

CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """Icon, sentence, a second one, buttons; in the middle of whatever room it gets."""

    def __init__(self, icon: str, title: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(title, letters="name", wrap=True)
        self._words = TextLabel(words, letters="small", ink="secondary", wrap=True)
        self._deeds = Flow(gap=2, centred=True)
        column = Column(self, margin=1, gap=2)
        column.addStretch()
        column.addWidget(Glyph(icon, "text_muted", "space.8"), 0, CENTRE)
        for label in (self._title, self._words):
            label.setAlignment(CENTRE)
            column.addWidget(label)
        column.addLayout(self._deeds)
        column.addStretch()
        self.set_words(title, words)

    def set_words(self, title: str, words: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def add_deed(self, words: str, role: str = "ordinary") -> Button:
        """A way out."""
        button = Button(words, role, small=True)
        self._deeds.addWidget(button)
        return button
