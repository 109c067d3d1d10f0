"""Bases set aside, on screen: listed where the backups are, deleted after a question, told of after an erasure."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.errors import EnvironmentProblem
from appli.presenters import sheet_erasing
from appli.presenters.bases_aside import BasesAside
from appli.presenters.exchange_erasures import ExchangeErasures
from appli.presenters.imports_journal import Question
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell

FIRST, LATER = "base-abimee-2026-11-20_101500", "base-plus-recente-2026-11-21_180200"


@pytest.fixture
def kept(village: Village) -> list[Path]:
    """Two bases set aside."""
    places = [village.folder / name for name in (FIRST, LATER)]
    for place in places:
        place.mkdir()
        (place / "partage.db").write_bytes(b"x" * 640_000)
    return places


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def page(shell: FakeShell, kept: list[Path], view: CallRecorder) -> BasesAside:
    found = BasesAside(shell)
    found.view = view
    found.show()
    return found


def asked(view: CallRecorder) -> Question:
    question: Question = view.last("ask")[0]
    return question


def test_each_is_said_in_words_the_last_one_first(page: BasesAside, view: CallRecorder, kept: list[Path]) -> None:
    rows, why_not = view.last("show_rows")
    assert why_not == ""
    assert [(row.name, row.folder, row.title) for row in rows] == [
        (LATER, kept[1], "Mise de côté le 21 novembre 2026 à 18 h 02"),
        (FIRST, kept[0], "Mise de côté le 20 novembre 2026 à 10 h 15"),
    ]
    assert [row.details for row in rows] == [
        "base d’une version plus récente · 640 Ko",
        "base abîmée, qui ne s’ouvrait plus · 640 Ko",
    ]


def test_nothing_goes_before_a_yes(page: BasesAside, view: CallRecorder, shell: FakeShell, kept: list[Path]) -> None:
    page.ask_to_delete(FIRST)
    question = asked(view)
    assert "20 novembre 2026" in question.words
    assert "21 novembre" not in question.words
    assert "ses sauvegardes ne changent pas" in question.words
    assert kept[0].exists()
    view.last("ask")[1]()
    assert [one.exists() for one in kept] == [False, True]
    assert [row.name for row in view.last("show_rows")[0]] == [LATER]
    assert "Fichiers supprimés pour toujours" in shell.toasts[-1][0]
    page.ask_to_delete("sauvegardes")
    assert view.names().count("ask") == 1


def test_a_directory_held_elsewhere_says_where_they_are_deleted(
    page: BasesAside, view: CallRecorder, shell: FakeShell
) -> None:
    shell.session.held = EnvironmentProblem("locked", "")
    page.show()
    assert "ouvert ailleurs" in view.last("show_rows")[1]


def test_after_an_erasure_they_are_told_and_offered(
    shell: FakeShell, village: Village, kept: list[Path], view: CallRecorder
) -> None:
    section = ExchangeErasures(shell)
    section.view = view
    section.enter()
    assert section.aside == ""  # nobody was erased
    sheet_erasing.start(shell.session, shell, village.ids["elise"], view)
    erasing = view.last("ask_erasing")[0]
    assert any("2 bases mises de côté" in words for words in erasing.stays)
    erasing.erase()
    assert "2 bases mises de côté peuvent encore la contenir" in shell.toasts[-1][0]
    section.read()
    assert "2 bases mises de côté" in section.aside
    section.ask_to_delete_aside()
    assert "21 novembre 2026" in asked(view).words
    view.last("ask")[1]()
    assert not any(one.exists() for one in kept)
    assert section.aside == ""
