"""The window around the pages: where one is, what is said, what waits; it implements `Shell` for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.presenters import example, form_waiting, misplaced, reports, since_last_time
from appli.presenters.away import Away
from appli.presenters.backups import Backups
from appli.presenters.clock_warning import ClockWarning
from appli.presenters.given_files import is_list, is_map, is_moving, is_packet, is_request
from appli.presenters.held import Held
from appli.presenters.jobs import Stopped
from appli.presenters.look import Look, LookView
from appli.presenters.misplaced import Misplaced
from appli.presenters.notices import Notices, Problem
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.presenters.shared_folder import SharedFolder
from appli.presenters.shell import (
    ANNUAIRE,
    BUNDLE,
    EXCHANGES,
    FIRST_AID,
    FIRST_RUN,
    FORM,
    GIVE,
    IMPORT,
    MAPS,
    NOTHING,
    SETTINGS,
    Greeting,
    Request,
)
from appli.presenters.undo import Undo, UndoState
from appli.presenters.waiting_count import WaitingCount

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.folder_coming import Came

WITHOUT_DIRECTORY = frozenset((FIRST_RUN, FIRST_AID, SETTINGS))
"""Pages of use while the folder holds no directory; the others lead to the first one."""
MENDED = frozenset(("damaged", "missing_file", "not_a_directory", "newer_base"))
"""What keeps a directory from opening and has a page of its own, which says what one can do."""


class MainWindowView(LookView, Protocol):
    """What draws the window."""

    def show_page(self, page: str, request: Request) -> None:
        """Bring a page to the front, built if it never was."""

    def show_toast(self, words: str, *, undo: bool) -> None:
        """Say something in passing."""

    def show_refused(self, words: str) -> None:
        """Say in passing that something was not done."""

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, in a dialog."""

    def show_undo(self, state: UndoState) -> None:
        """Name the two buttons."""

    def show_status(self, counted: str, example: str, saved: str, backup: str, *, late: bool) -> None:
        """The status bar."""

    def show_waiting(self, page: str, count: int) -> None:
        """How much waits on a page of the rail."""

    def show_title(self, title: str) -> None:
        """The name of the directory."""

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        """A strip over the page, until its deed is done."""

    def drop_notice(self) -> None:
        """What the strip said is over."""

    def show_search(self, text: str) -> None:
        """The words in the field."""

    def show_help(self) -> None:
        """The guide, at the chapter of the page at the front."""

    def ask_to_quit(self, words: str, wait: str, stop: str) -> None:
        """Ask whether to stop the work under way; `stop` calls `stop_and_quit`."""

    def open_folder(self, folder: Path, then: Greeting | None) -> None:
        """Open another directory in the place of this one, then call `then` with its presenter."""

    def reopen(self) -> None:
        """Close the program, and start it again on this directory."""

    def ask_where(self, asked: Misplaced) -> None:
        """Say that the directory lies in a wrong place, and what one can do about it."""

    def close_window(self) -> None:
        """The last step of quitting."""


class MainWindow:
    """State of the window."""

    def __init__(
        self, session: Session, view: MainWindowView, pages: Collection[str], searching: Collection[str]
    ) -> None:
        self.session = session
        self.search = Search()
        self._view = view
        self._pages = frozenset(pages)
        self._searching = frozenset(searching)
        self._visited: list[str] = []
        self._counted = self._typing = ""
        self._example = False
        self._stopping = False
        self._toast_back: Callable[[], None] | None = None
        self.look = Look(view)
        self.notices = Notices(self)
        self.undo = Undo(session, self)
        self.backups = Backups(session, config.clock(), self.say_all)
        self.shared_folder = SharedFolder(session, self.report)
        self.shared_folder.came.listen(self._came)
        if self.has_page(EXCHANGES):
            self.waiting = WaitingCount(session, self._show_waiting)
            self.shared_folder.changed.listen(lambda _none: self._show_waiting(self.waiting.count))
        self.search.changed.listen(lambda query: view.show_search(query.text))
        session.changed.listen(self._changed)
        self.clock = ClockWarning(session, view.show_notice)
        self.away = Away(self, view)
        self.held = Held(self, view.show_notice, view.ask_where)
        self.undo.start()
        self.backups.start()
        session.when_open(self._is_open)

    # --- Shell ---

    def has_page(self, page: str) -> bool:
        """Whether that page exists."""
        return page in self._pages

    @property
    def page(self) -> str:
        """The page at the front."""
        return self._visited[-1] if self._visited else ""

    def go(self, page: str, request: Request = NOTHING) -> None:
        """Show a page."""
        if page not in self._pages:
            raise LookupError(page)
        if page not in WITHOUT_DIRECTORY and self.has_page(FIRST_RUN) and not self.session.exists:
            page = FIRST_RUN
        if page != self.page:
            self._visited = [*self._visited[-20:], page]
        self._counted = self._typing = ""
        self._view.show_page(page, request)
        self.say_all()

    def back(self) -> None:
        """Return to the page before this one."""
        if len(self._visited) > 1:
            self._visited.pop()
            page = self._visited.pop()
            self.go(page)

    def toast(self, words: str, *, undo: bool = False, back: Callable[[], None] | None = None) -> None:
        """Say what was just done."""
        self._toast_back = back
        self._view.show_toast(words, undo=undo or back is not None)

    def refuse(self, words: str) -> None:
        """Say that what was asked was not done."""
        self._toast_back = None
        self._view.show_refused(words)

    def undo_toast(self) -> None:
        """Take back what was just said."""
        (self._toast_back or self.undo.undo)()

    def say_status(self, words: str) -> None:
        """What the page counts."""
        self._counted = words
        self.say_all()

    def say_typing(self, words: str) -> None:
        """What is typed and not yet saved."""
        self._typing = words
        self.say_all()

    def show_help(self) -> None:
        """Open the guide."""
        self._view.show_help()

    def report(self, problem: BaseException) -> None:
        """Tell a problem."""
        if not self.away.tell(problem):
            self.notices.report(problem)

    def open_folder(self, folder: Path, then: Greeting | None = None) -> None:
        """Leave this directory for another."""
        self._view.open_folder(folder, then)

    def reopen(self) -> None:
        """Close Maillage and start it again here."""
        self._view.reopen()

    # --- what the parts ask ---

    def show_undo(self, state: UndoState) -> None:
        """What can be taken back has changed."""
        self._view.show_undo(state)

    def show_problem(self, problem: Problem) -> None:
        """Something went wrong."""
        self._view.show_problem(problem)

    # --- what the person does ---

    def open(self) -> None:
        """After the first paint: have the whole directory opened, tell the faults of former runs."""
        self.session.open(misplaced.unless(self, self._view.ask_where, self._not_opened))
        self._tell_faults()

    def type_search(self, text: str) -> None:
        """Words in the field; where nothing follows them, they lead to the directory."""
        if text != self.search.query.text:
            if self.page not in self._searching and text:
                self.go(ANNUAIRE)
            self.search.set_text(text)

    def create(self, shape: str = "person") -> None:
        """Open the form of a new record."""
        if self.has_page(FORM) and self.session.can_write:
            self.go(FORM, Request(kind=shape))

    def files_given(self, paths: Sequence[Path]) -> None:
        """Files dropped on the window, opened from it or named at the start: each kind has its page."""
        existing = [p for p in paths if p.exists()]
        folder = next((p for p in existing if p.is_dir()), None)
        bundles = tuple(p for p in existing if is_packet(p))
        lists = tuple(p for p in existing if is_list(p))
        requests = tuple(p for p in existing if is_request(p))
        maps = tuple(p for p in existing if is_map(p))
        whole = folder is not None or not self.session.exists or any(map(is_moving, existing))
        if existing and self.has_page(FIRST_RUN) and whole:
            self.go(FIRST_RUN, Request(paths=tuple(existing)))
        elif folder is not None:
            self.open_folder(folder)
        elif bundles and self.has_page(BUNDLE):
            self.go(BUNDLE, Request(paths=bundles))
        elif requests and self.has_page(EXCHANGES):
            self.go(EXCHANGES, Request(kind=GIVE, paths=requests[:1]))
        elif lists and self.has_page(IMPORT):
            self.go(IMPORT, Request(paths=lists))
        elif maps and self.has_page(SETTINGS):
            self.go(SETTINGS, Request(kind=MAPS, paths=maps))
        elif paths:
            name = paths[0].name
            self.refuse(_("Maillage ne sait pas ouvrir « {name} ». Rien n’a changé.").format(name=name))

    def quit(self) -> bool:
        """Whether the window may close now; else the person is asked."""
        if self.session.jobs.busy() and not self._stopping:
            words = _("Un travail est en cours. L’arrêter ne laisse rien à moitié fait.")
            self._view.ask_to_quit(words, _("Attendre"), _("Arrêter et quitter"))
            return False
        self.shared_folder.close()
        return True

    def stop_and_quit(self) -> None:
        """The person does not wait."""
        self._stopping = True
        self.session.jobs.stop_all()
        self._view.close_window()

    # --- parts ---

    def _is_open(self) -> None:
        if not example.is_shown(self.session):
            config.remember_directory(self.session.folder)
        self.held.begin()
        form_waiting.offer(self, self._view.show_notice)
        since_last_time.tell(self, self._view.show_notice)
        self._name()
        self.say_all()

    def _not_opened(self, problem: Exception) -> None:
        if isinstance(problem, EnvironmentProblem) and problem.code in MENDED and self.has_page(FIRST_AID):
            reports.note("environment", problem.code)
            if self.page == FIRST_RUN:  # a file was brought, which may be what helps: the rest is one step back
                self._visited.insert(-1, FIRST_AID)
            else:
                self.go(FIRST_AID)
        else:
            self.report(problem)
        self.say_all()

    def _show_waiting(self, count: int) -> None:
        self._view.show_waiting(EXCHANGES, count + self.shared_folder.waiting)

    def _came(self, came: tuple[Came, ...]) -> None:
        from appli.presenters.shared_folder_words import tell_came

        tell_came(self, came)

    def _changed(self, _changes: Changes) -> None:
        self._name()

    def _name(self) -> None:
        self.session.read("espace", _space, self._named)

    def _named(self, answer: tuple[str, bool]) -> None:
        name, self._example = answer
        self._view.show_title(_("{name} – Maillage").format(name=name) if name else _("Maillage"))
        self.say_all()

    def say_all(self) -> None:
        """Fill the status bar."""
        example = _("Données d’exemple : personnes inventées") if self._example else ""
        saved = self._typing or _("Tout est enregistré")
        if self.session.held is not None:
            saved = _("Lecture seule")
        elif not self.session.is_open:
            saved = ""
        backup = self.backups.words() if self.session.is_open else ""
        self._view.show_status(self._counted, example, saved, backup, late=self.backups.is_late())

    def _tell_faults(self) -> None:
        reports.take_crash()
        unseen = reports.unseen()
        if unseen:
            text = unseen[-1].read_text("utf-8", "replace")
            problem = Problem(_("Un imprévu, la dernière fois"), reports.fault_words(), "", text, reports.folder())

            def look() -> None:
                reports.mark_seen(unseen)
                self.show_problem(problem)

            title = _("Maillage a rencontré un imprévu, la dernière fois.")
            words = _("Vos fiches sont enregistrées. Un compte rendu sans nom ni adresse a été gardé sur ce poste.")
            self._view.show_notice(title, words, _("Voir"), look)


def _space(directory: Directory, _stopped: Stopped) -> tuple[str, bool]:
    """The name of the directory, and whether its people are invented."""
    from appli.services.spaces import space_of
    from appli.store.index_model import Query

    space = space_of(directory)
    first = directory.index.first_page(Query(), 50)
    return (space.title if space else ""), bool(first) and all(row.demo for row in first)
