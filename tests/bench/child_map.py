"""`python -m tests.bench.child_map COUNT`: times our map, and prints as numbers on one line:

seconds of a first visit, of a further page load, count of points, then milliseconds (p95, `tests/bench/map_steps.py`):
pan, zoom, the longest frame of a zoom, rest, zoom to the last sign; and a change of filter, from the question to the
index to the signs on the screen (the middle one of five), and its part of processor time in Python.

Loads end when the page says that its signs are painted. The points are read from an index beforehand, as in the window.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from appli.services.live_map import EveryPoint, LiveMap, Points
from appli.store.index import Index, Query
from tests.bench.map_steps import frames, p95
from tests.builders_index import index_docs

LOADS = 4
KINDS = ("person", "place", "organization", "event", "")
PAINTED = """
Maillage.records.load().then(() => requestAnimationFrame(() => setTimeout(() => Maillage.tell("peinte"))));
"""


def main(count: str) -> None:
    """A first visit brings the engine and its processes with it."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMainWindow

    folder = tempfile.TemporaryDirectory(prefix="maillage-carte-")
    index = filled(Path(folder.name) / "index.db", int(count))
    source = LiveMap(index)
    every = EveryPoint()
    source.held = every.read(index, Query())
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    begun = time.perf_counter()
    from ui.map.view import MapView

    view = MapView(source)
    timing = Timing(view, source, lambda query: every.read(index, query), begun)
    if source.held.box:
        view.fit(*source.held.box)
    window.setCentralWidget(view)
    timing.start()
    app.exec()


class Timing:
    """Loads the page some times, then moves it, then changes the filter; prints and leaves."""

    def __init__(self, view: Any, source: LiveMap, read: Callable[[Query], Points], begun: float) -> None:
        self.view, self.source, self.read, self.begun = view, source, read, begun
        self.count = source.held.count
        self.loads: list[float] = []
        self.moves: list[list[float]] = []
        self.filters: list[float] = []
        self.reading: list[float] = []

    def start(self) -> None:
        self.view.ready.connect(self.loaded)
        self.view.painted.connect(self.filtered)

    def loaded(self) -> None:
        self.loads.append(time.perf_counter() - self.begun)
        if len(self.loads) < LOADS:
            self.begun = time.perf_counter()
            self.view.restart()
        else:
            self.view._page.runJavaScript(frames("map_maillage", "signs"))
            self.ask()

    def ask(self) -> None:
        from PySide6.QtCore import QTimer

        read = self.view._page.runJavaScript
        QTimer.singleShot(250, lambda: read("window.frames_ || ''", self.moved))

    def moved(self, answer: str) -> None:
        if not answer:
            self.ask()
            return
        self.moves = json.loads(answer)
        self.filter()

    def filter(self) -> None:
        self.begun = time.perf_counter()
        kind = KINDS[len(self.filters)]
        spent = time.process_time()
        self.source.held = self.read(Query(filters=(("kind", frozenset((kind,))),) if kind else ()))
        self.reading.append(1000 * (time.process_time() - spent))
        self.view._page.runJavaScript(PAINTED)

    def filtered(self) -> None:
        self.filters.append(1000 * (time.perf_counter() - self.begun))
        if len(self.filters) < len(KINDS):
            self.filter()
            return
        again = sorted(self.loads[1:])[1]
        change, reading = sorted(self.filters)[2], sorted(self.reading)[2]
        print(self.loads[0], again, self.count, *map(p95, self.moves), change, reading, flush=True)
        os._exit(0)


def filled(file: Path, count: int) -> Index:
    """An index of that many places."""
    world = random.Random(48)
    index = Index(file)
    index.rebuild((placed(doc, world) for doc in index_docs(count)), 1)
    return index


def placed(doc, world: random.Random):
    """The same document, somewhere in Lozère."""
    from dataclasses import replace

    return replace(doc, lat=44.1 + world.random() * 0.9, lon=2.9 + world.random() * 1.1, trashed=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
