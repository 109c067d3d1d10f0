"""Work aside from the window: one writing worker, one reading thread, timers; answers come back by a queued signal.

`appli.presenters.jobs.Jobs` says what each method promises. The event loop is never re-entered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from appli.errors import Cancelled
from appli.ports import Progress
from appli.presenters.jobs import Failed, Stopped, ignore

T = TypeVar("T")
Steps = Callable[[int, int, str], None]

SECONDS_BETWEEN_STEPS = 0.1


class _Ticket:
    """Work that is asked for or under way."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def stop(self) -> None:
        self.stopped.set()


class _Told:
    """The progress of one piece of work, told now and then."""

    def __init__(self, ticket: _Ticket, tell: Callable[[Callable[[], None]], None], steps: Steps | None) -> None:
        self._ticket = ticket
        self._tell = tell
        self._steps = steps
        self._last = 0.0

    def step(self, done: int, total: int, label: str = "") -> None:
        if self._ticket.stopped.is_set():
            raise Cancelled
        steps, now = self._steps, time.monotonic()
        if steps is not None and (now - self._last >= SECONDS_BETWEEN_STEPS or done >= total):
            self._last = now
            self._tell(lambda: steps(done, total, label))


class Tasks(QObject):
    """The jobs of one window. `report` hears of what fails without having said who should know."""

    _posted = Signal(object)

    def __init__(self, report: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._writer = ThreadPoolExecutor(1, "ecriture")
        self._reader = ThreadPoolExecutor(1, "lecture")
        self._readings: dict[str, _Ticket] = {}
        self._writings: dict[_Ticket, bool] = {}
        self._timers: dict[str, QTimer] = {}
        self._closed = False
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
        steps: Steps | None = None,
    ) -> _Ticket:
        ticket = _Ticket()
        self._writings[ticket] = steps is not None

        def over(then: Callable[[], None]) -> None:
            self._writings.pop(ticket, None)
            then()

        def answer(then: Callable[[], None]) -> None:
            self._posted.emit(lambda: over(then))

        progress = _Told(ticket, self._posted.emit, steps)
        self._writer.submit(self._carry_out, lambda: work(progress), done, failed or self._report, answer)
        return ticket

    def read(
        self,
        channel: str,
        work: Callable[[Stopped], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
    ) -> None:
        former = self._readings.get(channel)
        if former is not None:
            former.stop()
        ticket = self._readings[channel] = _Ticket()

        def answer(then: Callable[[], None]) -> None:
            self._posted.emit(lambda: None if ticket.stopped.is_set() else then())

        def wanted() -> T:
            if ticket.stopped.is_set():
                raise Cancelled
            return work(ticket.stopped.is_set)

        self._reader.submit(self._carry_out, wanted, done, failed or self._report, answer)

    def later(self, channel: str, milliseconds: int, call: Callable[[], None]) -> None:
        former = self._timers.pop(channel, None)
        if former is not None:
            former.stop()
            former.deleteLater()
        timer = self._timers[channel] = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.start(milliseconds)

    def busy(self) -> bool:
        return any(self._writings.values())

    def stop_all(self) -> None:
        for ticket in [*self._writings, *self._readings.values()]:
            ticket.stop()

    def close(self) -> None:
        self._closed = True
        for timer in self._timers.values():
            timer.stop()
        for ticket in self._readings.values():
            ticket.stop()
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    # --- in the worker ---

    @staticmethod
    def _carry_out(
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Failed,
        answer: Callable[[Callable[[], None]], None],
    ) -> None:
        try:
            result = work()
        except Cancelled as stopped:
            problem: Exception = stopped
            answer(lambda: failed(problem))
        except Exception as raised:  # noqa: BLE001 — told in the window, whatever it is
            problem = raised
            answer(lambda: failed(problem))
        else:
            answer(lambda: done(result))

    # --- in the window's thread ---

    def _call(self, posted: Callable[[], None]) -> None:
        if not self._closed:
            posted()
