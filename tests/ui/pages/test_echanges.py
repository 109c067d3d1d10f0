"""Échanges and a packet in a real window: reached, answered from the keyboard, legible at any size, quick when long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from appli.presenters.shell import ANNUAIRE, BUNDLE, EXCHANGES
from appli.services.exchanging.previewing import Fate, SheetChange
from tests.presenters.conftest import make
from tests.presenters.packets import Accueil, network
from tests.ui.pages.test_annuaire import press, words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from tests.ui.windows import close, window_on
from ui.dialogs.give_packet import GivePacketDialog
from ui.pages.echanges import ExchangesPage
from ui.pages.echanges_peers import PeerRowView
from ui.pages.paquet import PacketPage
from ui.pages.paquet_bar import ChoiceMenu
from ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.presenters.conftest import Village
    from ui.main_window import Window
    from ui.theme import Theme


@pytest.fixture
def accueil(window: Window, village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Accueil:
    made: list[Accueil] = []
    window.presenter.session.do(lambda d: network(village, d, tmp_path / "accueil", monkeypatch), made.append)
    return made[0]


def packet_page(window: Window, packet: Path) -> PacketPage:
    """A packet given to the window, as a drop or an argument does."""
    window.presenter.files_given([packet])
    page = window.stack.page
    assert isinstance(page, PacketPage)
    return page


def exchanges(window: Window) -> ExchangesPage:
    window.presenter.go(EXCHANGES)
    page = window.stack.page
    assert isinstance(page, ExchangesPage)
    return page


def test_a_packet_is_read_ticked_and_received_from_the_keyboard(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    assert "Paquet du poste «\u00a0Accueil\u00a0»" in words(page)
    page.list.setFocus()
    for _n in range(2):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert "Zoé Exemplaire" in words(page)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.receive_button.text() == "Réunir 2 fiches"
    assert page.bar.all_box.checkState() is Qt.CheckState.PartiallyChecked
    page.receive_button.click()
    assert window.presenter.page == EXCHANGES
    assert window.toast.undo_button.isVisible()
    window.toast.undo_button.click()
    assert "Annulé le paquet de «\u00a0Accueil\u00a0»\u00a0: 2 modifiées, 1 laissée de côté" in words(window.stack.page)


def test_a_press_on_the_box_leaves_out_and_elsewhere_looks(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    place = page.list.visualRect(page.model.index(1, 0))
    at = place.center()
    at.setX(place.x() + 25)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.presenter.sheets.taken == 2
    assert page.presenter.sheets.place == 0
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert page.presenter.sheets.place == 1


def test_a_refusal_and_a_passphrase_stand_in_the_page(window: Window, accueil: Accueil, tmp_path: Path) -> None:
    page = packet_page(window, accueil.packet("clos", "pourpre narval conseil"))
    assert page.phrase.isVisible()
    QTest.keyClicks(page.phrase.line, "autre chose")
    QTest.keyClick(page.phrase.line, Qt.Key.Key_Return)
    assert "n’ouvre pas" in page.phrase.row.error
    assert nameless(page) == []
    (tmp_path / "vide.maille").write_bytes(b"")
    page = packet_page(window, tmp_path / "vide.maille")
    assert page.refusal.isVisible()
    page.refusal.close_button.click()
    assert window.presenter.page == ANNUAIRE


def test_ctrl_d_prepares_a_packet_and_says_where_it_lies(window: Window, accueil: Accueil, tmp_path: Path) -> None:
    window.keyboard.act("give")
    dialog = window.findChild(GivePacketDialog)
    assert dialog is not None
    dialog.protect.click()
    assert len(dialog.phrase.text().split()) == 7
    dialog.protect.click()
    dialog._presenter.write(tmp_path / "ecrit.maille")
    assert dialog.told.isVisible()
    assert nameless(dialog) == []
    dialog.told.copy_button.click()
    dialog.told.close_button.click()


def test_a_set_aside_pc_has_no_packet_made(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    page.receive_button.click()
    found = exchanges(window)
    found.peers.presenter.set_revoked(found.peers.presenter.rows[0].uid, revoked=True)
    assert "écarté" in words(found)
    buttons = found.peers.findChildren(type(found.give_button))
    assert "Préparer un paquet" not in [b.text() for b in buttons if b.isVisible()]


def test_taking_back_asks_in_a_dialog(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    page.receive_button.click()
    found = exchanges(window)
    press(found, "Annuler…")
    dialog = window.findChild(QDialog)
    assert dialog is not None
    press(dialog, "Annuler le paquet")
    assert found.journal.presenter.lines[0].did == "Annulé"


def test_ten_thousand_sheets_stay_quick(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    looked = page.presenter.looked
    assert looked is not None
    looked.preview.sheets[:] = [
        SheetChange(n.to_bytes(16, "big"), "person", f"Personne {n}", "Mende", Fate.NEW) for n in range(10_000)
    ]
    start = time.perf_counter()
    page.presenter._known(looked, None)
    QTest.qWait(1)
    page.grab()
    page.presenter.set_filter("new")
    page.presenter.set_all(False)
    page.presenter.set_all(True)
    page.grab()
    assert time.perf_counter() - start < 2
    assert page.model.rowCount() == 10_000


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1366), (1.5, 1366), (2.0, 1366), (1.0, 800)])
def test_nothing_is_cut_at_any_size(
    scale: float,
    width: int,
    theme: Theme,
    village: Village,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theme.set_scale(scale)
    for window in sized(village, width):
        made: list[Accueil] = []
        window.presenter.session.do(lambda d: network(village, d, tmp_path / "accueil", monkeypatch), made.append)
        page = packet_page(window, made[0].packet())
        for reading in (False, True):
            page.read() if reading else page.to_list()
            for place in range(page.presenter.sheets.count):
                page.presenter.go_to(place)
                QTest.qWait(20)
                assert cut_words(page) == []
                assert not rolls_sideways(page)
                assert nameless(page) == []
        page.receive_button.click()
        found = exchanges(window)
        QTest.qWait(100)
        assert cut_words(found) == []
        assert not rolls_sideways(found)
        assert nameless(found) == []
    theme.set_scale(1.0)


def sized(village: Village, width: int) -> Iterator[Window]:
    """A window, closed afterwards."""
    window = window_on(village.folder, width)
    try:
        yield window
    finally:
        close(window)


def test_the_page_is_registered(window: Window) -> None:
    assert window.presenter.has_page(BUNDLE)
    assert window.presenter.has_page(EXCHANGES)


def test_the_details_of_a_pc_open_and_close_from_the_keyboard(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    page.receive_button.click()
    found = exchanges(window)
    for shown in (True, False, True):
        [row] = [r for r in found.peers.findChildren(PeerRowView) if r.isVisible()]
        row.details_button.setFocus()
        QTest.keyClick(row.details_button, Qt.Key.Key_Space)
        QTest.qWait(20)
        assert any("Les mots de sa clé" in said for said in words(found)) is shown
        assert isinstance(found.window().focusWidget(), IconButton)
    assert cut_words(found) == []


def test_the_menu_of_kinds_shows_one_alone(window: Window, accueil: Accueil) -> None:
    with accueil.opened() as other:
        make(other, "place", title="La halle")
        make(other, "person", name="Nour Benchaïb")
    page = packet_page(window, accueil.packet())
    choose(page.bar.kind_button, "Lieux")
    assert page.bar.kind_button.text() == "Lieux (1)"
    assert page.presenter.sheets.kind == "place"
    assert nameless(page) == []


def test_with_one_pane_the_chips_are_a_menu(window: Window, accueil: Accueil) -> None:
    page = packet_page(window, accueil.packet())
    assert not page.bar.filter_button.isVisible()
    window.resize(700, 698)
    assert page.bar.filter_button.text() == "Tout (3)"
    choose(page.bar.filter_button, "Nouvelles")
    assert page.presenter.sheets.count == 1
    QTest.qWait(20)
    assert cut_words(page) == []


def test_a_packet_that_was_received_already_is_only_closed(window: Window, accueil: Accueil) -> None:
    packet = accueil.packet()
    packet_page(window, packet).receive_button.click()
    page = packet_page(window, packet)
    assert [b.text() for b in (page.later_button, page.refuse_button, page.receive_button) if b.isVisible()] == [
        "Fermer"
    ]
    page.receive_button.click()
    assert window.presenter.page == EXCHANGES


def choose(button: ChoiceMenu, words: str) -> None:
    """Press the line of its menu that begins so."""
    button.menu().aboutToShow.emit()
    next(a for a in button.menu().actions() if a.text().startswith(words)).trigger()
