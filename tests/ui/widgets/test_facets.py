"""Facets: ticked by mouse and keyboard, told in words, kept in place when counts change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.theme import Theme
from ui.widgets.facets import FacetGroup, FacetOption, FacetPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def groups(on: bool = False, count: int = 6) -> list[FacetGroup]:
    kinds = (FacetOption("person", "Personnes", count, on, "person"), FacetOption("place", "Lieux", 1512))
    return [FacetGroup("kind", "Genre", kinds), FacetGroup("commune", "Commune", (), "2 autres communes")]


@pytest.fixture
def panel(qtbot: QtBot) -> FacetPanel:
    panel = FacetPanel()
    qtbot.addWidget(panel)
    panel.set_groups(groups())
    panel.resize(218, 400)
    panel.show()
    return panel


def answers(panel: FacetPanel, key: str = "kind"):
    return panel._groups[key].list


def test_a_click_ticks(panel: FacetPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.toggled) as told:
        qtbot.mouseClick(answers(panel).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert told.args == ["kind", "person", True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keyboard_ticks(panel: FacetPanel, qtbot: QtBot, key: Qt.Key) -> None:
    view = answers(panel)
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.waitSignal(panel.toggled) as told:
        qtbot.keyClick(view, key)
    assert told.args == ["kind", "place", True]


def test_what_is_ticked_can_be_cleared(panel: FacetPanel, qtbot: QtBot) -> None:
    assert not panel.clear_button.isVisible()
    panel.set_groups(groups(on=True))
    assert panel.clear_button.isVisible()
    with qtbot.waitSignal(panel.cleared):
        panel.clear_button.click()
    view = answers(panel)
    with qtbot.waitSignal(panel.toggled) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert told.args == ["kind", "person", False]


def test_counts_change_under_the_same_cursor(panel: FacetPanel) -> None:
    view = answers(panel)
    view.setCurrentIndex(view.model().index(1, 0))
    panel.set_groups(groups(count=7))
    assert view.currentIndex().row() == 1
    assert answers(panel) is view
    assert view.model().data(view.model().index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Personnes, 7 fiches"


def test_one_record_is_singular_and_numbers_are_french(panel: FacetPanel) -> None:
    panel.set_groups(groups(count=1))
    model = answers(panel).model()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Personnes, 1 fiche"
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "Lieux, 1\u202f512 fiches"


def test_the_rest_is_one_button_away(panel: FacetPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.more_wanted) as told:
        panel._groups["commune"].more.click()
    assert told.args == ["commune"]
    assert not panel._groups["kind"].more.isVisible()


def test_a_question_that_is_gone_leaves(panel: FacetPanel) -> None:
    panel.set_groups(groups()[:1])
    assert list(panel._groups) == ["kind"]


def test_the_list_is_as_tall_as_its_answers(panel: FacetPanel, theme: Theme) -> None:
    assert answers(panel).height() == 2 * 28
    theme.set_scale(2.0)
    assert answers(panel).sizeHint().height() == 4 * 28
