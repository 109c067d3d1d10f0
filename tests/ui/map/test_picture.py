"""The map taken as a picture: as large as a sheet, with its title, as fine as paper wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from tests.ui.map.conftest import FLORAC, InventedSource, Shown
from ui.map.picture import MapPicture, sheet_for
from ui.pages.carte_picture import as_pdf

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]


def inked(image: QImage, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether something dark is written there."""
    return any(
        image.pixelColor(x, y).lightness() < 90 for x in range(left, right, 2) for y in range(top, bottom, 2)
    )  # fmt: skip


@pytest.fixture
def taken(source: InventedSource, show: Show, qtbot: QtBot) -> QImage:
    source.add(*FLORAC, "person", "Élise")
    shown = show(before=lambda view: view.centre(*FLORAC, 11))
    words = {"title": "Réseau des Gorges", "about": "", "note": "22 novembre 2026"}
    picture = MapPicture(source, words, shown.view)
    with qtbot.waitSignal(picture.taken, timeout=20_000) as signal:
        pass
    (image,) = signal.args
    assert isinstance(image, QImage)
    return image


def test_title_map_legend_and_day_are_on_it(taken: QImage) -> None:
    width, height = taken.width(), taken.height()
    assert (width, height) == (2246, 1588)
    assert inked(taken, 60, 20, 500, 110)  # the title
    assert inked(taken, 60, height - 90, 900, height - 20)  # sources and day
    assert not inked(taken, width - 150, 20, width, 110)  # no buttons


def test_it_is_one_sheet_of_a_pdf(taken: QImage) -> None:
    pdf = as_pdf(taken, "Carte")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize(
    ("seen", "sheet"),
    [(QSize(954, 600), QSize(1123, 794)), (QSize(1500, 700), QSize(1570, 1110)), (QSize(300, 900), QSize(1542, 1090))],
)
def test_a_large_window_needs_a_large_sheet(seen: QSize, sheet: QSize) -> None:
    assert sheet_for(seen) == sheet
