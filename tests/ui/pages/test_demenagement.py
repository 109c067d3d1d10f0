"""Réglages, « Changer de poste »: the card writes the file; a window without a directory unpacks one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_index
from appli.presenters.session import Session
from appli.presenters.shell import SETTINGS
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import InlineJobs
from tests.ui.windows import close, window_on
from ui.main_window import Window
from ui.pages.premiere_ouverture import FirstPage
from ui.pages.reglages import SettingsPage


@pytest.fixture
def window(village: Village, qapp: object) -> Iterator[Window]:
    window = window_on(village.folder)
    yield window
    close(window)


def test_a_directory_goes_from_one_window_and_arrives_in_another(window: Window, tmp_path: Path) -> None:
    window.presenter.go(SETTINGS)
    page = window.stack.page
    assert isinstance(page, SettingsPage)
    card = page.leaving_card
    assert card.start_button.isEnabled()
    assert not card.maps.isVisibleTo(card)
    phrase = card.phrase.text()
    target = tmp_path / "a.maillage-dossier"
    page.leaving.write(target)
    assert card.said is not None
    assert not card.progress.isVisibleTo(card)

    folder = tmp_path / "neuf" / "annuaire"
    other = Window(Session(folder, lambda: open_index(folder), InlineJobs(), opener))
    other.presenter.go("premiere-ouverture")
    asked: list[Path] = []
    other.other_folder.connect(lambda there, _then: asked.append(there))
    other.presenter.files_given([target])
    first = other.stack.page
    assert isinstance(first, FirstPage)
    first.arrive.phrase.line.setText(phrase)
    first.arrive.phrase.open_button.click()
    assert "fiches" in first.arrive.facts.text()
    first.arrive.primary_button.click()
    assert asked == [folder]
    close(other)


def test_a_phrase_that_protects_nothing_is_refused_at_its_field(window: Window) -> None:
    window.presenter.go(SETTINGS)
    page = window.stack.page
    assert isinstance(page, SettingsPage)
    page.leaving.set_phrase("court")
    page.leaving_card.start_button.click()
    assert "trop courte" in page.leaving_card.phrase_row.error
