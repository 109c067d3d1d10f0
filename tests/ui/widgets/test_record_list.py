"""Rows of the list: what is drawn where, what is told, what the keyboard does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme import Theme
from ui.widgets.record_list import RecordList, RecordRole, row_badge

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

WIDTH = 412


@dataclass
class Record:
    title: str = "Élise Roumégas"
    second_line: str = "Menuisière, agencement et bois local"
    commune: str = "Florac Trois Rivières"
    shape: str = "person"
    initials: str = "ÉR"
    siblings: int = 0
    trashed: bool = False
    demo: bool = False
    code: str = "P-7K3F2Q-W"
    id: object = None
    title_matches: list[tuple[int, int]] = field(default_factory=list)
    second_matches: list[tuple[int, int]] = field(default_factory=list)


class Records(QAbstractListModel):
    def __init__(self, *rows: Record | None) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == RecordRole.ROW:
            return row
        if row is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, personne"
        return None


@pytest.fixture
def make(qtbot: QtBot):
    def build(*rows: Record | None) -> RecordList:
        view = RecordList("Fiches")
        qtbot.addWidget(view)
        model = Records(*rows)
        model.setParent(view)
        view.setModel(model)
        view.resize(WIDTH, 300)
        view.show()
        return view

    return build


def shot(view: RecordList) -> QImage:
    return view.viewport().grab().toImage()


def colors(image: QImage, rect: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }


def test_a_row_has_shape_ground_and_hairline(make, theme: Theme) -> None:
    view = make(Record(), Record(shape="place", initials=""))
    image = shot(view)
    assert view.sizeHintForRow(0) == 65
    assert image.pixelColor(5, 5) == theme.color("surface")
    assert image.pixelColor(200, 64) == theme.color("border")
    assert theme.kind_color("person").name() in colors(image, QRect(16, 14, 36, 36))
    assert theme.kind_color("place").name() in colors(image, QRect(16, 79, 36, 36))


def test_the_chosen_row_has_a_fill_and_a_bar(make, theme: Theme) -> None:
    view = make(Record(), Record())
    view.setCurrentIndex(view.model().index(0, 0))
    image = shot(view)
    assert image.pixelColor(2, 30) == theme.color("accent")
    assert image.pixelColor(5, 5) == theme.color("selection")
    assert image.pixelColor(2, 95) == theme.color("surface")


def test_matched_words_are_underlined_where_they_are(make, theme: Theme) -> None:
    start = Record().second_line.index("bois")
    plain = shot(make(Record()))
    marked = shot(make(Record(second_matches=[(start, start + 4)])))
    accent = theme.color("accent").name()
    below = QRect(64, 50, 300, 6)
    assert accent not in colors(plain, below)
    assert accent in colors(marked, below)
    accents = [x for x in range(64, 400) for y in range(50, 56) if marked.pixelColor(x, y).name() == accent]
    assert min(accents) > 200, "the mark starts under the word, not at the start of the line"


def test_two_values_are_said_in_words(make, theme: Theme) -> None:
    badge = row_badge(Record(siblings=2))
    assert badge is not None
    assert badge.words == "2 valeurs"
    assert badge.tone == "warning"
    assert row_badge(Record()) is None
    image = shot(make(Record(siblings=2)))
    assert theme.color("warning_soft").name() in colors(image, QRect(64, 8, 200, 30))


def test_a_record_in_the_trash_says_so() -> None:
    badge = row_badge(Record(trashed=True, siblings=2))
    assert badge is not None
    assert badge.words == "à la corbeille"


def test_a_row_that_is_not_read_yet_is_drawn(make, theme: Theme) -> None:
    image = shot(make(None))
    assert theme.color("hover").name() in colors(image, QRect(64, 10, 200, 45))


def test_a_long_name_leaves_room_for_the_commune(make, theme: Theme) -> None:
    long_name = "Groupement d’intérêt économique et environnemental des vallées cévenoles"
    image = shot(make(Record(title=long_name, commune="Mende")))
    right = QRect(WIDTH - 60, 12, 40, 22)
    assert len(colors(image, right)) > 2, "the commune is written at the right"
    assert len(colors(image, QRect(WIDTH - 70, 12, 8, 22))) == 1, "a gap stays before it"


def test_in_a_narrow_list_the_name_goes_before_the_commune(make, theme: Theme) -> None:
    view = make(Record(siblings=2))
    view.resize(300, 100)
    wide = shot(make(Record(title="Élise Roumégas", commune="")))
    narrow = shot(view)
    name = QRect(64, 10, 100, 22)
    assert wide.copy(name) == narrow.copy(name), "the name is written whole"


def test_what_is_cut_is_told_whole(make, qtbot: QtBot) -> None:
    long_name = "Groupement d’intérêt économique et environnemental des vallées cévenoles"
    view = make(Record(title=long_name), Record(title="Court", second_line="", commune=""))
    assert whole(view, 0).startswith(long_name)
    assert whole(view, 1) == ""


def whole(view: RecordList, row: int) -> str:
    index = view.model().index(row, 0)
    option = QStyleOptionViewItem()
    option.rect = view.visualRect(index)
    return view.rows.whole(option, index.data(RecordRole.ROW))


def test_the_ring_is_inside_the_row_once_the_keyboard_is_used(make, qtbot: QtBot, theme: Theme) -> None:
    view = make(Record(), Record())
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.setCurrentIndex(view.model().index(0, 0))
    middle = WIDTH // 2
    assert shot(view).pixelColor(middle, 0) != theme.color("focus")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    assert shot(view).pixelColor(middle, 65) == theme.color("focus")


def test_enter_opens(make, qtbot: QtBot) -> None:
    view = make(Record())
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(view.activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_rows_grow_with_the_text_and_fold_for_a_single_pane(make, theme: Theme) -> None:
    view = make(Record())
    theme.set_scale(2.0)
    assert view.sizeHintForRow(0) == 130
    view.set_drill(True)
    assert view.sizeHintForRow(0) == 108
    assert not shot(view).isNull()


def test_a_hostile_name_is_only_drawn(make) -> None:
    view = make(Record(title="<b>x</b>\n\u202e" + "A" * 5000, second_line="\0" * 10, second_matches=[(2, 9000)]))
    assert not shot(view).isNull()
