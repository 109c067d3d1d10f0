"""`python -m tests.bench.child_window WHAT FOLDER`, WHAT being what to print of the window on a directory.

premiere   the wall time of the first painted row       vide     that of an empty window
memoire    the PSS once all is open, in megabytes       nue      that of an empty window
touches    milliseconds from each key typed to the painted list
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

SETTLED = 1.5
LONGEST = 5.0
WORDS = ("lieu 12", "rue du pont", "mende", "florac", "parmi", "exemple")


def first_row(folder: Path) -> None:
    """The time of day when the first row is painted."""
    from ui.main import run
    from ui.widgets.record_list import RecordDelegate

    def painted(*_arguments: object) -> None:
        print(time.time(), flush=True)
        os._exit(0)

    RecordDelegate.paint = painted  # type: ignore[method-assign]
    run(folder, [])


def empty(*, settled: bool) -> None:
    """The same of a window with one label; once `settled`, its memory."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class First(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if not settled:
                    print(time.time(), flush=True)
                    os._exit(0)
                QTimer.singleShot(int(1000 * SETTLED), _tell_memory)
            return False

    app = QApplication([])
    window = QMainWindow()
    label = QLabel("x")
    window.setCentralWidget(label)
    first = First()
    label.installEventFilter(first)
    window.resize(1366, 768)
    window.show()
    app.exec()


def _tell_memory() -> None:
    from tests.bench.children import megabytes

    print(megabytes(), flush=True)
    os._exit(0)


def once_open(folder: Path, then: Callable[[object], Iterator[float]]) -> None:
    """Open the window, and once the directory is there go through `then`, which yields how long to wait (s)."""
    from PySide6.QtCore import QTimer

    from ui import main as window_program

    def drive(application: window_program.Application) -> None:
        window = application.window
        if window is None or not window.is_awake or not window.presenter.session.is_open:
            QTimer.singleShot(50, lambda: drive(application))
            return
        steps = then(window)

        def on() -> None:
            try:
                QTimer.singleShot(int(1000 * next(steps)), on)
            except BaseException:  # noqa: BLE001 — in a slot nobody would hear of it
                traceback.print_exc()
                os._exit(1)

        on()

    opened = window_program.Application.open_first

    def open_first(application: window_program.Application, *arguments: object) -> int:
        drive(application)
        return opened(application, *arguments)  # type: ignore[arg-type]

    window_program.Application.open_first = open_first  # type: ignore[method-assign, assignment]
    window_program.run(folder, [])


def memory(_window: object) -> Iterator[float]:
    """Wait until nothing more happens, then tell."""
    yield 2 * SETTLED
    _tell_memory()


def keys(window: object) -> Iterator[float]:
    """Type words letter by letter; the list has answered when it was given other rows and painted them."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from ui.widgets.record_list import RecordList

    class Watch(QObject):
        """When the rows were replaced, and when what is painted then is there."""

        replaced = False
        painted = 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and self.replaced and not self.painted:
                QApplication.postEvent(self, QEvent(QEvent.Type.User), 1000)  # the next thing done, once it is painted
            return False

        def customEvent(self, _event: QEvent) -> None:
            self.painted = self.painted or time.perf_counter()

        def see(self) -> None:
            self.replaced = True

    yield SETTLED
    while not (shown := [r for r in window.findChildren(RecordList) if r.isVisible()]):  # type: ignore[attr-defined]
        yield SETTLED
    rows = shown[0]
    edit, watch, took = window.top.search.edit, Watch(), []  # type: ignore[attr-defined]
    rows.model().modelReset.connect(watch.see)
    rows.viewport().installEventFilter(watch)
    for word in WORDS:
        edit.clear()
        yield SETTLED
        for letter in word:
            key = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
            watch.replaced, watch.painted, begun = False, 0.0, time.perf_counter()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.postEvent(edit, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
            while not watch.painted and time.perf_counter() < begun + LONGEST:
                yield 0.02
            took.append(1000 * ((watch.painted or time.perf_counter()) - begun))
            yield 0.3
    print(*took, flush=True)
    os._exit(0)


def main(what: str, folder: str = "") -> None:
    """Do one of them."""
    if what == "premiere":
        first_row(Path(folder))
    elif what in ("vide", "nue"):
        empty(settled=what == "nue")
    else:
        once_open(Path(folder), memory if what == "memoire" else keys)


if __name__ == "__main__":
    main(*sys.argv[1:])
