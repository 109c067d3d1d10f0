"""The sheets of a packet: a box to leave one out, its shape, its name, what changes, its fate at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from appli.i18n import _
from appli.presenters.packet_words import PacketRow
from ui.pages.two_panes import ChoiceList
from ui.theme import Theme, current
from ui.theme_painting import advance, kind, text
from ui.widgets.badge import BadgeLook, badge_size, paint_badge
from ui.widgets.record_list import Index, RecordDelegate, RecordRole, paint_ground
from ui.widgets.table import paint_box


class PacketDelegate(RecordDelegate):
    """Box · shape · name over what changes · fate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, compact=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        paint_ground(painter, theme, option)
        row: PacketRow | None = index.data(RecordRole.ROW)
        if row is None:
            return
        inner = self._inner(theme, option.rect)
        if row.ticked is not None:
            state = Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
            paint_box(painter, option, inner, state)
        inner.setLeft(box_edge(theme, option.rect))
        side = theme.px("size.kind_map")
        top = inner.y() + (inner.height() - side) // 2
        kind(painter, theme, row.shape, QPoint(inner.x(), top), side, row.initials)
        inner.setLeft(inner.x() + side + theme.px("space.3"))
        look = BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)
        size = badge_size(theme, look)
        corner = QPoint(inner.right() + 1 - size.width(), inner.center().y() - size.height() // 2)
        paint_badge(painter, theme, corner, look)
        inner.setRight(corner.x() - theme.px("space.3"))
        first, second = self._lines(theme, inner)
        ink = "text" if row.ticked is not False else "text_secondary"
        text(painter, theme, first, row.title, font=theme.font("body", 600), role=ink)
        text(painter, theme, second, row.second_line, font=theme.font("small"), role="text_secondary")

    def whole(self, option: QStyleOptionViewItem, row: PacketRow) -> str:  # type: ignore[override]
        """Every line of a row when one of them is cut."""
        theme = current()
        look = BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)
        taken = box_edge(theme, option.rect) - option.rect.x() + theme.px("size.kind_map") + 3 * theme.px("space.3")
        room = option.rect.width() - taken - badge_size(theme, look).width()
        widest = max(advance(theme.font("body", 600), row.title), advance(theme.font("small"), row.second_line))
        return f"{row.title}\n{row.second_line}" if widest > room else ""


def box_edge(theme: Theme, row: QRect) -> int:
    """Where the box ends: a press before it ticks."""
    return row.x() + theme.px("space.4") + theme.px("space.5") + theme.px("space.3")


class PacketList(ChoiceList):
    """`ticked` tells the row whose box was pressed, or that one is on when Espace was."""

    ticked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Fiches du paquet"), parent, rows=PacketDelegate())
        self.rows.setParent(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            self.ticked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        edge = box_edge(current(), self.visualRect(index)) if index.isValid() else 0
        if event.button() is Qt.MouseButton.LeftButton and event.position().x() < edge:
            self.ticked.emit(index.row())
            event.accept()
        else:
            super().mousePressEvent(event)
