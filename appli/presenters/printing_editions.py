"""The editions of « Impression »: those kept on this PC, then what each model proposes; one of them is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from appli import config
from appli.i18n import _
from appli.presenters.jobs import Stopped
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.printing.edition import Edition

CHANNEL = "impression-editions"


class Editions:
    """A choice made of an edition that was only proposed keeps it. Tells `chose` or `renamed` what became of them."""

    def __init__(self, shell: Shell, chose: Callable[[], None], renamed: Callable[[], None]) -> None:
        self._shell = shell
        self._session = shell.session
        self._chose, self._renamed = chose, renamed
        self.all: list[Edition] = []
        self.current: Edition | None = None
        self._asked: Edition | None = None

    @property
    def place(self) -> int:
        """Which one is chosen; -1 before they are read."""
        return next((at for at, one in enumerate(self.all) if one is self.current), -1)

    def read(self, wanted: Edition | None = None) -> None:
        """Have them read; the one chosen stays chosen, unless one is wanted."""

        def found(all_of_them: list[Edition]) -> None:
            self._found(all_of_them, wanted)

        self._session.read(CHANNEL, _read, found)

    def propose(self, wanted: Edition) -> None:
        """Choose one that somebody asked for; one asked for before and not kept makes room."""
        self.all = [wanted, *(e for e in self.all if e.key or e is not self._asked)]
        self._asked = self.current = wanted
        self._chose()

    def choose(self, place: int) -> None:
        """Another one."""
        if 0 <= place < len(self.all) and place != self.place:
            self.current = self.all[place]
            self._chose()

    def add(self, model: str) -> None:
        """One more, of that model."""
        from appli.services.printing.edition import new_edition

        made = new_edition(model)
        made = replace(made, title=self._free_title(made.title))
        self.all.insert(sum(bool(e.key) for e in self.all), made)
        self.current = made
        self._keep(made)
        self._chose()

    def change(self, edition: Edition) -> bool:
        """Other choices of the one chosen; whether anything is different."""
        place = self.place
        if place < 0 or edition == self.current:
            return False
        self.all[place] = self.current = edition
        self._keep(edition)
        self._renamed()
        return True

    def remove(self) -> None:
        """Remove the one chosen; its model proposes itself again."""
        gone = self.current
        if gone is None or not gone.key:
            return
        self._session.do(lambda d: _forget(d, gone), lambda _none: self.read())
        words = _("« {title} » n’est plus dans vos éditions.").format(title=gone.title)
        self._shell.toast(words, back=lambda: self._put_back(gone))

    def count(self) -> None:
        """The one chosen was printed: it is kept, its number goes up once a day; one asked for in passing is not."""
        edition = self.current
        if edition is not None and edition is not self._asked and self._session.can_write:
            self._session.do(lambda d: _count(d, edition), self._kept)

    # --- parts ---

    def _found(self, found: list[Edition], wanted: Edition | None) -> None:
        before = self.current
        self.all = found
        if wanted is not None:
            self.propose(wanted)
            return
        same = (e for e in found if before is not None and (e.key or e.model) == (before.key or before.model))
        self.current = next(same, found[0])
        self._chose()

    def _keep(self, edition: Edition) -> None:
        if self._session.can_write:
            self._session.do(lambda d: _keep(d, edition), self._kept)

    def _kept(self, kept: Edition) -> None:
        """It got a key, or a number; what was chosen meanwhile stays."""
        for place, one in enumerate(self.all):
            if one.key == kept.key if one.key else one is self.current and one.model == kept.model:
                renewed = replace(one, key=kept.key, number=kept.number, printed_on=kept.printed_on)
                if one is self.current:
                    self.current = renewed
                self.all[place] = renewed
                break
        self._renamed()

    def _put_back(self, edition: Edition) -> None:
        self._session.do(lambda d: _keep(d, edition), lambda _kept: self.read())

    def _free_title(self, title: str) -> str:
        taken = {edition.title for edition in self.all if edition.key}
        names = (f"{title} ({n})" for n in range(2, len(taken) + 3))
        return title if title not in taken else next(name for name in names if name not in taken)


def today() -> str:
    """The day of this PC, in ISO."""
    return datetime.fromtimestamp(config.clock()() / 1000).astimezone().date().isoformat()


def _read(directory: Directory, _stopped: Stopped) -> list[Edition]:
    from appli.services.printing.edition import editions, new_edition
    from appli.services.printing.models import MODELS

    kept = editions(directory)
    known = {edition.model for edition in kept}
    return kept + [new_edition(model) for model in MODELS if model not in known]


def _keep(directory: Directory, edition: Edition) -> Edition:
    from appli.services.printing.edition import keep

    return keep(directory, edition)


def _forget(directory: Directory, edition: Edition) -> None:
    from appli.services.printing.edition import forget

    forget(directory, edition)


def _count(directory: Directory, edition: Edition) -> Edition:
    from appli.services.printing.edition import count_printing

    return count_printing(directory, edition, today())
