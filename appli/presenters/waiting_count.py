"""How much waits in Échanges, for the rail: fields with several values, packets put off, erasures somebody asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli.presenters.jobs import Stopped
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory

CHANNEL = "en-attente"
REST = 400
"""Milliseconds without another change before it is counted again."""


class WaitingCount:
    """Counts once the directory is open, then after each change that rests."""

    def __init__(self, session: Session, told: Callable[[int], None]) -> None:
        self._session = session
        self._told = told
        self.count = 0
        session.when_open(self.read)
        session.changed.listen(lambda _changes: session.jobs.later(CHANNEL, REST, self.read))

    def read(self) -> None:
        """Count now."""
        self._session.read(CHANNEL, _count, self._found)

    def _found(self, count: int) -> None:
        self.count = count
        self._told(count)


def _count(directory: Directory, _stopped: Stopped) -> int:
    from appli.services import settling
    from appli.services.exchanging import aside

    asked = [one for one in directory.store.orders.waiting() if not one.refused]
    return len(settling.questions(directory)) + len(aside.waiting(directory)) + len(asked)
