"""The dialogs of the window itself, opened over it and freed when they close; each is loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from appli.i18n import _

if TYPE_CHECKING:
    from appli.presenters.misplaced import Misplaced
    from appli.presenters.notices import Problem
    from appli.presenters.shell import Shell

HELP = "help"
"""The name of the help among the children of a window."""


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def report(problem: Problem, window: QWidget) -> None:
    """Say what went wrong; what fails at each key is told once."""
    from ui.dialogs.report import ReportDialog

    if not any(shown.problem == problem for shown in window.findChildren(ReportDialog)):
        _open(ReportDialog(problem, window))


def ask_to_quit(words: str, wait: str, stop: str, window: QWidget, stop_and_quit: Callable[[], None]) -> None:
    """Work is under way: wait for it, or stop it."""
    from ui.widgets.question import Answer, QuestionDialog

    answers = [Answer("wait", wait), Answer("stop", stop, "danger")]
    dialog = QuestionDialog(_("Quitter Maillage ?"), words, answers, parent=window)
    dialog.answered.connect(lambda key: stop_and_quit() if key == "stop" else None)
    _open(dialog)


def show_keys(answered: frozenset[str], window: QWidget) -> None:
    """Every key that does something now."""
    from ui.shortcuts import ShortcutsDialog

    _open(ShortcutsDialog(answered, window))


def show_help(shell: Shell, page: str, show_keys: Callable[[], None], window: QWidget) -> None:
    """The guide, at the chapter of that page; the same window as long as the main one lives.

    A dialog blocks the windows beside it, not those that are its own: while one is open, the guide is lent to it.
    """
    from ui.help_window import HelpWindow

    shown = window.findChild(HelpWindow) or HelpWindow(shell, show_keys, window)
    shown.setObjectName(HELP)
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog) and not dialog.isAncestorOf(shown):
        shown.setParent(dialog, Qt.WindowType.Window)
        dialog.finished.connect(lambda _result: _give_back(shown, window))
    shown.open_at(page)


def _give_back(shown: QWidget, window: QWidget) -> None:
    """The dialog is over: the guide stays where it is, over the main window again."""
    was_read = shown.isVisible()
    shown.setParent(window, Qt.WindowType.Window)
    shown.setVisible(was_read)


def close_help(window: QWidget) -> None:
    """Its own window goes with the main one."""
    shown = window.findChild(QWidget, HELP)
    if shown is not None:
        shown.close()


def ask_where(asked: Misplaced, window: QWidget) -> None:
    """The directory lies where it would get damaged."""
    from ui.dialogs.misplaced import MisplacedDialog

    _open(MisplacedDialog(asked, window))


def choose_files(window: QWidget, chosen: Callable[[Sequence[Path]], None]) -> None:
    """Files of this PC."""
    from ui.dialogs.choose_files import choose_files as ask

    ask(window, chosen)
