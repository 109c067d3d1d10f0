"""The page of a directory that does not open: reached by itself, its first way focused, and it leads back to sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory, open_index
from appli.presenters.session import Session
from appli.presenters.shell import FIRST_AID
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import InlineJobs
from tests.ui.windows import close
from ui.main_window import Window, first_page
from ui.pages.secours import FirstAidPage
from ui.widgets.question import QuestionDialog


@pytest.fixture
def damaged(village: Village) -> Path:
    directory = open_directory(village.folder)
    directory.store.backup("manuelle")
    directory.close()
    with (village.folder / "partage.db").open("r+b") as file:
        file.write(bytes(100))
    return village.folder


@pytest.fixture
def window(damaged: Path, qapp: object) -> Iterator[Window]:
    session = Session(damaged, lambda: open_index(damaged), InlineJobs(), opener)
    window = Window(session)
    window.resize(1366, 698)
    window.presenter.go(first_page(session))
    window.show()
    window.presenter.open()
    yield window
    close(window)


def page_of(window: Window) -> FirstAidPage:
    page = window.stack.page
    assert isinstance(page, FirstAidPage)
    return page


def test_a_damaged_base_leads_there_and_a_way_leads_on(window: Window, damaged: Path) -> None:
    page = page_of(window)
    assert [card.key for card in page.cards] == ["restore", "recover", "folder", "empty"]
    assert window.focusWidget() is page.cards[0].button
    asked: list[Path] = []
    window.other_folder.connect(lambda folder, _then: asked.append(folder))
    page.cards[0].button.click()
    assert asked == [damaged]
    assert len(list(damaged.glob("base-abimee-*"))) == 1


def test_starting_empty_is_asked_first_and_keeping_is_the_answer_of_echap(window: Window, damaged: Path) -> None:
    page_of(window).cards[3].button.click()
    (dialog,) = window.findChildren(QuestionDialog)
    dialog.reject()
    assert not list(damaged.glob("base-abimee-*"))


def test_a_folder_that_lost_a_file_opens_on_it(damaged: Path) -> None:
    (damaged / "prive.db").unlink()
    session = Session(damaged, lambda: open_index(damaged), InlineJobs(), opener)
    assert first_page(session) == FIRST_AID
    session.close()
