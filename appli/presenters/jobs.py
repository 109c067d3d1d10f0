"""How a screen has work done without waiting: one worker writes, readers can be cancelled, answers come back here.

« Here » is the thread of whoever asks (the window's): `done` and `failed` are always called there, never in the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from appli.ports import Progress

T = TypeVar("T")

Stopped = Callable[[], bool]
"""Whether nobody wants the answer any more; asked now and then by what reads for long."""

Failed = Callable[[Exception], None]


def ignore(_answer: Any) -> None:
    """For work whose answer nobody awaits."""


class Ticket(Protocol):
    """A piece of work under way."""

    def stop(self) -> None:
        """Ask it to stop: its next `progress.step` raises Cancelled. What it was doing leaves nothing half done."""


class Jobs(Protocol):
    """Runs work aside. Whatever it raises goes to `failed`, or to the window's reporter when there is none."""

    def write(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
        steps: Callable[[int, int, str], None] | None = None,
    ) -> Ticket:
        """Run in the single writing worker, after all that was asked before. `steps` hears of the progress, here."""

    def read(
        self,
        channel: str,
        work: Callable[[Stopped], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
    ) -> None:
        """Run in a reading thread. A new reading on the same channel stops the former, whose answer never comes."""

    def later(self, channel: str, milliseconds: int, call: Callable[[], None]) -> None:
        """Call once, in a while; asking again on the same channel starts the wait anew."""

    def busy(self) -> bool:
        """Whether long work, work that tells its steps, is under way."""

    def stop_all(self) -> None:
        """Ask all that is under way to stop."""

    def close(self) -> None:
        """Stop the readings, let the writings end, let go of the threads."""
