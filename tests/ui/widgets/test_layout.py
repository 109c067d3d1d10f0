"""Spaces follow the text; what does not fit goes on under the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.layout import Column, Flow, Row, space

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def box(width: int) -> QWidget:
    widget = QWidget()
    widget.setFixedSize(width, 20)
    return widget


def test_margins_and_gaps_are_steps_of_the_scale(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = Column(page, margin=(5, 4, 5, 2), gap=3)
    margins = column.contentsMargins()
    assert (margins.left(), margins.top(), margins.bottom(), column.spacing()) == (20, 16, 8, 12)
    theme.set_scale(2.0)
    assert (column.contentsMargins().left(), column.spacing()) == (40, 24)
    with pytest.raises(KeyError):
        space(7)


def test_a_layout_that_is_gone_hears_no_more(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    Row(page, gap=3)
    Flow(gap=3)
    page.deleteLater()
    qtbot.wait(1)
    theme.set_scale(1.25)


def test_a_flow_wraps_and_centres_its_lines(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = Flow(page, gap=2, centred=True)
    boxes = [box(100) for _ in range(3)]
    for one in boxes:
        flow.addWidget(one)
    page.resize(220, 100)
    page.show()
    assert [b.x() for b in boxes] == [6, 114, 60]
    assert [b.y() for b in boxes] == [0, 0, 28]
    assert flow.heightForWidth(220) == 48
    assert flow.heightForWidth(90) == 76


def test_a_flow_leaves_no_room_for_what_is_hidden(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = Flow(page, gap=2)
    first, second = box(100), box(50)
    flow.addWidget(first)
    flow.addWidget(second)
    page.show()
    first.hide()
    page.resize(300, 50)
    flow.activate()
    assert second.x() == 0
