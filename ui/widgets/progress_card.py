"""Long work: what, how many of how many, how long still, and a button that really stops it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from appli.i18n import _
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Row
from ui.widgets.table import paint_bar
from ui.widgets.text import TextLabel


class FillBar(QProgressBar):
    """A bar that fills, told to screen readers as one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(theme.px("space.8"), theme.px("space.2") + theme.px("border.focus_ring"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        span = self.maximum() - self.minimum()
        share = (self.value() - self.minimum()) / span if span > 0 else 0.0
        paint_bar(QPainter(self), current(), self.rect(), share)


class ProgressCard(Card):
    """`stop_wanted` asks; the card says what stopping leaves."""

    stop_wanted = Signal()

    def __init__(self, what: str, leaves: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._leaves = leaves
        self._what = TextLabel(what, letters="name", elide=True)
        self._count = TextLabel("", letters="small", ink="secondary")
        self._rest = TextLabel(leaves, letters="small", ink="secondary", wrap=True)
        self.bar = FillBar(what)
        self.stop_button = Button(_("Arrêter"), small=True)
        first, last = Row(gap=3), Row(gap=3)
        first.addWidget(self._what, 1)
        first.addWidget(self._count)
        last.addWidget(self._rest, 1)
        last.addWidget(self.stop_button)
        self.body.addLayout(first)
        self.body.addWidget(self.bar)
        self.body.addLayout(last)
        self.stop_button.clicked.connect(self._stop)

    def say(self, what: str, leaves: str) -> None:
        """Another work, or another part of it."""
        self._leaves = leaves
        self._what.setText(what)
        self.bar.setAccessibleName(what)
        self.stop_button.explain("")

    def set_progress(self, done: int, total: int, count: str, time_left: str = "") -> None:
        """How far it is: figures for the bar, the same in words (« 640 lignes sur 1 512 »)."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self._count.setText(count)
        self._rest.setText(f"{time_left} {self._leaves}".strip())

    def _stop(self) -> None:
        self.stop_button.explain(_("L’arrêt est demandé."))
        self.stop_wanted.emit()
