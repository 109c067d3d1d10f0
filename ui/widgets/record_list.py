"""The list of records: what a row shows, by which roles a model gives it, how it is drawn.

A model answers `RecordRole.ROW` with an object that has the attributes of `RecordRow` (None while its page is being
read), and `Qt.AccessibleTextRole` with the whole row in words, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from appli.i18n import _, _n, number
from ui.theme import Theme, current
from ui.theme_painting import State, advance, frame, glyph, keyboard_focus, kind, marked_text, ring, text
from ui.widgets.badge import BadgeLook, badge_size, paint_badge
from ui.widgets.text import plain_tip

Index = QModelIndex | QPersistentModelIndex
Span = tuple[int, int]
"""Start and end of a matched word in a line."""

NAME_SHARE = 0.62
"""What a long name keeps of its line before the commune takes the rest."""


class RecordRole(IntEnum):
    """What a model of records answers beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class RecordRow(Protocol):
    """What a row of the list shows. `shape` is the key of a kind in the tokens: person, place, offer, need…"""

    id: object
    shape: str
    code: str
    title: str
    second_line: str
    commune: str
    initials: str
    siblings: int
    demo: bool
    trashed: bool
    title_matches: Sequence[Span]
    second_matches: Sequence[Span]


def row_badge(row: RecordRow) -> BadgeLook | None:
    """What the row wants to be noticed for."""
    if row.trashed:
        return BadgeLook(_("à la corbeille"), icon="trash-2")
    if row.siblings:
        words = _n("{n} valeur", "{n} valeurs", row.siblings).format(n=number(row.siblings))
        return BadgeLook(words, "warning")
    return None


def paint_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem, *, bar: bool = True) -> bool:
    """Fill, bar, hairline and ring of a row; answers whether it is selected."""
    rect = option.rect
    selected = bool(option.state & State.State_Selected)
    if selected or option.state & State.State_MouseOver:
        painter.fillRect(rect, theme.color("selection" if selected else "hover"))
    hairline = theme.px("border.hairline")
    under = QRect(rect.x(), rect.bottom() + 1 - hairline, rect.width(), hairline)
    painter.fillRect(under, theme.color("border"))
    if selected and bar:
        edge = QRect(rect.x(), rect.y(), theme.px("border.selection_bar"), rect.height())
        painter.fillRect(edge, theme.color("accent"))
    if keyboard_focus(option):
        ring(painter, theme, rect.adjusted(0, 0, 0, -hairline), theme.px("radius.small"))
    return selected


class RecordDelegate(QStyledItemDelegate):
    """Shape · name and badge · commune; under it what the record is, matched words underlined.

    `compact` rows are 54 high. `drill` is for a single pane: the commune in the middle, a sign that a row opens.
    """

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False, drill: bool = False) -> None:
        super().__init__(parent)
        self.compact = compact
        self.drill = drill

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = current()
        height = theme.px("size.row_compact" if self.compact or self.drill else "size.row_list")
        return QSize(height, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        selected = paint_ground(painter, theme, option)
        row: RecordRow | None = index.data(RecordRole.ROW)
        if row is None:
            self._paint_waiting(painter, theme, option.rect)
            return
        inner = self._inner(theme, option.rect)
        side = theme.px("size.kind_map" if self.compact else "size.kind_row")
        corner = QPoint(inner.x(), inner.y() + (inner.height() - side) // 2)
        kind(painter, theme, row.shape, corner, side, row.initials)
        inner.setLeft(inner.x() + side + theme.px("space.3"))
        if self.drill:
            inner = self._paint_drill(painter, theme, inner, row)
        first, second = self._lines(theme, inner)
        if not self.drill:
            first = self._paint_commune(painter, theme, first, row, selected)
        self._paint_name(painter, theme, first, row)
        marked_text(
            painter,
            theme,
            second,
            row.second_line,
            font=theme.font("small"),
            role="text_secondary",
            spans=row.second_matches,
        )

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole of what a row had to cut."""
        row: RecordRow | None = index.data(RecordRole.ROW)
        if event.type() is not QEvent.Type.ToolTip or row is None:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip(self.whole(option, row)), view)
        return True

    def whole(self, option: QStyleOptionViewItem, row: RecordRow) -> str:
        """Every line of a row when one of them is cut, nothing when all can be read."""
        if not self._cuts(option, row):
            return ""
        return "\n".join(words for words in (row.title, row.second_line, row.commune) if words)

    def badge_place(self, rect: QRect, row: RecordRow) -> QRect:
        """Where the badge of a row drawn in `rect` stands; nowhere when it has none."""
        theme, badge = current(), row_badge(row)
        if badge is None or self.drill:
            return QRect()
        inner = self._inner(theme, rect)
        side = theme.px("size.kind_map" if self.compact else "size.kind_row")
        inner.setLeft(inner.x() + side + theme.px("space.3"))
        line = self._lines(theme, inner)[0]
        commune = self._commune_width(theme, line, row) if row.commune else 0
        if commune:
            line = line.adjusted(0, 0, -commune - theme.px("space.3"), 0)
        return self._badge_rect(theme, line, row, badge)

    # --- parts ---

    def _badge_rect(self, theme: Theme, line: QRect, row: RecordRow, badge: BadgeLook) -> QRect:
        """After the name, or where the name is cut."""
        size = badge_size(theme, badge)
        room = line.width() - size.width() - theme.px("space.2")
        natural = advance(theme.font("body", 600), row.title)
        left = line.x() + min(natural, max(0, room)) + theme.px("space.2")
        return QRect(QPoint(left, line.y() + (line.height() - size.height()) // 2), size)

    def _inner(self, theme: Theme, rect: QRect) -> QRect:
        return rect.adjusted(theme.px("space.4"), 0, -theme.px("space.3"), 0)

    def _lines(self, theme: Theme, inner: QRect) -> tuple[QRect, QRect]:
        """The places of the two lines, together in the middle of the row."""
        upper, lower = theme.line("body"), theme.line("small")
        top = inner.y() + (inner.height() - upper - lower) // 2
        return (
            QRect(inner.x(), top, inner.width(), upper),
            QRect(inner.x(), top + upper, inner.width(), lower),
        )

    def _commune_width(self, theme: Theme, line: QRect, row: RecordRow) -> int:
        """What the name and the badge leave; nothing rather than a few letters."""
        natural = advance(theme.font("small"), row.commune)
        name = advance(theme.font("body", 600), row.title)
        left = line.width() - min(name, int(line.width() * NAME_SHARE)) - theme.px("space.3")
        badge = row_badge(row)
        if badge is not None:
            left -= badge_size(theme, badge).width() + theme.px("space.2")
        legible = left >= natural or left >= 2 * theme.px("space.8")
        return min(natural, left) if legible else 0

    def _paint_commune(self, painter: QPainter, theme: Theme, line: QRect, row: RecordRow, selected: bool) -> QRect:
        width = self._commune_width(theme, line, row) if row.commune else 0
        if not width:
            return line
        place = QRect(line.right() + 1 - width, line.y(), width, line.height())
        ink = "text_secondary" if selected else "text_muted"
        align = Qt.AlignmentFlag.AlignRight
        font = theme.font("small")
        text(painter, theme, place, row.commune, font=font, role=ink, align=align)
        return line.adjusted(0, 0, -width - theme.px("space.3"), 0)

    def _paint_name(self, painter: QPainter, theme: Theme, line: QRect, row: RecordRow) -> None:
        badge = row_badge(row)
        font = theme.font("body", 600)
        room = line.width()
        if badge is not None:
            place = self._badge_rect(theme, line, row, badge)
            room -= place.width() + theme.px("space.2")
            paint_badge(painter, theme, place.topLeft(), badge)
        marked_text(
            painter,
            theme,
            QRect(line.x(), line.y(), max(0, room), line.height()),
            row.title,
            font=font,
            role="text_secondary" if row.trashed else "text",
            spans=row.title_matches,
        )

    def _paint_drill(self, painter: QPainter, theme: Theme, inner: QRect, row: RecordRow) -> QRect:
        side = theme.px("space.4")
        sign = QRect(inner.right() + 1 - side, inner.y(), side, inner.height())
        glyph(painter, theme, "chevron-right", "text_secondary", sign, side)
        inner = inner.adjusted(0, 0, -side - theme.px("space.3"), 0)
        width = min(
            advance(theme.font(), row.commune),
            int(inner.width() * (1 - NAME_SHARE)),
        )
        place = QRect(inner.right() + 1 - width, inner.y(), width, inner.height())
        align = Qt.AlignmentFlag.AlignRight
        text(painter, theme, place, row.commune, font=theme.font(), role="text_secondary", align=align)
        return inner.adjusted(0, 0, -width - theme.px("space.3"), 0)

    def _paint_waiting(self, painter: QPainter, theme: Theme, rect: QRect) -> None:
        """Where a row will be, while its page is read."""
        inner = self._inner(theme, rect)
        side = theme.px("size.kind_row")
        inner.setLeft(inner.x() + side + theme.px("space.3"))
        for place, share in zip(self._lines(theme, inner), (0.5, 0.8), strict=True):
            height = theme.px("space.2")
            bar = QRect(place.x(), place.center().y(), int(place.width() * share), height)
            frame(painter, theme, bar, fill="hover", radius=height / 2)

    def _cuts(self, option: QStyleOptionViewItem, row: RecordRow) -> bool:
        theme = current()
        side = theme.px("size.kind_row") + theme.px("space.3")
        width = self._inner(theme, option.rect).width() - side
        upper = advance(theme.font("body", 600), row.title)
        small = theme.font("small")
        badge = row_badge(row)
        if badge is not None:
            upper += badge_size(theme, badge).width() + theme.px("space.2")
        upper += advance(small, row.commune) + theme.px("space.3")
        return max(upper, advance(small, row.second_line)) > width


class RecordList(QListView):
    """One stop of Tab; arrows move, Entrée opens (`activated`), Espace selects several."""

    def __init__(self, name: str, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.rows = RecordDelegate(self, compact=compact)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_drill(self, drill: bool) -> None:
        """Rows for a single pane, or for a list beside its sheet."""
        self.rows.drill = drill
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard is in use: from now on the ring is shown."""
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.doItemsLayout()
