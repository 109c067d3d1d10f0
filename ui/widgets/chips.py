"""Chips: a filter that is on or off, a skill with its level, and the row that wraps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ui.theme import current
from ui.theme_painting import advance, frame, glyph, kind, ring, ring_margin, shows_ring
from ui.widgets.layout import Flow, Ringed
from ui.widgets.text import literal


@dataclass(frozen=True)
class ChipSpec:
    """A filter: its key, its word, how many it holds, the shape of its kind."""

    key: str
    word: str
    count: str = ""
    shape: str = ""
    on: bool = False


class Chip(QPushButton):
    """A filter chip: ticked and green when it is on."""

    def __init__(self, spec: ChipSpec, parent: QWidget | None = None) -> None:
        super().__init__(literal(spec.word), parent)
        self._spec = spec
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setChecked(spec.on)
        self.setAccessibleName(f"{spec.word} {spec.count}".strip())

    @property
    def key(self) -> str:
        """What the chip stands for."""
        return self._spec.key

    def sizeHint(self) -> QSize:
        theme = current()
        width = sum(width for width, _ in self._parts()) + theme.px("space.3") * 2
        width += theme.px("space.1") * (len(self._parts()) - 1)
        around = 2 * ring_margin(theme)
        return QSize(width + around, theme.px("space.6") + theme.px("space.1") + around)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        margin = ring_margin(theme)
        body = self.rect().adjusted(margin, margin, -margin, -margin)
        on, radius = self.isChecked(), body.height() / 2
        hovered = self.underMouse() and self.isEnabled()
        fill = "accent_soft" if on else "hover" if hovered else "surface"
        border = "accent" if on else "control_border"
        frame(painter, theme, body, fill=fill, border=border, radius=radius)
        left = body.x() + theme.px("space.3")
        for width, part in self._parts():
            place = QRect(left, body.y(), width, body.height())
            self._paint_part(painter, part, place)
            left += width + theme.px("space.1")
        if shows_ring(self):
            ring(painter, theme, self.rect(), radius + margin)

    def _paint_part(self, painter: QPainter, part: str, place: QRect) -> None:
        theme, spec = current(), self._spec
        ink = "disabled" if not self.isEnabled() else "accent_text" if self.isChecked() else "text"
        side = theme.px("space.4")
        if part == "tick":
            glyph(painter, theme, "check", ink, place, side)
            return
        if part == "shape":
            corner = QPoint(place.x(), place.y() + (place.height() - side) // 2)
            kind(painter, theme, spec.shape, corner, side)
            return
        painter.setFont(theme.font("small", 600 if self.isChecked() else 400))
        painter.setPen(theme.color(ink))
        words = spec.word if part == "word" else spec.count
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _parts(self) -> list[tuple[int, str]]:
        theme, spec = current(), self._spec
        font = theme.font("small", 600)
        parts: list[tuple[int, str]] = []
        if spec.shape:
            parts.append((theme.px("space.5"), "shape"))
        elif self.isChecked():
            parts.append((theme.px("space.4"), "tick"))
        parts.append((advance(font, spec.word), "word"))
        if spec.count:
            parts.append((advance(font, spec.count), "count"))
        return parts


class TagChip(QLabel):
    """A word to read, its level beside it: « **Menuiserie** confirmé »."""

    def __init__(self, word: str, level: str = "", parent: QWidget | None = None) -> None:
        super().__init__(f"{word} {level}".strip(), parent)
        self._word, self._level = word, level
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current()
        widths = self._widths()
        gap = theme.px("space.1") if self._level else 0
        height = theme.px("space.6") + theme.px("border.focus_ring")
        return QSize(sum(widths) + gap + 2 * theme.px("space.3"), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        radius = self.height() / 2
        frame(painter, theme, self.rect(), fill="surface", border="border", radius=radius)
        left, (first, second) = theme.px("space.3"), self._widths()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("small", 600 if self._level else 400))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, 0, first, self.height()), middle, self._word)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_secondary"))
        left += first + theme.px("space.1")
        painter.drawText(QRect(left, 0, second, self.height()), middle, self._level)

    def _widths(self) -> tuple[int, int]:
        theme = current()
        strong = theme.font("small", 600 if self._level else 400)
        return advance(strong, self._word), advance(theme.font("small"), self._level)


class ChipRow(Ringed):
    """Filter chips that wrap; `toggled` tells which one, and whether it is on."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, margin=1, gap=2)
        self._chips: list[Chip] = []

    def set_chips(self, specs: Sequence[ChipSpec]) -> None:
        """Show these filters instead of the former."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [Chip(spec, self) for spec in specs]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.toggled.connect(lambda on, key=chip.key: self.toggled.emit(key, on))
            chip.toggled.connect(self._flow.invalidate)
