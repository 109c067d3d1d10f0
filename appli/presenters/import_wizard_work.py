"""Long work of the wizard, one at a time: what it is, how far, how long still, and stopping it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from appli.errors import Cancelled
from appli.i18n import _, _n, number
from appli.ports import Progress
from appli.presenters.jobs import Failed, Ticket
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory

T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds before a guess of the time left means something."""


@dataclass(frozen=True, slots=True)
class Working:
    """What the card shows."""

    what: str
    leaves: str
    """What stopping leaves."""
    done: int = 0
    total: int = 0
    count: str = ""
    """« 640 sur 1 512 »."""
    time_left: str = ""
    stoppable: bool = True


class Worker:
    """Runs the work; `shown` hears of every step, None when it is over."""

    def __init__(
        self,
        session: Session,
        shown: Callable[[Working | None], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._shown = shown
        self._clock = clock
        self._ticket: Ticket | None = None
        self._run = 0
        self._began = 0.0
        self._label = ""
        self.working: Working | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self.working is not None

    def start(
        self,
        working: Working,
        work: Callable[[Directory, Progress], T],
        done: Callable[[T], None],
        failed: Failed,
        *,
        last_label: str = "",
    ) -> None:
        """Begin; a former work is stopped and its answer never comes. Stopping calls `failed` with Cancelled.

        From the steps called `last_label` on, nothing can be stopped any more.
        """
        self.drop()
        self._run += 1
        run = self._run
        self._began, self._label = self._clock(), ""
        self._show(working)

        def over(then: Callable[[], None]) -> None:
            if run == self._run:
                self._ticket = None
                self._show(None)
                then()

        def steps(n: int, total: int, label: str) -> None:
            if run == self._run and self.working is not None:
                self._show(self._further(working, n, total, label, stoppable=not last_label or label != last_label))

        ticket = self._session.run(
            work, lambda answer: over(lambda: done(answer)), lambda problem: over(lambda: failed(problem)), steps
        )
        if self.working is not None and run == self._run:
            self._ticket = ticket

    def stop(self) -> None:
        """The person does not wait."""
        if self._ticket is not None and self.working is not None and self.working.stoppable:
            self._ticket.stop()

    def drop(self) -> None:
        """Stop, and hear no more of it."""
        if self._ticket is not None:
            self._ticket.stop()
        self._ticket = None
        self._run += 1
        if self.working is not None:
            self._show(None)

    def _show(self, working: Working | None) -> None:
        self.working = working
        self._shown(working)

    def _further(self, first: Working, n: int, total: int, label: str, *, stoppable: bool) -> Working:
        if label != self._label:
            self._label, self._began = label, self._clock()
        count = ""
        if total:
            count = _("{n} sur {total}").format(n=number(min(n, total)), total=number(total))
        elif n:
            count = number(n)
        leaves = first.leaves if stoppable else _("Tout est enregistré.")
        return Working(label or first.what, leaves, n, total, count, self._time_left(n, total), stoppable)

    def _time_left(self, n: int, total: int) -> str:
        spent = self._clock() - self._began
        if not n or n >= total or spent < _PATIENCE:
            return ""
        seconds = round(spent * (total - n) / n)
        if seconds < 60:
            return _n("Encore environ {n} seconde.", "Encore environ {n} secondes.", seconds).format(n=number(seconds))
        minutes = round(seconds / 60)
        return _n("Encore environ {n} minute.", "Encore environ {n} minutes.", minutes).format(n=number(minutes))


def was_stopped(problem: Exception) -> bool:
    """Whether the person stopped the work, which is no fault."""
    return isinstance(problem, Cancelled)
