"""The steps of a long task: those done are ticked, the current one is filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from appli.i18n import _
from ui.theme import Theme, current
from ui.theme_painting import advance, frame, glyph

MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class Stepper(QWidget):
    """Says where one is: « Étape 2 sur 4 : Colonnes ». It is read, never pressed."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = list(steps)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, position: int) -> None:
        """The step one is at, from 0."""
        self._position = position
        words = _("Étape {n} sur {total} : {step}").format(
            n=position + 1, total=len(self._steps), step=self._steps[position]
        )
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        width = sum(self._width(theme, step) for step in self._steps)
        width += (len(self._steps) - 1) * self._link(theme)
        return QSize(width, theme.px("size.kind_map"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        left = 0
        for position, step in enumerate(self._steps):
            if position:
                self._paint_link(painter, theme, left)
                left += self._link(theme)
            self._paint_step(painter, theme, left, position)
            left += self._width(theme, step)

    def _width(self, theme: Theme, step: str) -> int:
        words = advance(theme.font("body", 600), step)
        return theme.px("size.kind_map") + theme.px("space.2") + words

    def _link(self, theme: Theme) -> int:
        return theme.px("space.3") * 2 + theme.px("space.8")

    def _paint_link(self, painter: QPainter, theme: Theme, left: int) -> None:
        gap, hairline = theme.px("space.3"), theme.px("border.control")
        place = QRect(left + gap, self.height() // 2, theme.px("space.8"), hairline)
        painter.fillRect(place, theme.color("control_border"))

    def _paint_step(self, painter: QPainter, theme: Theme, left: int, position: int) -> None:
        side = theme.px("size.kind_map")
        disc = QRect(left, (self.height() - side) // 2, side, side)
        done, here = position < self._position, position == self._position
        fill = "accent" if here else "accent_soft" if done else ""
        edge = "accent" if here or done else "control_border"
        width = theme.px("border.control") * 1.5
        frame(painter, theme, disc, fill=fill, border=edge, width=width, radius=side / 2)
        ink = "on_accent" if here else "accent_text" if done else "text_secondary"
        if done:
            glyph(painter, theme, "check", ink, disc, theme.px("space.4"))
        else:
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.color(ink))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(position + 1))
        painter.setFont(theme.font("body", 600 if here else 500))
        painter.setPen(theme.color("accent_text" if here else "text_secondary"))
        words = left + side + theme.px("space.2")
        place = QRect(words, 0, self.width() - words, self.height())
        painter.drawText(place, MIDDLE, self._steps[position])
