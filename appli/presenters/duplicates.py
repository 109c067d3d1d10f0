"""Doublons: pairs of sheets that may be one, looked at side by side; one word unites them or keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import Cancelled, UserError
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.kinds import drawn_shape
from appli.presenters.one_by_one import OneByOne
from appli.presenters.shell import ANNUAIRE, Request, Shell
from appli.services import judging
from appli.services.duplicates import Suggestion, suggestions
from appli.services.side_by_side import Comparison, Face, side_by_side
from appli.store.index_model import Row

if TYPE_CHECKING:
    from appli.services.directory import Directory

__all__ = ["Comparison", "Duplicates", "DuplicatesView", "Face", "PairRow", "Words"]

CHANNEL = "doublons"
Key = tuple[RecordId, RecordId]


@dataclass(frozen=True, slots=True)
class Words:
    """How the question is put for one kind."""

    title: str
    same: str
    different: str


WORDS = {
    "person": Words(N_("Est-ce la même personne ?"), N_("C’est la même personne"), N_("Ce sont deux personnes")),
    "organization": Words(
        N_("Est-ce la même structure ?"), N_("C’est la même structure"), N_("Ce sont deux structures")
    ),
    "place": Words(N_("Est-ce le même lieu ?"), N_("C’est le même lieu"), N_("Ce sont deux lieux")),
}
ANY = Words(N_("Est-ce la même fiche ?"), N_("C’est la même fiche"), N_("Ce sont deux fiches"))


@dataclass(frozen=True)
class PairRow:
    """A row of the list: `ui.widgets.record_list.RecordRow`; the score stands in the place of the commune."""

    suggestion: Suggestion
    row: Row
    other: Row
    siblings: int = 0
    demo: bool = False
    trashed: bool = False
    title_matches: tuple[tuple[int, int], ...] = ()
    second_matches: tuple[tuple[int, int], ...] = ()

    @property
    def id(self) -> Key:
        return self.suggestion.one, self.suggestion.other

    @property
    def shape(self) -> str:
        return drawn_shape(self.row.shape)

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def title(self) -> str:
        one, other = self.row.title or _("(sans nom)"), self.other.title or _("(sans nom)")
        return one if one == other else _("{one} / {other}").format(one=one, other=other)

    @property
    def second_line(self) -> str:
        return ", ".join(self.suggestion.reasons)

    @property
    def commune(self) -> str:
        if self.suggestion.undecided:
            return _("à décider")
        return _("{n} %").format(n=number(100 * self.suggestion.score))

    @property
    def initials(self) -> str:
        return self.row.initials

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        return f"{self.title}, {self.commune}, {self.second_line}"


class DuplicatesView(Protocol):
    """What draws the page."""

    def show_searching(self, done: int, total: int, words: str) -> None:
        """How far the search is."""

    def show_found(self) -> None:
        """Other pairs in the list, or none."""

    def show_current(self, place: int) -> None:
        """Mark a row, -1 for none."""

    def show_pair(self, comparison: Comparison | None, words: Words) -> None:
        """Draw a pair; None when there is none."""


class Duplicates(OneByOne):
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: DuplicatesView | None = None
        self._pairs: list[PairRow] = []
        self._later: set[Key] = set()
        self._place = -1
        self._ticket: Ticket | None = None
        self._searching = self._judging = False
        self.searched = False
        """Whether the directory was gone through to the end."""
        self.stopped = False
        self._stale = True
        self._front = False
        self._leave = self._session.changed.listen(self._changed)

    # --- coming and going ---

    def enter(self) -> None:
        """The page is at the front: what was written since makes it look again."""
        self._front = True
        if self._stale and not self._searching:
            self.search()
        else:
            self._say()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- the search ---

    @property
    def searching(self) -> bool:
        """Whether the directory is being gone through."""
        return self._searching

    def search(self) -> None:
        """Go through the directory in the worker."""
        self._stale = self.stopped = False
        self._searching = True
        if self.view is not None:
            self.view.show_searching(0, 0, "")
        self._session.when_open(self._search)

    def stop(self) -> None:
        """Stop going through it; what was shown before stays."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- the list ---

    @property
    def count(self) -> int:
        """How many pairs wait."""
        return len(self._pairs)

    @property
    def place(self) -> int:
        """Which one is looked at."""
        return self._place

    @property
    def pair(self) -> PairRow | None:
        """The one looked at."""
        return self.row(self._place)

    def row(self, place: int) -> PairRow | None:
        """A row of the list."""
        return self._pairs[place] if 0 <= place < self.count else None

    def lead_words(self) -> str:
        """« 87 paires de fiches se ressemblent. Rien n’est réuni sans vous. »"""
        words = _n("{n} paire de fiches se ressemble.", "{n} paires de fiches se ressemblent.", self.count)
        return words.format(n=number(self.count)) + " " + _("Rien n’est réuni sans vous.")

    def words(self) -> Words:
        """The question, for the kind of the pair looked at."""
        found = WORDS.get(self.pair.row.kind, ANY) if self.pair else ANY
        return Words(_(found.title), _(found.same), _(found.different))

    # --- what is done ---

    @property
    def can_write(self) -> bool:
        """Whether anything can be judged."""
        return self._session.can_write

    def same(self) -> None:
        """They are one."""
        pair = self.pair
        if pair is not None:
            words = _("{title} : les deux fiches sont réunies.").format(title=pair.row.title)
            self._judge(pair, judging.unite, words)

    def different(self) -> None:
        """They are two."""
        pair = self.pair
        if pair is not None:
            words = _("{title} : les deux fiches restent distinctes.").format(title=pair.row.title)
            self._judge(pair, judging.keep_apart, words)

    def later(self) -> None:
        """Nothing presses: not asked again before the program is next opened."""
        if self.pair is not None:
            self._later.add(self.pair.id)
            self._take_out(self.pair)

    def open(self, record: RecordId) -> None:
        """Show one of the sheets."""
        self._shell.go(ANNUAIRE, Request(record=record))

    def back(self) -> None:
        """To the page one came from."""
        self._shell.back()

    # --- parts ---

    def _search(self) -> None:
        self._ticket = self._session.run(
            lambda d, progress: _named(d, suggestions(d, progress)), self._found, self._failed, self._step
        )

    def _step(self, done: int, total: int, words: str) -> None:
        if self.view is not None and self._searching:
            self.view.show_searching(done, total, words)

    def _found(self, pairs: list[PairRow]) -> None:
        before = self.pair
        self._searching, self.searched = False, True
        self._pairs = [p for p in pairs if p.id not in self._later]
        ids = [p.id for p in self._pairs]
        self._place = ids.index(before.id) if before is not None and before.id in ids else (0 if ids else -1)
        self._show_found()
        self._show()

    def _failed(self, problem: Exception) -> None:
        self._searching, self._stale = False, True
        self.stopped = isinstance(problem, Cancelled)
        self._show_found()
        if not self.stopped:
            self._shell.report(problem)

    def _judge(self, pair: PairRow, say: Callable[[Directory, RecordId, RecordId], Changes], words: str) -> None:
        if not self.can_write:
            return

        def done(_changes: Changes) -> None:
            self._judging = False
            self._take_out(pair)
            self._shell.toast(words, undo=True)

        def refused(problem: Exception) -> None:
            self._judging = False
            self._shell.report(problem)

        self._judging = True
        self._session.do(lambda d: say(d, *pair.id), done, refused)

    def _take_out(self, pair: PairRow) -> None:
        if pair in self._pairs:
            self._pairs.remove(pair)
        self._place = min(self._place, self.count - 1)
        self._show_found()
        self._show()

    def _changed(self, _changes: Changes) -> None:
        """Somebody wrote: what this page judged itself needs no new search, all else does when one comes back."""
        if self._judging:
            return
        self._stale = True
        if self._front and not self._searching and self.searched:
            self.search()

    def _show_found(self) -> None:
        if self.view is not None:
            self.view.show_found()
        self._say()

    def _say(self) -> None:
        if self._front and self.searched:
            words = _n("{n} paire à regarder", "{n} paires à regarder", self.count)
            self._shell.say_status(words.format(n=number(self.count)))

    def _show(self) -> None:
        if self.view is None:
            return
        self.view.show_current(self._place)
        pair = self.pair
        if pair is None:
            self.view.show_pair(None, self.words())
            return

        def compare(directory: Directory, _stopped: Stopped) -> tuple[Key, Comparison]:
            return pair.id, side_by_side(directory, *pair.id)

        self._session.read(CHANNEL, compare, self._compared, self._gone)

    def _compared(self, answer: tuple[Key, Comparison]) -> None:
        key, comparison = answer
        if self.view is not None and self.pair is not None and self.pair.id == key:
            self.view.show_pair(comparison, self.words())

    def _gone(self, problem: Exception) -> None:
        """A sheet of the pair is no more."""
        if not isinstance(problem, UserError):
            raise problem
        if self.pair is not None:
            self._take_out(self.pair)


def _named(directory: Directory, found: list[Suggestion]) -> list[PairRow]:
    """The pairs with what the index knows of both; those it does not know are left out."""
    ids = list(dict.fromkeys(i for s in found for i in (s.one, s.other)))
    rows = {r.id: r for r in directory.index.rows(ids)}
    return [PairRow(s, rows[s.one], rows[s.other]) for s in found if s.one in rows and s.other in rows]
