"""Fields, boxes and lists to unroll are painted by our style, with edges and signs that can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from ui import theme_setup
from ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    current = Theme.installed or theme_setup.install(qapp)
    current.scale = 1.0
    current.set_scheme(Scheme.LIGHT)
    return current


def image(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(max(160, widget.sizeHint().width()), widget.sizeHint().height())
    return widget.grab().toImage()


def dark_pixels(shot: QImage, theme: Theme, left: int, top: int, width: int, height: int) -> int:
    ink = theme.color("text")
    return sum(
        shot.pixelColor(x, y).lightness() < (ink.lightness() + 255) // 2
        for x in range(left, left + width)
        for y in range(top, top + height)
    )


@pytest.mark.parametrize("kind", [QComboBox, QSpinBox])
def test_a_field_has_the_edge_and_the_height_of_the_tokens(qtbot: QtBot, theme: Theme, kind: type[QWidget]) -> None:
    field = kind()
    shot = image(qtbot, field)
    assert field.sizeHint().height() == 36
    assert shot.pixelColor(80, 0) == theme.color("control_border")
    field.setProperty("state", "error")
    assert field.grab().toImage().pixelColor(80, 1) == theme.color("danger")
    field.setEnabled(False)
    assert field.grab().toImage().pixelColor(80, 0) == theme.color("border")


def test_a_list_to_unroll_shows_its_sign_and_its_words(qtbot: QtBot, theme: Theme) -> None:
    field = QComboBox()
    field.addItem(theme.kind_icon("place"), "Lieu")
    shot = image(qtbot, field)
    assert dark_pixels(shot, theme, 160 - 32, 10, 24, 16) > 5
    assert dark_pixels(shot, theme, 40, 8, 40, 20) > 20


def test_a_number_has_two_signs_in_two_places(qtbot: QtBot, theme: Theme) -> None:
    field = QSpinBox()
    shot = image(qtbot, field)
    assert dark_pixels(shot, theme, 160 - 32, 2, 24, 15) > 3
    assert dark_pixels(shot, theme, 160 - 32, 19, 24, 15) > 3
    option = QStyleOptionSpinBox()
    field.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl
    up = field.style().subControlRect(control, option, part.SC_SpinBoxUp, field)
    down = field.style().subControlRect(control, option, part.SC_SpinBoxDown, field)
    assert not up.intersects(down)
    assert up.width() >= 24
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=up.center())
    assert field.value() == 1


def test_a_number_without_signs_is_written_up_to_its_edge(qtbot: QtBot) -> None:
    field = QSpinBox()
    field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    qtbot.addWidget(field)
    field.resize(160, 36)
    field.show()
    assert field.lineEdit().geometry().right() > 140


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_are_twenty_wide_and_filled_when_ticked(qtbot: QtBot, theme: Theme, kind: type[QCheckBox]) -> None:
    box = kind("Coché")
    empty = image(qtbot, box)
    middle = box.height() // 2
    assert empty.pixelColor(14, middle) == theme.color("surface")
    box.setChecked(True)
    ticked = box.grab().toImage()
    row = [ticked.pixelColor(x, middle) for x in range(28)]
    assert theme.color("accent") in row
    assert not any(color == theme.color("accent") for color in row[:4]), "room for the ring"


def test_a_box_that_is_closed_is_not_green(qtbot: QtBot, theme: Theme) -> None:
    box = QCheckBox("Fermé")
    box.setChecked(True)
    box.setEnabled(False)
    shot = image(qtbot, box)
    colors = {shot.pixelColor(x, box.height() // 2).name() for x in range(28)}
    assert theme.color("accent").name() not in colors
    assert theme.color("disabled").name() in colors


def test_partly_is_neither(qtbot: QtBot) -> None:
    box = QCheckBox("Tout")
    box.setTristate(True)
    box.setCheckState(Qt.CheckState.PartiallyChecked)
    partly = image(qtbot, box)
    box.setCheckState(Qt.CheckState.Checked)
    assert box.grab().toImage() != partly
