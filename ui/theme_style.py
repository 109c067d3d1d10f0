"""Fusion with our controls: buttons, boxes, lists to unroll and dates, painted from the tokens.

The style sheet cannot do it: Qt's style-sheet style ignores the layout rectangle of a button, so that the margin kept
for the focus ring would push every button out of line, and it paints the arrow of a list from a file of one colour.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSpinBox,
    QWidget,
)

from ui import theme_buttons
from ui.theme import Theme
from ui.theme_painting import State, frame, glyph, keyboard_focus, ring, ring_margin, text

Metric = QStyle.PixelMetric
Primitive = QStyle.PrimitiveElement
Control = QStyle.ControlElement
Complex = QStyle.ComplexControl
Sub = QStyle.SubControl
Element = QStyle.SubElement
Contents = QStyle.ContentsType

SIGNS = {
    Primitive.PE_IndicatorArrowLeft: "chevron-left",
    Primitive.PE_IndicatorArrowRight: "chevron-right",
    Primitive.PE_IndicatorArrowUp: "chevron-up",
    Primitive.PE_IndicatorArrowDown: "chevron-down",
    Primitive.PE_IndicatorMenuCheckMark: "check",
}
NO_BUTTONS = QAbstractSpinBox.ButtonSymbols.NoButtons
INDICATORS = {
    Metric.PM_IndicatorWidth,
    Metric.PM_IndicatorHeight,
    Metric.PM_ExclusiveIndicatorWidth,
    Metric.PM_ExclusiveIndicatorHeight,
}
LABEL_SPACINGS = {Metric.PM_CheckBoxLabelSpacing, Metric.PM_RadioButtonLabelSpacing}
ICONS = {Metric.PM_ButtonIconSize, Metric.PM_SmallIconSize, Metric.PM_ListViewIconSize}
LAYOUT_ITEMS = {
    Element.SE_PushButtonLayoutItem,
    Element.SE_CheckBoxLayoutItem,
    Element.SE_RadioButtonLayoutItem,
}


class MaillageStyle(QProxyStyle):
    """Fusion, but for what a person presses, ticks or unrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    # --- measures ---

    def pixelMetric(self, metric: Metric, option: QStyleOption | None = None, widget: QWidget | None = None) -> int:
        theme = self._theme
        if metric in INDICATORS:
            return theme.px("space.5") + 2 * ring_margin(theme)
        if metric in LABEL_SPACINGS:
            return theme.px("space.2") - ring_margin(theme)
        if metric in ICONS:
            return theme.px("size.icon")
        if metric is Metric.PM_TabBarScrollButtonWidth:
            return theme.px("size.target_min")
        if metric is Metric.PM_TextCursorWidth:
            return theme.px("border.field_focus")
        return super().pixelMetric(metric, option, widget)

    def sizeFromContents(
        self, kind: Contents, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        if kind is Contents.CT_PushButton:
            return theme_buttons.size(self._theme, option, widget)
        base = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        if kind is Contents.CT_ComboBox:
            width = size.width() + 2 * self._field_padding() + self._arrow_width()
            return QSize(width, self._theme.px("size.control"))
        if kind is Contents.CT_SpinBox:
            width = size.width() + self._field_padding() + self._arrow_width()
            return QSize(width, self._theme.px("size.control"))
        return base

    def subElementRect(self, element: Element, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        ringed = element is Element.SE_FrameLayoutItem and _is_ringed(widget)
        if ringed or element in LAYOUT_ITEMS:
            margin = ring_margin(self._theme)
            return option.rect.adjusted(margin, margin, -margin, -margin)
        return super().subElementRect(element, option, widget)  # type: ignore[arg-type]

    def subControlRect(
        self,
        control: Complex,
        option: QStyleOptionComplex,
        part: Sub,
        widget: QWidget | None = None,
    ) -> QRect:
        # The parts of the two controls share their numbers: ask for the control first.
        if control is Complex.CC_ComboBox and part is Sub.SC_ComboBoxEditField:
            return self._words(option)
        if control is Complex.CC_ComboBox and part is Sub.SC_ComboBoxArrow:
            return self._signs(option)
        if control is Complex.CC_SpinBox and part is Sub.SC_SpinBoxEditField:
            return self._words(option)
        if control is Complex.CC_SpinBox and part in {Sub.SC_SpinBoxUp, Sub.SC_SpinBoxDown}:
            return self._half(option, upper=part is Sub.SC_SpinBoxUp)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    def _words(self, option: QStyleOptionComplex) -> QRect:
        """Where a field is written."""
        column, edge = self._arrow_width(), self._theme.px("border.field_focus")
        if isinstance(option, QStyleOptionSpinBox) and option.buttonSymbols is NO_BUTTONS:
            column = self._field_padding()
        return option.rect.adjusted(self._field_padding(), edge, -column, -edge)

    def _signs(self, option: QStyleOptionComplex) -> QRect:
        """The column of the signs at its right."""
        return option.rect.adjusted(option.rect.width() - self._arrow_width(), 0, 0, 0)

    def _half(self, option: QStyleOptionComplex, *, upper: bool) -> QRect:
        signs = self._signs(option)
        half = signs.height() // 2
        return signs.adjusted(0, 0, 0, -half) if upper else signs.adjusted(0, half, 0, 0)

    def _field_padding(self) -> int:
        return self._theme.px("space.3")

    def _arrow_width(self) -> int:
        return self._theme.px("space.3") * 2 + self._theme.px("size.icon")

    # --- drawing ---

    def drawControl(
        self,
        element: Control,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is Control.CE_PushButton:
            theme_buttons.paint(self._theme, option, painter, widget)
        elif element is Control.CE_ComboBoxLabel:
            self._combo_label(option, painter)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: Complex,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control is Complex.CC_ComboBox:
            self._field_frame(option, painter, widget)
            arrow = self._signs(option)
            name = "calendar" if isinstance(widget, QDateTimeEdit) else "chevron-down"
            role = "text" if option.state & State.State_Enabled else "disabled"
            glyph(painter, self._theme, name, role, arrow, self._theme.px("space.4"))
        elif control is Complex.CC_SpinBox:
            self._field_frame(option, painter, widget)
            self._spin_arrows(option, painter)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def drawPrimitive(
        self,
        element: Primitive,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is Primitive.PE_IndicatorCheckBox:
            self._check_box(option, painter)
        elif element is Primitive.PE_IndicatorRadioButton:
            self._radio_button(option, painter)
        elif element in SIGNS:
            role = "text" if option.state & State.State_Enabled else "disabled"
            side = min(self._theme.px("space.4"), option.rect.width(), option.rect.height())
            glyph(painter, self._theme, SIGNS[element], role, option.rect, side)
        elif element is Primitive.PE_FrameFocusRect:
            if option.state & State.State_KeyboardFocusChange and _ring_is_ours(widget):
                ring(painter, self._theme, option.rect, self._theme.px("radius.small"))
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _field_frame(self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None) -> None:
        theme = self._theme
        enabled = bool(option.state & State.State_Enabled)
        wrong = widget is not None and widget.property("state") == "error"
        focused = bool(option.state & State.State_HasFocus)
        over = bool(option.state & State.State_MouseOver) and isinstance(widget, QComboBox)
        border = "danger" if wrong else "focus" if focused else "control_border"
        frame(
            painter,
            theme,
            option.rect,
            fill=("hover" if over else "surface") if enabled else "",
            border=border if enabled else "border",
            width=theme.px("border.field_focus" if wrong or focused else "border.control"),
            radius=theme.px("radius.control"),
        )

    def _combo_label(self, option: QStyleOption, painter: QPainter) -> None:
        if not isinstance(option, QStyleOptionComboBox):
            return
        theme = self._theme
        rect = self._words(option)
        if not option.currentIcon.isNull():
            side = theme.px("size.icon")
            option.currentIcon.paint(painter, QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side))
            rect.setLeft(rect.left() + side + theme.px("space.2"))
        role = "text" if option.state & State.State_Enabled else "disabled"
        text(painter, theme, rect, option.currentText, font=painter.font(), role=role)

    def _spin_arrows(self, option: QStyleOptionComplex, painter: QPainter) -> None:
        if isinstance(option, QStyleOptionSpinBox) and option.buttonSymbols is NO_BUTTONS:
            return
        role = "text" if option.state & State.State_Enabled else "disabled"
        for upper, name in ((True, "chevron-up"), (False, "chevron-down")):
            place = self._half(option, upper=upper)
            glyph(painter, self._theme, name, role, place, self._theme.px("space.4"))

    # --- boxes ---

    def _box(self, option: QStyleOption) -> QRect:
        """The box of 20 in the middle of the room kept for it and its ring."""
        side = self._theme.px("space.5")
        box = QRect(0, 0, side, side)
        box.moveCenter(option.rect.center())
        return box

    def _box_colors(self, option: QStyleOption, ticked: bool) -> tuple[str, str]:
        if not option.state & State.State_Enabled:
            return ("disabled" if ticked else "", "disabled" if ticked else "border")
        over = bool(option.state & State.State_MouseOver)
        if ticked:
            return ("accent_hover", "accent_hover") if over else ("accent", "accent")
        return ("hover" if over else "surface", "control_border")

    def _check_box(self, option: QStyleOption, painter: QPainter) -> None:
        theme, box = self._theme, self._box(option)
        partly = bool(option.state & State.State_NoChange)
        ticked = partly or bool(option.state & State.State_On)
        fill, border = self._box_colors(option, ticked)
        radius = theme.px("radius.small")
        width = theme.px("border.control") * 1.5
        frame(painter, theme, box, fill=fill, border=border, width=width, radius=radius)
        if ticked:
            side = theme.px("space.4")
            glyph(painter, theme, "minus" if partly else "check", "on_accent", box, side)
        self._box_ring(option, painter, box, radius)

    def _radio_button(self, option: QStyleOption, painter: QPainter) -> None:
        theme, box = self._theme, self._box(option)
        chosen = bool(option.state & State.State_On)
        fill, border = self._box_colors(option, chosen)
        radius = box.width() / 2
        width = theme.px("border.control") * 1.5
        ground = "" if fill in {"", "disabled"} else "surface"
        frame(painter, theme, box, fill=ground, border=border, width=width, radius=radius)
        if chosen:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(theme.color(fill))
            inset = box.width() // 4
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
            painter.restore()
        self._box_ring(option, painter, box, radius)

    def _box_ring(self, option: QStyleOption, painter: QPainter, box: QRect, radius: float) -> None:
        if keyboard_focus(option):
            margin = ring_margin(self._theme)
            around = box.adjusted(-margin, -margin, margin, margin)
            ring(painter, self._theme, around, radius + margin)


def _is_ringed(widget: QWidget | None) -> bool:
    return widget is not None and bool(widget.property("ringed"))


def _ring_is_ours(widget: QWidget | None) -> bool:
    """Buttons and boxes draw their own ring around themselves."""
    return not isinstance(widget, QAbstractButton)
