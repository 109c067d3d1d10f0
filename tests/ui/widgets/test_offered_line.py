"""What the widgets of the form do alone: offers under a line, parts side by side, a text that grows, circles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.audience import AudienceButton
from ui.widgets.field import FieldRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.layout import Column, Ringed
from ui.widgets.offered_line import OfferedLine
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.pieces import PieceField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def holder(theme: Theme, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    Column(made, margin=3)
    made.resize(700, 500)
    made.show()
    yield made
    for popup in QApplication.topLevelWidgets():
        if popup is not made and popup.isVisible():
            popup.hide()


@dataclass(frozen=True)
class Offered:
    """A piece one may choose."""

    name: str
    detail: str = ""


def shown(holder: QWidget, widget: QWidget) -> None:
    holder.layout().addWidget(widget)
    holder.layout().addStretch()  # type: ignore[attr-defined]
    widget.show()
    QTest.qWait(1)


class Line:
    """A line with two offers, and what it told."""

    def __init__(self, holder: QWidget, *, free: bool) -> None:
        self.line = OfferedLine("Commune", free=free)
        self.taken: list[int] = []
        self.entered: list[str] = []
        self.line.taken.connect(self.taken.append)
        self.line.entered.connect(self.entered.append)
        shown(holder, self.line)
        self.line.edit.setFocus()
        QTest.keyClicks(self.line.edit, "m")
        self.line.show_lines(["Marvejols", "Mende"])

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.line.popup if self.line.popup.isVisible() else self.line.edit, key)


def test_return_takes_the_marked_offer(holder: QWidget) -> None:
    bench = Line(holder, free=False)
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (bench.taken, bench.entered) == ([1], [])
    assert not bench.line.popup.isVisible()


def test_a_piece_is_chosen_once(holder: QWidget) -> None:
    field = PieceField("Territoire")
    chosen: list[int] = []
    field.chosen.connect(chosen.append)
    shown(holder, field)
    field.line.edit.setFocus()
    field.show_offers([Offered("Lozère"), Offered("Lozère, ailleurs")])
    QTest.keyClick(field._popup, Qt.Key.Key_Return)
    assert chosen == [0]


def test_return_on_a_free_word_takes_the_word_unless_one_is_marked(holder: QWidget) -> None:
    bench = Line(holder, free=True)
    bench.press(Qt.Key.Key_Return)
    assert (bench.taken, bench.entered) == ([], ["m"])
    bench.line.show_lines(["Marvejols", "Mende"])
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert bench.taken == [0]


def test_offers_do_not_unroll_where_nobody_types(holder: QWidget) -> None:
    bench = Line(holder, free=False)
    bench.line.show_lines([])
    bench.line.edit.clearFocus()
    bench.line.show_lines(["Mende"])
    assert not bench.line.popup.isVisible()


@pytest.mark.parametrize(("width", "lines"), [(700, 1), (420, 2), (250, 3)])
def test_parts_go_on_under_the_first_and_fill_their_line(holder: QWidget, width: int, lines: int) -> None:
    box = Ringed()
    flow = PartsFlow(box)
    fields = [FieldRow(name, QLineEdit()) for name in ("Rue", "Lieu-dit", "Code postal")]
    for field in fields:
        flow.add(field, 180)
    holder.resize(width, 500)
    shown(holder, box)
    QTest.qWait(20)
    tops = sorted({field.y() for field in fields})
    assert len(tops) == lines
    assert max(field.geometry().right() for field in fields) >= box.width() - 8
    assert all(field.height() >= field.sizeHint().height() for field in fields)


def test_a_hidden_part_leaves_no_room(holder: QWidget) -> None:
    box = Ringed()
    flow = PartsFlow(box)
    first, second = FieldRow("Fin", QLineEdit()), FieldRow("Heure", QLineEdit())
    flow.add(first, 180)
    flow.add(second, 180)
    shown(holder, box)
    second.hide()
    QTest.qWait(20)
    assert first.width() >= box.width() - 8


def test_a_text_is_as_high_as_what_it_holds(holder: QWidget) -> None:
    text = GrowingText("une ligne", fewest=2, most=6)
    shown(holder, text)
    low = text.height()
    text.setPlainText("\n".join(["ligne"] * 5))
    assert text.height() > low
    higher = text.height()
    text.setPlainText("\n".join(["ligne"] * 50))
    assert text.height() <= higher * 2
    text.setPlainText("")
    assert text.height() == low


def test_circles_wider_than_the_sheet_are_closed_and_open_again(holder: QWidget) -> None:
    button = AudienceButton("Téléphone", "private")
    shown(holder, button)
    button.set_ceiling("shared")
    open_now = {str(a.data()): a.isEnabled() for a in button.menu().actions()}
    assert open_now == {"private": True, "shared": True, "public": False}
    assert "«\u00a0partagé\u00a0»" in button.accessibleDescription()
    assert button.toolTip()
    button.set_ceiling("public")
    assert all(a.isEnabled() for a in button.menu().actions())
    assert (button.accessibleDescription(), button.toolTip()) == ("ce poste seulement", "")
