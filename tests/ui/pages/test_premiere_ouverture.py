"""The first page in its window: doors, questions, look, and the window that takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from appli import config
from appli.app import open_directory, open_index
from appli.presenters.session import Session
from appli.presenters.shell import ANNUAIRE, FIRST_RUN
from appli.services.exchanging.giving import give
from appli.services.spaces import SpaceFacts, found, space_of
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import InlineJobs
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from tests.ui.windows import close
from ui.main_window import Window, first_page
from ui.pages.premiere_ouverture import FirstPage
from ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def packet_of(village: Village, tmp_path: Path, patch: pytest.MonkeyPatch) -> Path:
    """What another PC of the network gives."""
    target = tmp_path / "reseau.maille"
    with patch.context() as other:
        other.setenv("MAILLAGE_CONFIG", str(tmp_path / "ailleurs"))
        directory = open_directory(village.folder)
        try:
            found(directory, SpaceFacts("Réseau des Gorges", replica_label="Bureau"))
            give(directory, target)
        finally:
            directory.close()
    return target


Opened = list[tuple[Path, object]]


def first_window(folder: Path) -> Window:
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    window = Window(session)
    window.resize(1366, 698)
    window.presenter.go(first_page(session))
    window.show()
    return window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[Window]:
    made = first_window(tmp_path / "neuf" / "annuaire")
    yield made
    close(made)


@pytest.fixture
def page(window: Window) -> FirstPage:
    found = window.stack.page
    assert isinstance(found, FirstPage)
    return found


@pytest.fixture
def opened(window: Window) -> Opened:
    """The folders asked for in the place of this one."""
    asked: Opened = []
    window.other_folder.connect(lambda folder, then: asked.append((folder, then)))
    return asked


def drop(window: Window, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_without_a_directory_the_window_shows_the_doors_and_nothing_around(window: Window, page: FirstPage) -> None:
    assert [card.key for card in page.doors.cards] == ["create", "join", "example"]
    assert not window.rail.isVisible()
    assert not window.top.isVisible()
    assert not page.doors.leave_button.isVisible()
    assert not (window.presenter.session.folder).exists()


def test_other_pages_wait_for_a_directory(window: Window) -> None:
    window.presenter.go(ANNUAIRE)
    assert window.presenter.page == FIRST_RUN


def test_a_directory_is_made_by_hand(window: Window, page: FirstPage, opened: Opened, qtbot: QtBot) -> None:
    page.doors.cards[0].button.click()
    questions = page.questions
    assert questions.isVisible()
    questions.primary_button.click()
    assert questions.name_row.error
    questions.name.insert("Réseau du Gévaudan")
    questions.name.textEdited.emit(questions.name.text())
    assert not questions.name_row.error
    questions.territory.line.edit.setText("lozere")
    questions.territory.typed.emit("lozere")
    qtbot.keyClick(questions.territory.line.edit, Qt.Key.Key_Return)
    assert [chip.text() for chip in questions.territory.chips] == ["Lozère"]
    assert questions.territory.chips[0].accessibleName() == "Enlever Lozère (département)"
    assert opened == []
    questions.primary_button.click()
    folder = window.presenter.session.folder
    assert [one for one, _then in opened] == [folder]
    directory = open_directory(folder)
    space = space_of(directory)
    directory.close()
    assert space is not None
    assert space.title == "Réseau du Gévaudan"
    assert space.values["territory"] == [{"level": "department", "code": "48"}]


def test_a_piece_is_taken_away_by_its_button(page: FirstPage) -> None:
    territories = page.presenter.founding.territories
    territories.type("florac")
    territories.add(territories.offers[0])
    page.questions.territory.chips[0].click()
    assert page.questions.territory.chips == []
    assert territories.parts == []


def test_a_refused_folder_closes_the_way_and_says_why(page: FirstPage, village: Village, opened: Opened) -> None:
    page.doors.cards[0].button.click()
    page.presenter.founding.set_folder(village.folder)
    questions = page.questions
    assert "déjà un annuaire" in questions.folder_row.error
    assert not questions.primary_button.isEnabled()
    assert questions.primary_button.toolTip() == questions.folder_row.error
    questions.open_button.click()
    assert opened == [(village.folder, None)]


def test_back_keeps_what_was_typed(page: FirstPage) -> None:
    page.presenter.choose("create")
    page.presenter.founding.set_name("Réseau")
    page.questions.back_button.click()
    assert page.doors.isVisible()
    page.presenter.choose("create")
    assert page.questions.name.text() == "Réseau"


def test_a_packet_that_cannot_be_read_says_why_in_the_page(window: Window, page: FirstPage, tmp_path: Path) -> None:
    (tmp_path / "a.maille").write_bytes(b"x")
    drop(window, tmp_path / "a.maille")
    assert page.join.refusal.isVisible()
    assert not page.join.primary_button.isVisible()
    page.join.refusal.close_button.click()
    assert page.doors.isVisible()


def test_a_packet_leads_into_its_network(
    window: Window, page: FirstPage, tmp_path: Path, village: Village, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = packet_of(village, tmp_path, monkeypatch)
    drop(window, given)
    assert page.join.space.text() == "Réseau des Gorges"
    assert "«\u00a0Bureau\u00a0»" in page.join.sent_by.text()
    assert not (tmp_path / "neuf" / "annuaire").exists()
    assert nameless(page) == []
    page.join.label.setText("Accueil")
    page.join.presenter.set_label("Accueil")
    page.join.primary_button.click()
    [(folder, _then)] = opened
    directory = open_directory(folder)
    try:
        space = space_of(directory)
        assert space is not None
        assert space.title == "Réseau des Gorges"
        assert directory.title_of(village.ids["elise"]) == "Élise Roumégas"
    finally:
        directory.close()


def test_a_list_dropped_leads_to_the_questions(window: Window, page: FirstPage, tmp_path: Path) -> None:
    (tmp_path / "adherents.csv").write_text("Nom\nLEXEMPLE Ursule\n")
    drop(window, tmp_path / "adherents.csv")
    assert page.questions.isVisible()
    assert page.notice is not None


def test_a_folder_dropped_is_opened(window: Window, page: FirstPage, village: Village, opened: Opened) -> None:
    drop(window, village.folder)
    assert opened == [(village.folder, None)]


def test_the_look_is_chosen_at_the_foot(page: FirstPage, theme: Theme) -> None:
    page.doors.text_size.chosen.emit("150")
    assert theme.scale == 1.5
    page.doors.colours.chosen.emit("dark")
    assert theme.dark
    assert (page.doors.text_size.current(), page.doors.colours.current()) == ("150", "dark")
    assert config.load_settings().text_scale == 150


def test_help_tells_about_the_first_time(window: Window, page: FirstPage) -> None:
    from ui.help_window import HelpWindow

    page.doors.help_button.click()
    (shown,) = window.findChildren(HelpWindow)
    assert shown.presenter.chapter.key == "commencer"


def test_from_a_directory_there_is_a_way_back(village: Village) -> None:
    window = first_window(village.folder)
    try:
        window.presenter.open()
        window.presenter.go(FIRST_RUN)
        page = window.stack.page
        assert isinstance(page, FirstPage)
        page.doors.leave_button.click()
        assert window.presenter.page == ANNUAIRE
        assert window.rail.isVisible()
    finally:
        close(window)


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
@pytest.mark.parametrize("step", ["doors", "questions", "work"])
def test_nothing_is_cut_at_any_size(window: Window, page: FirstPage, scale: int, step: str, qtbot: QtBot) -> None:
    window.presenter.look.set_scale(scale)
    if step == "questions":
        page.presenter.choose("create")
        territories = page.presenter.founding.territories
        territories.type("saint chely")
        territories.add_first()
    elif step == "work":
        page.show_step("work")
        page.show_progress(120, 210, "120 fiches sur 210")
    qtbot.wait(20)
    assert window.width() == 1366
    assert cut_words(page) == []
    assert not rolls_sideways(page)
    assert nameless(page) == []


def test_a_piece_is_chosen_in_the_list_that_unrolls(page: FirstPage, qtbot: QtBot) -> None:
    page.presenter.choose("create")
    field = page.questions.territory
    field.window().activateWindow()
    field.line.edit.setFocus()
    qtbot.waitUntil(field.line.edit.hasFocus)
    qtbot.keyClicks(field.line.edit, "florac")
    popup = field._popup
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert [piece.name for piece in page.presenter.founding.territories.pieces] == [
        "Communauté de communes Gorges Causses Cévennes"
    ]
    assert field.line.edit.text() == ""
