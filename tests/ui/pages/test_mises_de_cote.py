"""Bases set aside, in a real window: under the backups, and after an erasure; deleted once somebody said so twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from appli.presenters.shell import EXCHANGES, SETTINGS
from appli.services import erasing
from tests.presenters.conftest import Village
from tests.ui.pages.test_annuaire import press
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways, settle
from ui.main_window import Window
from ui.pages.echanges import ExchangesPage
from ui.pages.echanges_effacements import AsideView
from ui.pages.reglages import SettingsPage
from ui.theme import Theme
from ui.widgets.question import QuestionDialog


@pytest.fixture
def kept(village: Village) -> Path:
    """A base set aside."""
    place = village.folder / "base-abimee-2026-11-20_101500"
    place.mkdir()
    (place / "partage.db").write_bytes(b"x" * 640_000)
    return place


def answer(key: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionDialog)
    assert dialog.buttons["keep"].isDefault()
    dialog.buttons[key].click()


def test_they_stand_under_the_backups_until_they_are_deleted(window: Window, kept: Path, theme: Theme) -> None:
    window.presenter.go(SETTINGS)
    page = window.stack.page
    assert isinstance(page, SettingsPage)
    part = page.aside_part
    (row,) = part.rows
    for theme.scale in (1.0, 2.0):
        settle(page)
        assert nameless(part) == []
        assert cut_words(part) == []
        assert not rolls_sideways(page)
    row.delete_button.click()
    answer("keep")
    assert kept.exists()
    row.delete_button.click()
    answer("yes")
    assert not kept.exists()
    assert not part.isVisibleTo(page)


def test_an_erasure_offers_to_delete_them(window: Window, kept: Path, village: Village) -> None:
    window.presenter.session.do(lambda directory: erasing.erase(directory, village.ids["elise"], "asked"))
    window.presenter.go(EXCHANGES)
    page = window.stack.page
    assert isinstance(page, ExchangesPage)
    assert nameless(page) == []
    press(page, "Supprimer ces fichiers…")
    answer("yes")
    assert not kept.exists()
    assert not [one for one in page.findChildren(AsideView) if one.isVisibleTo(page)]
