"""The Réglages in their window: lines kept when left, backups come back to, the window that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from appli import config
from appli.app import open_directory
from appli.presenters.shell import SETTINGS
from appli.services.backing_up import back_up
from appli.services.editing import trash
from appli.services.spaces import change, replica_name, space_of
from tests.presenters.conftest import Village
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from tests.ui.windows import close, window_on
from ui.main import Application
from ui.main_window import Window
from ui.pages.reglages import SettingsPage
from ui.pages.reglages_apropos import AboutCard
from ui.pages.reglages_sauvegardes import GoingBack
from ui.theme import Theme
from ui.widgets.question import QuestionDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

Opened = list[tuple[Path, Any]]


@pytest.fixture
def window(village: Village, qapp: QApplication) -> Iterator[Window]:
    made = window_on(village.folder)
    made.presenter.go(SETTINGS)
    yield made
    close(made)


@pytest.fixture
def page(window: Window) -> SettingsPage:
    found = window.stack.page
    assert isinstance(found, SettingsPage)
    return found


@pytest.fixture
def opened(window: Window) -> Opened:
    asked: Opened = []
    window.other_folder.connect(lambda folder, then: asked.append((folder, then)))
    return asked


def asked_of(window: Window, work: Callable[[Any], Any]) -> Any:
    answers: list[Any] = []
    window.presenter.session.do(work, answers.append)
    return answers[0]


def question(window: Window) -> QuestionDialog:
    return window.findChildren(QuestionDialog)[-1]


def test_the_page_is_last_in_the_rail_with_its_key(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    keys = [sequence for action in window.actions() for sequence in action.shortcuts()]
    assert QKeySequence("Ctrl+,") in keys
    assert [section.title.text() for section in page.sections] == [
        "Apparence",
        "Ce poste",
        "L’annuaire",
        "Cartes détaillées",
        "Sauvegardes",
        "Changer de poste",
        "Imports",
        "Données d’exemple",
        "À propos",
    ]


def test_a_line_is_kept_with_return_and_when_left(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    line = page.directory.name
    line.setText("Réseau du Gévaudan")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked_of(window, space_of).title == "Réseau du Gévaudan"
    assert window.toast.isVisible()
    assert window.toast.undo_button.isVisible()
    page.station.label.setFocus()
    page.station.label.setText("Bureau")
    page.station.operator.setFocus()
    page.station.label.editingFinished.emit()
    assert asked_of(window, replica_name) == "Bureau"


def test_undone_the_line_shows_what_was_there(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    asked_of(window, lambda d: change(d, "name", "Réseau"))
    page.directory.name.setText("Autre")
    qtbot.keyClick(page.directory.name, Qt.Key.Key_Return)
    window.toast.undo_button.click()
    assert page.directory.name.text() == "Réseau"


def test_what_comes_from_elsewhere_leaves_what_is_being_typed(
    window: Window, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = page.directory.contact
    monkeypatch.setattr(line, "hasFocus", lambda: True)
    line.insert("04 65")
    asked_of(window, lambda d: change(d, "rights_contact", "Accueil"))
    assert line.text() == "04 65"


def test_a_notice_is_kept_by_its_button(window: Window, page: SettingsPage) -> None:
    card = page.directory
    assert not card.keep_notice.isVisible()
    card.notice.setPlainText("Vos données servent à l’annuaire.")
    assert card.keep_notice.isVisible()
    card.keep_notice.click()
    assert not card.keep_notice.isVisible()


def test_the_territory_is_chosen_here_too(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    field = page.directory.territory
    field.typed.emit("lozère")
    qtbot.keyClick(field.line.edit, Qt.Key.Key_Return)
    assert [chip.text() for chip in field.chips] == ["Lozère"]
    assert asked_of(window, space_of).values["territory"] == [{"level": "department", "code": "48"}]


def test_the_look_follows_the_keys(window: Window, page: SettingsPage, theme: Theme) -> None:
    window.presenter.look.larger()
    assert theme.scale == 1.25
    assert config.load_settings().text_scale == 125


def test_a_backup_is_made_and_the_foot_says_so(window: Window, page: SettingsPage) -> None:
    page.backups_card.make_button.click()
    (row,) = page.backups_card.rows
    assert row.button.accessibleName().startswith("Revenir à cette sauvegarde\u00a0: Aujourd’hui à ")
    assert window.presenter.backups.words().startswith("Sauvegarde vérifiée à ")


def test_the_base_is_looked_over(page: SettingsPage) -> None:
    page.backups_card.check_button.click()
    assert page.backups_card.health is not None
    assert page.backups_card.check_button.isEnabled()


def test_keeping_the_present_is_the_safe_answer(window: Window, page: SettingsPage, opened: Opened) -> None:
    page.backups_card.make_button.click()
    page.backups_card.rows[0].button.click()
    dialog = question(window)
    assert dialog.buttons["keep"].isDefault()
    dialog.reject()
    assert opened == []


def test_coming_back_asks_for_a_new_window(
    window: Window, page: SettingsPage, opened: Opened, village: Village
) -> None:
    page.backups_card.make_button.click()
    asked_of(window, lambda d: trash(d, [village.ids["elise"]]))
    page.backups_card.rows[0].button.click()
    question(window).buttons["yes"].click()
    assert [folder for folder, _then in opened] == [village.folder]
    assert not [d for d in window.findChildren(GoingBack) if d.isVisible()]


def test_stopping_is_asked_with_escape_too(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    stops: list[int] = []
    dialog = GoingBack(lambda: stops.append(1), window)
    dialog.open()
    dialog.show_progress(0, 0, "L’annuaire d’aujourd’hui est d’abord sauvegardé.")
    dialog.reject()
    dialog.reject()
    assert stops == [1]
    assert dialog.isVisible()
    dialog.accept()


def test_names_at_the_left_lead_to_their_section(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.wait(20)
    button = page._group.button(3)
    button.click()
    qtbot.wait(20)
    assert button.isChecked()
    section = page.sections[3]
    top = section.mapTo(page._area, section.rect().topLeft()).y()
    assert 0 <= top < page._area.height()
    window.presenter.look.set_scale(200)
    qtbot.wait(20)
    assert not page._names.isVisible()


def test_a_directory_open_elsewhere_is_shown_and_locked(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = open_directory(village.folder, holder="Accueil")
    window = window_on(village.folder)
    try:
        window.presenter.go(SETTINGS)
        page = window.stack.page
        assert isinstance(page, SettingsPage)
        assert page.directory.name.isReadOnly()
        assert not page.directory.territory.line.edit.isEnabled()
        assert not page.backups_card.make_button.isEnabled()
        assert page.backups_card.make_button.toolTip()
        assert not page.station.operator.isReadOnly()
    finally:
        close(window)
        other.close()


def test_licences_are_shown_when_asked_for(page: SettingsPage) -> None:
    about = page.sections[-1]
    before = len(about.findChildren(type(about.title)))
    about.credits_button.click()  # type: ignore[attr-defined]
    assert len(about.findChildren(type(about.title))) > before + 60


def test_the_texts_of_the_licences_are_a_folder_to_open(qtbot: QtBot, tmp_path: Path) -> None:
    opened: list[Path] = []
    about = AboutCard(tmp_path, opened.append)
    qtbot.addWidget(about)
    about.credits_button.click()
    about.texts_button.click()
    assert [(folder.name, folder.is_dir()) for folder in opened] == [("textes", True)]


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_nothing_is_cut_at_any_size(window: Window, page: SettingsPage, scale: int, qtbot: QtBot) -> None:
    window.presenter.look.set_scale(scale)
    page.backups_card.make_button.click()
    page.backups_card.check_button.click()
    window.toast.dismiss()
    qtbot.wait(20)
    assert window.width() == 1366
    assert cut_words(page) == []
    assert not rolls_sideways(page)
    assert nameless(page) == []


def test_the_window_opens_anew_on_what_has_come_back(village: Village, qapp: QApplication, qtbot: QtBot) -> None:
    directory = open_directory(village.folder)
    name = back_up(directory).name
    trash(directory, [village.ids["elise"]])
    directory.close()
    application = Application(qapp)
    first = application.open(village.folder)
    try:
        qtbot.waitUntil(lambda: first.presenter.session.is_open, timeout=20_000)
        former = first.presenter.session
        first.presenter.go(SETTINGS)
        page = first.stack.page
        assert isinstance(page, SettingsPage)
        qtbot.waitUntil(lambda: bool(page.backups.rows), timeout=20_000)
        page.backups.go_back(name)
        qtbot.waitUntil(lambda: application.window not in (first, None), timeout=30_000)
        second = application.window
        assert second is not None
        qtbot.waitUntil(lambda: second.presenter.session.is_open, timeout=20_000)
        assert second.presenter.session is not former
        rows = second.presenter.session.index.rows([village.ids["elise"]])
        assert [(row.title, row.trashed) for row in rows] == [("Élise Roumégas", False)]
    finally:
        if application.window is not None:
            application.window.close()
        qtbot.wait(50)
