"""Linking two sheets: a role as this side says it, the other sheet found by typing."""

from __future__ import annotations

import pytest

from appli.presenters.add_link import AddLink
from appli.presenters.session import Session
from appli.presenters.sheet import SheetPane
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def pane(session: Session, shell: FakeShell, village: Village, view: CallRecorder) -> SheetPane:
    pane = SheetPane(session, shell, lambda _id: None)
    pane.view = view  # type: ignore[assignment]
    pane.look_at(village.ids["mason"])
    return pane


@pytest.fixture
def choice(pane: SheetPane, view: CallRecorder) -> AddLink:
    pane.add_link()
    made: AddLink = view.last("choose_link")[0]
    made.view = CallRecorder()
    return made


def titles(choice: AddLink) -> list[str]:
    return [row.title for n in range(choice.count) if (row := choice.row(n))]


def test_every_other_sheet_is_offered_then_those_that_answer(choice: AddLink) -> None:
    assert titles(choice) == ["Atelier des Trois Rivières", "Élise Roumégas"]
    choice.find("atelier")
    assert titles(choice) == ["Atelier des Trois Rivières"]
    choice.find("valdeyron")
    assert titles(choice) == []


def test_each_role_is_offered_once_from_both_sides(choice: AddLink) -> None:
    words = [role.words for role in choice.roles()]
    assert len(words) == len(set(words))
    assert {"membre de", "a pour membre", "partenaire de"} <= set(words)


@pytest.mark.parametrize("words", ["membre de", "a pour membre", "partenaire de"])
def test_the_link_is_read_as_it_was_chosen(choice: AddLink, pane: SheetPane, village: Village, words: str) -> None:
    role = next(r for r in choice.roles() if r.words == words)
    choice.add(role.key, village.ids["workshop"])
    assert pane.page is not None
    assert [(link.relation, link.title) for link in pane.page.links] == [(words, "Atelier des Trois Rivières")]


def test_it_says_so_and_can_be_undone(choice: AddLink, shell: FakeShell, village: Village) -> None:
    choice.add(choice.roles()[0].key, village.ids["elise"])
    assert shell.toasts == [("Lien ajouté.", True)]
    assert isinstance(choice.view, CallRecorder)
    assert choice.view.names()[-1] == "close_dialog"
