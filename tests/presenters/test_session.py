"""One folder as the window has it: the index first, the directory as soon as it is open, changes told to all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appli.app import open_directory, open_index
from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem
from appli.presenters.session import Session
from appli.services.editing import trash
from appli.services.spaces import SpaceFacts, found, space_of
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import InlineJobs

if TYPE_CHECKING:
    import pytest


def test_the_index_answers_before_the_directory_is_open(closed_session: Session) -> None:
    assert not closed_session.is_open
    assert not closed_session.can_write
    assert closed_session.index.rows([]) == []


def test_reading_waits_until_the_directory_is_open(closed_session: Session, village: Village) -> None:
    titles: list[str] = []
    closed_session.read("fiche", lambda d, _stopped: d.title_of(village.ids["elise"]), titles.append)
    assert titles == []
    closed_session.open()
    assert titles == ["Élise Roumégas"]


def test_a_change_is_told_before_its_answer(session: Session, village: Village) -> None:
    order: list[str] = []
    session.changed.listen(lambda changes: order.append(f"changed {len(changes.records)}"))
    session.do(lambda d: trash(d, [village.ids["mason"]]), lambda _answer: order.append("done"))
    assert order == ["changed 1", "done"]


def test_work_that_changes_nothing_tells_nothing(session: Session) -> None:
    heard: list[Changes] = []
    session.changed.listen(heard.append)
    session.do(lambda _d: Changes())
    session.do(lambda _d: "words")
    assert heard == []


def test_a_folder_held_elsewhere_is_opened_for_reading(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = open_directory(village.folder, holder="Accueil")
    try:
        session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
        session.open()
        assert session.is_open
        assert not session.can_write
        assert session.held is not None
        assert "Accueil" in session.held.message
        session.close()
    finally:
        other.close()


def test_work_on_a_folder_that_did_not_open_says_why(tmp_path: Path) -> None:
    refusal = EnvironmentProblem("newer_base", "Trop récent.")

    def refuse(*_arguments: object) -> None:
        raise refusal

    jobs = InlineJobs()
    session = Session(tmp_path, lambda: open_index(tmp_path), jobs, refuse)  # type: ignore[arg-type]
    session.open()
    session.do(lambda _d: None)
    assert jobs.problems == [refusal, refusal]
    session.close()


def test_another_folder_can_be_filled_and_is_closed_again(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "exemple"
    session.elsewhere(other, lambda d, _progress: found(d, SpaceFacts("Exemple")))
    again = open_directory(other)
    space = space_of(again)
    again.close()
    assert space is not None
    assert space.title == "Exemple"


def test_a_folder_exists_once_it_holds_a_directory(session: Session, tmp_path: Path) -> None:
    assert session.exists
    empty = Session(tmp_path / "rien", lambda: open_index(tmp_path / "rien"), InlineJobs(), opener)
    assert not empty.exists
