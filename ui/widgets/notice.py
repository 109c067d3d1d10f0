"""Notices: a strip in the page that stays until what it says is solved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.phrase import Phrase, Run

ICONS = {
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "info": "info",
    "success": "shield-check",
}


class NoticeStrip(QFrame):
    """Icon, what happened in bold, what it means, and what can be done.

    The deeds stand at the right; `stacked` puts them under the words, for what went wrong: what happened, is my data
    safe, what to do.
    """

    def __init__(
        self,
        tone: str,
        title: str = "",
        words: str = "",
        *,
        icon: str = "",
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._stacked = stacked
        row = Row(self, margin=(3, 2, 3, 2), gap=3)
        top = Qt.AlignmentFlag.AlignTop if stacked else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(Glyph(icon or ICONS[tone], tone), 0, top)
        text = Column(gap=0)
        self._first = Phrase()
        self._second = Phrase()
        text.add(self._first, self._second)
        row.addLayout(text, 1)
        self._deeds: Flow | Row
        if stacked:
            self._deeds = Flow(gap=2)
            text.addSpacing(6)
            text.addLayout(self._deeds)
        else:
            self._deeds = Row(gap=2)
            row.addLayout(self._deeds)
        self.set_words(title, words)

    def set_words(self, title: str, words: str) -> None:
        """Say something else."""
        strong = [Run(title, strong=True)] if title else []
        if self._stacked:
            self._first.set_runs(*strong)
            self._second.set_runs(Run(words))
        else:
            self._first.set_runs(*strong, Run(f" {words}" if title and words else words))
            self._second.set_runs()
        self._first.setVisible(bool(self._first.text()))
        self._second.setVisible(bool(self._second.text()))

    def add_deed(self, words: str, role: str = "ordinary") -> Button:
        """A small button; the first is what to do."""
        button = Button(words, role, small=True)
        self._deeds.addWidget(button)
        return button
