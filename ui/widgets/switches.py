"""One choice among a few on a line, and a switch that is on or off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QRadioButton, QSizePolicy, QWidget

from ui.theme import current
from ui.theme_painting import advance, frame, glyph, ring, ring_margin, shows_ring
from ui.widgets.layout import Row

MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Segment:
    """One of the choices."""

    key: str
    words: str
    icon: str = ""


class _SegmentButton(QRadioButton):
    """A radio button drawn as a part of the line; arrows move between the parts."""

    def __init__(self, segment: Segment, corners: str, parent: QWidget) -> None:
        super().__init__(segment.words, parent)
        self.segment = segment
        self._corners = corners
        self.setAttribute(Qt.WidgetAttribute.WA_LayoutUsesWidgetRect)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current()
        width = advance(theme.font("small", 600), self.segment.words)
        if self.segment.icon:
            width += theme.px("space.4") + theme.px("space.2")
        return QSize(width + 2 * theme.px("space.3"), theme.px("space.8"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        on, radius = self.isChecked(), theme.px("radius.control")
        hovered = self.underMouse() and self.isEnabled()
        fill = "accent" if on else "hover" if hovered else "surface"
        edge = "accent" if on else "control_border"
        ringed = shows_ring(self)
        # Neighbours share one line: each but the first leaves its left edge outside.
        shared = 0 if self._corners == "left" else theme.px("border.control")
        frame(
            painter,
            theme,
            self.rect().adjusted(-shared, 0, 0, 0),
            fill="surface" if ringed else fill,
            border=edge,
            radius=radius,
            corners=self._corners,
        )
        if ringed:
            inside = ring_margin(theme)
            body = self.rect().adjusted(inside, inside, -inside, -inside)
            frame(painter, theme, body, fill=fill, radius=theme.px("radius.small"))
            ring(painter, theme, self.rect(), radius)
        self._paint_words(painter, "on_accent" if on else "text")

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        theme = current()
        font = theme.font("small", 600 if self.isChecked() else 500)
        words = advance(font, self.segment.words)
        icon = theme.px("space.4") + theme.px("space.2") if self.segment.icon else 0
        left = (self.width() - words - icon) // 2
        if icon:
            side = theme.px("space.4")
            place = QRect(left, 0, side, self.height())
            glyph(painter, theme, self.segment.icon, ink, place, side)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(left + icon, 0, self.width(), self.height()), MIDDLE, self.segment.words)


class Segmented(QFrame):
    """A line of choices, exactly one of them taken."""

    chosen = Signal(str)

    def __init__(self, name: str, segments: Sequence[Segment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = Row(self, gap=0)
        self._buttons: dict[str, _SegmentButton] = {}
        last = len(segments) - 1
        for position, segment in enumerate(segments):
            corners = "left" if position == 0 else "right" if position == last else "none"
            button = _SegmentButton(segment, corners, self)
            self._buttons[segment.key] = button
            row.addWidget(button, 1)
            button.clicked.connect(lambda _on, key=segment.key: self.chosen.emit(key))
        if segments:
            self.set_current(segments[0].key)

    def set_current(self, key: str) -> None:
        """Show a choice without telling it."""
        self._buttons[key].setChecked(True)

    def current(self) -> str:
        """The key of the choice."""
        return next(key for key, button in self._buttons.items() if button.isChecked())


class Switch(QCheckBox):
    """On or off, at once. The word stands at its right, or beside it with `setAccessibleName`."""

    def sizeHint(self) -> QSize:
        theme = current()
        margin = ring_margin(theme)
        width = self._track().width() + 2 * margin
        if self.text():
            words = advance(theme.font("body"), self.text())
            width += theme.px("space.2") + words
        return QSize(width, theme.px("size.target_min") + 2 * margin)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        track, on = self._track(), self.isChecked()
        radius = track.height() / 2
        live = self.isEnabled()
        edge = ("accent" if on else "control_border") if live else "disabled"
        width = theme.px("border.control") * 1.5
        fill = edge if on else "surface"
        frame(painter, theme, track, fill=fill, border=edge, width=width, radius=radius)
        inset = theme.px("border.focus_ring") + theme.px("border.control")
        knob = track.adjusted(inset, inset, -inset, -inset)
        knob.setWidth(knob.height())
        if on:
            knob.moveRight(track.right() - inset)
        frame(painter, theme, knob, fill="on_accent" if on else edge, radius=knob.height() / 2)
        self._paint_words(painter, track)
        if shows_ring(self):
            margin = ring_margin(theme)
            around = track.adjusted(-margin, -margin, margin, margin)
            ring(painter, theme, around, radius + margin)

    def _paint_words(self, painter: QPainter, track: QRect) -> None:
        theme = current()
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        left = track.right() + 1 + theme.px("space.2")
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), MIDDLE, self.text())

    def _track(self) -> QRect:
        theme = current()
        height = theme.px("size.target_min") - theme.px("border.focus_ring")
        track = QRect(ring_margin(theme), 0, theme.px("space.5") * 2, height)
        track.moveTop((self.height() - height) // 2)
        return track
