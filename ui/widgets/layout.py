"""Columns, rows and flows whose margins and gaps are steps of the scale of spaces and grow with the text.

A step is a key of `space_px`: 1 = 4 px, 2 = 8, 3 = 12, 4 = 16, 5 = 20, 6 = 24, 8 = 32; 0 is nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import current

Step = int
Margin = Step | tuple[Step, Step, Step, Step]


def space(step: Step) -> int:
    """A step of the scale in pixels."""
    return current().px(f"space.{step}") if step else 0


class _Box(QBoxLayout):
    def __init__(self, direction: QBoxLayout.Direction, parent: QWidget | None, margin: Margin, gap: Step) -> None:
        super().__init__(direction)
        self._margin = margin if isinstance(margin, tuple) else (margin,) * 4
        self._gap = gap
        self._fit()
        current().changed.connect(self._fit)
        if parent is not None:
            parent.setLayout(self)

    def _fit(self) -> None:
        left, top, right, bottom = (space(step) for step in self._margin)
        self.setContentsMargins(left, top, right, bottom)
        self.setSpacing(space(self._gap))

    def add(self, *items: QWidget | QLayout, stretch: int = 0) -> None:
        """Append widgets and layouts, in reading order."""
        for item in items:
            if isinstance(item, QLayout):
                self.addLayout(item, stretch)
            else:
                self.addWidget(item, stretch)


class Column(_Box):
    """Things under each other. Margins: one step, or (left, top, right, bottom)."""

    def __init__(self, parent: QWidget | None = None, *, margin: Margin = 0, gap: Step = 2) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, parent, margin, gap)


class Row(_Box):
    """Things beside each other, centred on one line."""

    def __init__(self, parent: QWidget | None = None, *, margin: Margin = 0, gap: Step = 2) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parent, margin, gap)


class Ringed(QFrame):
    """Holds controls that reach its edges, and keeps room for their rings outside what it lines up with.

    Give its layout a margin of one step: the edges of the controls then stand where the frame is put.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ringed", True)
        # Qt asks the style for the frame's place in a layout again only then.
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))


class Flow(QLayout):
    """Things beside each other that go on under the first when the line is full; `centred` in the line, or not."""

    def __init__(
        self, parent: QWidget | None = None, *, margin: Step = 0, gap: Step = 2, centred: bool = False
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._margin, self._gap, self._centred = margin, gap, centred
        self._fit()
        current().changed.connect(self._fit)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal if self._centred else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        heights = sum(_tallest(line) for line in lines) + space(self._gap) * max(0, len(lines) - 1)
        return heights + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        gap, top = space(self._gap), rect.y()
        for line in self._lines(rect.width()):
            height = _tallest(line)
            free = rect.width() - sum(size.width() for _, size in line) - gap * (len(line) - 1)
            left = rect.x() + (max(0, free) // 2 if self._centred else 0)
            for item, size in line:
                corner = QPoint(left, top + (height - size.height()) // 2)
                item.setGeometry(QRect(corner, size))
                left += size.width() + gap
            top += height + gap

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + space(self._gap) * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _fit(self) -> None:
        side = space(self._margin)
        self.setContentsMargins(side, side, side, side)
        self.invalidate()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), width), hint.height())
            used += space(self._gap) + size.width()
            if not lines or used > width:
                lines.append([])
                used = size.width()
            lines[-1].append((item, size))
        return lines


def _tallest(line: list[tuple[QLayoutItem, QSize]]) -> int:
    return max(size.height() for _, size in line)


def line(parent: QWidget | None = None) -> QFrame:
    """A hairline across."""
    hairline = QFrame(parent)
    hairline.setProperty("role", "line")
    hairline.setFixedHeight(current().px("border.hairline"))
    hairline.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return hairline
