"""The list's model: checked by Qt's own tester while rows come and go; a page is read only when it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.adapters.paged_model import PagedModel
from ui.widgets.record_list import RecordRole


@dataclass
class Row:
    """What a presenter gives."""

    id: bytes
    title: str

    @property
    def spoken(self) -> str:
        return f"{self.title}, personne"


class Rows:
    """Rows that count how often they are asked."""

    def __init__(self, count: int) -> None:
        self.titles = [f"Fiche {n}" for n in range(count)]
        self.asked: list[int] = []

    @property
    def count(self) -> int:
        return len(self.titles)

    def row(self, place: int) -> Row | None:
        self.asked.append(place)
        title = self.titles[place]
        return Row(bytes([place % 256]) * 16, title) if title else None


@pytest.fixture
def rows() -> Rows:
    return Rows(50)


@pytest.fixture
def model(rows: Rows, qapp: object) -> PagedModel:
    return PagedModel(rows)


def test_qt_finds_nothing_wrong_while_rows_come_and_go(model: PagedModel, rows: Rows) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    rows.titles += [f"Fiche {n}" for n in range(50, 300)]
    model.rows_added(50, 299)
    rows.titles[3] = "Autre"
    model.rows_changed()
    rows.titles = rows.titles[:10]
    model.rows_replaced()
    assert tester.model() is model
    assert model.rowCount() == 10


def test_a_row_answers_for_the_drawing_and_for_the_ear(model: PagedModel) -> None:
    index = model.index(2, 0)
    assert model.data(index) == "Fiche 2"
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Fiche 2, personne"
    assert model.data(index, RecordRole.ID) == b"\x02" * 16
    assert model.data(index, RecordRole.ROW).title == "Fiche 2"
    assert model.data(index, Qt.ItemDataRole.BackgroundRole) is None


def test_nothing_is_read_before_it_is_shown(model: PagedModel, rows: Rows) -> None:
    assert model.rowCount() == 50
    assert rows.asked == []
    model.data(model.index(7, 0))
    assert rows.asked == [7]


def test_a_row_that_went_away_is_empty(model: PagedModel, rows: Rows) -> None:
    rows.titles[1] = ""
    assert model.data(model.index(1, 0)) is None
    assert model.data(model.index(1, 0), RecordRole.ROW) is None


def test_rows_added_at_the_end_leave_the_others_in_place(model: PagedModel, rows: Rows) -> None:
    kept = QPersistentModelIndex(model.index(10, 0))
    rows.titles += ["Une de plus"]
    model.rows_added(50, 50)
    assert kept.isValid()
    assert kept.row() == 10
