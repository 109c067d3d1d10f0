"""The window: rail, top bar, the page at the front, status bar, what is said in passing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.look import ThemeName
from appli.presenters.main_window import MainWindow
from appli.presenters.session import Session
from appli.presenters.shell import FIRST_RUN, FORM, Greeting, Request
from appli.presenters.undo import UndoState
from ui.actions import key_words
from ui.keyboard import Deed, Keyboard
from ui.page_stack import PageStack
from ui.pages.page import NARROW
from ui.pages.registry import HOME, PAGES, PageSpec
from ui.panes import next_pane
from ui.theme import Scheme, current
from ui.top_bar import TopBar
from ui.widgets.card import ground
from ui.widgets.layout import Row
from ui.widgets.rail import Rail, RailItem
from ui.widgets.status_bar import StatusBar, StatusItem
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from appli.presenters.notices import Problem
    from ui.widgets.notice import NoticeStrip

RAIL_FOLDS = 860
"""Below this many pixels at 100 % the rail keeps its icons alone."""


class Window(QWidget):
    """One directory. `painted` tells the first paint; `other_folder` asks for another window; `gone`: it is closed."""

    painted = Signal()
    other_folder = Signal(Path, object)
    gone = Signal()

    def __init__(self, session: Session, pages: tuple[PageSpec, ...] = PAGES) -> None:
        super().__init__()
        ground(self, "window")
        self.setAcceptDrops(True)
        self.setWindowTitle(_("Maillage"))
        self.top = TopBar()
        self.stack = PageStack(pages)
        self.rail = Rail(_("Pages"), [RailItem(p.key, _(p.word), p.icon, p.last) for p in pages if p.icon])
        self.notice: NoticeStrip | None = None
        self._was_painted = self._narrow = False
        self._lay_out()
        self.toast = Toast(self.stack)
        self.presenter = MainWindow(session, self, {p.key for p in pages}, {p.key for p in pages if p.searches})
        self.keyboard = Keyboard(self, self.stack)
        self.keyboard.start(self._deeds(), pages, self.presenter.go)
        self._connect()

    # --- what the presenter asks ---

    def show_page(self, page: str, request: Request) -> None:
        spec = self.stack.spec(page)
        for around in (self.rail, self.top, self.status):
            around.setVisible(not spec.bare)
        if spec.icon:
            self.rail.set_current(page)
        self.stack.bring(page, request, self.presenter)
        self.keyboard.fit()

    def show_toast(self, words: str, *, undo: bool) -> None:
        self.toast.show_words(words, undo=undo, undo_name=self.presenter.undo.state.undo_words)

    def show_problem(self, problem: Problem) -> None:
        from ui.dialogs.report import ReportDialog

        if any(open_.problem == problem for open_ in self.findChildren(ReportDialog)):
            return  # what fails at each key is told once
        dialog = ReportDialog(problem, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_undo(self, state: UndoState) -> None:
        self.top.show_undo(state)

    def show_status(self, counted: str, example: str, saved: str, backup: str, *, late: bool) -> None:
        self._counted.set_words(counted)
        self._example.set_words(example and (_("Personnes inventées") if self._narrow else example), "flag")
        held = self.presenter.session.held is not None
        self._saved.set_words(saved, "lock" if held else "circle-check")
        self._backup.set_words(
            backup if late or not self._narrow else "", "shield-check", "warning" if late else "secondary"
        )
        reason = "" if self.presenter.session.can_write or not self.presenter.session.is_open else saved
        self.top.set_creating(reason, possible=self.presenter.has_page(FORM))

    def show_title(self, title: str) -> None:
        self.setWindowTitle(title)

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        """At most one: the latest."""
        from ui.widgets.notice import NoticeStrip

        self._drop_notice()
        self.notice = NoticeStrip("warning", title, words)
        button = self.notice.add_deed(deed)
        button.clicked.connect(self._drop_notice)
        button.clicked.connect(take)
        self._notices.addWidget(self.notice)

    def show_search(self, text: str) -> None:
        if self.top.search.text() != text:
            self.top.search.set_text(text)

    def show_look(self, theme: ThemeName, scale: int) -> None:
        look = current()
        look.scale = scale / 100
        look.set_scheme(Scheme(theme))
        self._fold()

    def ask_to_quit(self, words: str, wait: str, stop: str) -> None:
        from ui.widgets.question import Answer, QuestionDialog

        answers = [Answer("wait", wait), Answer("stop", stop, "danger")]
        dialog = QuestionDialog(_("Quitter Maillage ?"), words, answers, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda key: self.presenter.stop_and_quit() if key == "stop" else None)
        dialog.open()

    def open_folder(self, folder: Path, then: Greeting | None) -> None:
        self.other_folder.emit(folder, then)

    def close_window(self) -> None:
        self.close()

    # --- what Qt asks ---

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.presenter.quit():
            event.ignore()
            return
        self.stack.close_down()
        self.presenter.session.close()
        super().closeEvent(event)
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._first_painted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.presenter.files_given([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    # --- parts ---

    def _lay_out(self) -> None:
        self.status = StatusBar()
        self._counted, self._example, self._saved, self._backup = (StatusItem() for _n in range(4))
        for item in (self._counted, self._example):
            self.status.add_left(item)
        for item in (self._saved, self._backup):
            self.status.add_right(item)
        self._notices = QVBoxLayout()
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.top)
        main.addLayout(self._notices)
        main.addWidget(self.stack, 1)
        main.addWidget(self.status)
        row = Row(self, gap=0)
        row.addWidget(self.rail)
        row.addLayout(main, 1)

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
        self.toast.undo_wanted.connect(presenter.undo.undo)
        larger, smaller = presenter.look.larger, presenter.look.smaller
        self.top.fill_help(
            [
                (_("Raccourcis clavier"), key_words("F1"), self._show_help),
                (_("Texte plus grand"), key_words("Ctrl++"), larger),
                (_("Texte plus petit"), key_words("Ctrl+-"), smaller),
            ]
        )
        self.top.fill_themes(presenter.look.theme, presenter.look.set_theme)

    def _first_painted(self) -> None:
        self.stack.first_painted()
        self.keyboard.fit()
        self.painted.emit()

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
            "help": self._show_help,
            "next-pane": lambda: self._walk(1),
            "previous-pane": lambda: self._walk(-1),
            "open-file": self._choose_file,
            "quit": self.close,
        }
        if presenter.has_page(FORM):
            own |= {"new": presenter.create, "new-kind": self.top.new_button.more.showMenu}
        return own

    def _walk(self, by: int) -> None:
        panes = self.stack.page.panes() if self.stack.page is not None else ()
        next_pane([self.rail, self.top, *panes], QApplication.focusWidget(), by)

    def _fold(self) -> None:
        room = self.width() / current().scale
        self.rail.set_folded(room < RAIL_FOLDS)
        self._narrow = room < NARROW
        self.top.set_narrow(self._narrow)
        self.presenter.say_all()

    def _show_help(self) -> None:
        from ui.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self.keyboard.answered(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Ouvrir un fichier"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.presenter.files_given([Path(n) for n in names]))
        dialog.open()

    def _drop_notice(self) -> None:
        if self.notice is not None:
            self.notice.deleteLater()
            self.notice = None


def first_page(session: Session, specs: tuple[PageSpec, ...] = PAGES) -> str:
    """What a window opens on: the directory, or the questions of the first time."""
    known = {page.key for page in specs}
    return FIRST_RUN if FIRST_RUN in known and not session.exists else HOME
