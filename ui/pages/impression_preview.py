"""The pages as they will be on paper: one, or two that face each other, turned and enlarged."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QWidget

from appli.i18n import _, number
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import IconButton
from ui.widgets.card import ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel, announce

ZOOMS = (1.0, 1.5, 2.0, 3.0)
LEAST = 0.45
"""Of the width there is: a page that would be narrower to be seen whole is seen as wide as possible instead."""
"""How much larger than the room there is."""
PAPER = QColor.fromRgbF(1, 1, 1)
"""White under any theme."""
GAP = 3
"""Pixels between two pages that face each other."""


class PagesPreview(QWidget):
    """Draws a PDF held in memory. Left, right, Home and End turn the pages."""

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "window")
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._facing = False
        self._at, self._zoom, self._whole = 0, 0, True
        self.before = IconButton("chevron-left", _("Page précédente"))
        self.after = IconButton("chevron-right", _("Page suivante"))
        self.less = IconButton("zoom-out", _("Voir la page plus petite"))
        self.more = IconButton("zoom-in", _("Voir la page plus grande"))
        self.where = TextLabel("", letters="small")
        self.paper = TextLabel("", letters="small", ink="secondary", elide=True)
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setWidget(self._sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(_("Pages du document"))
        ground(self._sheet, "window")
        self.empty = EmptyState("printer", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._area)
        self.stack.addWidget(self.empty)
        column = Column(self, gap=0)
        column.addWidget(self.stack, 1)
        foot = Row(margin=(4, 2, 4, 3), gap=2)
        foot.addStretch()
        self._printer = Glyph("printer")
        foot.addWidget(self._printer)
        foot.addWidget(self.paper)
        foot.addStretch()
        column.addLayout(foot)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.less.clicked.connect(lambda: self.enlarge(-1))
        self.more.clicked.connect(lambda: self.enlarge(1))
        self._say()

    # --- what the page calls ---

    def show_pdf(self, pdf: bytes, paper: str, *, facing: bool) -> None:
        """Other pages; one stays where one was reading."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._facing = facing
        self._at = min(self._at, max(0, self._document.pageCount() - 1))
        self.paper.setText(paper)
        self.stack.setCurrentWidget(self._area)
        self._draw()

    def show_nothing(self, title: str, words: str) -> None:
        """There are no pages."""
        self.empty.set_words(title, words)
        self.paper.setText("")
        self._document.close()
        self.stack.setCurrentWidget(self.empty)
        self._say()
        announce(self, title)

    def turn(self, steps: int) -> None:
        """Other pages of the same document."""
        sides = self._sides()
        here = next((at for at, pages in enumerate(sides) if self._at in pages), 0)
        there = min(max(0, here + steps), len(sides) - 1)
        if sides and there != here:
            self._at = sides[there][0]
            self._draw()
            announce(self, self.where.text())

    def enlarge(self, steps: int) -> None:
        """Larger or smaller."""
        self._zoom = min(max(0, self._zoom + steps), len(ZOOMS) - 1)
        self._draw()

    def close_down(self) -> None:
        """Let go of the document."""
        self._document.close()

    # --- parts ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Home: -self._document.pageCount(),
            Qt.Key.Key_End: self._document.pageCount(),
        }.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.turn(steps)

    def _sides(self) -> list[list[int]]:
        """The pages that are seen together."""
        count = self._document.pageCount()
        if not self._facing:
            return [[page] for page in range(count)]
        return [[0], *([page for page in (at, at + 1) if page < count] for at in range(1, count, 2))] if count else []

    def _draw(self) -> None:
        side = next((pages for pages in self._sides() if self._at in pages), [])
        room = self._area.viewport().size()
        if side and room.width() > 40:
            self._sheet.setPixmap(self._spread(side, room))
        self._say()

    def _spread(self, pages: list[int], room: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = self._document.pagePointSize(pages[0])
        across = 2 if self._facing else 1
        margin = current().px("space.6")
        broad = (room.width() - 2 * margin) / (across * size.width())
        whole = (room.height() - 2 * margin) / max(1.0, size.height())
        self._whole = min(broad, whole) >= LEAST * broad
        fit = min(broad, whole) if self._whole else broad
        scale = max(0.05, fit) * ZOOMS[self._zoom] * ratio
        wide, high = round(size.width() * scale), round(size.height() * scale)
        gap = GAP if len(pages) > 1 else 0
        image = QImage(wide * len(pages) + gap, high, QImage.Format.Format_RGB32)
        image.fill(current().color("border"))
        painter = QPainter(image)
        for place, page in enumerate(pages):
            left = place * (wide + gap)
            painter.fillRect(left, 0, wide, high, PAPER)
            painter.drawImage(left, 0, self._document.render(page, QSize(wide, high)))
        painter.end()
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)

    def _say(self) -> None:
        count = self._document.pageCount()
        side = next((pages for pages in self._sides() if self._at in pages), [])
        words = ""
        if len(side) == 2:
            words = _("Pages {a} et {b} sur {n}").format(a=number(side[0] + 1), b=number(side[1] + 1), n=number(count))
        elif side:
            words = _("Page {a} sur {n}").format(a=number(side[0] + 1), n=number(count))
        self.where.setText(words)
        self._printer.setVisible(bool(side))
        self._sheet.setAccessibleName(words)
        first = _("C’est la première page.") if side else _("Il n’y a pas de page.")
        last = _("C’est la dernière page.") if side else _("Il n’y a pas de page.")
        self.before.explain(first if not side or side[0] == 0 else "")
        self.after.explain(last if not side or side[-1] == count - 1 else "")
        least = _("La page est entière.") if self._whole else _("C’est le plus petit.")
        most = _("C’est le plus grand.") if self._zoom == len(ZOOMS) - 1 else ""
        self.less.explain(least if side and self._zoom == 0 else "" if side else first)
        self.more.explain(most if side else first)
        for button in (self.before, self.after, self.less, self.more):
            if button.isEnabled():
                button.setToolTip(button.accessibleName())
        self.turned.emit()
