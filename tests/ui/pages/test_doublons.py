"""Doublons in a window: drawn, judged, legible at any size; reached from the directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.presenters.conftest import Village, make
from tests.ui.pages.test_annuaire import press, words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from tests.ui.windows import AnnuairePage, close, window_on
from ui.main_window import Window
from ui.pages.doublons import DuplicatesPage
from ui.theme import Theme
from ui.widgets.record_list import RecordRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def come(window: Window) -> DuplicatesPage:
    """The page, with a person and an organization written twice."""
    session = window.presenter.session
    fields = {
        "name": "ROUMEGAS Elise",
        "occupation": "Tourneuse",
        "phone": "06 39 98 41 07",
        "commune": "Florac Trois Rivières",
    }
    session.do(lambda d: make(d, "person", **fields))
    session.do(lambda d: make(d, "organization", title="Atelier des trois rivieres", summary="Le bois " * 12))
    window.presenter.go("doublons")
    page = window.stack.page
    assert isinstance(page, DuplicatesPage)
    return page


@pytest.fixture
def doublons(window: Window) -> DuplicatesPage:
    return come(window)


def test_a_pair_is_drawn_and_judged(doublons: DuplicatesPage) -> None:
    assert "Est-ce la même personne\u202f?" in words(doublons)
    assert "même téléphone" in words(doublons)
    assert "pareil" in words(doublons)
    assert "différent" in words(doublons)
    press(doublons, "C’est la même personne")
    assert "Est-ce la même structure\u202f?" in words(doublons)
    press(doublons, "Ce sont deux structures")
    assert "Aucun doublon à regarder." in words(doublons)
    press(doublons, "Chercher à nouveau")
    assert "Aucun doublon à regarder." in words(doublons)


def test_arrows_go_from_pair_to_pair(doublons: DuplicatesPage) -> None:
    doublons.rows.setFocus()
    QTest.keyClick(doublons.rows, Qt.Key.Key_Right)
    assert doublons.presenter.place == 1
    QTest.keyClick(doublons.rows, Qt.Key.Key_Up)
    assert doublons.presenter.place == 0
    press(doublons, "Plus tard")
    assert doublons.presenter.count == 1


def test_sheets_judged_to_be_one_are_parted_from_their_sheet(
    doublons: DuplicatesPage, window: Window, village: Village
) -> None:
    press(doublons, "C’est la même personne")
    window.presenter.go("annuaire")
    page = window.stack.page
    assert isinstance(page, AnnuairePage)
    page.presenter.sheet.open(village.ids["elise"])
    assert "2 fiches réunies" in words(page.sheet)
    press(page.sheet, "Séparer")
    assert "2 fiches réunies" not in words(page.sheet)


def test_the_directory_leads_there(page: AnnuairePage, window: Window) -> None:
    actions = {a.text(): a for a in page.list_pane.head.more_button.menu().actions() if not a.isSeparator()}
    assert list(actions)[2:] == ["Chercher les doublons", "Choisir entre plusieurs valeurs"]
    actions["Chercher les doublons"].trigger()
    assert window.presenter.page == "doublons"


def test_the_badge_of_a_row_leads_to_what_is_to_settle(page: AnnuairePage, window: Window) -> None:
    index = next(
        i
        for n in range(page.list_pane.model.rowCount())
        if (i := page.list_pane.model.index(n, 0)).data(RecordRole.ROW).siblings
    )
    place = page.rows.rows.badge_place(page.rows.visualRect(index), index.data(RecordRole.ROW))
    assert place.isValid()
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert window.presenter.page == "a_trancher"


@pytest.fixture(params=[(1.0, 1366), (2.0, 1366), (1.0, 800)])
def sized(
    request: pytest.FixtureRequest, theme: Theme, village: Village, qapp: QApplication
) -> Iterator[DuplicatesPage]:
    """The page with larger text, or in a small window."""
    scale, width = request.param
    theme.set_scale(scale)
    window = window_on(village.folder, width)
    yield come(window)
    close(window)
    theme.set_scale(1.0)


def test_nothing_is_cut_at_any_size(sized: DuplicatesPage, qapp: QApplication) -> None:
    for reading in (False, True):
        sized.read() if reading else sized.to_list()
        for place in range(sized.presenter.count):
            sized.presenter.go_to(place)
            settle(sized)
            assert cut_words(sized) == []
            assert not rolls_sideways(sized)
            assert nameless(sized) == []
