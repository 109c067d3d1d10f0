"""The shapes of the kinds of records: shape, colour and glyph together, because none of them is enough alone."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap, QPixmapCache

from ui.theme_icons import render, source
from ui.theme_tokens import Kind, Tokens


class Look(Protocol):
    """What is asked of the theme, which asks for these drawings."""

    tokens: Tokens
    dark: bool
    high_contrast: bool

    def color(self, name: str) -> QColor: ...
    def kind_color(self, shape: str) -> QColor: ...
    def px(self, name: str) -> int: ...
    def font(self, name: str = "body", weight: int = 400) -> QFont: ...


GRID = 34.0
"""The outline lies on a grid of 32 with one unit of air all around."""

GLYPH_PLACE = {
    "person": (8.0, 8.0, 16.0),
    "organization": (8.0, 8.0, 16.0),
    "project": (9.5, 9.5, 13.0),
    "place": (8.25, 10.45, 15.5),
    "equipment": (8.0, 8.0, 16.0),
    "event": (9.25, 9.25, 13.5),
    "offer": (10.0, 14.2, 12.0),
    "need": (10.0, 5.4, 12.0),
    "commons": (8.5, 8.5, 15.0),
    "page": (9.0, 10.4, 14.0),
    "route": (8.35, 9.75, 12.5),
}
"""Where the glyph sits in the outline: left, top and side, on the same grid."""

INITIALS_HEIGHT = 12.5
SMALLEST_WITH_GLYPH = "size.target_min"


def kind_pixmap(theme: Look, shape: str, size: int, ratio: float, initials: str = "") -> QPixmap:
    """The shape of a kind, `size` logical pixels wide, with its glyph or the initials of a person."""
    lettered = bool(initials) and shape == "person"
    glyph = not lettered and size >= theme.px(SMALLEST_WITH_GLYPH)
    marks = (initials if lettered else "", glyph, theme.dark, theme.high_contrast)
    color = theme.kind_color(shape).name()
    key = f"kind/{shape}/{size}@{ratio}/{marks}/{color}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = render(_drawing(theme, theme.tokens.kinds[shape], glyph), QSize(size, size), ratio)
        if lettered:
            _write(theme, pixmap, initials)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def outline_pixmap(theme: Look, shape: str, size: int, ratio: float) -> QPixmap:
    """The outline alone, as it is printed beside the letter of the code."""
    ink = theme.color("text").name()
    outline = theme.tokens.kinds[shape].outline
    return render(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 36 36">'
        f'<g fill="none" stroke="{ink}" stroke-width="3">{outline}</g></svg>',
        QSize(size, size),
        ratio,
    )


def _drawing(theme: Look, kind: Kind, glyph: bool) -> str:
    color = theme.kind_color(kind.key).name()
    paint = f'fill="none" stroke="{color}" stroke-width="2.5"' if theme.high_contrast else f'fill="{color}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {GRID} {GRID}">'
        f"<g {paint}>{kind.outline}</g>{_glyph(theme, kind) if glyph else ''}</svg>"
    )


def _glyph(theme: Look, kind: Kind) -> str:
    left, top, side = GLYPH_PLACE[kind.key]
    svg = source(kind.glyph)
    body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return (
        f'<g transform="translate({left} {top}) scale({side / 24})" fill="none" stroke-width="2"'
        f' stroke-linecap="round" stroke-linejoin="round" stroke="{_ink(theme)}">{body}</g>'
    )


def _ink(theme: Look) -> str:
    return theme.color("text" if theme.high_contrast else "glyph").name()


def _write(theme: Look, pixmap: QPixmap, initials: str) -> None:
    side = pixmap.deviceIndependentSize().width()
    font = theme.font("body", 600)
    font.setPixelSize(max(1, round(side * INITIALS_HEIGHT / GRID)))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(theme.color("text" if theme.high_contrast else "glyph"))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, initials)
    painter.end()
