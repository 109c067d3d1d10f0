"""The pages of the program at the left: an icon with its word, a bar at the current one, a count on what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from appli.i18n import _
from ui.theme import Theme, current
from ui.theme_painting import advance, frame, glyph, ring, shows_ring
from ui.widgets.badge import Glyph
from ui.widgets.buttons import IconButton
from ui.widgets.layout import Column
from ui.widgets.text import literal, plain_tip

WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class RailItem:
    """One page: its key, its word, its icon; `last` stands at the foot."""

    key: str
    word: str
    icon: str
    last: bool = False


class _RailButton(QToolButton):
    """Draws one page of the rail."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.folded = False
        self._count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        name = self.item.word
        if count:
            name = _("{page}, {n} en attente").format(page=name, n=count)
        self.setAccessibleName(name)
        self.update()

    def set_folded(self, folded: bool) -> None:
        self.folded = folded
        self.setToolTip(plain_tip(self.item.word) if folded else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        width = theme.px("size.rail") - 2 * theme.px("space.2")
        if self.folded:
            return QSize(theme.px("size.touch_comfort"), self._icon_bottom(theme) + theme.px("space.2"))
        room = QRect(0, 0, width, theme.px("size.rail"))
        words = QFontMetrics(theme.font("small", 600)).boundingRect(room, WRAPPED, self.item.word)
        return QSize(width, self._icon_bottom(theme) + words.height() + theme.px("space.2"))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px("size.target_min"), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, on = current(), QPainter(self), self.isChecked()
        bar = theme.px("border.selection_bar")
        body = self.rect().adjusted(bar + theme.px("border.focus_ring"), 0, -bar, 0)
        radius = theme.px("radius.control")
        fill = "accent_soft" if on else "hover" if self.underMouse() else ""
        if fill:
            frame(painter, theme, body, fill=fill, radius=radius)
        if on:
            self._paint_bar(painter, theme, bar)
        ink = "accent_text" if on else "text_secondary"
        side = theme.px("size.icon_rail" if not self.folded else "size.icon")
        icon = QRect(body.x(), theme.px("space.2"), body.width(), side)
        glyph(painter, theme, self.item.icon, ink, icon, side)
        if not self.folded:
            top = self._icon_bottom(theme)
            painter.setFont(theme.font("small", 600 if on else 500))
            painter.setPen(theme.color(ink))
            place = QRect(body.x(), top, body.width(), self.height() - top)
            painter.drawText(place, WRAPPED, self.item.word)
        if self._count:
            self._paint_count(painter, theme, icon)
        if shows_ring(self):
            ring(painter, theme, body, radius)

    def _icon_bottom(self, theme: Theme) -> int:
        side = theme.px("size.icon" if self.folded else "size.icon_rail")
        return theme.px("space.2") + side + theme.px("border.focus_ring")

    def _paint_bar(self, painter: QPainter, theme: Theme, width: int) -> None:
        inset = theme.px("space.2")
        place = QRect(0, inset, width, self.height() - 2 * inset)
        frame(painter, theme, place, fill="accent", radius=width * 0.75, corners="right")

    def _paint_count(self, painter: QPainter, theme: Theme, icon: QRect) -> None:
        font = theme.font("small", 600)
        height = theme.px("space.5")
        words = str(self._count)
        width = max(height, advance(font, words) + theme.px("space.2"))
        left = icon.center().x() + theme.px("border.selection_bar") * 2
        left = min(left, self.width() - width)
        pill = QRect(left, theme.px("border.focus_ring"), width, height)
        frame(painter, theme, pill, fill="warning", radius=height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("surface"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QFrame):
    """The way from page to page. Folded (large text, small screen) it keeps the icons and a menu of the words."""

    chosen = Signal(str)

    def __init__(self, name: str, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("edge", "right")
        self.setProperty("ground", "window")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        self._mark = Glyph("maillage", "accent", "size.kind_map_selected")
        self._words = IconButton("menu", _("Ouvrir le menu des pages"), "plain")
        self._words.setMenu(QMenu(self._words))
        self._words.hide()
        column = Column(self, margin=(0, 2, 0, 2), gap=0)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        for item in items:
            if item.last:
                column.addStretch()
            column.addWidget(self._button(item))
        if not any(item.last for item in items):
            column.addStretch()
        self._fit()
        current().changed.connect(self._fit)

    def set_current(self, key: str) -> None:
        """Show where the person is, without going there."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """How much waits on a page."""
        self._buttons[key].set_count(count)

    def set_folded(self, folded: bool) -> None:
        """Icons alone, with a menu of the words."""
        self._mark.setVisible(not folded)
        self._words.setVisible(folded)
        for button in self._buttons.values():
            button.set_folded(folded)
        self._folded = folded
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ move the focus; Entrée and Espace go there."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        buttons = list(self._buttons.values())
        if step and isinstance(focused, _RailButton):
            position = (buttons.index(focused) + step) % len(buttons)
            buttons[position].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    _folded = False

    def _fit(self) -> None:
        self.setFixedWidth(current().px("size.touch_comfort" if self._folded else "size.rail"))

    def _button(self, item: RailItem) -> _RailButton:
        button = _RailButton(item, self)
        self._group.addButton(button)
        self._buttons[item.key] = button
        button.clicked.connect(lambda _on, key=item.key: self.chosen.emit(key))
        action = self._words.menu().addAction(current().icon(item.icon, "text_secondary"), literal(item.word))
        action.triggered.connect(lambda _on, key=item.key: self.chosen.emit(key))
        return button
