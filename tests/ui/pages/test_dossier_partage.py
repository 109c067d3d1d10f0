"""« Dossier partagé » in a real window: drawn in all its states, reached by F5, watched by the system."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from appli.presenters.shell import BUNDLE, EXCHANGES
from appli.services.exchanging import shared_folder
from tests.presenters.packets import Accueil, network
from tests.ui.pages.test_annuaire import press, words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from tests.ui.windows import close, window_on
from ui.pages.echanges import ExchangesPage
from ui.pages.echanges_folder import FolderSection

if TYPE_CHECKING:
    from tests.presenters.conftest import Village
    from ui.main_window import Window
    from ui.theme import Theme


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Maillage partagé"
    folder.mkdir()
    return folder


def section_of(window: Window) -> FolderSection:
    window.presenter.go(EXCHANGES)
    page = window.stack.page
    assert isinstance(page, ExchangesPage)
    return next(s for s in page.sections if isinstance(s, FolderSection))


def shared_by(window: Window, village: Village, home: Path, root: Path, patch: pytest.MonkeyPatch) -> Accueil:
    made: list[Accueil] = []
    window.presenter.session.do(lambda d: network(village, d, home / "accueil", patch), made.append)
    with made[0].opened() as other:
        shared_folder.choose(other, root)
        shared_folder.go_round(other)
    return made[0]


def told(widget: QWidget) -> str:
    """All the words shown."""
    return " ".join(words(widget))


def test_a_folder_is_chosen_shown_and_left(window: Window, root: Path) -> None:
    section = section_of(window)
    assert section.choose_button.isVisible()
    assert not section.look_button.isVisible()
    section.presenter.choose(root)
    assert "1 poste y écrit" in told(section)
    assert section.look_button.isVisible()
    assert not section.choose_button.isVisible()
    section.help_button.click()
    assert "gestion des versions" in told(section)
    section.presenter.ask_to_leave()
    dialog = window.findChild(QDialog)
    assert dialog is not None
    press(dialog, "Quitter le dossier")
    assert section.choose_button.isVisible()


def test_what_waits_is_looked_at_in_the_page_of_packets(
    window: Window, village: Village, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_by(window, village, tmp_path, root, monkeypatch)
    section = section_of(window)
    section.presenter.choose(root)
    assert "Premier paquet de ce poste" in told(section)
    assert window.presenter.shared_folder.waiting == 1
    assert f"{window.presenter.waiting.count + 1} en attente" in window.rail._buttons[EXCHANGES].accessibleName()
    press(section, "Regarder")
    assert window.presenter.page == BUNDLE
    assert "Paquet du poste «\u00a0Accueil\u00a0»" in told(window.stack.page)


def test_f5_looks_and_the_system_tells_of_what_moves(window: Window, root: Path) -> None:
    section = section_of(window)
    section.presenter.choose(root)
    watcher = window.folder_watch.watcher
    assert watcher is not None
    assert {Path(p).parent.name for p in watcher.directories()} >= {root.name}
    shutil.rmtree(root)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert section.presenter.state == "away"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_in_any_state(
    scale: float, theme: Theme, village: Village, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.set_scale(scale)
    window = window_on(village.folder)
    try:
        shared_by(window, village, tmp_path, root, monkeypatch)
        section = section_of(window)
        section.help_button.click()
        whole(section)
        (root / ".stversions").mkdir()
        section.presenter.choose(root)
        whole(section)
        shutil.rmtree(next(root.glob("maillage-*")))
        section.look_button.click()
        assert section.presenter.state == "empty"
        whole(section)
    finally:
        close(window)
        theme.set_scale(1.0)


def whole(section: FolderSection) -> None:
    """Every word is there, every control has a name."""
    QTest.qWait(50)
    page = section.window().stack.page
    assert cut_words(page) == []
    assert not rolls_sideways(page)
    assert nameless(page) == []
