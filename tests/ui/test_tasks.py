"""Work aside: in order, cancellable, its answers in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from appli.errors import Cancelled, UserError
from appli.ports import Progress
from ui.tasks import Tasks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HERE = threading.main_thread()


class Reported(list[Exception]):
    """What reached the reporter."""


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def tasks(qapp: object, reported: Reported) -> Iterator[Tasks]:
    made = Tasks(reported.append)
    yield made
    made.close()


def test_answers_come_back_here_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[str, bool, bool]] = []

    def work(word: str) -> tuple[str, bool]:
        return word, threading.current_thread() is HERE

    for word in ("a", "b", "c"):
        tasks.write(
            lambda _p, word=word: work(word),
            lambda answer: seen.append((*answer, threading.current_thread() is HERE)),
        )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [("a", False, True), ("b", False, True), ("c", False, True)]


def test_what_fails_goes_to_whoever_asked_or_to_the_reporter(tasks: Tasks, qtbot: QtBot, reported: Reported) -> None:
    mine: list[Exception] = []

    def fail(_anything: object) -> None:
        raise UserError("x", "Non.")

    tasks.write(fail, failed=mine.append)
    tasks.read("a", fail)
    qtbot.waitUntil(lambda: bool(mine and reported))
    assert isinstance(mine[0], UserError)
    assert isinstance(reported[0], UserError)


def test_a_later_reading_of_a_channel_silences_the_former(tasks: Tasks, qtbot: QtBot) -> None:
    started, go_on = threading.Event(), threading.Event()
    answers: list[str] = []
    told: list[bool] = []

    def slow(stopped: object) -> str:
        started.set()
        assert go_on.wait(10)
        assert callable(stopped)
        told.append(stopped())
        return "former"

    tasks.read("liste", slow, answers.append)
    assert started.wait(10)
    tasks.read("liste", lambda _stopped: "later", answers.append)
    tasks.read("autre", lambda _stopped: "other", answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["later", "other"]
    assert told == [True]


def test_a_reading_replaced_before_it_began_never_runs(tasks: Tasks, qtbot: QtBot) -> None:
    started, go_on = threading.Event(), threading.Event()
    ran: list[str] = []
    tasks.read("x", lambda _s: (started.set(), go_on.wait(10)))
    assert started.wait(10)
    for word in ("a", "b", "c"):
        tasks.read("liste", lambda _s, word=word: ran.append(word))
    go_on.set()
    qtbot.waitUntil(lambda: ran == ["c"])


def test_long_work_tells_its_steps_here_and_can_be_stopped(tasks: Tasks, qtbot: QtBot, reported: Reported) -> None:
    steps: list[tuple[int, int, str, bool]] = []
    first = threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1, 3, "Lecture")
        assert first.wait(10)
        progress.step(2, 3, "Lecture")

    def hear(done: int, total: int, label: str) -> None:
        steps.append((done, total, label, threading.current_thread() is HERE))

    ticket = tasks.write(work, steps=hear)
    assert tasks.busy()
    qtbot.waitUntil(lambda: bool(steps))
    ticket.stop()
    first.set()
    qtbot.waitUntil(lambda: bool(reported))
    assert isinstance(reported[0], Cancelled)
    assert steps == [(1, 3, "Lecture", True)]
    assert not tasks.busy()


def test_the_last_step_is_always_told(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[int] = []

    def work(progress: Progress) -> None:
        for n in range(1, 101):
            progress.step(n, 100)

    tasks.write(work, steps=lambda done, _total, _label: told.append(done))
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 100)
    assert len(told) < 20


def test_short_work_is_not_busy(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[bool] = []
    tasks.write(lambda _p: None, lambda _a: done.append(True))
    assert not tasks.busy()
    qtbot.waitUntil(lambda: done == [True])


def test_waiting_starts_anew_when_asked_again(tasks: Tasks, qtbot: QtBot) -> None:
    called: list[str] = []
    tasks.later("a", 10_000, lambda: called.append("too early"))
    tasks.later("a", 1, lambda: called.append("a"))
    qtbot.waitUntil(lambda: called == ["a"])


def test_closing_lets_the_writings_end_and_silences_the_rest(qapp: object, reported: Reported) -> None:
    tasks = Tasks(reported.append)
    written: list[str] = []
    told: list[str] = []
    for word in ("a", "b"):
        tasks.write(lambda _p, word=word: written.append(word), lambda _a: told.append("told"))
    tasks.later("x", 0, lambda: told.append("timer"))
    tasks.close()
    assert written == ["a", "b"]
    assert told == []
