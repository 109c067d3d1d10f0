"""Phrases whose words do not all look alike: bold, struck, coloured; still plain text, wrapped as one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import current

UNBOUNDED = 100_000


@dataclass(frozen=True)
class Run:
    """Some words of a phrase, with what sets them apart."""

    words: str
    strong: bool = False
    ink: str = ""
    struck: bool = False
    underlined: bool = False
    ground: str = ""
    """A colour behind the words, for what the eye should find."""


class Phrase(QLabel):
    """A few runs of plain text that wrap together: « **Deux valeurs.** Les deux sont gardées. »"""

    def __init__(
        self,
        *runs: Run,
        letters: str = "body",
        ink: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._letters = letters
        self._ink = ink
        self._runs: tuple[Run, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_runs(*runs)

    def set_runs(self, *runs: Run) -> None:
        """Say something else; a screen reader gets the words in one piece."""
        self._runs = runs
        self.setText("".join(run.words for run in runs))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout, height = self._laid_out(UNBOUNDED)
        return QSize(int(layout.maximumWidth()) + 1, height)

    def minimumSizeHint(self) -> QSize:
        width = min(self.sizeHint().width(), self.fontMetrics().averageCharWidth() * 16)
        return QSize(width, self.fontMetrics().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width)[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout, height = self._laid_out(self.width())
        painter = QPainter(self)
        painter.setPen(current().color(self._ink))
        layout.draw(painter, QPointF(0, max(0, (self.height() - height) // 2)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        base = current().font(self._letters)
        layout = QTextLayout(self.text(), base)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout, int(top + 0.999)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats, start = [], 0
        for run in self._runs:
            range_ = QTextLayout.FormatRange()
            range_.start = start
            # Offsets count UTF-16 units, as Qt does.
            range_.length = len(run.words.encode("utf-16-le")) // 2
            start += range_.length
            look = QTextCharFormat()
            if run.strong:
                look.setFontWeight(QFont.Weight.DemiBold)
            if run.ink:
                look.setForeground(current().color(run.ink))
            if run.ground:
                look.setBackground(current().color(run.ground))
            look.setFontStrikeOut(run.struck)
            look.setFontUnderline(run.underlined)
            range_.format = look
            formats.append(range_)
        return formats
