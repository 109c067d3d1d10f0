"""The parts of one thing beside each other, under each other where the line is full: each line is filled to its end."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import current
from ui.widgets.layout import Step, space


class PartsFlow(QLayout):
    """`add(widget, width, share)`: `width` in pixels at 100 % that it needs; what is left goes by share.

    It belongs in a `Ringed`: its margin keeps room for the rings of what stands at the edges.
    """

    def __init__(self, parent: QWidget, *, gap: Step = 2) -> None:
        super().__init__()
        self._items: list[tuple[QLayoutItem, int, int]] = []
        self._wanted: tuple[int, int] = (0, 1)
        self._gap = gap
        self._fit()
        current().changed.connect(self._fit)
        parent.setLayout(self)

    def add(self, widget: QWidget, width: int, share: int = 1) -> None:
        """One more part; 0 pixels asks for as much as the widget does by itself."""
        self._wanted = (width, share)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append((item, *self._wanted))
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index][0] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index)[0] if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        lines = self._lines(width - around.left() - around.right())
        heights = sum(max(_height(item, w) for item, w in line) for line in lines)
        return heights + space(self._gap) * max(0, len(lines) - 1) + around.top() + around.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        top = rect.y()
        for line in self._lines(rect.width()):
            left, height = rect.x(), max(_height(item, w) for item, w in line)
            for item, width in line:
                item.setGeometry(QRect(QPoint(left, top), QSize(width, min(height, _height(item, width)))))
                left += width + space(self._gap)
            top += height + space(self._gap)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSize().width(), self.heightForWidth(self.minimumSize().width()))

    def minimumSize(self) -> QSize:
        shown = [item for item, _w, _s in self._items if not item.isEmpty()]
        widest = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(widest, 0).grownBy(self.contentsMargins())

    def _fit(self) -> None:
        side = space(1)
        self.setContentsMargins(side, side, side, side)
        self.invalidate()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        gap = space(self._gap)
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        left = 0
        for item, wanted, share in self._items:
            if item.isEmpty():
                continue
            need = round(wanted * current().scale) if wanted else item.sizeHint().width()
            need = max(min(need, width), item.minimumSize().width())
            if not lines or left < need + gap:
                lines.append([])
                left = width + gap
            left -= need + gap
            lines[-1].append((item, need, share))
        return [self._filled(line, width - gap * (len(line) - 1)) for line in lines]

    @staticmethod
    def _filled(line: list[tuple[QLayoutItem, int, int]], width: int) -> list[tuple[QLayoutItem, int]]:
        free = max(0, width - sum(need for _item, need, _share in line))
        shares = sum(share for _item, _need, share in line)
        if not shares:
            return [(item, need) for item, need, _share in line]
        return [(item, need + free * share // shares) for item, need, share in line]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
