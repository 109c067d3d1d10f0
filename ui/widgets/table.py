"""Tables: rows of 38 with a hairline, cells that hold words, a shape, a badge, a bar that fills or a box to tick."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from appli.i18n import NNBSP
from ui.theme import Theme, current
from ui.theme_painting import State, advance, frame, keyboard_focus, kind, ring, ring_margin, text
from ui.widgets.badge import BadgeLook, badge_size, paint_badge
from ui.widgets.text import plain_tip

Index = QModelIndex | QPersistentModelIndex


class TableRole(IntEnum):
    """What a cell may answer beside its words (DisplayRole) and its box (CheckStateRole)."""

    FILL = Qt.ItemDataRole.UserRole + 11
    """A share from 0 to 1, drawn as a bar with its percentage."""
    BADGE = Qt.ItemDataRole.UserRole + 12
    """A BadgeLook."""
    SHAPE = Qt.ItemDataRole.UserRole + 13
    """The key of a kind, drawn before the words."""
    INITIALS = Qt.ItemDataRole.UserRole + 14
    STRONG = Qt.ItemDataRole.UserRole + 15
    """True for the words that name the row."""
    NUMBER = Qt.ItemDataRole.UserRole + 16
    """True for figures: at the right, all as wide."""


def paint_bar(painter: QPainter, theme: Theme, rect: QRect, share: float) -> None:
    """A bar filled up to a share; a little of something is never nothing."""
    radius = rect.height() / 2
    frame(painter, theme, rect, fill="hover", radius=radius)
    if share <= 0:
        return
    painter.save()
    painter.setClipRect(QRect(rect.x(), rect.y(), max(2, round(rect.width() * share)), rect.height()))
    frame(painter, theme, rect, fill="accent", radius=radius)
    painter.restore()


def paint_box(painter: QPainter, option: QStyleOptionViewItem, place: QRect, state: Qt.CheckState) -> None:
    """A box to tick, at the left of a place as high as its row."""
    theme = current()
    margin = ring_margin(theme)
    box = QStyleOptionButton()
    box.rect = QRect(place.x() - margin, place.y(), theme.px("space.5") + 2 * margin, place.height())
    box.state = State.State_Enabled | {
        Qt.CheckState.Checked: State.State_On,
        Qt.CheckState.Unchecked: State.State_Off,
        Qt.CheckState.PartiallyChecked: State.State_NoChange,
    }.get(state, State.State_Off)
    option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, option.widget)


class CellDelegate(QStyledItemDelegate):
    """Draws any cell by what the model answers for it."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current()
        words = str(index.data() or "")
        width = advance(theme.font("body", 600), words)
        width += 2 * theme.px("space.2") + theme.px("space.6")
        badge = index.data(TableRole.BADGE)
        if isinstance(badge, BadgeLook):
            width = max(width, badge_size(theme, badge).width() + 2 * theme.px("space.2"))
        return QSize(width, theme.px("size.row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current(), option.rect
        self._paint_ground(painter, theme, option)
        padding = theme.px("space.2")
        inner = rect.adjusted(padding, 0, -padding, 0)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            inner = self._paint_box(painter, option, inner, Qt.CheckState(state))
        shape = index.data(TableRole.SHAPE)
        if shape:
            side = theme.px("space.6")
            corner = QPoint(inner.x(), inner.y() + (inner.height() - side) // 2)
            kind(painter, theme, shape, corner, side, str(index.data(TableRole.INITIALS) or ""))
            inner.setLeft(inner.x() + side + padding)
        badge = index.data(TableRole.BADGE)
        share = index.data(TableRole.FILL)
        if isinstance(badge, BadgeLook):
            top = inner.y() + (inner.height() - badge_size(theme, badge).height()) // 2
            paint_badge(painter, theme, QPoint(inner.x(), top), badge)
        elif share is not None:
            self._paint_fill(painter, theme, inner, float(share))
        else:
            self._paint_words(painter, theme, inner, index)
        if keyboard_focus(option):
            ring(painter, theme, rect, theme.px("radius.small"))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole of a cell that had to be cut."""
        words = str(index.data() or "")
        if event.type() is not QEvent.Type.ToolTip or index.data(Qt.ItemDataRole.ToolTipRole):
            return super().helpEvent(event, view, option, index)
        cut = self.sizeHint(option, index).width() > option.rect.width() + current().px("space.6")
        QToolTip.showText(event.globalPos(), plain_tip(words) if cut else "", view)
        return True

    def _paint_ground(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        if option.state & State.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        elif option.state & State.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        hairline = theme.px("border.hairline")
        under = QRect(rect.x(), rect.bottom() + 1 - hairline, rect.width(), hairline)
        painter.fillRect(under, theme.color("border"))

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, state: Qt.CheckState) -> QRect:
        theme = current()
        paint_box(painter, option, inner, state)
        return inner.adjusted(theme.px("space.5") + theme.px("space.2"), 0, 0, 0)

    def _paint_fill(self, painter: QPainter, theme: Theme, inner: QRect, share: float) -> None:
        font = theme.font("small", tabular=True)
        label = f"{round(share * 100)}{NNBSP}%"
        widest = advance(font, f"100{NNBSP}%")
        height = theme.px("space.2")
        width = max(0, min(theme.px("space.8") * 2, inner.width() - widest - theme.px("space.2")))
        top = inner.y() + (inner.height() - height) // 2
        paint_bar(painter, theme, QRect(inner.x(), top, width, height), share)
        place = QRect(inner.x() + width + theme.px("space.2"), inner.y(), widest, inner.height())
        text(painter, theme, place, label, font=font, role="text_secondary")

    def _paint_words(self, painter: QPainter, theme: Theme, inner: QRect, index: Index) -> None:
        strong = bool(index.data(TableRole.STRONG))
        figures = bool(index.data(TableRole.NUMBER))
        font = theme.font("body" if strong or figures else "small", 600 if strong else 400)
        if figures:
            font.setFeature(font.Tag("tnum"), 1)
        align = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        role = "text" if strong or figures else "text_secondary"
        words = str(index.data() or "")
        text(painter, theme, inner, words, font=font, role=role, align=align)


class Table(QTableView):
    """A table that lies in a card: no grid, whole rows, Entrée opens, Espace ticks."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setProperty("ground", "none")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard is in use: from now on the ring is shown."""
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current().px("size.row_table"))
