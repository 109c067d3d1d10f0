"""`python -m tests.bench.child_map COUNT`: prints the seconds of a first visit of the map and of a further page load.

Both end when the page says that its signs are painted. The points are read from an index beforehand, as in the window.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path


def main(count: str) -> None:
    """A first visit brings the engine and its processes with it."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMainWindow

    from appli.services.live_map import LiveMap, read_points
    from appli.store.index import Index, Query
    from tests.builders_index import index_docs

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = tempfile.TemporaryDirectory(prefix="maillage-carte-")
    world = random.Random(48)
    index = Index(Path(folder.name) / "index.db")
    index.rebuild((placed(doc, world) for doc in index_docs(int(count))), 1)
    source = LiveMap(index)
    source.held = read_points(index, Query())
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    begun = [time.perf_counter()]
    took: list[float] = []
    from ui.map.view import MapView

    view = MapView(source)

    def painted() -> None:
        took.append(time.perf_counter() - begun[0])
        if len(took) < 4:
            begun[0] = time.perf_counter()
            view.restart()
        else:
            print(took[0], sorted(took[1:])[1], source.held.count, flush=True)
            os._exit(0)

    view.ready.connect(painted)
    if source.held.box:
        view.fit(*source.held.box)
    window.setCentralWidget(view)
    app.exec()


def placed(doc, world: random.Random):
    """The same document, somewhere in Lozère."""
    from dataclasses import replace

    return replace(doc, lat=44.1 + world.random() * 0.9, lon=2.9 + world.random() * 1.1, trashed=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
