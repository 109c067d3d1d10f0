"""The detailed maps in the Réglages: brought by a file dropped on the window, named, ordered, hidden, let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from appli.presenters.detailed_maps import command
from appli.presenters.shell import MAPS, SETTINGS, Request
from appli.services import detailed_maps, online_maps
from tests import map_files as files
from tests.map_files import MENDE, drawing, picture
from tests.presenters.conftest import Village
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from tests.ui.windows import close, window_on
from ui.main_window import Window
from ui.pages.reglages import SettingsPage
from ui.pages.reglages_cartes import MapsCard
from ui.theme import Theme
from ui.widgets.question import QuestionDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture
def window(village: Village, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    for name, tile in (("Lozère", picture()), ("Fonds reçu de loin", drawing("routier"))):
        source = files.mbtiles(tmp_path / name, {MENDE: tile}, metadata={"name": name, "attribution": "© IGN"})
        detailed_maps.bring(village.folder, source)
    made = window_on(village.folder)
    made.presenter.go(SETTINGS, Request(kind=MAPS))
    yield made
    close(made)


def card_of(window: Window) -> MapsCard:
    page = window.stack.page
    assert isinstance(page, SettingsPage)
    return page.maps_card


def titles(window: Window) -> list[str]:
    return [row.name.text() for row in card_of(window).rows]


def question(window: Window) -> QuestionDialog:
    return window.findChildren(QuestionDialog)[-1]


def test_maps_are_listed_named_ordered_and_hidden(window: Window, village: Village) -> None:
    assert titles(window) == ["Fonds reçu de loin", "Lozère"]
    first, last = card_of(window).rows
    assert [first.up.isEnabled(), first.down.isEnabled()] == [False, True]
    assert last.down.toolTip() == "Elle est déjà sous les autres."
    last.up.click()
    assert titles(window) == ["Lozère", "Fonds reçu de loin"]
    row = card_of(window).rows[0]
    row.name.setText("La Lozère à pied")
    row.name.editingFinished.emit()
    card_of(window).rows[0].shown.click()
    kept = detailed_maps.all_of(village.folder)[0]
    assert (kept.title, kept.shown) == ("La Lozère à pied", False)


def test_a_map_goes_after_a_question(window: Window) -> None:
    card_of(window).rows[0].remove.click()
    question(window).buttons["keep"].click()
    assert len(titles(window)) == 2
    card_of(window).rows[0].remove.click()
    question(window).buttons["yes"].click()
    assert titles(window) == ["Lozère"]


def test_a_map_dropped_on_the_window_is_brought(window: Window, tmp_path: Path) -> None:
    window.presenter.go("annuaire")
    dropped = files.pmtiles(tmp_path / "mende.pmtiles", {MENDE: picture(9)})
    window.presenter.files_given([dropped])
    assert window.presenter.page == SETTINGS
    assert titles(window)[0] == "mende"


def test_the_way_to_make_one_unfolds_and_its_command_is_copied(window: Window) -> None:
    help_ = card_of(window).help
    assert not help_.text.isVisible()
    help_.button.click()
    assert help_.text.isVisible()
    help_.copy.click()
    assert QGuiApplication.clipboard().text() == command()


def test_the_online_map_waits_for_a_yes(window: Window) -> None:
    choice = card_of(window).online.choice
    assert choice
    choice._buttons["ign"].click()
    question(window).buttons["keep"].click()
    assert (choice.current(), online_maps.chosen()) == ("", None)
    choice._buttons["ign"].click()
    question(window).buttons["agree"].click()
    assert choice.current() == "ign"
    assert online_maps.chosen()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_or_nameless(window: Window, theme: Theme, scale: float) -> None:
    card = card_of(window)
    card.help.button.click()
    theme.set_scale(scale)
    settle(window.stack.page)
    assert cut_words(card) == []
    assert nameless(card) == []
    assert not rolls_sideways(window.stack.page)
