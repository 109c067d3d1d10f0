"""A window on the directory of `tests/presenters/conftest.py`, its work done at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from appli.app import open_index
from appli.presenters.session import Session
from tests.presenters.conftest import opener
from tests.presenters.fakes import InlineJobs
from ui.main_window import Window
from ui.pages.annuaire import AnnuairePage

OpenWindow = Callable[..., Window]


def window_on(folder: Path, width: int = 1366, height: int = 698) -> Window:
    """Shown, painted, its directory open."""
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    window = Window(session)
    window.resize(width, height)
    window.presenter.go("annuaire")
    window.show()
    window.presenter.open()
    return window


def page_of(window: Window) -> AnnuairePage:
    """The page at the front, which must be the directory's."""
    page = window.stack.page
    assert isinstance(page, AnnuairePage)
    return page


def close(window: Window) -> None:
    """Close and free it."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
