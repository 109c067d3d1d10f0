"""Going through what waits, one after the other: a pair of sheets, a field with several values."""

from __future__ import annotations

from appli.i18n import _, number


class OneByOne:
    """A place in a list that somebody walks through; whoever inherits says how many there are and shows the one."""

    _place = 0

    @property
    def count(self) -> int:
        """How many wait."""
        raise NotImplementedError

    def _show(self) -> None:
        """Draw the one at `_place`."""
        raise NotImplementedError

    def place_words(self) -> str:
        """« 1 sur 87 »; empty when nothing waits."""
        if not 0 <= self._place < self.count:
            return ""
        return _("{n} sur {all}").format(n=number(self._place + 1), all=number(self.count))

    def go_to(self, place: int) -> None:
        """Look at another one."""
        if place != self._place and 0 <= place < self.count:
            self._place = place
            self._show()

    def next(self) -> None:
        """The next one; after the last, the first."""
        self.go_to((self._place + 1) % max(1, self.count))

    def previous(self) -> None:
        """The one before."""
        self.go_to((self._place - 1) % max(1, self.count))
