"""The window's application: what is set up once, and which window is open."""

from __future__ import annotations

from ui import before_qt  # isort: skip  # noqa: F401 — before Qt, as it says

import faulthandler
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication

from appli import resources
from appli.app import open_directory, open_index
from appli.i18n import _
from appli.presenters import reports, startup
from appli.presenters.second_start import Place
from ui import theme, theme_setup
from ui.first_frame import FirstFrame
from ui.main_window import Window, first_page
from ui.one_window import OneWindow

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.presenters.notices import Problem
    from appli.presenters.shell import Greeting

GEOMETRY = "fenetre/place"


class Application(QObject):
    """Keeps the window of one directory open; another directory takes its place."""

    def __init__(self, app: QApplication, place: Place | None = None) -> None:
        """`place`: this window is the one of its folder, and answers whoever starts Maillage again on it."""
        super().__init__(app)
        self._app = app
        self.window: Window | None = None
        self._one = OneWindow(place, lambda: self.window, self) if place is not None else None
        self.again: Path | None = None
        """The folder on which the program starts again once it has ended."""
        self._former: Window | None = None

    def open(self, folder: Path, files: Sequence[Path] = (), then: Greeting | None = None) -> Window:
        """Open a directory's window: its first rows at once, the rest a moment later, when `then` is called."""
        window = Window(folder=folder)
        window.other_folder.connect(self._replace)
        window.gone.connect(self._gone)
        window.again.connect(partial(self._reopen, folder))
        window.wake = partial(self._wake, window, folder, files, then)
        self.window = window
        self._place(window)
        window.first = FirstFrame(folder, window)
        window.show()
        return window

    def _wake(self, window: Window, folder: Path, files: Sequence[Path], then: Greeting | None) -> None:
        """The first rows are painted: build what stands around them, open the directory in the worker."""
        from appli.presenters.session import Session
        from appli.presenters.shell import FIRST_RUN
        from ui.tasks import Tasks

        if not theme.current().dressed:
            _speak_french(self._app)
            theme_setup.dress(self._app, theme.current())
        tasks = Tasks(self.report, window)
        session = Session(folder, lambda: open_index(folder), tasks, _open_folder)
        window.build(session)
        window.presenter.go(first_page(session))
        if session.exists or window.presenter.page != FIRST_RUN:
            window.presenter.open()
        if files:
            window.presenter.files_given(files)
        if then is not None:
            then(window.presenter)
        if self._one is not None:
            self._one.listen(folder)

    def open_first(self, folder: Path, files: Sequence[Path]) -> int:
        """Open the first window; when even that fails, a dialog says why and the answer is the exit code."""
        try:
            self.open(folder, files)
        except Exception as problem:  # noqa: BLE001 — there is no window yet to tell it
            return _tell_alone(problem)
        return 0

    def leave(self) -> None:
        """The program ends."""
        if self._one is not None:
            self._one.leave()

    def report(self, problem: BaseException) -> None:
        """Tell a problem in the window, or in a file when there is none."""
        if self.window is not None and self.window.is_awake:
            self.window.presenter.report(problem)
        else:
            reports.keep(problem)

    def _replace(self, folder: Path, then: Greeting | None) -> None:
        """Close this window, open another: the folder's lock is let go in between."""
        self._former = former = self.window
        if former is not None and (self._one.move(folder, former.close) if self._one is not None else former.close()):
            self.open(folder, then=then)
        self._former = None

    def _reopen(self, folder: Path) -> None:
        """End, and start again; unless the person would rather wait for work under way."""
        if self.window is not None:
            self.again = folder
            if not self.window.close():
                self.again = None

    def _gone(self) -> None:
        window = self.window
        if window is None:
            return
        from ui.remembering import kept

        kept().setValue(GEOMETRY, window.saveGeometry())
        window.deleteLater()
        self.window = None
        if window is not self._former:
            self._app.quit()

    def _place(self, window: Window) -> None:
        from PySide6.QtCore import QByteArray

        from ui.remembering import kept

        known = kept().value(GEOMETRY)
        if not (isinstance(known, QByteArray) and window.restoreGeometry(known)):
            room = self._app.primaryScreen().availableGeometry()
            window.resize(min(room.width(), 1366), min(room.height(), 768))


class ProblemAlone:
    """Tells a problem when there is no window."""

    def __init__(self) -> None:
        self.refuse(reports.fault_words())

    def toast(self, words: str, *, undo: bool = False) -> None:  # noqa: ARG002 — nothing to undo yet
        self.refuse(words)

    def refuse(self, words: str) -> None:
        from appli.presenters.notices import Problem

        self.show_problem(Problem("", words))

    def show_problem(self, problem: Problem) -> None:
        self._problem = replace(problem, title=_("Maillage ne peut pas s’ouvrir"))

    def show(self) -> int:
        """Wait until it is read."""
        from ui.dialogs.report import ReportDialog

        dialog = ReportDialog(self._problem)
        dialog.finished.connect(lambda _result: QApplication.exit(3))
        dialog.open()
        return QApplication.exec()


def run(folder: Path, files: Sequence[Path], place: Place | None = None) -> int:
    """Open the window and stay until it is closed; `place` says that no other one has the folder."""
    crash = _watch_crashes()
    app = _begin()
    application = Application(app, place)
    _catch_faults(application)
    code = application.open_first(folder, files) or app.exec()
    _let_go(crash)
    if place is not None:
        application.leave()
    if application.again is not None:
        start_again(application.again)
    return code


def tell(problem: Exception) -> int:
    """Say why no window opens."""
    app = _begin()
    code = _tell_alone(problem)
    app.quit()
    return code


def _tell_alone(problem: Exception) -> int:
    from appli.presenters.notices import Notices

    alone = ProblemAlone()
    Notices(alone).report(problem)
    return alone.show()


def _begin() -> QApplication:
    if startup.keep_together():
        QApplication.setAttribute(QtNames.ApplicationAttribute.AA_DisableShaderDiskCache)
        # where the file dialog notes the last folders; on Windows that is the registry, which nothing moves
        beside = str(startup.window_settings().parent)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, beside)
    QApplication.setAttribute(QtNames.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("maillage")
    app.setDesktopFileName("maillage")
    app.setApplicationDisplayName(_("Maillage"))
    app.setQuitOnLastWindowClosed(False)
    choices = startup.choices()
    theme_setup.begin(app, theme.Scheme(choices.theme), choices.scale / 100)
    return app


def start_again(folder: Path) -> None:
    """Start the program in a process of its own: nothing of this one is left in it."""
    subprocess.Popen([*resources.program(), "--annuaire", str(folder)], start_new_session=True)


def _open_folder(folder: Path, read_only: bool, progress: Progress):
    holder = _("la fenêtre de Maillage")
    return open_directory(folder, read_only=read_only, holder=holder, progress=progress, looked_over=True)


def _speak_french(app: QApplication) -> None:
    """Qt's own words: file dialogs, menus of text fields."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    french = QTranslator(app)
    if french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(french)


def _catch_faults(application: Application) -> None:
    """Whatever nobody caught becomes a report, and a sentence in the window."""

    def caught(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if isinstance(problem, KeyboardInterrupt):
            QApplication.quit()
        else:
            if sys.stderr is not None and sys.stderr.isatty():
                sys.__excepthook__(kind, problem, trace)
            application.report(problem)

    def caught_aside(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            reports.keep(arguments.exc_value)

    sys.excepthook = caught
    threading.excepthook = caught_aside
    qInstallMessageHandler(_qt_says)


def _qt_says(kind: QtMsgType, context: QMessageLogContext, _words: str) -> None:
    """Qt's warnings may quote what is on screen: where they come from is enough."""
    if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
        reports.note("qt", kind.name, context.category)


def _watch_crashes() -> IO[str] | None:
    """Have the interpreter write where it was, should the process die."""
    path = startup.crash_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        reports.take_crash()
        file = path.open("w", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def _let_go(crash: IO[str] | None) -> None:
    if crash is not None:
        faulthandler.disable()
        crash.close()
        startup.crash_file().unlink(missing_ok=True)
    reports.stop_log()
