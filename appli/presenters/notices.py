"""One place that decides how a problem is told: a word in passing, a dialog, or a report kept for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from appli.errors import AppError, Cancelled, EnvironmentProblem
from appli.i18n import _
from appli.presenters import reports


@dataclass(frozen=True, slots=True)
class Problem:
    """What a dialog says: what happened and whether the data is safe, then what to do. `report`: a text to look at."""

    title: str
    message: str
    hint: str = ""
    report: str = ""
    folder: Path | None = None
    """Where the reports lie, for who would rather send the file."""


class NoticesView(Protocol):
    """What tells."""

    def toast(self, words: str, *, undo: bool = False) -> None:
        """In passing: it stopped, as they asked."""

    def refuse(self, words: str) -> None:
        """In passing: their input, a refusal; nothing has changed."""

    def show_problem(self, problem: Problem) -> None:
        """In a dialog: the disk, a lock, a fault."""


def refusal_words(problem: Exception, stopped: str, report: Callable[[Exception], None]) -> str:
    """What a dialog says, within itself, of work that did not end: stopped, or refused; a fault is reported."""
    if isinstance(problem, Cancelled):
        return stopped
    if isinstance(problem, AppError):
        return f"{problem.message} {problem.hint}".strip()
    report(problem)
    return ""


class Notices:
    """The reporter of the window. A fault is told once: a slot that fails at each key must not pile up dialogs."""

    def __init__(self, view: NoticesView) -> None:
        self._view = view
        self._told: set[str] = set()

    def report(self, problem: BaseException) -> None:
        """Tell a problem the way its kind asks for."""
        if isinstance(problem, Cancelled):
            self._view.toast(_("Arrêté. Rien n’est resté à moitié fait."))
        elif isinstance(problem, EnvironmentProblem):
            reports.note("environment", problem.code)
            self._view.show_problem(Problem(_("Une action n’a pas pu se faire"), problem.message, problem.hint))
        elif isinstance(problem, AppError):
            self._view.refuse(f"{problem.message} {problem.hint}".strip())
        else:
            self.fault(problem)

    def fault(self, problem: BaseException) -> None:
        """A bug: keep a report, say so once."""
        text = reports.describe(problem)
        reports.keep(problem)
        if text not in self._told:
            self._told.add(text)
            self._view.show_problem(Problem(_("Un imprévu"), reports.fault_words(), "", text, reports.folder()))
