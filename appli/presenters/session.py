"""One directory folder as the window has it: its index at once, all of it as soon as the worker has opened it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem
from appli.ports import Progress
from appli.presenters.broadcast import Broadcast
from appli.presenters.jobs import Failed, Jobs, Stopped, Ticket, ignore
from appli.store.folder_files import is_directory, missing_file

if TYPE_CHECKING:
    from appli.domain.ids import RecordId
    from appli.services.directory import Directory
    from appli.store.backup import Backup
    from appli.store.index import Index

T = TypeVar("T")

Opener = Callable[[Path, bool, Progress], "Directory"]
"""Opens a folder, for reading only when the second argument is true; a new folder becomes an empty directory."""

READABLE = frozenset(("held_elsewhere", "read_only_folder", "unwritable", "disk_full"))
"""What keeps a folder from being written in and not from being read."""


class Session:
    """What every presenter works on. Reading and writing go through the jobs; `changed` tells what was written."""

    def __init__(self, folder: Path, new_index: Callable[[], Index], jobs: Jobs, opener: Opener) -> None:
        self.folder = folder
        self.index = new_index()
        """For this thread: the first page of a search, the rows of a list."""
        self.jobs = jobs
        self.changed: Broadcast[Changes] = Broadcast()
        self.opened: Broadcast[None] = Broadcast()
        self.backed_up: Broadcast[Backup] = Broadcast()
        self.maps_changed: Broadcast[None] = Broadcast()
        """The maps under the records are others: brought, ordered, removed, asked online or no more."""
        self.looked_at: RecordId | None = None
        """The record that was looked at on the page one left: the next page that shows records goes on with it."""
        self.held: EnvironmentProblem | None = None
        """Why the folder can only be read."""
        self._reader_index = new_index()
        """An index serves one thread: this one is the readers'."""
        self._opener = opener
        self._made: Directory | None = None
        """Known to the worker before `is_open` is known here."""
        self._is_open = False
        self._refusal: Exception | None = None

    @property
    def is_open(self) -> bool:
        """Whether all of the directory is there, and not its index alone."""
        return self._is_open

    @property
    def exists(self) -> bool:
        """Whether the folder holds a directory already."""
        return is_directory(self.folder)

    @property
    def is_incomplete(self) -> bool:
        """Whether the folder lost one of the two files of its directory."""
        return missing_file(self.folder) is not None

    @property
    def refusal(self) -> Exception | None:
        """Why the directory did not open."""
        return self._refusal

    @property
    def can_write(self) -> bool:
        """Whether changes are possible."""
        return self.is_open and self.held is None

    def open(self, failed: Failed | None = None) -> None:
        """Have the worker open the folder, made if it is not there; `opened` tells when all of it is there."""
        self.jobs.write(self._open, self._open_here, failed)

    def open_to_read(self, why: EnvironmentProblem, failed: Failed | None = None) -> None:
        """Have it opened for reading only; `why` nobody should write there."""

        def read(progress: Progress) -> Directory:
            self._made = self._opener(self.folder, True, progress)
            self.held, self._refusal = why, None
            return self._made

        self.jobs.write(read, self._open_here, failed)

    def when_open(self, call: Callable[[], None]) -> None:
        """Call as soon as the directory is open: now if it is."""
        if self.is_open:
            call()
        else:
            self.opened.listen(lambda _none: call())

    def do(
        self, work: Callable[[Directory], T], done: Callable[[T], None] = ignore, failed: Failed | None = None
    ) -> None:
        """Carry out a service that writes; `changed` hears of it before `done` does."""
        self.run(lambda directory, _progress: work(directory), done, failed)

    def run(
        self,
        work: Callable[[Directory, Progress], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
        steps: Callable[[int, int, str], None] | None = None,
    ) -> Ticket:
        """The same for long work, that tells its steps and can be stopped."""

        def finish(answer: T) -> None:
            self.tell(answer)
            done(answer)

        return self.jobs.write(lambda progress: work(self._here(), progress), finish, failed, steps)

    def elsewhere(
        self,
        folder: Path,
        work: Callable[[Directory, Progress], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
        steps: Callable[[int, int, str], None] | None = None,
    ) -> Ticket:
        """Work on another folder, made if it is not there: opened in the worker for this alone, then closed."""

        def inside(progress: Progress) -> T:
            with closing(self._opener(folder, False, progress)) as directory:
                return work(directory, progress)

        return self.jobs.write(inside, done, failed, steps)

    def alone(
        self,
        work: Callable[[Directory | None, Progress], T],
        done: Callable[[T], None],
        failed: Failed,
        steps: Callable[[int, int, str], None],
    ) -> Ticket:
        """Replace the files: every index is let go first, as an open file cannot be replaced everywhere.

        Ask nothing of the index meanwhile; open the window anew afterwards. `work` gets no directory when none opened.
        """
        let_go = Event()

        def let_index_go(_stopped: Stopped) -> None:
            self._reader_index.close()
            let_go.set()

        def carry_out(progress: Progress) -> T:
            let_go.wait()
            return work(self._made, progress)

        self.index.close()
        self.jobs.read("seul", let_index_go)
        return self.jobs.write(carry_out, done, failed, steps)

    def read_index(
        self, channel: str, work: Callable[[Index, Stopped], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Ask the index aside; the latest of a channel wins."""
        self.jobs.read(channel, lambda stopped: work(self._reader_index, stopped), done, failed)

    def read(
        self,
        channel: str,
        work: Callable[[Directory, Stopped], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Read aside; the latest of a channel wins. Waits until the directory is open."""

        def ask() -> None:
            self.jobs.read(channel, lambda stopped: work(self._for_readers(), stopped), done, failed)

        self.when_open(ask)

    def tell(self, answer: object) -> None:
        """Tell the changes that an answer of a service is, or carries in `changes`."""
        changes = answer if isinstance(answer, Changes) else getattr(answer, "changes", None)
        if isinstance(changes, Changes) and changes:
            self.changed.tell(changes)

    def close(self) -> None:
        """End the work under way, then let go of every file."""
        self.jobs.close()
        self.index.close()
        self._reader_index.close()
        if self._made is not None:
            self._made.close()

    def _open(self, progress: Progress) -> Directory:
        try:
            self._made = self._opener(self.folder, False, progress)
        except EnvironmentProblem as problem:
            self._made = self._opened_to_read(problem, progress)
            self.held = problem
        return self._made

    def _opened_to_read(self, problem: EnvironmentProblem, progress: Progress) -> Directory:
        """What cannot be written may be readable; if it is not, what is said is why it could not be written."""
        self._refusal = problem
        if problem.code not in READABLE:
            raise problem
        try:
            made = self._opener(self.folder, True, progress)
        except EnvironmentProblem:
            raise problem from None
        self._refusal = None
        return made

    def _open_here(self, _directory: Directory) -> None:
        self._is_open = True
        self.opened.tell(None)

    def _for_readers(self) -> Directory:
        """The same directory with the readers' own index."""
        directory = self._ready()
        return type(directory)(directory.store, self._reader_index, lambda: directory.gazetteer, directory.operator)

    def _here(self) -> Directory:
        """The same to write in: opened anew if its disk went away and is back."""
        directory = self._ready()
        directory.come_back()
        return directory

    def _ready(self) -> Directory:
        """The directory, in the worker: opening is its first job, so it is there unless that failed."""
        if self._made is None:
            raise self._refusal or LookupError("the directory was never opened")
        return self._made
