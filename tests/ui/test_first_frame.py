"""The first paint: rows alone in a bare window, which wakes by itself or when it is asked anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appli.app import open_index
from appli.presenters.first_rows import ROWS, FirstRows
from tests.builders_index import index_docs
from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close
from ui.first_frame import FirstFrame
from ui.main_window import Window
from ui.theme import Theme
from ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["settled", "theme", "village"]


@pytest.fixture
def asleep(village: Village, theme: Theme) -> Iterator[Window]:
    window = Window()
    window.resize(1366, 698)
    window.first = FirstFrame(village.folder, window)
    yield window
    close(window)


def rows_of(window: Window) -> RecordList:
    return window.findChildren(RecordList)[0]


def test_the_rows_lie_where_the_list_will_be(asleep: Window, theme: Theme) -> None:
    asleep.show()
    rows = rows_of(asleep)
    assert rows.model().rowCount() == 3
    assert rows.x() == theme.px("size.rail") + theme.px("pane.facets")
    assert rows.width() == theme.px("pane.list")


def test_in_a_small_window_they_take_all_the_room(asleep: Window, theme: Theme) -> None:
    asleep.resize(800, 600)
    asleep.show()
    rows = rows_of(asleep)
    assert rows.x() + rows.width() == 800


def test_the_first_paint_wakes_the_window_once(asleep: Window, qtbot: QtBot) -> None:
    woken: list[bool] = []
    asleep.wake = lambda: woken.append(True)
    asleep.show()
    qtbot.waitUntil(lambda: woken == [True])
    asleep.update()
    asleep.repaint()
    assert woken == [True]


def test_asking_for_anything_wakes_it_too(asleep: Window) -> None:
    woken: list[bool] = []
    asleep.wake = lambda: woken.append(True)
    with pytest.raises(LookupError):
        _ = asleep.presenter
    assert woken == [True]
    assert not asleep.is_awake


def test_without_a_directory_there_are_no_rows(tmp_path: Path) -> None:
    assert FirstRows(tmp_path, open_index).count == 0


def test_an_index_that_cannot_be_read_is_no_trouble_yet(village: Village) -> None:
    index = village.folder / "index.db"
    index.unlink()
    index.mkdir()
    assert FirstRows(village.folder, open_index).count == 0


def test_only_what_a_screen_shows_is_read(village: Village) -> None:
    with open_index(village.folder) as index:
        index.rebuild(index_docs(100), 1)
    assert FirstRows(village.folder, open_index).count == ROWS
