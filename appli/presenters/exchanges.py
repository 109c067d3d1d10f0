"""Échanges as a whole: the ways to what waits for a choice. Each part of the page has its own `ExchangeSection`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.jobs import Stopped
from appli.presenters.shell import DUPLICATES, TO_SETTLE

if TYPE_CHECKING:
    from appli.services.directory import Directory


class Exchanges(ExchangeSection[int]):
    """State of the page's head."""

    channel = "echanges"
    _to_settle = 0

    @property
    def to_settle(self) -> int | None:
        """How many fields have several values; None where no page settles them."""
        return self._to_settle if self._shell.has_page(TO_SETTLE) else None

    @property
    def has_duplicates(self) -> bool:
        """Whether a page looks for sheets that are one."""
        return self._shell.has_page(DUPLICATES)

    def settle(self) -> None:
        """To the fields with several values."""
        self._shell.go(TO_SETTLE)

    def judge(self) -> None:
        """To the sheets that may be one."""
        self._shell.go(DUPLICATES)

    def _ask(self, directory: Directory, _stopped: Stopped) -> int:
        from appli.services import settling

        return len(settling.questions(directory))

    def _take(self, answer: int) -> None:
        self._to_settle = answer
