"""« Effacements » in a real window: asked, refused, answered; the dialog before what cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from appli.presenters.shell import ANNUAIRE, EXCHANGES, Request
from appli.services import erasing
from appli.services.exchanging.receiving import receive
from tests.presenters.packets import network
from tests.ui.pages.test_annuaire import press, words
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from ui.dialogs.erase_sheet import EraseDialog
from ui.pages.annuaire import AnnuairePage
from ui.pages.echanges import ExchangesPage
from ui.pages.echanges_effacements import ErasuresSection, OrderRowView
from ui.widgets.question import QuestionDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.presenters.conftest import Village
    from ui.main_window import Window


@pytest.fixture
def section(window: Window, village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ErasuresSection:
    """« Accueil », who is no référent, wants Élise erased here."""

    def asked(directory: object) -> None:
        accueil = network(village, directory, tmp_path / "accueil", monkeypatch)
        with accueil.opened() as other:
            erasing.erase(other, village.ids["elise"], "asked")
        receive(directory, accueil.packet(), confirmed=True)

    window.presenter.session.do(asked)
    window.presenter.go(EXCHANGES)
    page = window.stack.page
    assert isinstance(page, ExchangesPage)
    return next(s for s in page.sections if isinstance(s, ErasuresSection))


def sheet_page(window: Window, village: Village) -> AnnuairePage:
    window.presenter.go(ANNUAIRE, Request(record=village.ids["elise"]))
    page = window.stack.page
    assert isinstance(page, AnnuairePage)
    return page


def test_a_sheet_that_others_want_erased_says_so_and_leads_to_the_answer(
    section: ErasuresSection, window: Window, village: Village
) -> None:
    page = sheet_page(window, village)
    assert any("Effacement demandé par «\u00a0Accueil\u00a0»." in w for w in words(page.sheet))
    press(page.sheet, "Répondre…")
    assert isinstance(window.stack.page, ExchangesPage)
    press(section, "Refuser")
    assert "refusé" in words(section)
    assert not any("Effacement demandé" in w for w in words(sheet_page(window, village).sheet))
    window.presenter.go(EXCHANGES)
    press(section, "Revenir sur ce refus")
    assert "à décider" in words(section)


def test_a_yes_is_asked_twice_and_leaves_a_code(section: ErasuresSection, window: Window, village: Village) -> None:
    press(section, "Effacer ici aussi…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionDialog)
    assert dialog.buttons["keep"].isDefault()
    dialog.buttons["yes"].click()
    said = words(section)
    assert not [w for w in said if "Roumégas" in w]
    assert [w for w in said if w.startswith("Fiche ")]
    assert section.findChildren(OrderRowView)[0].proof_button.isEnabled()
    assert window.presenter.session.index.rows([village.ids["elise"]]) == []


def test_erasing_shows_what_goes_and_the_safe_answer_has_the_focus(window: Window, village: Village) -> None:
    page = sheet_page(window, village)
    page.sheet._presenter.ask_erasing()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EraseDialog)
    said = words(dialog)
    assert {"Ce qui part", "Chez les autres", "Ce que Maillage ne peut pas rappeler"} <= set(said)
    assert dialog.keep_button.isDefault()
    assert nameless(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.sheet._presenter.page is not None
    page.sheet._presenter.ask_erasing()
    again = QApplication.activeModalWidget()
    assert isinstance(again, EraseDialog)
    again.erase_button.click()
    assert window.presenter.session.index.rows([village.ids["elise"]]) == []


def test_the_part_is_named_and_whole_at_any_size(section: ErasuresSection, window: Window) -> None:
    page = window.stack.page
    assert nameless(page) == []
    window.resize(900, 600)
    assert cut_words(page) == []
    assert not rolls_sideways(page)
