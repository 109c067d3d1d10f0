"""Tabs with counts: the same things, by what happens to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui.theme import Theme, current
from ui.theme_painting import advance, frame, glyph, kind, ring, shows_ring
from ui.widgets.text import literal

MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Tab:
    """Key, word, count already written, icon or shape, `danger` for what was refused."""

    key: str
    word: str
    count: str = ""
    icon: str = ""
    shape: str = ""
    danger: bool = False


class CountTabs(QTabBar):
    """A line of tabs; arrows move along it, the bar under the current one is green."""

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[Tab] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[Tab] = []
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_tabs(tabs)
        self.currentChanged.connect(self._tell)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these tabs; the current one stays when it is among them."""
        kept = self.current()
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._tabs = list(tabs)
        for tab in tabs:
            position = self.addTab(literal(tab.word))
            self.setAccessibleTabName(position, f"{tab.word} {tab.count}".strip())
        keys = [tab.key for tab in tabs]
        if kept in keys:
            self.setCurrentIndex(keys.index(kept))
        self.blockSignals(False)

    def current(self) -> str:
        """The key of the current tab."""
        position = self.currentIndex()
        return self._tabs[position].key if 0 <= position < len(self._tabs) else ""

    def tabSizeHint(self, position: int) -> QSize:
        theme = current()
        if position >= len(self._tabs):
            return QSize()
        widths = [width for width, _ in self._parts(theme, self._tabs[position])]
        gaps = theme.px("space.2") * (len(widths) - 1)
        width = sum(widths) + gaps + 2 * theme.px("space.3")
        return QSize(width, theme.px("size.control") + theme.px("space.1"))

    def minimumTabSizeHint(self, position: int) -> QSize:
        return self.tabSizeHint(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        hairline = theme.px("border.hairline")
        painter.fillRect(QRect(0, self.height() - hairline, self.width(), hairline), theme.color("border"))
        for position, tab in enumerate(self._tabs):
            self._paint_tab(painter, theme, self.tabRect(position), tab, position)

    def _paint_tab(self, painter: QPainter, theme: Theme, rect: QRect, tab: Tab, position: int) -> None:
        on = position == self.currentIndex()
        if not on and self.underMouse() and rect.contains(self.mapFromGlobal(self.cursor().pos())):
            frame(painter, theme, rect, fill="hover", radius=theme.px("radius.control"), corners="top")
        ink = "danger" if tab.danger else "accent_text" if on else "text_secondary"
        left = rect.x() + theme.px("space.3")
        for width, part in self._parts(theme, tab):
            place = QRect(left, rect.y(), width, rect.height())
            self._paint_part(painter, theme, place, tab, part, ink, on)
            left += width + theme.px("space.2")
        if on:
            thick = theme.px("border.hairline") + theme.px("border.focus_ring")
            under = QRect(rect.x(), rect.bottom() + 1 - thick, rect.width(), thick)
            painter.fillRect(under, theme.color("accent"))
            if shows_ring(self):
                ring(painter, theme, rect, theme.px("radius.small"))

    def _paint_part(
        self,
        painter: QPainter,
        theme: Theme,
        place: QRect,
        tab: Tab,
        part: str,
        ink: str,
        on: bool,
    ) -> None:
        if part == "icon":
            glyph(painter, theme, tab.icon, ink, place, place.width())
        elif part == "shape":
            side = place.width()
            corner = QPoint(place.x(), place.y() + (place.height() - side) // 2)
            kind(painter, theme, tab.shape, corner, side)
        elif part == "word":
            painter.setFont(theme.font("body", 600 if on or tab.danger else 500))
            painter.setPen(theme.color(ink))
            painter.drawText(place, MIDDLE, tab.word)
        else:
            height = theme.px("space.5")
            top = place.y() + (place.height() - height) // 2
            pill = QRect(place.x(), top, place.width(), height)
            frame(painter, theme, pill, fill="hover", radius=height / 2)
            painter.setFont(theme.font("small", 500))
            painter.setPen(theme.color("text_secondary"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, tab.count)

    def _parts(self, theme: Theme, tab: Tab) -> list[tuple[int, str]]:
        parts: list[tuple[int, str]] = []
        if tab.icon:
            parts.append((theme.px("space.4"), "icon"))
        if tab.shape:
            parts.append((theme.px("size.kind_inline"), "shape"))
        words = advance(theme.font("body", 600), tab.word)
        parts.append((words, "word"))
        if tab.count:
            digits = advance(theme.font("small", 500), tab.count)
            parts.append((max(theme.px("space.5"), digits + theme.px("space.3")), "count"))
        return parts

    def _tell(self, position: int) -> None:
        if 0 <= position < len(self._tabs):
            self.chosen.emit(self._tabs[position].key)
