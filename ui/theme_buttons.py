"""How a button is drawn: one table of roles, one size rule. The role is the property `role` of a QPushButton.

Other properties: `small`; `joined` = "left" or "right" for the halves of a split button; `trailing` = an icon
after the words; `spread` = words at the left, sign at the right; `count` = what waits behind the button.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyleOption, QStyleOptionButton, QWidget

from ui.theme import Theme
from ui.theme_painting import State, advance, frame, glyph, keyboard_focus, ring, ring_margin


@dataclass(frozen=True)
class Look:
    """Names of colours: at rest, under the pointer, pressed; edge and ink; weight of the words."""

    fill: str
    hover: str
    pressed: str
    border: str
    ink: str
    weight: int = 500
    ring: str = "focus"


ORDINARY = Look("surface", "hover", "pressed", "control_border", "text")
LOOKS = {
    "primary": Look("accent", "accent_hover", "accent_pressed", "", "on_accent", 600),
    "accent": Look("surface", "hover", "pressed", "accent", "accent_text", 600),
    "quiet": Look("", "hover", "pressed", "", "accent_text", 600),
    "plain": Look("", "hover", "pressed", "", "text"),
    "danger": Look("surface", "danger_soft", "danger_soft", "danger", "danger"),
    "danger-filled": Look("danger", "danger_hover", "danger_hover", "", "surface"),
    "warning": Look("surface", "warning_soft", "warning_soft", "warning", "text"),
    "inverse": Look("", "text_secondary", "text_secondary", "surface", "surface", 500, "surface"),
    "inverse-plain": Look("", "text_secondary", "text_secondary", "", "surface", 500, "surface"),
}
CHECKED = Look("accent_soft", "accent_soft", "accent_soft", "accent", "accent_text", 600)


@dataclass(frozen=True)
class Plan:
    """The measures of one button."""

    height: int
    padding: int
    icon: int
    gap: int
    font: QFont


def look_of(option: QStyleOption, widget: QWidget | None) -> Look:
    """The row of the table for this button."""
    role = widget.property("role") if widget is not None else ""
    if option.state & State.State_On:
        return CHECKED
    if not role and isinstance(option, QStyleOptionButton):
        default = option.features & QStyleOptionButton.ButtonFeature.DefaultButton
        role = "primary" if default else ""
    return LOOKS.get(role or "", ORDINARY)


def plan(theme: Theme, widget: QWidget | None, look: Look) -> Plan:
    """Ordinary or small."""
    small = widget is not None and bool(widget.property("small"))
    flush = widget is not None and bool(widget.property("flush"))
    padding = theme.px("space.2" if small else "space.3") + theme.px("border.focus_ring")
    return Plan(
        height=theme.px("size.control_small" if small else "size.control"),
        padding=theme.px("space.1") if flush else padding,
        icon=theme.px("space.4" if small else "size.icon"),
        gap=theme.px("space.2"),
        font=theme.font("small" if small else "body", look.weight),
    )


def size(theme: Theme, option: QStyleOption, widget: QWidget | None) -> QSize:
    """Room for icon, words, count and sign, and for the ring around them."""
    if not isinstance(option, QStyleOptionButton):
        return QSize()
    measures = plan(theme, widget, look_of(option, widget))
    around = 2 * ring_margin(theme)
    width = sum(w for w, _ in _parts(option, widget, measures, theme))
    gaps = measures.gap * max(0, len(_parts(option, widget, measures, theme)) - 1)
    joined = bool(widget is not None and widget.property("joined"))
    free = around // 2 if joined else around
    if _is_icon_only(option, widget):
        narrow = theme.px("space.1") if joined else 0
        return QSize(measures.height - narrow + free, measures.height + around)
    return QSize(width + gaps + 2 * measures.padding + free, measures.height + around)


def paint(theme: Theme, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The whole button."""
    if not isinstance(option, QStyleOptionButton):
        return
    look = look_of(option, widget)
    measures = plan(theme, widget, look)
    joined = (widget.property("joined") if widget is not None else "") or ""
    body = _body(theme, option.rect, joined)
    _paint_body(theme, option, painter, look, body, joined)
    _paint_parts(theme, option, painter, widget, look, measures, body)
    if keyboard_focus(option, widget):
        margin = ring_margin(theme)
        around = body.adjusted(
            -margin if joined != "right" else 0,
            -margin,
            margin if joined != "left" else 0,
            margin,
        )
        ring(painter, theme, around, theme.px("radius.control") + margin, look.ring)


def _body(theme: Theme, rect: QRect, joined: str) -> QRect:
    margin = ring_margin(theme)
    return rect.adjusted(0 if joined == "right" else margin, margin, 0 if joined == "left" else -margin, -margin)


def _paint_body(theme: Theme, option: QStyleOption, painter: QPainter, look: Look, body: QRect, joined: str) -> None:
    if not option.state & State.State_Enabled:
        fill, border = "", "border" if look.border or look.fill else ""
    else:
        fill = look.fill
        border = look.border
        if option.state & State.State_Sunken:
            fill = look.pressed
        elif option.state & State.State_MouseOver:
            fill = look.hover
    corners = joined or "all"
    if joined == "right" and border:
        # The halves share one line.
        body = body.adjusted(-theme.px("border.control"), 0, 0, 0)
    radius = theme.px("radius.control")
    frame(painter, theme, body, fill=fill, border=border, radius=radius, corners=corners)


def _paint_parts(
    theme: Theme,
    option: QStyleOptionButton,
    painter: QPainter,
    widget: QWidget | None,
    look: Look,
    measures: Plan,
    body: QRect,
) -> None:
    enabled = bool(option.state & State.State_Enabled)
    ink = look.ink if enabled else "disabled"
    parts = _parts(option, widget, measures, theme)
    content = sum(width for width, _ in parts) + measures.gap * max(0, len(parts) - 1)
    room = body.width() - 2 * theme.px("space.1")
    spread = widget is not None and bool(widget.property("spread"))
    left = body.x() + max(theme.px("space.1"), (body.width() - content) // 2)
    if spread:
        left = body.x() + measures.padding
    for width, part in parts:
        if spread and part not in {"icon", "text", "count"}:
            left = body.right() - measures.padding - width
        place = QRect(left, body.y(), min(width, room), body.height())
        if part == "icon":
            side = measures.icon
            mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
            top = body.y() + (body.height() - side) // 2
            option.icon.paint(painter, QRect(left, top, side, side), mode=mode)
        elif part == "text":
            _paint_words(theme, option, painter, place, measures.font, ink)
        elif part == "count":
            _paint_count(theme, painter, place, str(widget.property("count") if widget else ""))
        else:
            glyph(painter, theme, part, ink, place, theme.px("space.4"))
        left += width + measures.gap


def _paint_words(
    theme: Theme,
    option: QStyleOptionButton,
    painter: QPainter,
    place: QRect,
    font: QFont,
    ink: str,
) -> None:
    shown = option.state & State.State_KeyboardFocusChange
    flag = Qt.TextFlag.TextShowMnemonic if shown else Qt.TextFlag.TextHideMnemonic
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter) | flag, option.text)


def _paint_count(theme: Theme, painter: QPainter, place: QRect, words: str) -> None:
    height = theme.px("size.target_min") - theme.px("border.focus_ring")
    pill = QRect(place.x(), place.y() + (place.height() - height) // 2, place.width(), height)
    frame(painter, theme, pill, fill="warning_soft", radius=theme.px("radius.badge"))
    painter.setFont(theme.font("small", 600))
    painter.setPen(theme.color("warning"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


def _parts(option: QStyleOptionButton, widget: QWidget | None, measures: Plan, theme: Theme) -> list[tuple[int, str]]:
    """What stands in the button from left to right, with its width."""
    parts: list[tuple[int, str]] = []
    if not option.icon.isNull():
        parts.append((measures.icon, "icon"))
    if option.text:
        metrics = QFontMetrics(measures.font)
        parts.append((metrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width(), "text"))
    count = widget.property("count") if widget is not None else None
    if count:
        width = advance(theme.font("small", 600), str(count))
        parts.append((width + theme.px("space.4"), "count"))
    if sign := _sign(option, widget):
        parts.append((theme.px("space.4"), sign))
    return parts


def _sign(option: QStyleOptionButton, widget: QWidget | None) -> str:
    trailing = widget.property("trailing") if widget is not None else ""
    if trailing:
        return str(trailing)
    has_menu = option.features & QStyleOptionButton.ButtonFeature.HasMenu
    return "chevron-down" if has_menu and not _is_icon_only(option, widget) else ""


def _is_icon_only(option: QStyleOptionButton, widget: QWidget | None) -> bool:
    return not option.text and not (widget is not None and widget.property("count"))
