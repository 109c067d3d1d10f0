"""The page of the records without a place: cards, proposals, another commune, nothing left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from appli.services.editing import Assignment, create_sheet
from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from tests.ui.windows import close, window_on
from ui.main_window import Window
from ui.pages.a_localiser import SheetCard, ToLocatePage
from ui.theme import Theme
from ui.widgets.link import Link

__all__ = ["settled", "theme", "village"]


@pytest.fixture
def window(village: Village, theme: Theme) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


@pytest.fixture
def page(window: Window) -> ToLocatePage:
    window.presenter.go("a_localiser")
    shown = window.stack.page
    assert isinstance(shown, ToLocatePage)
    return shown


def add(window: Window, title: str, **fields: str) -> None:
    asked = [Assignment(name.replace("__", "."), "=", words) for name, words in {"title": title, **fields}.items()]
    window.presenter.session.do(lambda directory: create_sheet(directory, "place", asked))


def card(page: ToLocatePage, title: str) -> SheetCard:
    return next(c for c in page.cards if c.sheet.title == title)


def buttons(widget: QWidget) -> list[str]:
    return [b.text() for b in widget.findChildren(QPushButton) if b.isVisible() and b.text()]


def press(widget: QWidget, words: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible()).click()


def test_each_record_says_what_is_written_and_what_is_proposed(page: ToLocatePage) -> None:
    workshop = card(page, "Atelier des Trois Rivières")
    assert buttons(workshop) == [
        "Florac Trois Rivières – Lozère (48)",
        "Autre lieu…",
        "Sur la carte…",
    ]
    words = [label.text() for label in workshop.findChildren(QLabel)]
    assert "Aucun lieu écrit." in words
    assert "Comme Élise Roumégas :" in words


def test_one_click_and_it_is_gone_undo_brings_it_back(page: ToLocatePage, window: Window) -> None:
    press(page, "Florac Trois Rivières – Lozère (48)")
    assert page.cards == []
    assert "Toutes les fiches ont une position." in [
        label.text() for label in page.findChildren(QLabel) if label.isVisible()
    ]
    window.keyboard.act("undo")
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières"]


def test_the_one_primary_button_is_for_what_is_certain(page: ToLocatePage, window: Window) -> None:
    assert not page.primary_button.isVisible()
    add(window, "Grange", commune="St Julien", address__postcode="48190")
    assert page.primary_button.text() == "Accepter la commune certaine"
    page.primary_button.click()
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières"]
    assert not page.primary_button.isVisible()


def test_another_commune_is_typed_and_chosen(page: ToLocatePage, window: Window) -> None:
    workshop = card(page, "Atelier des Trois Rivières")
    press(workshop, "Autre lieu…")
    assert workshop.field is not None
    assert workshop.field.edit.hasFocus()
    assert workshop.field.accessibleName() == "Lieu de Atelier des Trois Rivières"
    QTest.keyClicks(workshop.field.edit, "langog")
    popup = workshop.field._completer.popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert page.cards == []
    rows = window.presenter.session.index.first_page(window.presenter.search.query)
    assert next(r.commune for r in rows if r.title == "Atelier des Trois Rivières") == "Langogne"


def test_coordinates_are_typed_and_chosen(page: ToLocatePage, window: Window) -> None:
    workshop = card(page, "Atelier des Trois Rivières")
    press(workshop, "Autre lieu…")
    assert workshop.field is not None
    QTest.keyClicks(workshop.field.edit, "44,3201 ; 3,5901")
    popup = workshop.field._completer.popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert page.cards == []


def test_the_same_choice_for_all_that_say_the_same(page: ToLocatePage, window: Window) -> None:
    for title in ("Grange", "Moulin", "Four"):
        add(window, title, commune="Langonge")
    mill = card(page, "Moulin")
    assert mill.alike is not None
    assert mill.alike.text() == "Pareil pour les 2 autres fiches qui disent cela"
    assert card(page, "Atelier des Trois Rivières").alike is None
    press(mill, "Langogne – Lozère (48)")
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières", "Four", "Grange"]
    four = card(page, "Four")
    assert four.alike is not None
    four.alike.click()
    press(four, "Langogne – Lozère (48)")
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières"]


def test_a_doubtful_position_is_told_apart_and_kept_or_put_right(page: ToLocatePage, window: Window) -> None:
    add(window, "Grange", commune="48095", position="3.5, 44.5")
    add(window, "Bateau", commune="13055", position="42.2, 5.0")
    headings = [label.text() for label in page.findChildren(QLabel) if label.property("letters") == "section"]
    assert headings == ["Sans position", "Position à vérifier"]
    barn, boat = card(page, "Grange"), card(page, "Bateau")
    told = [label.text() for label in barn.findChildren(QLabel)]
    assert "Position\u00a0: 3,5\u202f; 44,5\u00a0: latitude et longitude semblent échangées." in told
    assert "C’est juste" not in buttons(barn)
    press(boat, "C’est juste")
    press(card(page, "Grange"), "44,50000\u202f; 3,50000, près de Mende – Lozère (48)")
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières"]


def test_the_keyboard_goes_on_with_the_next_card(page: ToLocatePage, window: Window) -> None:
    for title in ("Grange", "Moulin"):
        add(window, title, commune="Langonge")
    card(page, "Grange").take_focus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert [c.sheet.title for c in page.cards] == ["Atelier des Trois Rivières", "Moulin"]
    assert card(page, "Moulin").isAncestorOf(window.focusWidget())


def test_its_name_leads_to_the_sheet(page: ToLocatePage, window: Window, village: Village) -> None:
    QTest.keyClick(page.findChildren(Link)[0], Qt.Key.Key_Return)
    assert window.presenter.page == "annuaire"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_wider_than_its_place(page: ToLocatePage, window: Window, theme: Theme, scale: float) -> None:
    add(window, "Bureau de la Communauté de Communes Pyrénées-Catalanes à La Llagonne et dans ses hameaux d’altitude")
    theme.set_scale(scale)
    try:
        window.presenter.go("a_localiser")
        for one in page.cards:
            assert one.width() <= page.width()
            for control in one.findChildren(QPushButton):
                assert control.width() >= min(control.sizeHint().width(), one.width() - 60)
                assert control.geometry().right() <= one.width()
                assert control.height() >= 24
    finally:
        theme.set_scale(1.0)
