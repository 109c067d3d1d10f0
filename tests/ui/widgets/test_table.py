"""Cells: words, shape, badge, bar, box; by what the model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel

from ui.theme import Theme
from ui.widgets.badge import BadgeLook
from ui.widgets.table import Table, TableRole

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    table = Table("Colonnes du fichier")
    qtbot.addWidget(table)
    model = QStandardItemModel(0, 4, table)
    cells = [QStandardItem("Relais"), QStandardItem(), QStandardItem("reconnue"), QStandardItem("1 512")]
    cells[0].setData("place", TableRole.SHAPE)
    cells[0].setCheckable(True)
    cells[0].setCheckState(Qt.CheckState.Checked)
    cells[1].setData(0.5, TableRole.FILL)
    cells[2].setData(BadgeLook("reconnue", "success", "check"), TableRole.BADGE)
    cells[3].setData(True, TableRole.NUMBER)
    model.appendRow(cells)
    table.setModel(model)
    for column in range(4):
        table.setColumnWidth(column, 150)
    table.resize(620, 200)
    table.show()
    return table


def cell(table: Table, column: int) -> QImage:
    rect = table.visualRect(table.model().index(0, column))
    return table.viewport().grab(rect).toImage()


def colors(image: QImage, rect: QRect | None = None) -> set[str]:
    rect = rect or image.rect()
    return {
        image.pixelColor(x, y).name() for x in range(rect.x(), rect.right()) for y in range(rect.y(), rect.bottom())
    }


def test_a_row_is_as_high_as_the_tokens_say(table: Table, theme: Theme) -> None:
    assert table.rowHeight(0) == 38
    theme.set_scale(2.0)
    assert table.rowHeight(0) == 76


def test_the_first_cell_has_its_box_and_its_shape(table: Table, theme: Theme) -> None:
    found = colors(cell(table, 0))
    assert theme.color("accent").name() in found
    assert theme.kind_color("place").name() in found


def test_the_bar_is_filled_by_half(table: Table, theme: Theme) -> None:
    image = cell(table, 1)
    row = image.height() // 2
    accent = [x for x in range(image.width()) if image.pixelColor(x, row) == theme.color("accent")]
    rest = [x for x in range(image.width()) if image.pixelColor(x, row) == theme.color("hover")]
    assert accent
    assert abs(len(accent) - len(rest)) <= 2
    assert max(accent) < min(rest)


def test_the_badge_has_its_tone(table: Table, theme: Theme) -> None:
    assert theme.color("success_soft").name() in colors(cell(table, 2))


def test_figures_stand_at_the_right(table: Table) -> None:
    image = cell(table, 3)
    assert len(colors(image, QRect(0, 0, 60, 30))) == 1
    assert len(colors(image, QRect(image.width() - 60, 0, 60, 30))) > 1


def test_a_chosen_row_is_filled(table: Table, theme: Theme) -> None:
    table.selectRow(0)
    assert theme.color("selection").name() in colors(cell(table, 3))


def test_space_ticks(table: Table, qtbot: QtBot) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    state = table.model().data(table.model().index(0, 0), Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(state) is Qt.CheckState.Unchecked
