"""One open directory: what every service works on. Writing passes here, so the index always follows the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from appli.domain.changes import Change, Changes, Work
from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.ports import SILENT, Progress
from appli.services import indexing
from appli.store.engine import translated
from appli.store.index import Index
from appli.store.recovery import recover
from appli.store.store import Store

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer
    from appli.store.reads import Reads


class Directory:
    """The store, its index and the gazetteer of one folder."""

    def __init__(self, store: Store, index: Index, gazetteer: Callable[[], Gazetteer], operator: str = "") -> None:
        self.store = store
        self.index = index
        self._gazetteer = gazetteer
        self.operator = operator

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All communes; loaded when first asked."""
        return self._gazetteer()

    @property
    def reads(self) -> Reads:
        return self.store.reads

    def do(
        self, label: str, changes: Sequence[Change], *, undoes: int | None = None, progress: Progress = SILENT
    ) -> Changes:
        """Carry out a unit of work and let the index follow.

        `label` names it for « Annuler », without anybody's name.
        """
        work = Work(label, changes, self.operator or None)
        done = self.store.write(work, undoes=undoes)
        self.follow(done, progress)
        return done

    def follow(self, done: Changes, progress: Progress = SILENT) -> None:
        """Bring the index up to what has just changed."""
        if done:
            indexing.follow(self, done, progress)

    def ensure_index(self, progress: Progress = SILENT) -> None:
        """Build the index again if it is missing, damaged or behind."""
        try:
            if self.index.stamp() != self.store.folder.generation:
                indexing.rebuild(self, progress)
        except EnvironmentProblem as problem:
            if problem.code != "index_damaged":
                raise
            indexing.rebuild(self, progress)  # thrown away, so that nothing is in the way any more

    def title_of(self, record_id: RecordId) -> str:
        """The words that name a record; empty for one that is not here."""
        entry = self.reads.entry(record_id)
        return entry.title if entry else ""

    def come_back(self) -> None:
        """Open the files anew if their disk went away since. Raises EnvironmentProblem while they are not there."""
        if self.store.folder.presence.lost:
            with translated():
                self.store.folder.check_same()
            self.index.close()
            self.store.open_anew()
            recover(self.store.folder)
            self.ensure_index()

    def close(self) -> None:
        """Let go of every file."""
        self.index.close()
        self.store.close()
