"""Taking the sheet shown back from the network: at once if it never left, after a question if it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appli.presenters.sheet import SheetPane
from appli.services.consenting import Answer, note_consent
from appli.services.exchanging import giving
from appli.services.undoing import undo
from tests.presenters.conftest import Village, make
from tests.presenters.fakes import CallRecorder, FakeShell

Carry = Callable[[Callable[..., Any]], Any]


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def pane(shell: FakeShell, village: Village, view: CallRecorder) -> SheetPane:
    """The sheet of Élise."""
    made = SheetPane(shell.session, shell, lambda _record: None)
    made.view = view  # type: ignore[assignment]
    made.withdrawing.view = view  # type: ignore[assignment]
    made.open(village.ids["elise"])
    return made


def test_a_sheet_that_never_left_becomes_private_and_can_be_shared_again(
    pane: SheetPane, shell: FakeShell, as_services: Carry
) -> None:
    pane.open(as_services(lambda d: make(d, "place", title="La cave")))
    pane.withdrawing.start()
    assert pane.page is not None
    assert pane.page.private
    assert shell.toasts[-1] == ("La fiche ne quittera plus ce poste.", True)
    assert not pane.withdrawing.is_possible
    as_services(undo)
    assert not pane.page.private


def test_a_sheet_that_left_is_asked_about_and_its_copy_shown(
    pane: SheetPane, view: CallRecorder, village: Village, as_services: Carry, tmp_path: Path
) -> None:
    as_services(lambda d: giving.give(d, tmp_path / "p.maille"))
    pane.withdrawing.start()
    (asked,) = view.last("ask_withdrawing")
    assert "Élise Roumégas" in asked.title
    pane.withdrawing.withdraw()
    assert pane.page is not None
    assert pane.page.private
    assert pane.page.title == "Élise Roumégas"
    assert pane.page.id != village.ids["elise"]
    assert as_services(lambda d: d.reads.entry(village.ids["elise"])) is None


def test_who_refuses_the_screen_is_said_on_her_sheet(
    pane: SheetPane, village: Village, as_services: Carry, tmp_path: Path
) -> None:
    as_services(lambda d: giving.give(d, tmp_path / "p.maille"))
    as_services(lambda d: note_consent(d, village.ids["elise"], [Answer("screen", given=False)]))
    assert pane.page is not None
    assert pane.page.hidden
    assert pane.page.consent is not None
    assert pane.page.consent.title == "Accord refusé"
