"""Windows without a screen, in French; a window left behind fails the test that left it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    Qt,
    QTranslator,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import immortals

immortals.protect()

WEB_TESTS = Path(__file__).parent / "map"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/ui/map runs in the process of the web views."""
    for item in items:
        if item.path.is_relative_to(WEB_TESTS):
            item.add_marker(pytest.mark.webengine)


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], pytestconfig: pytest.Config) -> QApplication:
    """pytest-qt's application, speaking French, ready for web views."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app = QApplication.instance() or QApplication(qapp_args)
    app.setApplicationName(pytestconfig.getini("qt_qapp_name"))
    french = QTranslator(app)
    assert french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(french)
    return app


def _orphans() -> set[QWidget]:
    return {w for w in QApplication.topLevelWidgets() if w.parent() is None or w.isVisible()}


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """A test closes and frees the windows it opens (`qtbot.addWidget` does both)."""
    before = _orphans()
    yield
    if _orphans() - before:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [f"{type(w).__name__} « {w.windowTitle()} »" for w in _orphans() - before]
    assert not left, f"windows left behind: {left}"


@pytest.fixture(autouse=True)
def no_modal_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """`exec` would wait for ever for a click: dialogs are opened with `open()`."""

    def refused(dialog: QDialog, *_arguments: object) -> None:
        pytest.fail(f"{type(dialog).__name__} was opened by exec(): use open()")

    monkeypatch.setattr(QDialog, "exec", refused)
