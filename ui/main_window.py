"""The window: light until it has been painted once, then everything; it draws what its presenter holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from ui import window_dialogs
from ui.panes import next_pane
from ui.theme import Scheme, current

if TYPE_CHECKING:
    from appli.presenters.look import ThemeName
    from appli.presenters.main_window import MainWindow
    from appli.presenters.misplaced import Misplaced
    from appli.presenters.notices import Problem
    from appli.presenters.session import Session
    from appli.presenters.shell import Greeting, Request
    from appli.presenters.undo import UndoState
    from ui.chrome import Chrome
    from ui.first_frame import FirstFrame
    from ui.keyboard import Deed, Keyboard
    from ui.pages.registry import PageSpec


class Window(QWidget):
    """One directory. Without a session it only shows `first`, and is woken by its first paint or by the first question.

    `other_folder` asks for another window in its place; `gone` tells that this one is closed; `again` asks
    for the whole program to be closed and started anew.
    """

    other_folder = Signal(Path, object)
    gone = Signal()
    again = Signal()

    def __init__(
        self, session: Session | None = None, pages: Sequence[PageSpec] | None = None, folder: Path | None = None
    ) -> None:
        super().__init__()
        self.folder = folder
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "window")
        self.setAcceptDrops(True)
        self.setWindowTitle(_("Maillage"))
        self.first: FirstFrame | None = None
        self.wake: Callable[[], None] | None = None
        """What builds the rest, until it has."""
        self._presenter: MainWindow | None = None
        self.chrome: Chrome
        self.keyboard: Keyboard
        if session is not None:
            self.build(session, pages)

    @property
    def presenter(self) -> MainWindow:
        """The state of the window; asking for it wakes a window that was not painted yet."""
        if self._presenter is None:
            self._woken()
        if self._presenter is None:
            raise LookupError("the window has no session")
        return self._presenter

    @property
    def is_awake(self) -> bool:
        """Whether all of it is there."""
        return self._presenter is not None

    def build(self, session: Session, pages: Sequence[PageSpec] | None = None) -> None:
        """Everything around the pages, and the presenter that leads them."""
        from appli.presenters.main_window import MainWindow
        from ui.chrome import Chrome
        from ui.keyboard import Keyboard
        from ui.pages.registry import PAGES
        from ui.widgets.layout import Row

        specs = PAGES if pages is None else pages
        self.chrome = chrome = Chrome(specs, self)
        whole = Row(self, gap=0)
        # Larger text must fold the panes, not push the window beyond the screen.
        whole.setSizeConstraint(Row.SizeConstraint.SetNoConstraint)
        whole.addWidget(chrome)
        self.top, self.rail, self.stack = chrome.top, chrome.rail, chrome.stack
        self.status, self.toast = chrome.status, chrome.toast
        presenter = MainWindow(session, self, {p.key for p in specs}, {p.key for p in specs if p.searches})
        self._presenter = presenter
        from ui.folder_watch import FolderWatch

        self.folder_watch = FolderWatch(presenter.shared_folder, self)
        self.keyboard = Keyboard(self, self.stack)
        self.keyboard.start(self._deeds(), specs, presenter.go)
        self._connect()
        current().changed.connect(self._fold)
        self._fold()

    # --- what the presenter asks ---

    def show_page(self, page: str, request: Request) -> None:
        self.chrome.show_around(self.stack.spec(page))
        self.stack.bring(page, request, self.presenter)
        self.keyboard.fit()
        if self.first is not None:
            self.first.deleteLater()
            self.first = None

    def show_toast(self, words: str, *, undo: bool) -> None:
        self.toast.show_words(words, undo=undo, undo_name=self.presenter.undo.state.undo_words)

    def show_refused(self, words: str) -> None:
        self.toast.show_words(words, undo=False, icon="circle-alert")

    def show_problem(self, problem: Problem) -> None:
        window_dialogs.report(problem, self)

    def show_undo(self, state: UndoState) -> None:
        self.top.show_undo(state)

    def show_status(self, counted: str, example: str, saved: str, backup: str, *, late: bool) -> None:
        held = self.presenter.session.held is not None
        self.chrome.show_status(counted, example, saved, backup, late=late, held=held)
        from appli.presenters.shell import FORM

        reason = "" if self.presenter.session.can_write or not self.presenter.session.is_open else saved
        self.top.set_creating(reason, possible=self.presenter.has_page(FORM))

    def show_waiting(self, page: str, count: int) -> None:
        self.rail.set_count(page, count)

    def show_title(self, title: str) -> None:
        self.setWindowTitle(title)

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        self.chrome.show_notice(title, words, deed, take)

    def drop_notice(self) -> None:
        self.chrome.drop_notice()

    def show_search(self, text: str) -> None:
        if self.top.search.text() != text:
            self.top.search.set_text(text)

    def show_help(self) -> None:
        window_dialogs.show_help(self.presenter, self.presenter.page, self.show_keys, self)

    def show_keys(self) -> None:
        """« Raccourcis clavier »."""
        window_dialogs.show_keys(self.keyboard.answered(), self)

    def show_look(self, theme: ThemeName, scale: int) -> None:
        look = current()
        look.scale = scale / 100
        look.set_scheme(Scheme(theme))

    def ask_to_quit(self, words: str, wait: str, stop: str) -> None:
        window_dialogs.ask_to_quit(words, wait, stop, self, self.presenter.stop_and_quit)

    def ask_where(self, asked: Misplaced) -> None:
        window_dialogs.ask_where(asked, self)

    def open_folder(self, folder: Path, then: Greeting | None) -> None:
        self.other_folder.emit(folder, then)

    def reopen(self) -> None:
        self.again.emit()

    def close_window(self) -> None:
        self.close()

    # --- what Qt asks ---

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._presenter is not None:
            if not self._presenter.quit():
                event.ignore()
                return
            window_dialogs.close_help(self)
            self.stack.close_down()
            self._presenter.session.close()
        super().closeEvent(event)
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.wake is not None:
            QTimer.singleShot(0, self._woken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if self.first is not None:
            self.first.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._presenter is not None and self.isActiveWindow():
            self._presenter.held.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.presenter.files_given([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    # --- parts ---

    def _woken(self) -> None:
        wake, self.wake = self.wake, None
        if wake is not None:
            wake()

    def _connect(self) -> None:
        presenter, search = self.presenter, self.top.search
        self.rail.chosen.connect(presenter.go)
        search.text_changed.connect(presenter.type_search)
        search.list_wanted.connect(lambda: self.keyboard.act("list"))
        search.first_wanted.connect(lambda: self.keyboard.act("first"))
        search.left.connect(lambda: self.keyboard.act("list"))
        self.top.undo_wanted.connect(presenter.undo.undo)
        self.top.redo_wanted.connect(presenter.undo.redo)
        self.top.new_wanted.connect(lambda: self.keyboard.act("new"))
        self.top.kind_wanted.connect(presenter.create)
        self.toast.undo_wanted.connect(presenter.undo_toast)
        larger, smaller = presenter.look.larger, presenter.look.smaller
        from ui.actions import key_words

        self.top.fill_help(
            [
                (_("Aide"), key_words("F1"), self.show_help),
                (_("Raccourcis clavier"), key_words("Ctrl+F1"), self.show_keys),
                (_("Texte plus grand"), key_words("Ctrl++"), larger),
                (_("Texte plus petit"), key_words("Ctrl+-"), smaller),
            ]
        )
        self.top.fill_themes(presenter.look.theme, presenter.look.set_theme)

    def _deeds(self) -> dict[str, Deed]:
        """What the window answers, whatever the page."""
        presenter = self.presenter
        own: dict[str, Deed] = {
            "search": lambda: self.top.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "undo": presenter.undo.undo,
            "redo": presenter.undo.redo,
            "larger": presenter.look.larger,
            "smaller": presenter.look.smaller,
            "normal-size": lambda: presenter.look.set_scale(100),
            "help": self.show_help,
            "keys": self.show_keys,
            "next-pane": lambda: self._walk(1),
            "previous-pane": lambda: self._walk(-1),
            "open-file": self._choose_file,
            "quit": self.close,
        }
        from appli.presenters.shell import EXCHANGES, FORM, PRINTING, Request

        if presenter.has_page(EXCHANGES):
            own["give"] = lambda: presenter.go(EXCHANGES, Request(kind="give"))
            own["look-at-folder"] = presenter.shared_folder.look
        if presenter.has_page(PRINTING):
            own["print"] = lambda: presenter.go(PRINTING)
        if presenter.has_page(FORM):
            own |= {"new": presenter.create, "new-kind": self.top.new_button.more.showMenu}
        return own

    def _walk(self, by: int) -> None:
        panes = self.stack.page.panes() if self.stack.page is not None else ()
        next_pane([self.rail, self.top, *panes], self.focusWidget(), by)

    def _choose_file(self) -> None:
        window_dialogs.choose_files(self, self.presenter.files_given)

    def _fold(self) -> None:
        if self._presenter is not None:
            self.chrome.fold(self.width() / current().scale)
            self._presenter.say_all()


def first_page(session: Session, specs: Sequence[PageSpec] | None = None) -> str:
    """What a window opens on: the directory, the questions of the first time, or what to do when a file is lost."""
    from appli.presenters.shell import FIRST_AID, FIRST_RUN
    from ui.pages.registry import HOME, PAGES

    known = {page.key for page in (PAGES if specs is None else specs)}
    if session.is_incomplete and FIRST_AID in known:
        return FIRST_AID
    return FIRST_RUN if FIRST_RUN in known and not session.exists else HOME
