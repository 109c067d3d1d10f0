"""A page that never comes, one that shows nothing, and the engine told to do without the graphics card."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from appli.presenters import map_engine
from tests.ui.map.conftest import FLORAC, InventedSource, Shown
from ui.map import engine, scheme, watch
from ui.map.view import MapView
from ui.map.watch import is_blank

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]
ROOT = Path(__file__).parents[3]
EMPTY_PAGE = b'<!doctype html><html><body></body><script src="/a.js"></script></html>'


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Have the scheme give this script in an empty page."""

    def give(script: bytes) -> None:
        files = {"index.html": EMPTY_PAGE, "a.js": script}
        monkeypatch.setattr(scheme, "page_file", files.get)

    return give


def test_a_page_that_never_says_that_it_is_ready_is_noticed(
    source: InventedSource, serve: Callable[[bytes], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE_MS", 300)
    serve(b"")
    view = MapView(source)
    qtbot.addWidget(view)
    with qtbot.assertNotEmitted(view.silent, wait=600):
        pass  # nobody looks at it yet
    with qtbot.waitSignal(view.silent, timeout=10_000):
        view.show()
    # Begun again, it is given the same time again.
    with qtbot.waitSignal(view.silent, timeout=10_000):
        view.restart()


def test_a_page_that_shows_nothing_is_noticed_once(
    source: InventedSource, serve: Callable[[bytes], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_MS", 80)
    serve(b'fetch("/evenement/pret/", {method: "POST"});')
    view = MapView(source)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.blank, timeout=20_000):
        view.show()
    with qtbot.assertNotEmitted(view.blank, wait=400):
        view.hide()
        view.show()


def test_a_map_is_not_taken_for_blank(source: InventedSource, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_MS", 1000)
    blank: list[bool] = []
    shown = show(before=lambda view: view.blank.connect(lambda: blank.append(True)))
    shown.wait_until(lambda: shown.view._watch._looks == 0)
    assert not blank


def test_what_is_blank() -> None:
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#d3e2e8"))
    assert is_blank(image)
    for x in range(820, 880):
        for y in range(20, 80):
            image.setPixelColor(x, y, QColor("white"))
    assert not is_blank(image)
    assert is_blank(QImage())


def test_the_engine_is_told_only_where_this_pc_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--lang=fr")
    monkeypatch.setenv("QT_QUICK_BACKEND", "")  # so that it is put back afterwards
    monkeypatch.delenv("QT_QUICK_BACKEND")
    engine.prepare()
    assert "QT_QUICK_BACKEND" not in os.environ
    assert os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] == " ".join(("--lang=fr", *engine.CLOSED))
    map_engine.choose(compatible=True)
    engine.prepare()
    engine.prepare()
    assert os.environ["QT_QUICK_BACKEND"] == "software"
    assert os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] == " ".join(("--lang=fr", *engine.CLOSED, *engine.SOFTWARE))


LOOK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QApplication
from appli.presenters import map_engine
from tests.ui.map.conftest import InventedSource
from ui.map.watch import is_blank
map_engine.choose(compatible=sys.argv[1] == "compatible")
app = QApplication([])
from ui.map.view import MapView
view = MapView(InventedSource())
view.resize(700, 500)
def look():
    print("blank" if is_blank(view.grab().toImage()) else "drawn")
    app.quit()
view.ready.connect(lambda: QTimer.singleShot(500, look))
QTimer.singleShot(25_000, app.quit)
view.show()
app.exec()
import shiboken6
shiboken6.delete(view)
"""


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs a screen whose graphics fail: xvfb-run")
def test_what_graphics_leave_blank_the_compatible_mode_draws() -> None:
    """A driver that fails, as on some PCs: Chromium told to trust graphics that cannot show what it paints.

    Two processes, as the engine reads once how to draw: the reason this test takes some seconds.
    """
    environment = os.environ | {"QTWEBENGINE_CHROMIUM_FLAGS": "--ignore-gpu-blocklist", "QT_QPA_PLATFORM": "xcb"}
    seen = []
    for mode in ("ordinary", "compatible"):
        command = ["xvfb-run", "-a", sys.executable, "-c", LOOK, mode]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, check=True, env=environment, timeout=55
        )
        seen.append(done.stdout.strip())
    assert seen == ["blank", "drawn"]


def test_signs_are_there_after_the_page_died(source: InventedSource, show: Show, qtbot: QtBot) -> None:
    source.add(*FLORAC, "place", "Le Relais")
    shown = show(before=lambda view: view.centre(*FLORAC, 10))
    with qtbot.waitSignal(shown.view.crashed, timeout=20_000):
        os.kill(shown.view._page.renderProcessPid(), 9)
    with qtbot.waitSignal(shown.view.ready, timeout=20_000):
        shown.view.restart()
    shown.wait_for("document.querySelectorAll('.spot').length === 1")
