"""The shared folder while the window is open: looked at now and then, worked on in the worker when there is something.

A look reads a listing, no packet, and writes nothing; only when it finds work does a round go to the worker. Whoever
draws listens to `changed`; the window's watcher calls `seen` when the system tells it that something moved there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.errors import AppError, Cancelled, EnvironmentProblem
from appli.presenters.broadcast import Broadcast
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.folder_coming import Came
    from appli.services.exchanging.shared_folder import Round, Standing

CHANNEL = "dossier-partage"
EVERY, AFTER_WRITING, AFTER_A_SIGN = 60_000, 4_000, 1_500
"""Milliseconds between two looks, and before one that something calls for: what follows at once is seen with it."""
_NOT_WANTED = frozenset(("undone", "left_out"))
"""Why packets wait that a person has looked at already."""


class SharedFolder:
    """State of the folder; one for the window."""

    def __init__(self, session: Session, report: Callable[[Exception], None]) -> None:
        self._session = session
        self._report = report
        self._ticket: Ticket | None = None
        self._closed = self.is_working = False
        self.changed: Broadcast[None] = Broadcast()
        self.came: Broadcast[tuple[Came, ...]] = Broadcast()
        """Hears of the packets that came in by themselves."""
        self.is_known = False
        self.standing: Standing | None = None
        """How it is; None when none was chosen."""
        self.looked_at: int | None = None
        """When it was last gone through, wall time in ms."""
        self.problem: AppError | None = None
        """What kept the last round from ending well, but for a folder that is away."""
        self._session.changed.listen(lambda _changes: self._soon(AFTER_WRITING))
        self._session.when_open(self.look)

    # --- what calls for a look ---

    def look(self) -> None:
        """Look now; a round under way looks for itself, and long work, that may replace the files, comes first."""
        if self._closed or self.is_working:
            return
        if self._session.jobs.busy():
            self._session.jobs.later(CHANNEL, AFTER_WRITING, self.look)
        else:
            self._session.read(CHANNEL, _look, self._found)

    def seen(self) -> None:
        """Something moved in the folder."""
        self._soon(AFTER_A_SIGN)

    def close(self) -> None:
        """The window closes: a round under way ends where it is, with nothing half done."""
        self._closed = True
        if self._ticket is not None:
            self._ticket.stop()

    @property
    def places(self) -> list[Path]:
        """Where something new would show."""
        return list(self.standing.places) if self.standing else []

    @property
    def waiting(self) -> int:
        """How many packets wait there for a person, but for those that somebody here did not want."""
        some = self.standing.waiting if self.standing else ()
        return sum(len(one.paths) for one in some if one.why not in _NOT_WANTED)

    # --- deeds ---

    def choose(self, root: Path, done: Callable[[], None]) -> None:
        """Use that folder from now on."""

        def work(directory: Directory) -> None:
            from appli.services.exchanging.shared_folder import choose

            choose(directory, root)

        self._session.do(work, lambda _none: self._changed(done), self._report)

    def leave(self, done: Callable[[bool], None]) -> None:
        """Use it no more; `done` hears whether nothing of this PC stays there."""

        def work(directory: Directory) -> bool:
            from appli.services.exchanging.shared_folder import leave

            return leave(directory)

        self._session.do(work, lambda clean: self._changed(lambda: done(clean)), self._report)

    def write_anew(self) -> None:
        """The folder is empty, and it is the right one."""

        def work(directory: Directory) -> None:
            from appli.services.exchanging.shared_folder import write_anew

            write_anew(directory)

        self._session.do(work, lambda _none: self.look(), self._report)

    # --- answers ---

    def _found(self, standing: Standing | None) -> None:
        self.is_known, self.standing = True, standing
        if standing is None:
            self.looked_at = self.problem = None
        else:
            self._soon(EVERY)
            if standing.has_work and self._session.can_write:
                self._go()
            elif standing.there and standing.begun:
                self._passed()
        self.changed.tell(None)

    def _go(self) -> None:
        self.is_working = True
        self._ticket = self._session.run(_round, self._done, self._failed)

    def _done(self, answer: Round | None) -> None:
        self.is_working = False
        if answer is not None:
            self.standing = answer.standing
            self._passed()
            if answer.came:
                self.came.tell(answer.came)
        self.changed.tell(None)

    def _failed(self, problem: Exception) -> None:
        self.is_working = False
        if isinstance(problem, AppError) and problem.code == "folder_gone":
            self._away()
        elif isinstance(problem, EnvironmentProblem):
            self.problem = problem
        elif not isinstance(problem, Cancelled):
            self._report(problem)
        self.changed.tell(None)

    def _passed(self) -> None:
        self.problem = None
        if self._session.can_write:
            self.looked_at = config.clock()()

    def _away(self) -> None:
        from appli.services.exchanging.shared_folder import Standing

        if self.standing is not None:
            self.standing = Standing(self.standing.root)

    def _soon(self, milliseconds: int) -> None:
        if not self._closed and self.standing is not None:
            self._session.jobs.later(CHANNEL, milliseconds, self.look)

    def _changed(self, done: Callable[[], None]) -> None:
        done()
        self.look()


def _look(directory: Directory, _stopped: Stopped) -> Standing | None:
    if not directory.store.noted("shared_folder"):
        return None  # without loading what reads packets
    from appli.services.exchanging.shared_folder import look

    return look(directory)


def _round(directory: Directory, progress: Progress) -> Round | None:
    from appli.services.exchanging.shared_folder import go_round

    return go_round(directory, progress)
