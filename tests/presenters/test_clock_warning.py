"""A wrong clock is said once, over the page, and stays dismissed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.presenters.clock_warning import ClockWarning
from appli.presenters.main_window import MainWindow
from appli.presenters.session import Session
from tests.presenters.fakes import CallRecorder

NowIs = Callable[[str], None]
WRONG = ["1970-01-02T00:00:00+01:00", "2090-05-03T10:00:00+02:00"]


def notices(session: Session) -> list[tuple[Any, ...]]:
    """What the window says over its first page."""
    view = CallRecorder()
    window = MainWindow(session, view, {"annuaire"}, {"annuaire"})  # type: ignore[arg-type]
    window.open()
    return [arguments for name, arguments in view.calls if name == "show_notice"]


def test_nothing_is_said_of_a_clock_that_is_right(closed_session: Session) -> None:
    assert notices(closed_session) == []


@pytest.mark.parametrize("moment", WRONG)
def test_a_wrong_clock_is_said_until_somebody_knows(closed_session: Session, now_is: NowIs, moment: str) -> None:
    now_is(moment)
    ((title, words, deed, take),) = notices(closed_session)
    assert "L’horloge de ce poste indique" in title
    assert "Réglez la date" in words
    assert deed == "J’ai compris"
    said: list[str] = []
    warning = ClockWarning(closed_session, lambda title, *_rest: said.append(title))
    assert said == [title]
    take()
    warning.look()
    assert said == [title]


def test_a_clock_that_goes_wrong_is_noticed_at_the_next_writing(closed_session: Session, now_is: NowIs) -> None:
    from appli.domain.changes import Changes

    said: list[str] = []
    ClockWarning(closed_session, lambda title, *_rest: said.append(title))
    closed_session.open()
    closed_session.changed.tell(Changes(frozenset((b"1" * 16,)), frozenset()))
    assert said == []
    now_is(WRONG[0])
    closed_session.changed.tell(Changes(frozenset((b"1" * 16,)), frozenset()))
    assert len(said) == 1
