"""How far long work is, how long still, and from when on it cannot be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.presenters.import_wizard_work import Worker, Working
from appli.presenters.session import Session

FIRST = Working("Import", "Arrêter ne laisse rien à moitié fait.")


class OneJob:
    """A session whose work is played by hand."""

    def __init__(self) -> None:
        self.stopped = 0
        self.done: Callable[[Any], None] = lambda _a: None
        self.failed: Callable[[Exception], None] = lambda _p: None
        self.steps: Callable[[int, int, str], None] = lambda _n, _t, _l: None

    def run(self, _work: Any, done: Any, failed: Any, steps: Any) -> OneJob:
        self.done, self.failed, self.steps = done, failed, steps
        return self

    def stop(self) -> None:
        self.stopped += 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def job() -> OneJob:
    return OneJob()


@pytest.fixture
def shown() -> list[Working | None]:
    return []


@pytest.fixture
def worker(job: OneJob, shown: list[Working | None], clock: Clock) -> Worker:
    return Worker(job, shown.append, clock)  # type: ignore[arg-type]


def begin(worker: Worker, answers: list[Any]) -> None:
    worker.start(FIRST, lambda _d, _p: None, answers.append, answers.append, last_label="Fin")


def test_steps_say_how_far_and_how_long_still(
    worker: Worker, job: OneJob, shown: list[Working | None], clock: Clock
) -> None:
    begin(worker, [])
    clock.now = 1.0
    job.steps(100, 1512, "Lecture")
    assert shown[-1] == Working("Lecture", FIRST.leaves, 100, 1512, "100 sur 1\u202f512", "")
    clock.now = 4.0
    job.steps(504, 1512, "Lecture")
    assert shown[-1] is not None
    assert shown[-1].time_left == "Encore environ 6 secondes."
    clock.now = 200.0
    job.steps(505, 1512, "Lecture")
    assert shown[-1].time_left.endswith("minutes.") if shown[-1] else False
    job.steps(3, 0, "Autre chose")
    assert shown[-1] is not None
    assert (shown[-1].count, shown[-1].time_left) == ("3", "")


def test_the_last_part_cannot_be_stopped(worker: Worker, job: OneJob, shown: list[Working | None]) -> None:
    begin(worker, [])
    worker.stop()
    assert job.stopped == 1
    job.steps(1, 2, "Fin")
    assert shown[-1] is not None
    assert (shown[-1].stoppable, shown[-1].leaves) == (False, "Tout est enregistré.")
    worker.stop()
    assert job.stopped == 1


def test_the_answer_comes_once_and_ends_it(worker: Worker, job: OneJob, shown: list[Working | None]) -> None:
    answers: list[Any] = []
    begin(worker, answers)
    assert worker.busy
    job.done("fait")
    assert (answers, worker.busy, shown[-1]) == (["fait"], False, None)


def test_what_was_dropped_is_never_heard_of(worker: Worker, job: OneJob) -> None:
    answers: list[Any] = []
    begin(worker, answers)
    first = job.done
    begin(worker, answers)
    assert job.stopped == 1
    first("trop tard")
    assert answers == []
    worker.drop()
    job.done("trop tard")
    job.steps(1, 2, "x")
    assert (answers, worker.busy) == ([], False)


def test_a_session_runs_it(session: Session) -> None:
    answers: list[Any] = []
    Worker(session, lambda _w: None).start(
        FIRST, lambda d, _p: d.reads.counts()["person"], answers.append, answers.append
    )
    assert answers == [2]
