"""Strokes shared by the style, the widgets and the delegates: frames, rings, badges, elided and marked text."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyleOption, QWidget

from ui.theme import Theme

VCENTER = Qt.AlignmentFlag.AlignVCenter
PLAIN = Qt.TextFlag.TextSingleLine
State = QStyle.StateFlag


def rounded(rect: QRectF, radius: float, corners: str = "all") -> QPainterPath:
    """A rectangle with round corners: "all", those of one side ("left", "right", "top") or "none"."""
    path = QPainterPath()
    if corners == "none":
        path.addRect(rect)
        return path
    path.addRoundedRect(rect, radius, radius)
    square = QRectF(rect)
    if corners == "left":
        square.setLeft(rect.center().x())
    elif corners == "right":
        square.setRight(rect.center().x())
    elif corners == "top":
        square.setTop(rect.center().y())
    else:
        return path
    half = QPainterPath()
    half.addRect(square)
    return path.united(half)


def frame(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    *,
    fill: str = "",
    border: str = "",
    width: float = 0.0,
    radius: float = 0.0,
    corners: str = "all",
) -> None:
    """Fill and outline a rectangle, edges sharp, corners smooth; the border lies inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = width or theme.px("border.control")
    inset = stroke / 2 if border else 0.0
    path = rounded(QRectF(rect).adjusted(inset, inset, -inset, -inset), max(0.0, radius - inset), corners)
    if fill:
        painter.fillPath(path, theme.color(fill))
    if border:
        painter.setPen(QPen(theme.color(border), stroke))
        painter.drawPath(path)
    painter.restore()


def ring_margin(theme: Theme) -> int:
    """What a control keeps free around itself for the focus ring."""
    return theme.px("border.focus_ring") + theme.px("border.focus_offset")


def ring(painter: QPainter, theme: Theme, rect: QRect, radius: float, color: str = "focus") -> None:
    """The focus ring, just inside `rect`."""
    frame(painter, theme, rect, border=color, width=theme.px("border.focus_ring"), radius=radius)


def keyboard_focus(option: QStyleOption, widget: QWidget | None = None) -> bool:
    """Whether the ring is shown: the control has the focus and the keyboard is in use, or it always shows it."""
    if not option.state & State.State_HasFocus:
        return False
    always = widget is not None and bool(widget.property("always_ringed"))
    return always or bool(option.state & State.State_KeyboardFocusChange)


def shows_ring(widget: QWidget) -> bool:
    """The same question asked of a widget that paints itself."""
    attribute = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(attribute)


def advance(font: QFont, words: str) -> int:
    """The room that words need on a line, never a fraction too little."""
    return ceil(QFontMetricsF(font).horizontalAdvance(words))


def glyph(painter: QPainter, theme: Theme, name: str, role: str, rect: QRect, size: int) -> None:
    """A Lucide icon centred in `rect`."""
    pixmap = theme.glyph(name, role, size, painter.device().devicePixelRatioF())
    corner = QPoint(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2)
    painter.drawPixmap(corner, pixmap)


def kind(painter: QPainter, theme: Theme, shape: str, corner: QPoint, size: int, initials: str = "") -> None:
    """The shape of a kind with its top left corner there."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(corner, theme.kind_pixmap(shape, size, ratio, initials))


def text(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    words: str,
    *,
    font: QFont,
    role: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """One line, elided at the right when there is no room; answers whether it was."""
    painter.setFont(font)
    painter.setPen(theme.color(role))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | VCENTER) | PLAIN, shown)
    return shown != words


def marked_text(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    words: str,
    *,
    font: QFont,
    role: str,
    spans: Iterable[tuple[int, int]],
) -> None:
    """One line whose matched words (start, end) are underlined in the accent."""
    text(painter, theme, rect, words, font=font, role=role)
    metrics = QFontMetrics(font)
    line = theme.px("border.focus_ring")
    baseline = rect.y() + (rect.height() - metrics.height()) // 2 + metrics.ascent()
    for start, end in spans:
        left = advance(font, words[:start])
        right = min(advance(font, words[:end]), rect.width())
        if left < right:
            place = QRect(rect.x() + left, baseline + line + line // 2, right - left, line)
            painter.fillRect(place, theme.color("accent"))
