"""Words on screen: always plain text, elided with the whole in the tooltip, told to screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import current

UNBOUNDED = 100_000


def plain_tip(words: str) -> str:
    """A tooltip that shows the words as they are, whatever they contain."""
    if "<" not in words:
        return words
    return f"<p>{escape(words)}</p>".replace("\n", "<br>")


def literal(words: str) -> str:
    """Words for a button or a menu in which `&` is an ampersand."""
    return words.replace("&", "&&")


def announce(widget: QWidget, words: str, *, assertive: bool = False) -> None:
    """Have a screen reader say something that nobody asked for."""
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
    QAccessible.updateAccessibility(event)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class TextLabel(QLabel):
    """A label that never reads its words as HTML.

    `letters`: body, small, label, name, section, page_title, display. `ink`: text, secondary, muted, accent, danger,
    warning, success, info. An elided label gives way and shows the whole in its tooltip.
    """

    def __init__(
        self,
        words: str = "",
        *,
        letters: str = "body",
        ink: str = "text",
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("letters", letters)
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def set_ink(self, ink: str) -> None:
        """Another colour for the words."""
        restyle(self, "ink", ink)

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance("mmm…"))
            return hint.boundedTo(super().minimumSizeHint())
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)

    def _is_cut(self) -> bool:
        return self._elide and super().sizeHint().width() > self.width()

    def _tell_whole(self) -> None:
        if self._elide:
            self.setToolTip(plain_tip(self.text()) if self._is_cut() else "")


@dataclass(frozen=True)
class Run:
    """Some words of a phrase, with what sets them apart."""

    words: str
    strong: bool = False
    ink: str = ""
    struck: bool = False
    underlined: bool = False


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
        base = current().font("small" if self._letters == "small" else "body")
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
            look.setFontStrikeOut(run.struck)
            look.setFontUnderline(run.underlined)
            range_.format = look
            formats.append(range_)
        return formats
