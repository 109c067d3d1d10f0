"""Buttons line up by what is seen, keep room for the ring, and say why they cannot be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button, IconButton, SplitButton
from ui.widgets.layout import Column, Row

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def pixel(widget: QWidget, x: int, y: int) -> object:
    return widget.grab().toImage().pixelColor(x, y)


def test_heights_are_those_of_the_tokens(qtbot: QtBot, theme: Theme) -> None:
    margin = 2 * 4
    for button, height in ((Button("Voir"), 36), (Button("Voir", small=True), 30), (IconButton("x", "Fermer"), 36)):
        qtbot.addWidget(button)
        assert button.sizeHint().height() == height + margin
    theme.set_scale(1.5)
    button = Button("Voir")
    qtbot.addWidget(button)
    assert button.sizeHint().height() == 54 + 2 * (3 + 3)


def test_buttons_fields_and_boxes_share_their_left_edge(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = Column(page, margin=5)
    button, field, box = Button("Enregistrer"), QLineEdit(), QCheckBox("Coché")
    column.add(field, button, box)
    page.show()
    assert field.x() == 20
    assert button.x() == box.x() == 16, "four pixels of ring outside the line"


@pytest.mark.parametrize("role", ["primary", "ordinary", "quiet", "danger"])
def test_the_ring_shows_who_has_the_keyboard(qtbot: QtBot, theme: Theme, role: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = Row(page, margin=5)
    first, second = Button("Garder", role), Button("Autre", role)
    row.add(first, second)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    middle = first.height() // 2
    assert pixel(first, 0, middle) != theme.color("focus"), "no ring before the keyboard is used"
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert pixel(second, 0, middle) == theme.color("focus")
    assert pixel(second, 1, middle) == theme.color("focus")
    assert pixel(second, 2, middle) != theme.color("focus"), "a gap of two pixels"
    assert pixel(first, 0, middle) != theme.color("focus")


def test_roles_have_their_fill(qtbot: QtBot, theme: Theme) -> None:
    for role, name in (("primary", "accent"), ("ordinary", "surface"), ("danger-filled", "danger")):
        button = Button("Voir", role)
        qtbot.addWidget(button)
        button.show()
        assert pixel(button, 10, 10) == theme.color(name)


def test_a_reason_closes_and_opens(qtbot: QtBot) -> None:
    button = Button("Rétablir")
    qtbot.addWidget(button)
    button.explain("Rien à rétablir.")
    assert not button.isEnabled()
    assert button.toolTip() == "Rien à rétablir."
    button.explain("")
    assert button.isEnabled()


def test_halves_of_a_split_button_touch(qtbot: QtBot) -> None:
    menu = QMenu()
    split = SplitButton("Nouvelle fiche", menu, "Choisir le genre de fiche")
    qtbot.addWidget(split)
    split.show()
    assert split.main.geometry().right() + 1 == split.more.x()
    with qtbot.waitSignal(split.clicked):
        qtbot.mouseClick(split.main, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert split.more.accessibleName() == "Choisir le genre de fiche"
    menu.deleteLater()


def test_a_count_takes_room_only_when_something_waits(qtbot: QtBot) -> None:
    button = Button("À trancher", "warning")
    qtbot.addWidget(button)
    without = button.sizeHint().width()
    button.set_count(3)
    assert button.sizeHint().width() > without
    button.set_count(0)
    assert button.sizeHint().width() == without
