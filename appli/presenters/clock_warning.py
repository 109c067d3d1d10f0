"""A clock that is likely to be wrong: said once, calmly, over the page; it stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli import config
from appli.domain.changes import Changes
from appli.i18n import _
from appli.presenters.jobs import Stopped

if TYPE_CHECKING:
    from appli.presenters.session import Session
    from appli.services.clocks import Doubt
    from appli.services.directory import Directory

CHANNEL = "horloge"
OFTEN = 600_000
"""Milliseconds after which the clock is looked at again when something is written."""
MANY = 20
"""So many records at once came by a packet, perhaps with later times."""

ShowNotice = Callable[[str, str, str, Callable[[], None]], None]


class ClockWarning:
    """Looks at the clock when the directory opens, when one writes and when a packet comes."""

    def __init__(self, session: Session, show_notice: ShowNotice) -> None:
        self._session = session
        self._show = show_notice
        self._looked = 0
        session.when_open(self.look)
        session.changed.listen(self._changed)

    def look(self) -> None:
        """Ask the directory what it makes of this PC's clock."""
        self._looked = config.clock()()
        self._session.read(CHANNEL, _ask, self._told)

    def _changed(self, changes: Changes) -> None:
        if abs(config.clock()() - self._looked) > OFTEN or len(changes.records) > MANY:
            self.look()

    def _told(self, doubt: Doubt | None) -> None:
        if doubt is None or doubt.against == config.load_settings().clock_seen:
            return
        from appli.services.clocks import own_words

        title, words = own_words(doubt)
        self._show(title, words, _("J’ai compris"), lambda: self._dismiss(doubt.against))

    def _dismiss(self, against: int) -> None:
        """Somebody read it; it comes back only when something else speaks against the clock."""
        config.save_settings(clock_seen=against)


def _ask(directory: Directory, _stopped: Stopped) -> Doubt | None:
    from appli.services.clocks import doubt_of

    return doubt_of(directory, config.clock()())
