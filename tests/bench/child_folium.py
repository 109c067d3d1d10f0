"""`python -m tests.bench.child_folium COUNT marker|fast DIST`: folium's own clusters on the points of `child_map`.

Prints: seconds to write the page, megabytes of it, seconds from opening it to clusters on the screen (a second time,
the engine being warm), milliseconds (p95, `tests/bench/map_steps.py`): pan, zoom, the longest frame of a
zoom, rest, zoom to the last sign.

The page is folium's, but Leaflet is ours, leaflet.markercluster the one of the folder DIST, and what clusters do not
need (jQuery, Bootstrap, Font Awesome, any base map) is left out, and awesome-markers stands in as an empty sign: all of
which makes folium quicker than it is.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import folium
from folium.plugins import FastMarkerCluster, MarkerCluster

from appli import resources
from appli.store.index import Query
from tests.bench.child_map import filled
from tests.bench.map_steps import frames, p95

STAND_IN = "<script>L.AwesomeMarkers = { icon: () => new L.DivIcon() };</script>"
SEEN = """
<script>(function wait() {
  if (!document.querySelector('.marker-cluster')) return setTimeout(wait, 5);
  requestAnimationFrame(() => setTimeout(() => { document.title = 'pret'; }));
})();</script>
"""


def main(count: str, way: str, dist: str) -> None:
    """Write the page, open it twice, move it."""
    folder = tempfile.TemporaryDirectory(prefix="maillage-folium-")
    home = Path(folder.name)
    index = filled(home / "index.db", int(count))
    points = [(lat, lon) for lat, lon, *_rest in index.points(Query())]
    begun = time.perf_counter()
    page = home / "page.html"
    page.write_text(composed(points, way, Path(dist)), "utf-8")
    wrote = time.perf_counter() - begun
    show(page, wrote)


def composed(points: list[tuple[float, float]], way: str, dist: Path) -> str:
    """What folium makes of these points."""
    leaflet = resources.path("carte/vendor/leaflet")
    frame = folium.Map(location=(44.55, 3.45), zoom_start=9, tiles=None, maxZoom=14)
    frame.default_js = [("leaflet_js", (leaflet / "leaflet.js").as_uri())]
    frame.default_css = [("leaflet_css", (leaflet / "leaflet.css").as_uri())]
    group = FastMarkerCluster(points) if way == "fast" else MarkerCluster()
    group.default_js = [("cluster", (dist / "leaflet.markercluster.js").as_uri())]
    group.default_css = [(name, (dist / name).as_uri()) for name in ("MarkerCluster.css", "MarkerCluster.Default.css")]
    group.add_to(frame)
    if way == "marker":
        for place in points:
            folium.Marker(place).add_to(group)
    return str(frame.get_root().render()).replace("</head>", f"{STAND_IN}</head>") + SEEN


def show(page: Path, wrote: float) -> None:
    """Open it in a web view of its own."""
    from PySide6.QtCore import QTimer, QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    view.resize(1366, 768)
    view.show()
    took: list[float] = []
    begun = [time.perf_counter()]

    def titled(title: str) -> None:
        if title != "pret":
            return
        took.append(time.perf_counter() - begun[0])
        if len(took) == 1:
            begun[0] = time.perf_counter()
            view.setUrl(QUrl.fromLocalFile(str(page)))
        else:
            name = "Object.entries(window).find(([key]) => key.startsWith('map_'))[1]"
            view.page().runJavaScript(frames(name))
            ask()

    def ask() -> None:
        QTimer.singleShot(250, lambda: view.page().runJavaScript("window.frames_ || ''", moved))

    def moved(answer: Any) -> None:
        if not answer:
            ask()
            return
        size = page.stat().st_size / 1e6
        print(wrote, size, took[1], *map(p95, json.loads(answer)), flush=True)
        os._exit(0)

    view.titleChanged.connect(titled)
    view.setUrl(QUrl.fromLocalFile(str(page)))
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
