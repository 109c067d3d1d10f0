"""`python -m tests.bench.child_exported COUNT`: times the exported map, and prints as numbers on one line:

seconds to compose the page, its megabytes; then from opening it off the disk, the engine being warm (the middle one of
three times): seconds to its signs on the screen, and to the base map and names around them.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from appli.documents.exported_map import Edition, Fact, Sheet, Words, page
from appli.services.exported_map import base_tiles
from appli.store.index import IndexDoc
from tests.bench.child_map import placed
from tests.builders_index import index_docs

OPENINGS = 4
EDITION = Edition("Annuaire de Lozère", "édition du 22 novembre 2026", ("Pour corriger une fiche : l’accueil.",))
# Put in beside the page's own scripts, which its policy allows alone; the title tells how far it is.
SEEN = """
(() => {
  const painted = (said) => requestAnimationFrame(() => setTimeout(() => { document.title = said; }));
  const when = (there, then) => (there() ? then() : setTimeout(() => when(there, then), 5));
  const drawn = () => document.querySelector("canvas.labels")?.dataset.written
    && !document.querySelector("canvas.leaflet-tile:not(.leaflet-tile-loaded)");
  const follow = () => when(() => document.querySelector(".spot"), () => {
    painted("signs");
    when(drawn, () => painted("all"));
  });
  document.addEventListener("DOMContentLoaded", follow);
})();
"""


def main(count: str) -> None:
    """Write it, open it some times."""
    folder = tempfile.TemporaryDirectory(prefix="maillage-exported-")
    world = random.Random(48)
    sheets = [written(placed(doc, world)) for doc in index_docs(int(count))]
    begun = time.perf_counter()
    content = page(EDITION, sheets, base_tiles([sheet.place for sheet in sheets if sheet.place]))
    wrote = time.perf_counter() - begun
    file = Path(folder.name) / "carte.html"
    file.write_bytes(content)
    show(file, wrote)


def written(doc: IndexDoc) -> Sheet:
    """What a page says of it: its words, its skills, and ways to reach it."""
    ways = (Words(f"06 39 98 {doc.siblings % 90 + 10} 04", "phone"), Words(f"{doc.code.lower()}@example.org", "email"))
    facts = (
        Fact("Savoir-faire", tuple(Words(skill) for skill in doc.skills)),
        *(Fact(way.role, (way,)) for way in ways),
    )
    place = None if doc.lat is None or doc.lon is None else (doc.lat, doc.lon)
    return Sheet(
        doc.shape, doc.kind, doc.title, doc.code, doc.second_line, doc.commune, (doc.body,), facts, place=place
    )


def show(file: Path, wrote: float) -> None:
    """Open it in a web view of its own."""
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineCore import QWebEngineScript
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    script = QWebEngineScript()
    script.setSourceCode(SEEN)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.ApplicationWorld)
    view.page().scripts().insert(script)
    view.resize(1366, 768)
    view.show()
    took: dict[str, list[float]] = {"signs": [], "all": []}
    begun = [0.0]

    def open_page() -> None:
        begun[0] = time.perf_counter()
        view.setUrl(QUrl.fromLocalFile(str(file)))

    def titled(title: str) -> None:
        if title not in took:
            return
        took[title].append(time.perf_counter() - begun[0])
        if title != "all":
            return
        if len(took["all"]) < OPENINGS:
            open_page()
            return
        signs, everything = (sorted(times[1:])[1] for times in took.values())
        print(wrote, file.stat().st_size / 1e6, signs, everything, flush=True)
        os._exit(0)

    view.titleChanged.connect(titled)
    open_page()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
