"""Annuler and Rétablir by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.presenters.session import Session
from appli.presenters.undo import Undo, UndoState
from appli.services.editing import trash
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def undo(session: Session, view: CallRecorder) -> Undo:
    undo = Undo(session, view)
    undo.start()
    return undo


def test_what_was_done_last_can_be_taken_back(
    undo: Undo, view: CallRecorder, village: Village, as_services: Callable[..., Any]
) -> None:
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert undo.state.undo_words == "Annuler «\u00a0Mettre à la corbeille\u00a0»"
    undo.undo()
    assert view.last("toast") == ("Changement annulé\u00a0: «\u00a0Mettre à la corbeille\u00a0».",)
    assert undo.state.redo_words == "Rétablir «\u00a0Mettre à la corbeille\u00a0»"
    undo.redo()
    assert view.last("toast") == ("Changement rétabli\u00a0: «\u00a0Mettre à la corbeille\u00a0».", True)
    assert undo.state == UndoState(undo="Mettre à la corbeille")


def test_nothing_to_take_back_does_nothing(undo: Undo, view: CallRecorder) -> None:
    undo.state = UndoState()
    undo.undo()
    undo.redo()
    assert "toast" not in view.names()
    assert UndoState().undo_words == "Annuler"


def test_before_the_directory_is_open_nothing_is_asked(closed_session: Session, view: CallRecorder) -> None:
    undo = Undo(closed_session, view)
    undo.start()
    assert undo.state == UndoState()
    closed_session.open()
    assert undo.state.undo == "Deux numéros"
